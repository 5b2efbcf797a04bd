//! All documents' postings to the collection's terms, each with the documents and the places that it stands in.
//!
//! Documents are many and terms are many, and going from the one order to the other at once would wait for memory at every step. So
//! some hundreds of documents at a time are put into the order of terms, in parallel; a term is then read from one batch after the other.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::pipeline::search::expected::IMPACTS;
use crate::pipeline::search::numbers::{read_number, write_number};
use crate::pipeline::search::posting::{Postings, Record};

/// How many documents are put into the order of terms at a time.
const BATCH: usize = 128;
/// How many words are treated as frequent at most.
pub(crate) const FREQUENT: usize = 31;
/// The places of any other word cost less than a query may.
const PLACES: u32 = 40_000;

/// The terms of the collection.
#[derive(Debug)]
pub(crate) struct Merged {
    /// The mean length of a document in terms, at least 1.
    pub(crate) length: u32,
    /// Every term, ascending by its bytes.
    pub(crate) terms: Vec<Box<str>>,
    /// In how many documents each term stands.
    pub(crate) counts: Vec<u32>,
    /// At how many places each term stands in all.
    pub(crate) places: Vec<u32>,
    /// Numbers of the most frequent terms, the most frequent first.
    pub(crate) frequent: Vec<u32>,
    /// How often each pair of frequent terms stands before another term: see [`Place::before`].
    pub(crate) pairs: Vec<u32>,
    batches: Vec<Batch>,
    /// Where each term's segments begin in `segments`.
    starts: Vec<u32>,
    /// For each term: in which batches it is, and where.
    segments: Vec<(u32, u32)>,
}

/// Documents in the order of terms.
#[derive(Debug)]
struct Batch {
    /// For each term: the number of documents; for each document its number, the impact, the number of places, the length of what
    /// follows, and for each place the gap and the pair before it.
    bytes: Vec<u8>,
    /// Each term, and where it begins.
    terms: Vec<(u32, u32)>,
    pairs: Vec<u32>,
}

/// A term in a document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Occurrence<'a> {
    /// The document, by the index's number.
    pub(crate) document: u32,
    /// What the term tells of the document: BM25F without what is the same for all documents of the term, in eighths.
    pub(crate) impact: u32,
    /// How many places there are.
    pub(crate) count: u32,
    places: &'a [u8],
}

/// Where a term stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// The distance from the place before, less one.
    pub(crate) gap: u32,
    /// Which frequent words stand before it: 32 times the one before (from 1; 0 for any other word) and the one before that.
    pub(crate) before: u32,
}

impl<'a> Occurrence<'a> {
    /// Its places, ascending.
    pub(crate) fn places(self) -> impl Iterator<Item = Place> + 'a {
        let mut rest = self.places;
        std::iter::from_fn(move || {
            Some(Place { gap: read_number(&mut rest)?, before: read_number(&mut rest)? })
        })
    }
}

impl Merged {
    /// The documents that term number `term` stands in, ascending.
    pub(crate) fn documents(&self, term: usize) -> impl Iterator<Item = Occurrence<'_>> {
        let segments = &self.segments[self.starts[term] as usize..self.starts[term + 1] as usize];
        segments.iter().flat_map(|(batch, at)| {
            let mut rest = &self.batches[*batch as usize].bytes[*at as usize..];
            let count = read_number(&mut rest).unwrap_or_default();
            (0..count).filter_map(move |_| read_occurrence(&mut rest))
        })
    }
}

fn read_occurrence<'a>(rest: &mut &'a [u8]) -> Option<Occurrence<'a>> {
    let (document, impact, count) = (read_number(rest)?, read_number(rest)?, read_number(rest)?);
    let length = read_number(rest)? as usize;
    let (places, behind) = rest.split_at(length);
    *rest = behind;
    Some(Occurrence { document, impact, count, places })
}

/// Merges `postings`, in the order in which the index numbers documents.
pub(crate) fn merge(postings: Vec<Arc<Postings>>) -> Merged {
    let mut numbered = number_terms(&postings);
    let mut by_term: Vec<u32> = (0..numbered.words.len() as u32).collect();
    by_term.sort_unstable_by_key(|it| numbered.words[*it as usize]);
    let mut rank = vec![0; by_term.len()];
    for (place, word) in by_term.iter().enumerate() {
        rank[*word as usize] = place as u32;
    }
    let ranked = numbered.sequence.par_iter_mut().flat_map_iter(|it| it.iter_mut());
    ranked.for_each(|it| *it = rank[*it as usize]);
    let sum: u64 = postings.iter().map(|it| u64::from(it.length)).sum();
    let mut merged = Merged {
        length: (sum / postings.len().max(1) as u64).max(1) as u32,
        terms: by_term.iter().map(|it| numbered.words[*it as usize].into()).collect(),
        counts: by_term.iter().map(|it| numbered.sums[*it as usize].0).collect(),
        places: by_term.iter().map(|it| numbered.sums[*it as usize].1).collect(),
        frequent: Vec::new(),
        pairs: vec![0; (FREQUENT + 1) * (FREQUENT + 1)],
        batches: Vec::new(),
        starts: vec![0; by_term.len() + 1],
        segments: Vec::new(),
    };
    merged.find_frequent();
    let Numbered { sequence, .. } = numbered;
    merged.put_in_order(postings.into_iter().zip(sequence).collect());
    merged
}

/// Terms by first occurrence.
struct Numbered<'a> {
    words: Vec<&'a str>,
    /// For each word, in how many documents and at how many places it stands.
    sums: Vec<(u32, u32)>,
    /// The numbers of each document's terms.
    sequence: Vec<Box<[u32]>>,
}

/// A document's postings, and its terms by their places among all.
type Ranked = (Arc<Postings>, Box<[u32]>);

fn number_terms<'a>(postings: &'a [Arc<Postings>]) -> Numbered<'a> {
    let mut numbers = FxHashMap::default();
    let mut numbered = Numbered { words: Vec::new(), sums: Vec::new(), sequence: Vec::new() };
    for postings in postings {
        let number = |record: Record<'a>| {
            let number = *numbers.entry(record.term).or_insert_with(|| {
                numbered.words.push(record.term);
                numbered.sums.push((0, 0));
                numbered.words.len() as u32 - 1
            });
            let sum = &mut numbered.sums[number as usize];
            *sum = (sum.0 + 1, sum.1 + record.places.count());
            number
        };
        numbered.sequence.push(postings.records().map(number).collect());
    }
    numbered
}

impl Merged {
    fn find_frequent(&mut self) {
        let mut terms: Vec<u32> =
            (0..self.terms.len() as u32).filter(|it| self.places[*it as usize] > PLACES).collect();
        terms.sort_by_key(|it| (std::cmp::Reverse(self.places[*it as usize]), *it));
        terms.truncate(FREQUENT);
        self.frequent = terms;
    }

    fn put_in_order(&mut self, documents: Vec<Ranked>) {
        let mut frequent = vec![0; self.terms.len()];
        for (rank, term) in self.frequent.iter().enumerate() {
            frequent[*term as usize] = rank as u8 + 1;
        }
        let batch = |(number, documents): (usize, Vec<Ranked>)| {
            let first = (number * BATCH) as u32;
            Batcher { frequent: &frequent, length: self.length, first }.batch(&documents)
        };
        self.batches = batches(documents).into_par_iter().enumerate().map(batch).collect();
        for batch in &self.batches {
            batch.terms.iter().for_each(|(term, _)| self.starts[*term as usize + 1] += 1);
            self.pairs.iter_mut().zip(&batch.pairs).for_each(|(sum, it)| *sum += it);
        }
        for term in 1..self.starts.len() {
            self.starts[term] += self.starts[term - 1];
        }
        let mut next = self.starts.clone();
        self.segments =
            vec![(0, 0); *self.starts.last().expect("there is one start more than terms") as usize];
        for (number, batch) in self.batches.iter().enumerate() {
            for (term, at) in &batch.terms {
                self.segments[next[*term as usize] as usize] = (number as u32, *at);
                next[*term as usize] += 1;
            }
        }
    }
}

fn batches(documents: Vec<Ranked>) -> Vec<Vec<Ranked>> {
    let mut rest = documents.into_iter();
    let batches = std::iter::from_fn(|| Some(rest.by_ref().take(BATCH).collect::<Vec<_>>()));
    batches.take_while(|it| !it.is_empty()).collect()
}

struct Batcher<'a> {
    /// For each term its place among the frequent ones, from 1; 0 for any other.
    frequent: &'a [u8],
    length: u32,
    first: u32,
}

impl Batcher<'_> {
    /// Puts documents, given with the numbers of their terms, into the order of terms.
    fn batch(&self, documents: &[Ranked]) -> Batch {
        let mut batch = Batch {
            bytes: Vec::new(),
            terms: Vec::new(),
            pairs: vec![0; (FREQUENT + 1) * (FREQUENT + 1)],
        };
        let standing: Vec<Vec<u8>> =
            documents.iter().map(|it| self.standing(it, &mut batch.pairs)).collect();
        let mut records: Vec<(u32, u32, Record<'_>)> = Vec::new();
        for (number, (postings, ranks)) in documents.iter().enumerate() {
            records.extend(
                ranks
                    .iter()
                    .zip(postings.records())
                    .map(|(rank, record)| (*rank, number as u32, record)),
            );
        }
        // A document's terms are in order already, and a stable sort makes use of that.
        records.sort_by_key(|it| it.0);
        let mut places = Vec::new();
        for same in records.chunk_by(|a, b| a.0 == b.0) {
            batch.terms.push((same[0].0, batch.bytes.len() as u32));
            write_number(&mut batch.bytes, same.len() as u32);
            for (_, document, record) in same {
                let count = write_places(&mut places, *record, &standing[*document as usize]);
                let length = documents[*document as usize].0.length;
                for number in [
                    self.first + document,
                    impact(record.weight, length, self.length),
                    count,
                    places.len() as u32,
                ] {
                    write_number(&mut batch.bytes, number);
                }
                batch.bytes.append(&mut places);
            }
        }
        batch.bytes.shrink_to_fit();
        batch
    }

    /// For each position of a document which frequent word stands there. Counts the pairs before other words.
    fn standing(&self, (postings, ranks): &Ranked, pairs: &mut [u32]) -> Vec<u8> {
        let mut standing = vec![0; postings.length as usize];
        for (record, rank) in
            postings.records().zip(ranks).filter(|(_, rank)| self.frequent[**rank as usize] > 0)
        {
            for position in record.places.positions() {
                standing[position as usize] = self.frequent[*rank as usize];
            }
        }
        for position in (0..standing.len()).filter(|it| standing[*it] == 0) {
            pairs[before(&standing, position)] += 1;
        }
        standing
    }
}

fn write_places(places: &mut Vec<u8>, record: Record<'_>, standing: &[u8]) -> u32 {
    let (mut count, mut next) = (0, 0);
    for position in record.places.positions() {
        write_number(places, position - next);
        write_number(places, before(standing, position as usize) as u32);
        (count, next) = (count + 1, position + 1);
    }
    count
}

fn before(standing: &[u8], position: usize) -> usize {
    let behind =
        |distance| position.checked_sub(distance).map_or(0, |it| usize::from(standing[it]));
    if behind(1) == 0 { 0 } else { behind(1) * (FREQUENT + 1) + behind(2) }
}

/// Okapi's BM25 with its usual saturation (1.2) and share of document length (0.75), times eight.
fn impact(weight: u32, length: u32, mean: u32) -> u32 {
    let [weight, length, mean] = [weight, length, mean].map(u64::from);
    let told = 80 * weight * mean / (10 * weight * mean + 3 * mean + 9 * length);
    (told as u32).min(IMPACTS)
}
