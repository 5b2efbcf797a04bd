//! All documents' postings to the collection's terms, each with the documents and the places that it stands in.
//!
//! Documents are many and terms are many, and going from the one order to the other at once would wait for memory at every step. So
//! some hundreds of documents at a time are put into the order of terms, in parallel; a term is then read from one batch after the other.

use std::sync::Arc;

use rayon::prelude::*;

use crate::pipeline::search::batch::{Batch, Listed, Occurrence, batch};
use crate::pipeline::search::forms::Forms;
use crate::pipeline::search::frequent::{Contexts, Standing, contexts};
use crate::pipeline::search::posting::Postings;

/// How many documents are put into the order of terms at a time.
const BATCH: usize = 128;
/// How many words are treated as frequent at most.
pub(crate) const FREQUENT: usize = 31;
/// The places of any other word cost less than a query may.
const PLACES: u32 = 40_000;

/// The terms of the collection.
#[derive(Debug, Default)]
pub(crate) struct Merged {
    /// Every term, ascending by its bytes.
    pub(crate) terms: Vec<Box<str>>,
    /// In how many documents each term stands.
    pub(crate) counts: Vec<u32>,
    /// At how many places each term stands in all.
    pub(crate) places: Vec<u32>,
    /// Numbers of the most frequent terms, the most frequent first.
    pub(crate) frequent: Vec<u32>,
    /// What may stand before a term.
    pub(crate) contexts: Contexts,
    batches: Vec<Batch>,
    /// Where each term's segments begin in `segments`.
    starts: Vec<u32>,
    /// For each term: in which batches it is, and where.
    segments: Vec<(u32, u32)>,
}

impl Merged {
    /// The documents that term number `term` stands in, ascending.
    pub(crate) fn documents(&self, term: usize) -> impl Iterator<Item = Occurrence<'_>> {
        let segments = self.segments(term).iter();
        segments.flat_map(|(batch, at)| self.batches[*batch as usize].documents(*at))
    }

    fn segments(&self, term: usize) -> &[(u32, u32)] {
        &self.segments[self.starts[term] as usize..self.starts[term + 1] as usize]
    }
}

/// Merges `postings`, in the order in which the index numbers documents.
pub(crate) fn merge(postings: Vec<Arc<Postings>>) -> Merged {
    let batched = batches(postings).into_par_iter().map(|(first, it)| batch(first, &it));
    let (batches, listed): (Vec<Batch>, Vec<Listed>) = batched.unzip();
    let mut merged = Merged { batches, ..joined(&listed) };
    merged.find_frequent();
    merged.tell_contexts();
    merged
}

/// What the collection knows of its terms, where those of each batch are told.
fn joined(batches: &[Listed]) -> Merged {
    let mut forms = Forms::default();
    let number = |it: &Listed| it.terms().map(|it| forms.number(it.0)).collect();
    let mut terms: Vec<Vec<u32>> = batches.iter().map(number).collect();
    let order = forms.sorted();
    let mut ranks = vec![0; order.len()];
    (0..).zip(&order).for_each(|(rank, number)| ranks[*number as usize] = rank);
    terms.iter_mut().flatten().for_each(|it| *it = ranks[*it as usize]);
    let text = |it: &u32| std::str::from_utf8(forms.form(*it)).expect("terms are text").into();
    let mut merged = Merged {
        terms: order.iter().map(text).collect(),
        counts: vec![0; order.len()],
        places: vec![0; order.len()],
        starts: vec![0; order.len() + 1],
        ..Merged::default()
    };
    merged.add_up(&terms, batches);
    merged.find_segments(&terms, batches);
    merged
}

/// The documents of each batch, and the number of the first.
fn batches(documents: Vec<Arc<Postings>>) -> Vec<(u32, Vec<Arc<Postings>>)> {
    let mut rest = documents.into_iter();
    let batches = std::iter::from_fn(|| Some(rest.by_ref().take(BATCH).collect::<Vec<_>>()));
    (0..).step_by(BATCH).zip(batches.take_while(|it| !it.is_empty())).collect()
}

impl Merged {
    /// Counts documents, places and segments of each term, where the terms of each batch are told.
    fn add_up(&mut self, terms: &[Vec<u32>], batches: &[Listed]) {
        for (terms, batch) in terms.iter().zip(batches) {
            for (term, (_, it)) in terms.iter().zip(batch.terms()) {
                self.counts[*term as usize] += it.documents;
                self.places[*term as usize] += it.places;
                self.starts[*term as usize + 1] += 1;
            }
        }
        for term in 1..self.starts.len() {
            self.starts[term] += self.starts[term - 1];
        }
    }

    fn find_segments(&mut self, terms: &[Vec<u32>], batches: &[Listed]) {
        let mut next = self.starts.clone();
        self.segments = vec![(0, 0); next.last().map_or(0, |it| *it as usize)];
        for (number, (terms, batch)) in (0..).zip(terms.iter().zip(batches)) {
            for (term, (_, it)) in terms.iter().zip(batch.terms()) {
                self.segments[next[*term as usize] as usize] = (number, it.at);
                next[*term as usize] += 1;
            }
        }
    }

    fn find_frequent(&mut self) {
        let mut terms: Vec<u32> =
            (0..self.terms.len() as u32).filter(|it| self.places[*it as usize] > PLACES).collect();
        terms.sort_by_key(|it| (std::cmp::Reverse(self.places[*it as usize]), *it));
        terms.truncate(FREQUENT);
        self.frequent = terms;
    }

    /// Finds out what usually stands before a term, and says so at each place.
    fn tell_contexts(&mut self) {
        let mut frequent = vec![Vec::new(); self.batches.len()];
        for (word, term) in (1..).zip(&self.frequent) {
            let segments = self.segments(*term as usize).iter();
            segments.for_each(|(batch, at)| frequent[*batch as usize].push((word, *at)));
        }
        let batches = self.batches.par_iter().zip(&frequent);
        let standing: Vec<Standing> = batches.map(|(batch, it)| batch.standing(it)).collect();
        self.contexts = contexts(standing.iter().map(Standing::pairs));
        if !self.frequent.is_empty() {
            let batches = self.batches.par_iter_mut().zip(&standing);
            batches.for_each(|(batch, it)| batch.tell(it, &self.contexts));
        }
    }
}
