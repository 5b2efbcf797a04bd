//! All documents' postings to the collection's terms, each with the documents that it stands in.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::pipeline::search::posting::{Places, Postings};

/// Okapi's saturation of term frequency.
const K1: f64 = 1.2;
/// Okapi's share of document length.
const B: f64 = 0.75;
/// How many bits of an occurrence its impact takes, and how many are left for its places.
const IMPACT: u32 = 3;
const PLACES: u32 = 32 - IMPACT;

/// The terms of the collection.
#[derive(Debug)]
pub(crate) struct Merged<'a> {
    /// The postings in the order by which the index numbers documents.
    pub(crate) postings: Vec<&'a Postings>,
    /// The mean length of a document in terms, at least 1.
    pub(crate) length: u32,
    /// Every term, ascending by its bytes.
    pub(crate) terms: Vec<&'a str>,
    /// At how many places each term stands in all.
    pub(crate) places: Vec<u32>,
    /// Where each term's occurrences begin.
    starts: Vec<u32>,
    /// For each term, by document.
    occurrences: Vec<Occurrence>,
}

/// A term in a document.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Occurrence {
    /// The document, by the index's number.
    pub(crate) document: u32,
    packed: u32,
}

impl Occurrence {
    /// What the term tells of the document: BM25F without what is the same for all documents of the term, in eighths.
    pub(crate) fn impact(self) -> u32 {
        self.packed >> PLACES
    }
}

impl Merged<'_> {
    /// The documents that term number `term` stands in, ascending.
    pub(crate) fn documents(&self, term: usize) -> &[Occurrence] {
        &self.occurrences[self.starts[term] as usize..self.starts[term + 1] as usize]
    }

    /// Where the term stands in the document.
    pub(crate) fn places(&self, occurrence: Occurrence) -> Places<'_> {
        self.postings[occurrence.document as usize].at(occurrence.packed & ((1 << PLACES) - 1))
    }
}

/// Merges `postings`, taken in the `order` in which the index numbers documents.
pub(crate) fn merge<'a>(postings: &'a [Arc<Postings>], order: &[u32]) -> Merged<'a> {
    let postings: Vec<&Postings> = order.iter().map(|it| postings[*it as usize].as_ref()).collect();
    let (words, sequence) = number_terms(&postings);
    let mut by_term: Vec<u32> = (0..words.len() as u32).collect();
    by_term.sort_unstable_by_key(|it| words[*it as usize]);
    let mut rank = vec![0; words.len()];
    for (place, word) in by_term.iter().enumerate() {
        rank[*word as usize] = place as u32;
    }
    let ranks: Vec<u32> = sequence.into_iter().map(|it| rank[it as usize]).collect();
    let length = mean_length(&postings);
    let (starts, occurrences, places) = by_rank(&postings, (ranks, words.len()), length);
    Merged { length, terms: by_term.into_iter().map(|it| words[it as usize]).collect(), postings, places, starts, occurrences }
}

fn mean_length(postings: &[&Postings]) -> u32 {
    let sum: u64 = postings.iter().map(|it| u64::from(it.length)).sum();
    (sum / postings.len().max(1) as u64).max(1) as u32
}

/// The terms in the order of first occurrence, and the number of each document's each term, one after the other.
fn number_terms<'a>(postings: &[&'a Postings]) -> (Vec<&'a str>, Vec<u32>) {
    let (mut numbers, mut words, mut sequence) = (FxHashMap::default(), Vec::new(), Vec::new());
    for record in postings.iter().flat_map(|it| it.records()) {
        let number = *numbers.entry(record.term).or_insert_with(|| {
            words.push(record.term);
            words.len() as u32 - 1
        });
        sequence.push(number);
    }
    (words, sequence)
}

/// Where each term's occurrences begin, all occurrences by term, and the number of places of each term.
fn by_rank(postings: &[&Postings], (ranks, terms): (Vec<u32>, usize), length: u32) -> (Vec<u32>, Vec<Occurrence>, Vec<u32>) {
    let mut starts = vec![0; terms + 1];
    for rank in &ranks {
        starts[*rank as usize + 1] += 1;
    }
    for term in 1..starts.len() {
        starts[term] += starts[term - 1];
    }
    let (mut next, mut places) = (starts.clone(), vec![0; terms]);
    let mut occurrences = vec![Occurrence::default(); ranks.len()];
    let mut ranks = ranks.into_iter();
    for (document, postings) in postings.iter().enumerate() {
        let relative = f64::from(postings.length) / f64::from(length);
        for (record, rank) in postings.records().zip(&mut ranks) {
            let packed = impact(record.weight, relative) << PLACES | record.at;
            occurrences[next[rank as usize] as usize] = Occurrence { document: document as u32, packed };
            next[rank as usize] += 1;
            places[rank as usize] += record.places.count();
        }
    }
    (starts, occurrences, places)
}

fn impact(weight: u32, relative_length: f64) -> u32 {
    let (weight, most) = (f64::from(weight), f64::from(1 << IMPACT));
    (most * weight / (weight + K1 * (1.0 - B + B * relative_length))).min(most - 1.0) as u32
}
