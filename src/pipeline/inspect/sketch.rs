//! One reading to its sketch: what is kept of its words to tell whether another document repeats them.
//!
//! A document's shingles (runs of five words) are hashed and thrown into bins; the least hash of each bin is kept. The share
//! of bins that agree estimates the share of shingles that do (one-permutation `MinHash`).

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::pipeline::Reading;
use crate::pipeline::describe::BlockRole;

/// How many words a shingle has.
const SHINGLE: usize = 5;
/// How many hashes a sketch has.
pub(super) const BINS: usize = 64;
/// Shorter documents are alike by chance.
const FEWEST_WORDS: usize = 40;

/// What is kept of a document's text for comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sketch {
    /// The least hash of each bin; `u32::MAX` where nothing fell in. Empty for a document too short to compare.
    pub(super) bins: Vec<u32>,
}

/// Sketches one document; sees nothing else.
pub fn sketch(reading: &Reading) -> Sketch {
    let mut bins = vec![u32::MAX; BINS];
    let mut count = 0;
    for (hash, _) in shingles(&words(reading)) {
        // The upper bits choose the bin, the lower ones compete in it.
        let bin = (hash >> 58) as usize;
        bins[bin] = bins[bin].min(hash as u32);
        count += 1;
    }
    Sketch { bins: if count + SHINGLE > FEWEST_WORDS { bins } else { Vec::new() } }
}

/// A word of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    hash: u64,
    start: u32,
    end: u32,
}

/// Every run of five words, with its place.
pub(super) fn shingles(words: &[Word]) -> impl Iterator<Item = (u64, Range<usize>)> {
    words.windows(SHINGLE).map(|run| {
        let hash = run.iter().fold(0, |hash: u64, it| mixed(hash.rotate_left(7) ^ it.hash));
        (hash, run[0].start as usize..run[SHINGLE - 1].end as usize)
    })
}

/// The words of the blocks that are read, folded by case only: a copy is a copy, down to its accents.
pub(super) fn words(reading: &Reading) -> Vec<Word> {
    let (document, roles) = (&reading.document, &reading.description.roles);
    let mut words = Vec::with_capacity(document.text.len() / 6);
    let blocks = document.blocks.iter().enumerate();
    for (_, block) in blocks.filter(|it| roles.get(it.0) != Some(&BlockRole::Furniture)) {
        add_words(&document.text[block.range()], block.start, &mut words);
    }
    words
}

/// Adds the words of `text`, which begins at `offset`. Their hash is FNV-1a over lower-case letters: the same on every machine.
fn add_words(text: &str, offset: u32, words: &mut Vec<Word>) {
    let hashed = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let bytes = text.as_bytes();
    let (mut hash, mut start, mut at) = (SEED, 0, 0);
    while at <= bytes.len() {
        let byte = bytes.get(at).copied().unwrap_or_default();
        if byte.is_ascii_alphanumeric() {
            hash = hashed(hash, byte.to_ascii_lowercase());
            at += 1;
            continue;
        }
        let other = text[at..].chars().next().filter(|it| !it.is_ascii());
        if other.is_some_and(char::is_alphanumeric) {
            let length = other.map_or(1, char::len_utf8);
            hash = bytes[at..at + length].iter().fold(hash, |hash, it| hashed(hash, *it));
            at += length;
            continue;
        }
        if start < at {
            words.push(Word { hash, start: offset + start as u32, end: offset + at as u32 });
        }
        at += other.map_or(1, char::len_utf8);
        (hash, start) = (SEED, at);
    }
}

/// What FNV-1a begins with.
const SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// Spreads a hash over all its bits.
pub(super) fn mixed(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ (hash >> 29)
}
