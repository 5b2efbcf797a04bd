//! All documents' postings to the collection's terms, each with the documents that it stands in.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::pipeline::search::posting::{Places, Postings};

/// The terms of the collection.
#[derive(Debug)]
pub(crate) struct Merged<'a> {
    /// The postings in the order by which the index numbers documents.
    pub(crate) postings: Vec<&'a Postings>,
    /// Every term, ascending by its bytes.
    pub(crate) terms: Vec<&'a str>,
    /// How many documents each term stands in.
    starts: Vec<u32>,
    /// For each term, by document: the document, and where in its postings the term's places are.
    occurrences: Vec<(u32, u32)>,
}

impl Merged<'_> {
    /// The documents that term number `term` stands in, ascending, with its places in each.
    pub(crate) fn documents(
        &self,
        term: usize,
    ) -> impl ExactSizeIterator<Item = (u32, Places<'_>)> {
        let range = self.starts[term] as usize..self.starts[term + 1] as usize;
        self.occurrences[range]
            .iter()
            .map(|(document, at)| (*document, self.postings[*document as usize].at(*at)))
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
    let mut starts = vec![0; words.len() + 1];
    for word in &sequence {
        starts[rank[*word as usize] as usize + 1] += 1;
    }
    for term in 1..starts.len() {
        starts[term] += starts[term - 1];
    }
    let mut occurrences = vec![(0, 0); sequence.len()];
    let (mut next, mut sequence) = (starts.clone(), sequence.into_iter());
    for (document, postings) in postings.iter().enumerate() {
        for (record, word) in postings.records().zip(&mut sequence) {
            let slot = &mut next[rank[word as usize] as usize];
            occurrences[*slot as usize] = (document as u32, record.at);
            *slot += 1;
        }
    }
    Merged {
        postings,
        terms: by_term.into_iter().map(|it| words[it as usize]).collect(),
        starts,
        occurrences,
    }
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
