//! Some hundred documents' postings to the order of terms.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::pipeline::search::expected::{WORTHS, rounded, worth};
use crate::pipeline::search::forms::Forms;
use crate::pipeline::search::frequent::{Contexts, Standing};
use crate::pipeline::search::numbers::{read_number, split_numbers, write_number};
use crate::pipeline::search::posting::{Postings, Record};

/// Documents in the order of terms.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Batch {
    /// The first document, by the index's number. It changes where documents come or go before it.
    #[serde(skip)]
    pub(crate) first: u32,
    /// The length of each document.
    lengths: Vec<u32>,
    /// For each term how many documents it has, less one; for each of these its number in the batch, the number of its places with their
    /// worth in the lowest bits, the gaps between the places, and for each place a byte that says what stands before it.
    #[serde(with = "crate::memo::bytes")]
    bytes: Vec<u8>,
}

/// The terms of a batch, ascending: for each its length, its form and the numbers of its listing, but for where it begins.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Listed(#[serde(with = "crate::memo::bytes")] Vec<u8>);

/// A term of a batch.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Listing {
    /// Where it begins in the batch.
    pub(crate) at: u32,
    /// How many bytes it has there.
    length: u32,
    /// In how many documents it stands.
    pub(crate) documents: u32,
    /// At how many places.
    pub(crate) places: u32,
}

/// A term in a document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Occurrence<'a> {
    /// The document, by the index's number.
    pub(crate) document: u32,
    /// The document's length, rounded.
    pub(crate) length: u32,
    /// What its places are worth.
    pub(crate) worth: u32,
    /// How many places there are.
    pub(crate) count: u32,
    /// All but the document and its length, as bytes that tell where they end.
    pub(crate) bytes: &'a [u8],
    gaps: &'a [u8],
    contexts: &'a [u8],
}

impl<'a> Occurrence<'a> {
    /// For each of its places, ascending, the distance from the one before, less one, and the number of what stands before it.
    pub(crate) fn places(self) -> impl Iterator<Item = (u32, u32)> + 'a {
        let mut gaps = self.gaps;
        let gap = move || read_number(&mut gaps);
        std::iter::from_fn(gap).zip(self.contexts.iter().map(|it| u32::from(*it)))
    }

    fn positions(self) -> impl Iterator<Item = u32> + 'a {
        positions(self.gaps)
    }
}

fn positions(mut gaps: &[u8]) -> impl Iterator<Item = u32> + '_ {
    let mut next = 0;
    std::iter::from_fn(move || {
        let position = next + read_number(&mut gaps)?;
        next = position + 1;
        Some(position)
    })
}

impl Listed {
    /// All terms with their forms.
    pub(crate) fn terms(&self) -> impl Iterator<Item = (&[u8], Listing)> {
        let (mut rest, mut at) = (self.0.as_slice(), 0);
        std::iter::from_fn(move || {
            let length = read_number(&mut rest)?;
            let (form, behind) = rest.split_at(length as usize);
            rest = behind;
            let mut number = || read_number(&mut rest);
            let (length, documents, places) = (number()?, number()?, number()?);
            at += length;
            Some((form, Listing { at: at - length, length, documents, places }))
        })
    }

    fn push(&mut self, form: &[u8], term: &Listing) {
        write_number(&mut self.0, form.len() as u32);
        self.0.extend_from_slice(form);
        for number in [term.length, term.documents, term.places] {
            write_number(&mut self.0, number);
        }
    }
}

/// Puts documents, of which the index has numbered none yet, into the order of terms.
pub(crate) fn batch(documents: &[Arc<Postings>]) -> (Batch, Listed) {
    let mut gathered = Gathered::default();
    for (number, postings) in documents.iter().enumerate() {
        let told = |it: &Record<'_>| it.count << WORTHS.count_ones() | worth(it.weight);
        postings.each_record(|it| gathered.add(number as u8, &it, told(&it)));
    }
    let lengths = documents.iter().map(|it| it.length).collect();
    let order = gathered.forms.sorted();
    let bytes = gathered.in_order(&order);
    (Batch { first: 0, lengths, bytes }, gathered.listed(&order))
}

/// Documents one behind the other, as they came.
#[derive(Default)]
struct Gathered {
    forms: Forms,
    /// By the numbers of their forms.
    terms: Vec<Listing>,
    /// For each term of each document its number and where it ends in `bytes`.
    entries: Vec<(u32, u32)>,
    bytes: Vec<u8>,
}

impl Gathered {
    fn add(&mut self, document: u8, record: &Record<'_>, told: u32) {
        let number = self.forms.number(record.term);
        if number as usize == self.terms.len() {
            self.terms.push(Listing { length: 1, ..Listing::default() });
        }
        let begun = self.bytes.len();
        self.bytes.push(document);
        write_number(&mut self.bytes, told);
        self.bytes.extend_from_slice(record.gaps);
        self.bytes.resize(self.bytes.len() + record.count as usize, 0);
        self.entries.push((number, self.bytes.len() as u32));
        let term = &mut self.terms[number as usize];
        term.documents += 1;
        term.places += record.count;
        term.length += (self.bytes.len() - begun) as u32;
    }

    /// Brings the documents of each term together.
    fn in_order(&self, order: &[u32]) -> Vec<u8> {
        let mut bytes = vec![0; self.bytes.len() + order.len()];
        let (mut next, mut at) = (vec![0; order.len()], 0);
        for number in order {
            let term = &self.terms[*number as usize];
            bytes[at] = (term.documents - 1) as u8;
            next[*number as usize] = at + 1;
            at += term.length as usize;
        }
        let mut begun = 0;
        for (number, end) in &self.entries {
            let entry = &self.bytes[begun..*end as usize];
            let to = &mut next[*number as usize];
            bytes[*to..*to + entry.len()].copy_from_slice(entry);
            *to += entry.len();
            begun = *end as usize;
        }
        bytes
    }

    fn listed(&self, order: &[u32]) -> Listed {
        let mut listed = Listed(Vec::new());
        for number in order {
            listed.push(self.forms.form(*number), &self.terms[*number as usize]);
        }
        listed.0.shrink_to_fit();
        listed
    }
}

impl Batch {
    /// The documents of the term that begins here, ascending.
    pub(crate) fn documents(&self, at: u32) -> impl Iterator<Item = Occurrence<'_>> {
        let (count, mut rest) = split_first(&self.bytes[at as usize..]);
        (0..=count).map(move |_| {
            let (document, behind) = split_first(rest);
            rest = behind;
            let begun = rest;
            let told = read_number(&mut rest).unwrap_or_default();
            let (count, worth) = (told >> WORTHS.count_ones(), told & WORTHS);
            let gaps = split_numbers(&mut rest, count);
            let (contexts, behind) = rest.split_at(count as usize);
            rest = behind;
            let bytes = &begun[..begun.len() - rest.len()];
            let length = rounded(self.lengths[usize::from(document)]);
            let document = self.first + u32::from(document);
            Occurrence { document, length, worth, count, bytes, gaps, contexts }
        })
    }

    /// Where frequent words stand: each is given with where it begins here.
    pub(crate) fn standing(&self, frequent: &[(u8, u32)]) -> Standing {
        let mut standing = Standing::new(&self.lengths);
        for (word, at) in frequent {
            for occurrence in self.documents(*at) {
                let document = (occurrence.document - self.first) as usize;
                occurrence.positions().for_each(|it| standing.put(document, it, *word));
            }
        }
        standing
    }

    /// Says beside every place what stands before it.
    pub(crate) fn tell(&mut self, standing: &Standing, contexts: &Contexts) {
        let mut rest = self.bytes.as_mut_slice();
        while let Some((count, mut entries)) = rest.split_first_mut() {
            for _ in 0..=*count {
                entries = tell(entries, standing, contexts);
            }
            rest = entries;
        }
    }
}

/// Does so for the places of a term in a document, and gives what follows.
fn tell<'a>(entry: &'a mut [u8], standing: &Standing, contexts: &Contexts) -> &'a mut [u8] {
    let (document, mut rest) = split_first(entry);
    let count = read_number(&mut rest).unwrap_or_default() >> WORTHS.count_ones();
    let begin = entry.len() - rest.len();
    let gaps = split_numbers(&mut rest, count).len();
    let (told, rest) = entry.split_at_mut(begin + gaps);
    let (before, behind) = rest.split_at_mut(count as usize);
    for (position, before) in positions(&told[begin..]).zip(before) {
        *before = contexts.places[standing.before(usize::from(document), position)];
    }
    behind
}

fn split_first(bytes: &[u8]) -> (u8, &[u8]) {
    let (first, rest) = bytes.split_first().expect("a term has at least one document");
    (*first, rest)
}
