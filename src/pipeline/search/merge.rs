//! All documents' postings to the collection's terms, each with the documents and the places that it stands in.
//!
//! Documents are many and terms are many, and going from the one order to the other at once would wait for memory at every step. So
//! some hundreds of documents at a time are put into the order of terms, in parallel; a term is then read from one batch after the other.

use std::sync::Arc;

use blake3::Hash;
use rayon::prelude::*;

use crate::memo::ledger::{self, Key};
use crate::memo::store::Store;
use crate::pipeline::search::batch::{Listed, Occurrence};
use crate::pipeline::search::forms::Forms;
use crate::pipeline::search::frequent::{Contexts, Standing, contexts};
use crate::pipeline::search::part::{Part, groups};
use crate::pipeline::search::posting::Postings;
use crate::pipeline::search::sums::Sums;

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
    /// What stands for all that is known of each term.
    pub(crate) sums: Vec<Sums>,
    /// Numbers of the most frequent terms, the most frequent first.
    pub(crate) frequent: Vec<u32>,
    /// What may stand before a term.
    pub(crate) contexts: Contexts,
    parts: Vec<Part>,
    /// For each part the numbers of its terms, until there are sums.
    numbers: Vec<Vec<u32>>,
    /// Where each term's segments begin in `segments`.
    starts: Vec<u32>,
    /// For each term: in which batches it is, and where.
    segments: Vec<(u32, u32)>,
}

impl Merged {
    /// The documents that term number `term` stands in, ascending.
    pub(crate) fn documents(&self, term: usize) -> impl Iterator<Item = Occurrence<'_>> {
        let segments = self.segments(term).iter();
        segments.flat_map(|(batch, at)| self.parts[*batch as usize].batch.documents(*at))
    }

    fn segments(&self, term: usize) -> &[(u32, u32)] {
        &self.segments[self.starts[term] as usize..self.starts[term + 1] as usize]
    }
}

/// Merges `postings` of documents with these keys, in the order in which the index numbers documents. What it makes of some hundred of
/// them is in `store`, if that has been done before.
pub(crate) fn merge(
    postings: Vec<Arc<Postings>>,
    keys: &[Hash],
    store: Option<&dyn Store>,
) -> Merged {
    let parts: Vec<Part> =
        groups(postings, keys).into_par_iter().map(|it| it.part(store)).collect();
    let mut merged = joined(parts);
    merged.find_frequent();
    merged.tell_contexts(store);
    merged.add_sums();
    merged
}

/// What the collection knows of its terms, where those of each part are told.
fn joined(parts: Vec<Part>) -> Merged {
    let mut forms = Forms::default();
    let number = |it: &Part| it.listed.terms().map(|it| forms.number(it.0)).collect();
    let mut terms: Vec<Vec<u32>> = parts.iter().map(number).collect();
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
        parts,
        ..Merged::default()
    };
    merged.add_up(&terms);
    merged.find_segments(&terms);
    merged.numbers = terms;
    merged
}

impl Merged {
    /// Counts documents, places and segments of each term, where the terms of each part are told.
    fn add_up(&mut self, terms: &[Vec<u32>]) {
        for (terms, part) in terms.iter().zip(&self.parts) {
            for (term, (_, it)) in terms.iter().zip(part.listed.terms()) {
                self.counts[*term as usize] += it.documents;
                self.places[*term as usize] += it.places;
                self.starts[*term as usize + 1] += 1;
            }
        }
        for term in 1..self.starts.len() {
            self.starts[term] += self.starts[term - 1];
        }
    }

    fn find_segments(&mut self, terms: &[Vec<u32>]) {
        let mut next = self.starts.clone();
        self.segments = vec![(0, 0); next.last().map_or(0, |it| *it as usize)];
        for (number, (terms, part)) in (0..).zip(terms.iter().zip(&self.parts)) {
            for (term, (_, it)) in terms.iter().zip(part.listed.terms()) {
                self.segments[next[*term as usize] as usize] = (number, it.at);
                next[*term as usize] += 1;
            }
        }
    }

    /// Adds up what stands for all that is known of each term, and lets go of what only that needed.
    fn add_sums(&mut self) {
        self.sums = vec![Sums::default(); self.terms.len()];
        for (terms, part) in std::mem::take(&mut self.numbers).into_iter().zip(&mut self.parts) {
            part.listed = Listed::default();
            for (term, it) in terms.into_iter().zip(std::mem::take(&mut part.sums)) {
                self.sums[term as usize].add(it, part.batch.first);
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
    fn tell_contexts(&mut self, store: Option<&dyn Store>) {
        let (frequent, key) = (self.frequent_in_parts(), self.frequent_key());
        let parts = self.parts.par_iter_mut().zip(&frequent);
        let counted: Vec<Option<Standing>> = parts.map(|(part, it)| part.count(key, it)).collect();
        self.contexts = contexts(self.parts.iter().map(Part::pairs));
        let told = (contexts_key(key, &self.contexts), &self.contexts);
        let parts = self.parts.par_iter_mut().zip(counted.into_par_iter().zip(&frequent));
        parts.for_each(|(part, (counted, it))| {
            part.tell(told, |batch| counted.unwrap_or_else(|| batch.standing(it)), store);
        });
    }

    /// For each part the frequent words, from 1, and where they begin there.
    fn frequent_in_parts(&self) -> Vec<Vec<(u8, u32)>> {
        let mut frequent = vec![Vec::new(); self.parts.len()];
        for (word, term) in (1..).zip(&self.frequent) {
            let segments = self.segments(*term as usize).iter();
            segments.for_each(|(part, at)| frequent[*part as usize].push((word, *at)));
        }
        frequent
    }

    fn frequent_key(&self) -> Key {
        let words: Vec<&str> = self.frequent.iter().map(|it| &*self.terms[*it as usize]).collect();
        ledger::key(words.join(" ").as_bytes())
    }
}

fn contexts_key(frequent: Key, contexts: &Contexts) -> Key {
    let mut all = [frequent.as_slice(), &contexts.places].concat();
    contexts.all.iter().for_each(|it| all.extend(it.to_le_bytes()));
    ledger::key(&all)
}
