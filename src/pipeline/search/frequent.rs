//! Which of the most frequent words stand before each other word: what makes a phrase like "rule of law" cheap to look up.
//!
//! The places of "of" alone would be a tenth of the index. So beside each place of a word the index says which of the most frequent
//! words stands before it, and for the usual pairs ("of the") which stands before that, in some three bits; a phrase then needs the
//! places of its rarer words only.

use crate::pipeline::search::merge::FREQUENT;

/// A pair is usual if it stands before one in so many words; contexts then fit in a byte.
const USUAL: u32 = 220;

/// What may stand before a word.
#[derive(Debug)]
pub(crate) struct Contexts {
    /// Nothing frequent, then the most frequent first: 32 times the word before (from 1), and for usual pairs the one before that.
    pub(crate) all: Vec<u32>,
    /// For each pair its place in `all`: an unusual pair is what its first word is.
    pub(crate) places: Vec<u32>,
}

/// The contexts, given how often each pair stands before a word.
pub(crate) fn contexts(pairs: &[u32]) -> Contexts {
    let mut counts = pairs.to_vec();
    let least = counts.iter().sum::<u32>() / USUAL;
    let kept: Vec<usize> = (0..counts.len())
        .map(|pair| {
            if pair % (FREQUENT + 1) == 0 || counts[pair] > least {
                pair
            } else {
                pair - pair % (FREQUENT + 1)
            }
        })
        .collect();
    for pair in (0..counts.len()).filter(|it| kept[*it] != *it) {
        counts[kept[pair]] += std::mem::take(&mut counts[pair]);
    }
    let mut all: Vec<u32> =
        (0..counts.len() as u32).filter(|it| kept[*it as usize] == *it as usize).collect();
    all.sort_by_key(|it| (*it > 0, std::cmp::Reverse(counts[*it as usize])));
    let place = |pair: &usize| {
        all.iter().position(|it| *it as usize == *pair).expect("every pair is kept as some context")
    };
    let places = kept.iter().map(|it| place(it) as u32).collect();
    Contexts { all, places }
}
