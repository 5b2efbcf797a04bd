//! The collection's terms to the section of words: their documents by impact, their places, what stands before them.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::pipeline::search::coder::Coder;
use crate::pipeline::search::frequent::Frequent;
use crate::pipeline::search::merge::Merged;
use crate::pipeline::search::section::{Before, PlaceNumbers, Terms, width};
use crate::pipeline::search::stem::Lemmas;

/// Okapi's saturation of term frequency.
const K1: f64 = 1.2;
/// Okapi's share of document length.
const B: f64 = 0.75;
/// A word with more places than this has expectations of its own of what stands before it.
const OWN: u32 = 48;

/// Every word of the collection.
pub(crate) struct Words<'a> {
    merged: &'a Merged<'a>,
    frequent: &'a Frequent,
    is_frequent: Vec<bool>,
    siblings: Vec<u32>,
    length: u32,
}

/// The words of a collection.
pub(crate) fn words<'a>(merged: &'a Merged<'a>, frequent: &'a Frequent) -> Words<'a> {
    let mut is_frequent = vec![false; merged.terms.len()];
    frequent.terms.iter().for_each(|it| is_frequent[*it] = true);
    Words { merged, frequent, is_frequent, siblings: siblings(&merged.terms), length: mean_length(merged) }
}

/// The mean length of a document in terms, at least 1.
pub(crate) fn mean_length(merged: &Merged<'_>) -> u32 {
    let sum: u64 = merged.postings.iter().map(|it| u64::from(it.length)).sum();
    (sum / merged.postings.len().max(1) as u64).max(1) as u32
}

/// For each term, how many terms before it another form of the same word stands.
fn siblings(terms: &[&str]) -> Vec<u32> {
    let keys: Vec<String> = terms.par_iter().with_min_len(1024).map_init(Lemmas::new, |it, term| it.key(term)).collect();
    let mut last: FxHashMap<(&str, &str), usize> = FxHashMap::default();
    let places = terms.iter().zip(&keys).enumerate();
    places.map(|(at, (term, key))| last.insert((prefix(term), key), at).map_or(0, |it| (at - it) as u32)).collect()
}

/// Forms of a word share it, so that they stand near each other.
fn prefix(term: &str) -> &str {
    term.char_indices().nth(3).map_or(term, |(end, _)| &term[..end])
}

impl Words<'_> {
    /// BM25F without what is the same for all documents of the term, in eighths.
    fn impact(&self, document: u32, weight: u32) -> u32 {
        let length = f64::from(self.merged.postings[document as usize].length) / f64::from(self.length);
        let weight = f64::from(weight);
        (8.0 * weight / (weight + K1 * (1.0 - B + B * length))) as u32
    }
}

impl Terms for Words<'_> {
    fn len(&self) -> usize {
        self.merged.terms.len()
    }

    fn key(&self, term: usize) -> &str {
        self.merged.terms[term]
    }

    fn sibling(&self, term: usize) -> u32 {
        self.siblings[term]
    }

    fn count(&self, term: usize) -> u32 {
        self.merged.documents(term).len() as u32
    }

    fn places(&self, term: usize) -> u32 {
        self.merged.places[term]
    }

    fn each_document(&self, term: usize, each: &mut dyn FnMut(u32, u32)) {
        for (document, places) in self.merged.documents(term) {
            each(document, self.impact(document, places.weight));
        }
    }

    fn write_places(&self, term: usize, coder: &mut Coder, expected: &mut PlaceNumbers) {
        let counts = &mut expected.counts[width(self.places(term), self.count(term))];
        let mut own = (self.places(term) > OWN).then(Before::new);
        let before = own.as_mut().unwrap_or(&mut expected.before);
        for (document, places) in self.merged.documents(term) {
            let count = places.count();
            coder.number(counts, count - 1);
            let gaps = &mut expected.gaps[width(self.length, count + 1)];
            let mut next = 0;
            for position in places.positions() {
                coder.number(gaps, position - next);
                next = position + 1;
                if !self.is_frequent[term] {
                    push_before(coder, before, self.frequent.before(document, position));
                }
            }
        }
    }
}

fn push_before(coder: &mut Coder, expected: &mut Before, context: u32) {
    coder.symbol(&mut expected.any, u32::from(context > 0));
    if context > 0 {
        coder.symbol(&mut expected.which, context);
    }
}
