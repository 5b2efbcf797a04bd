//! One document's reading to its postings: which terms stand where, and how much each tells of the document.

use std::hash::BuildHasher;
use std::ops::Range;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;
use serde::{Deserialize, Serialize};

use crate::pipeline::Reading;
use crate::pipeline::annotate::Mention;
use crate::pipeline::describe::BlockRole;
use crate::pipeline::parse::{Block, BlockKind};
use crate::pipeline::search::numbers::{read_number, write_number};
use crate::pipeline::search::terms::each_term;

/// Everything that search needs of one document. Kept as packed bytes, for there is one for every document of the collection.
///
/// Positions count terms from 0: the title first, then each block, with one position left empty between two of them, so that
/// no phrase reaches from one into the next.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Postings {
    /// For each term, ascending: its length and bytes, its weight, the length of what follows, the gaps between its positions.
    records: Vec<u8>,
    /// The first position behind the last term.
    pub length: u32,
    /// Where the paragraphs begin: at `i` the position of the first term of paragraph `i + 1`.
    pub paragraphs: Vec<u32>,
    /// For each of the document's names that is mentioned outside others, the positions at which its mentions begin.
    pub names: Vec<(u16, Vec<u32>)>,
}

/// What a term's place in a document is worth: the title, a heading, a name, any other text.
const WEIGHTS: Weights = Weights { title: 6, heading: 3, name: 2, text: 1 };

struct Weights {
    title: u32,
    heading: u32,
    name: u32,
    text: u32,
}

/// A term of one document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Record<'a> {
    /// The term.
    pub(crate) term: &'a str,
    /// The sum of what its places are worth.
    pub(crate) weight: u32,
    /// Its places.
    pub(crate) places: Places<'a>,
}

/// A term's places in one document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Places<'a>(&'a [u8]);

impl<'a> Places<'a> {
    /// How many there are.
    pub(crate) fn count(self) -> u32 {
        self.0.iter().filter(|it| **it < 0x80).count() as u32
    }

    /// They themselves, ascending.
    pub(crate) fn positions(self) -> impl Iterator<Item = u32> + 'a {
        let (mut gaps, mut next) = (self.0, 0);
        std::iter::from_fn(move || {
            let position = next + read_number(&mut gaps)?;
            next = position + 1;
            Some(position)
        })
    }
}

impl Postings {
    /// All terms, ascending by their bytes.
    pub(crate) fn records(&self) -> impl Iterator<Item = Record<'_>> {
        let mut rest = self.records.as_slice();
        std::iter::from_fn(move || {
            let length = read_number(&mut rest)? as usize;
            let (term, behind) = rest.split_at(length);
            rest = behind;
            let weight = read_number(&mut rest)?;
            let places = split_places(&mut rest)?;
            Some(Record {
                term: std::str::from_utf8(term).expect("terms were written as UTF-8"),
                weight,
                places,
            })
        })
    }
}

fn split_places<'a>(rest: &mut &'a [u8]) -> Option<Places<'a>> {
    let length = read_number(rest)? as usize;
    let (places, behind) = rest.split_at(length);
    *rest = behind;
    Some(Places(places))
}

/// The postings of one document.
pub fn postings(reading: &Reading) -> Postings {
    let mut indexer = Indexer::over(reading);
    indexer.title();
    for (block, role) in reading.document.blocks.iter().zip(&reading.description.roles) {
        if matches!(role, BlockRole::Text | BlockRole::Dateline) {
            indexer.block(block);
        }
    }
    indexer.finish()
}

/// The terms of a document, one behind the other in one string.
struct Terms {
    forms: String,
    all: Vec<Term>,
    by_form: HashTable<u32>,
}

#[derive(Clone, Copy)]
struct Term {
    /// Where its form begins and ends.
    start: u32,
    end: u32,
    /// Its first and last occurrence.
    first: u32,
    last: u32,
    weight: u32,
}

impl Term {
    fn form<'t>(&self, forms: &'t str) -> &'t str {
        &forms[self.start as usize..self.end as usize]
    }
}

impl Terms {
    fn with_capacity(text: usize) -> Self {
        Terms {
            forms: String::with_capacity(text / 2),
            all: Vec::with_capacity(text / 12),
            by_form: HashTable::with_capacity(text / 12),
        }
    }

    fn form(&self, term: &Term) -> &str {
        term.form(&self.forms)
    }

    /// The term of this form; a new one first stands at `occurrence`.
    fn entry(&mut self, form: &str, occurrence: u32) -> &mut Term {
        let hash = FxBuildHasher.hash_one(form);
        let Terms { forms, all, by_form } = self;
        let known = by_form.find(hash, |it| all[*it as usize].form(forms) == form).copied();
        let number = known.unwrap_or_else(|| {
            let start = forms.len() as u32;
            forms.push_str(form);
            let end = forms.len() as u32;
            all.push(Term { start, end, first: occurrence, last: occurrence, weight: 0 });
            let number = all.len() as u32 - 1;
            let again = |it: &u32| FxBuildHasher.hash_one(all[*it as usize].form(forms));
            by_form.insert_unique(hash, number, again);
            number
        });
        &mut self.all[number as usize]
    }

    fn sorted(&self) -> Vec<&Term> {
        let mut sorted: Vec<&Term> = self.all.iter().collect();
        sorted.sort_unstable_by_key(|it| self.form(it));
        sorted
    }
}

/// The next occurrence of the same term, or none.
const NONE: u32 = u32::MAX;

struct Indexer<'a> {
    reading: &'a Reading,
    terms: Terms,
    /// For each occurrence: its position, and the next of the same term.
    occurrences: Vec<(u32, u32)>,
    position: u32,
    paragraphs: Vec<u32>,
    names: Vec<(u16, Vec<u32>)>,
}

impl<'a> Indexer<'a> {
    fn over(reading: &'a Reading) -> Self {
        let length = reading.document.text.len();
        Indexer {
            reading,
            terms: Terms::with_capacity(length),
            occurrences: Vec::with_capacity(length / 5),
            position: 0,
            paragraphs: Vec::new(),
            names: Vec::new(),
        }
    }

    /// The title as the page shows it: from the text where it stands there, so that names in it have their places.
    fn title(&mut self) {
        let reading = self.reading;
        let roles = reading.description.roles.iter();
        let blocks = reading.document.blocks.iter().zip(roles);
        let mut standing = blocks.filter(|(_, role)| **role == BlockRole::Title).peekable();
        match standing.peek() {
            Some(_) => standing.for_each(|(block, _)| self.text(block.range(), WEIGHTS.title)),
            None => each_term(&reading.description.title.value, |form, _| {
                self.term(form, WEIGHTS.title);
            }),
        }
        self.position += 1;
    }

    fn block(&mut self, block: &Block) {
        if block.paragraph > 0 {
            self.paragraphs.resize(block.paragraph as usize, self.position);
        }
        let weight = if matches!(block.kind, BlockKind::Heading(..)) {
            WEIGHTS.heading
        } else {
            WEIGHTS.text
        };
        self.text(block.range(), weight);
        self.position += 1;
    }

    fn text(&mut self, range: Range<usize>, weight: u32) {
        let reading = self.reading;
        let mentions = &reading.annotations.mentions;
        let first = mentions.partition_point(|it| (it.start as usize) < range.start);
        let mut mentions = mentions[first..].iter().filter(|it| it.nested_in.is_none()).peekable();
        let mut inside = 0;
        each_term(&reading.document.text[range.clone()], |form, span| {
            let (start, end) = (range.start + span.start, range.start + span.end);
            while let Some(mention) = mentions.next_if(|it| (it.start as usize) < end) {
                inside = inside.max(mention.end as usize);
                self.mention(mention);
            }
            self.term(form, if start < inside { weight.max(WEIGHTS.name) } else { weight });
        });
    }

    fn mention(&mut self, mention: &Mention) {
        match self.names.iter_mut().find(|(name, _)| *name == mention.name) {
            Some((_, positions)) => positions.push(self.position),
            None => self.names.push((mention.name, vec![self.position])),
        }
    }

    fn term(&mut self, form: &str, weight: u32) {
        let occurrence = self.occurrences.len() as u32;
        self.occurrences.push((self.position, NONE));
        self.position += 1;
        let term = self.terms.entry(form, occurrence);
        if term.last != occurrence {
            self.occurrences[term.last as usize].1 = occurrence;
            term.last = occurrence;
        }
        term.weight += weight;
    }

    fn finish(mut self) -> Postings {
        let sorted = self.terms.sorted();
        let mut records = Vec::with_capacity(self.terms.forms.len() + sorted.len() * 8);
        let mut gaps = Vec::new();
        for term in sorted {
            self.gaps(term.first, &mut gaps);
            let form = self.terms.form(term);
            write_number(&mut records, form.len() as u32);
            records.extend_from_slice(form.as_bytes());
            write_number(&mut records, term.weight);
            write_number(&mut records, gaps.len() as u32);
            records.append(&mut gaps);
        }
        records.shrink_to_fit();
        self.names.sort_unstable();
        Postings { records, length: self.position, paragraphs: self.paragraphs, names: self.names }
    }

    fn gaps(&self, first: u32, gaps: &mut Vec<u8>) {
        let (mut at, mut next) = (first, 0);
        while at != NONE {
            let (position, following) = self.occurrences[at as usize];
            write_number(gaps, position - next);
            (at, next) = (following, position + 1);
        }
    }
}
