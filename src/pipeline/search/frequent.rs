//! The commonest words, and which of them stand before each other word: what makes a phrase like "rule of law" cheap to look up.
//!
//! The places of "of" alone would be a tenth of the index. So beside each place of a word the index says which of the commonest
//! words stand in the two places before it, in some three bits; a phrase then needs the places of its rarer words only.

use crate::pipeline::search::merge::Merged;
use crate::pipeline::search::posting::Postings;

/// How many words are treated so.
const COMMON: usize = 47;

/// The commonest words of a collection.
#[derive(Debug)]
pub(crate) struct Frequent {
    /// Numbers of terms, the commonest first.
    pub(crate) terms: Vec<usize>,
    /// What may stand before a word, the most frequent first: see [`Frequent::before`].
    pub(crate) contexts: Vec<u32>,
    /// For each context its place in `contexts`.
    ranks: Vec<u32>,
    /// For each document at each position: 0, or one more than the place in `terms` of the word that stands there.
    standing: Vec<Vec<u8>>,
}

impl Frequent {
    /// Which frequent words stand before `position` of `document`, as a place in [`Frequent::contexts`].
    pub(crate) fn before(&self, document: u32, position: u32) -> u32 {
        self.ranks[context(&self.standing[document as usize], position as usize)]
    }
}

/// The word before, times 48, and the word before that, if both are common; 0 if not even the first is.
fn context(standing: &[u8], position: usize) -> usize {
    let behind = |distance| position.checked_sub(distance).map_or(0, |it| usize::from(standing[it]));
    if behind(1) == 0 { 0 } else { behind(1) * (COMMON + 1) + behind(2) }
}

/// Finds the commonest words of the collection and where they stand.
pub(crate) fn frequent(merged: &Merged<'_>) -> Frequent {
    let terms = commonest(merged);
    let mut standing: Vec<Vec<u8>> = merged.postings.iter().map(|it: &&Postings| vec![0; it.length as usize]).collect();
    for (rank, term) in terms.iter().enumerate() {
        for (document, places) in merged.documents(*term) {
            for position in places.positions() {
                standing[document as usize][position as usize] = rank as u8 + 1;
            }
        }
    }
    let mut counts = vec![0_u32; (COMMON + 1) * (COMMON + 1)];
    for document in &standing {
        for position in (0..document.len()).filter(|it| document[*it] == 0) {
            counts[context(document, position)] += 1;
        }
    }
    let mut contexts: Vec<u32> = (0..counts.len() as u32).filter(|it| *it == 0 || counts[*it as usize] > 0).collect();
    contexts.sort_by_key(|it| std::cmp::Reverse(counts[*it as usize]));
    let mut ranks = vec![0; counts.len()];
    for (rank, context) in contexts.iter().enumerate() {
        ranks[*context as usize] = rank as u32;
    }
    Frequent { terms, contexts, ranks, standing }
}

fn commonest(merged: &Merged<'_>) -> Vec<usize> {
    let mut counts: Vec<(u32, usize)> = (0..merged.terms.len())
        .filter(|term| merged.documents(*term).len() * 4 > merged.postings.len())
        .map(|term| (merged.documents(term).map(|(_, places)| places.count()).sum(), term))
        .collect();
    counts.sort_by_key(|(count, term)| (std::cmp::Reverse(*count), *term));
    counts.into_iter().take(COMMON).map(|(_, term)| term).collect()
}
