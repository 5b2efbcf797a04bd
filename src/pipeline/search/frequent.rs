//! Which of the most frequent words stand before each other word: what makes a phrase like "rule of law" cheap to look up.
//!
//! The places of "of" alone would be a tenth of the index. So beside each place of a word the index says which of the most frequent
//! words stands before it, and for the usual pairs ("of the") which stands before that, in some three bits; a phrase then needs the
//! places of its rarer words only.

use crate::pipeline::search::merge::FREQUENT;

/// A pair is usual if it stands before one in so many words; contexts then fit in a byte.
const USUAL: u32 = 220;
/// How many pairs there are: a frequent word or any other, and the same before it.
const PAIRS: usize = (FREQUENT + 1) * (FREQUENT + 1);

/// Where frequent words stand in some documents.
#[derive(Debug)]
pub(crate) struct Standing {
    /// Where each document begins in `words`.
    starts: Vec<usize>,
    /// For each position the frequent word there, from 1; 0 for any other. Before each document are two of 0.
    words: Vec<u8>,
}

impl Standing {
    /// Documents of these lengths without any.
    pub(crate) fn new(lengths: &[u32]) -> Self {
        let mut starts = vec![0];
        for length in lengths {
            starts.push(starts[starts.len() - 1] + *length as usize + 2);
        }
        let words = vec![0; starts[lengths.len()]];
        Standing { starts, words }
    }

    /// Puts a frequent word in its place.
    pub(crate) fn put(&mut self, document: usize, position: u32, word: u8) {
        self.words[self.starts[document] + position as usize + 2] = word;
    }

    /// The pair before a position.
    pub(crate) fn before(&self, document: usize, position: u32) -> usize {
        let at = self.starts[document] + position as usize;
        pair(self.words[at], self.words[at + 1])
    }

    /// How often each pair stands before another word.
    pub(crate) fn pairs(&self) -> Vec<u32> {
        let mut pairs = vec![0; PAIRS];
        for document in self.starts.windows(2) {
            let words = self.words[document[0]..document[1]].windows(3);
            words.filter(|it| it[2] == 0).for_each(|it| pairs[pair(it[0], it[1])] += 1);
        }
        pairs
    }
}

fn pair(first: u8, second: u8) -> usize {
    if second == 0 { 0 } else { usize::from(second) * (FREQUENT + 1) + usize::from(first) }
}

/// What may stand before a word.
#[derive(Debug, Default)]
pub(crate) struct Contexts {
    /// Nothing frequent, then the most frequent first: 32 times the word before (from 1), and for usual pairs the one before that.
    pub(crate) all: Vec<u32>,
    /// For each pair its place in `all`: an unusual pair is what its first word is.
    pub(crate) places: Vec<u8>,
}

/// The contexts, given how often each pair stands before a word.
pub(crate) fn contexts<'a>(pairs: impl Iterator<Item = &'a [u32]>) -> Contexts {
    let mut counts = vec![0; PAIRS];
    for pairs in pairs {
        counts.iter_mut().zip(pairs).for_each(|(sum, it)| *sum += it);
    }
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
    let places = kept.iter().map(|it| place(it) as u8).collect();
    Contexts { all, places }
}
