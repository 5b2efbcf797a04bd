//! The most frequent words, and which of them stand before each other word: what makes a phrase like "rule of law" cheap to look up.
//!
//! The places of "of" alone would be a tenth of the index. So beside each place of a word the index says which of the most frequent
//! words stands before it, and for the usual pairs ("of the") which stands before that, in some three bits; a phrase then needs the
//! places of its rarer words only.

use crate::pipeline::search::merge::Merged;
use crate::pipeline::search::posting::Postings;

/// How many words are treated so at most.
const FREQUENT: usize = 31;
/// The places of any other word cost less than a query may.
const PLACES: u32 = 40_000;
/// A pair is usual if it stands before one in so many words; contexts then fit in a byte.
const USUAL: u32 = 220;

/// The most frequent words of a collection.
#[derive(Debug)]
pub(crate) struct Frequent {
    /// Numbers of terms, the most frequent first.
    pub(crate) terms: Vec<usize>,
    /// What may stand before a word: nothing frequent, then the most frequent first: 32 times the word before (as a place in `terms`, from 1; 0 for any other
    /// word), and for usual pairs the word before that.
    pub(crate) contexts: Vec<u32>,
    /// For each pair its place in `contexts`.
    ranks: Vec<u32>,
    /// For each document at each position: 0, or one more than the place in `terms` of the word that stands there.
    standing: Vec<Vec<u8>>,
}

impl Frequent {
    /// What stands before `position` of `document`, as a place in [`Frequent::contexts`].
    pub(crate) fn before(&self, document: u32, position: u32) -> u32 {
        self.ranks[pair(&self.standing[document as usize], position as usize)]
    }
}

fn pair(standing: &[u8], position: usize) -> usize {
    let behind = |distance| position.checked_sub(distance).map_or(0, |it| usize::from(standing[it]));
    if behind(1) == 0 { 0 } else { behind(1) * (FREQUENT + 1) + behind(2) }
}

/// Finds the most frequent words of the collection and where they stand.
pub(crate) fn frequent(merged: &Merged<'_>) -> Frequent {
    let terms = most_frequent(merged);
    let mut standing: Vec<Vec<u8>> = merged.postings.iter().map(|it: &&Postings| vec![0; it.length as usize]).collect();
    for (rank, term) in terms.iter().enumerate() {
        for occurrence in merged.documents(*term) {
            for position in merged.places(*occurrence).positions() {
                standing[occurrence.document as usize][position as usize] = rank as u8 + 1;
            }
        }
    }
    let (contexts, ranks) = contexts(&standing);
    Frequent { terms, contexts, ranks, standing }
}

fn most_frequent(merged: &Merged<'_>) -> Vec<usize> {
    let mut terms: Vec<usize> = (0..merged.terms.len()).filter(|it| merged.places[*it] > PLACES).collect();
    terms.sort_by_key(|it| (std::cmp::Reverse(merged.places[*it]), *it));
    terms.truncate(FREQUENT);
    terms
}

/// The contexts by frequency, and for each pair which it is: an unusual pair is what its first word is.
fn contexts(standing: &[Vec<u8>]) -> (Vec<u32>, Vec<u32>) {
    let mut counts = vec![0_u32; (FREQUENT + 1) * (FREQUENT + 1)];
    for document in standing {
        for position in (0..document.len()).filter(|it| document[*it] == 0) {
            counts[pair(document, position)] += 1;
        }
    }
    let least = counts.iter().sum::<u32>() / USUAL;
    let kept: Vec<usize> = (0..counts.len())
        .map(|pair| if pair % (FREQUENT + 1) == 0 || counts[pair] > least { pair } else { pair - pair % (FREQUENT + 1) })
        .collect();
    for pair in (0..counts.len()).filter(|it| kept[*it] != *it) {
        counts[kept[pair]] += std::mem::take(&mut counts[pair]);
    }
    let mut contexts: Vec<u32> = (0..counts.len() as u32).filter(|it| kept[*it as usize] == *it as usize).collect();
    contexts.sort_by_key(|it| (*it > 0, std::cmp::Reverse(counts[*it as usize])));
    let place = |pair: &usize| contexts.iter().position(|it| *it as usize == *pair).expect("every pair is kept as some context");
    let ranks = kept.iter().map(|it| place(it) as u32).collect();
    (contexts, ranks)
}
