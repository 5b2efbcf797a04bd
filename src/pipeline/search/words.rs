//! The collection's terms to the section of words: their documents by impact, their places, what stands before them.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::pipeline::search::bits::{Bits, rice_width};
use crate::pipeline::search::frequent::Frequent;
use crate::pipeline::search::merge::Merged;
use crate::pipeline::search::posting::Places;
use crate::pipeline::search::section::{Listed, push_document};
use crate::pipeline::search::stem::Lemmas;

/// Okapi's saturation of term frequency.
const K1: f64 = 1.2;
/// Okapi's share of document length.
const B: f64 = 0.75;

/// Every word of the collection, coded.
pub(crate) fn words(merged: &Merged<'_>, frequent: &Frequent) -> Vec<Listed> {
    let length = mean_length(merged);
    let mut is_frequent = vec![false; merged.terms.len()];
    frequent.terms.iter().for_each(|it| is_frequent[*it] = true);
    let siblings = siblings(&merged.terms);
    let coder = Coder { merged, frequent, length };
    (0..merged.terms.len())
        .into_par_iter()
        .with_min_len(256)
        .map(|term| {
            let (documents, places) =
                coder.streams(term, if is_frequent[term] { Before::Left } else { Before::Told });
            let count = merged.documents(term).len() as u32;
            Listed {
                key: merged.terms[term].to_owned(),
                sibling: siblings[term],
                count,
                documents,
                places,
            }
        })
        .collect()
}

/// The mean length of a document in terms, at least 1.
pub(crate) fn mean_length(merged: &Merged<'_>) -> u32 {
    let sum: u64 = merged.postings.iter().map(|it| u64::from(it.length)).sum();
    (sum / merged.postings.len().max(1) as u64).max(1) as u32
}

/// For each term, how many terms before it another form of the same word stands.
fn siblings(terms: &[&str]) -> Vec<u32> {
    let keys: Vec<String> = terms
        .par_iter()
        .with_min_len(1024)
        .map_init(Lemmas::new, |it, term| it.key(term))
        .collect();
    let mut last: FxHashMap<(&str, &str), usize> = FxHashMap::default();
    let places = terms.iter().zip(&keys).enumerate();
    places
        .map(|(at, (term, key))| {
            last.insert((prefix(term), key), at).map_or(0, |it| (at - it) as u32)
        })
        .collect()
}

/// Forms of a word share it, so that they stand near each other.
fn prefix(term: &str) -> &str {
    term.char_indices().nth(3).map_or(term, |(end, _)| &term[..end])
}

struct Coder<'a> {
    merged: &'a Merged<'a>,
    frequent: &'a Frequent,
    length: u32,
}

/// Whether a word's places tell which frequent words stand before them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Told,
    Left,
}

impl Coder<'_> {
    fn streams(&self, term: usize, before: Before) -> (Bits, Bits) {
        let (mut documents, mut streamed, mut next) = (Bits::default(), Bits::default(), 0);
        let all = self.merged.documents(term);
        let width = rice_width(self.merged.postings.len() as u32, all.len() as u32);
        for (document, places) in all {
            push_document(
                &mut documents,
                document - next,
                (width, self.impact(document, places.weight)),
            );
            self.places(&mut streamed, (document, &places), before);
            next = document + 1;
        }
        (documents, streamed)
    }

    fn places(&self, stream: &mut Bits, (document, places): (u32, &Places<'_>), before: Before) {
        let mut next = 0;
        let width = push_count(stream, places.count(), self.length);
        for position in places.positions() {
            stream.rice(position - next, width);
            if before == Before::Told {
                stream.gamma(self.frequent.before(document, position) + 1);
            }
            next = position + 1;
        }
    }

    /// BM25F without what is the same for all documents of the term, in eighths.
    fn impact(&self, document: u32, weight: u32) -> u32 {
        let length =
            f64::from(self.merged.postings[document as usize].length) / f64::from(self.length);
        let weight = f64::from(weight);
        (8.0 * weight / (weight + K1 * (1.0 - B + B * length))) as u32
    }
}

/// Says how many places follow, at least one, and gives the width in which their gaps are written.
pub(crate) fn push_count(stream: &mut Bits, count: u32, length: u32) -> u32 {
    stream.gamma(count);
    rice_width(length, count + 1)
}
