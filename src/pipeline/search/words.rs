//! The collection's terms to the section of words: their documents with their worth, their places, what stands before them.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::pipeline::search::coder::Coder;
use crate::pipeline::search::expected::{Before, PlaceNumbers, width};
use crate::pipeline::search::merge::Merged;
use crate::pipeline::search::outlet::Material;
use crate::pipeline::search::section::Terms;
use crate::pipeline::search::stem::Lemmas;

/// A word with more places than this has expectations of its own of what stands before it.
const OWN: u32 = 48;

/// Every word of the collection.
pub(crate) struct Words<'a> {
    merged: &'a Merged,
    is_frequent: Vec<bool>,
    families: Vec<Arc<[u32]>>,
}

/// The words of a collection.
pub(crate) fn words(merged: &Merged) -> Words<'_> {
    let mut is_frequent = vec![false; merged.terms.len()];
    merged.frequent.iter().for_each(|it| is_frequent[*it as usize] = true);
    Words { merged, is_frequent, families: families(&merged.terms) }
}

/// For each term the terms that are forms of the same word, if there are others, ascending.
fn families(terms: &[Box<str>]) -> Vec<Arc<[u32]>> {
    let keys: Vec<String> = terms
        .par_iter()
        .with_min_len(1024)
        .map_init(Lemmas::new, |it, term| it.key(term))
        .collect();
    let mut families: FxHashMap<(&str, &str), Vec<u32>> = FxHashMap::default();
    for (at, (term, key)) in terms.iter().zip(&keys).enumerate() {
        families.entry((beginning(term), key)).or_default().push(at as u32);
    }
    let alone: Arc<[u32]> = Arc::from([]);
    let mut by_term = vec![alone; terms.len()];
    let mut families: Vec<Vec<u32>> = families.into_values().filter(|it| it.len() > 1).collect();
    families.sort_unstable();
    for family in families {
        let family: Arc<[u32]> = family.into();
        family.iter().for_each(|it| by_term[*it as usize] = Arc::clone(&family));
    }
    by_term
}

/// Forms of a word share it: "tie" and "tying" would be joined by their stem alone.
fn beginning(term: &str) -> &str {
    term.char_indices().nth(3).map_or(term, |(end, _)| &term[..end])
}

impl Words<'_> {
    /// Whether it is said what stands before the places of a term.
    fn tells_before(&self, term: usize) -> bool {
        !self.merged.frequent.is_empty() && !self.is_frequent[term]
    }
}

impl Terms for Words<'_> {
    fn len(&self) -> usize {
        self.merged.terms.len()
    }

    fn key(&self, term: usize) -> &str {
        &self.merged.terms[term]
    }

    fn family(&self, term: usize) -> &[u32] {
        &self.families[term]
    }

    fn count(&self, term: usize) -> u32 {
        self.merged.counts[term]
    }

    fn places(&self, term: usize) -> u32 {
        self.merged.places[term]
    }

    fn each_document(&self, term: usize, each: &mut dyn FnMut(u32, u32)) {
        self.merged.documents(term).for_each(|it| each(it.document, it.worth));
    }

    fn tell_places(&self, term: usize, material: &mut Material) {
        let told = u32::from(self.tells_before(term));
        let numbers = [self.count(term), self.places(term), told];
        numbers.into_iter().for_each(|it| material.number(it));
        material.bytes(&self.merged.sums[term].places.to_le_bytes());
    }

    fn tell_documents(&self, term: usize, material: &mut Material) {
        material.number(self.count(term));
        material.bytes(&self.merged.sums[term].documents.to_le_bytes());
    }

    fn write_places(&self, term: usize, coder: &mut Coder, expected: &mut PlaceNumbers) {
        let mean = width(self.places(term), self.count(term));
        let mut own = (self.places(term) > OWN).then(Before::new);
        let told = self.tells_before(term);
        self.merged.documents(term).for_each(|occurrence| {
            coder.number(expected.counts(mean, occurrence.worth), occurrence.count - 1);
            let gaps = &mut expected.gaps[width(occurrence.length, occurrence.count + 1)];
            for (gap, context) in occurrence.places() {
                coder.number(gaps, gap);
                if told {
                    push_before(coder, own.as_mut().unwrap_or(&mut expected.before), context);
                }
            }
        });
    }
}

fn push_before(coder: &mut Coder, expected: &mut Before, context: u32) {
    coder.symbol(&mut expected.any, u32::from(context > 0));
    if context > 0 {
        coder.symbol(&mut expected.which, context);
    }
}
