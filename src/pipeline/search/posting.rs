//! One document's reading to its postings: which terms stand where, and how much each tells of the document.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::pipeline::Reading;
use crate::pipeline::describe::BlockRole;
use crate::pipeline::parse::{Block, BlockKind};
use crate::pipeline::search::forms::Forms;
use crate::pipeline::search::numbers::{read_number, split_numbers, write_number};
use crate::pipeline::search::terms::each_term;

/// Everything that search needs of one document. Kept as packed bytes, for there is one for every document of the collection.
///
/// Positions count terms from 0: the title first, then each block, with one position left empty between two of them, so that
/// no phrase reaches from one into the next.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Postings {
    /// For each term, ascending: its bytes without what it shares with the one before, its weight and count, the gaps between places.
    #[serde(with = "crate::memo::bytes")]
    records: Vec<u8>,
    /// The first position behind the last term.
    pub length: u32,
    /// Where the paragraphs begin: at `i` the position of the first term of paragraph `i + 1`.
    pub paragraphs: Vec<u32>,
    /// For each of the document's names that is mentioned outside others, ascending: its number, how many mentions it has, and the gaps
    /// between the positions at which they begin.
    #[serde(with = "crate::memo::bytes")]
    names: Vec<u8>,
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
    pub(crate) term: &'a [u8],
    /// The sum of what its places are worth.
    pub(crate) weight: u32,
    /// How many places it has.
    pub(crate) count: u32,
    /// As many numbers, each the distance of a place from the one before, less one.
    pub(crate) gaps: &'a [u8],
}

/// A record says in three bits how many bytes its term shares with the one before, so that the length of what follows fits beside it.
const SHARED: usize = 7;

impl Postings {
    /// Calls `each` with all terms, ascending by their bytes.
    pub(crate) fn each_record(&self, mut each: impl FnMut(Record<'_>)) {
        let (mut rest, mut term) = (self.records.as_slice(), Vec::new());
        while let Some(head) = read_number(&mut rest) {
            let (own, behind) = rest.split_at(head as usize / (SHARED + 1));
            rest = behind;
            term.truncate(head as usize % (SHARED + 1));
            term.extend_from_slice(own);
            if let Some((weight, count)) = read_weight(&mut rest) {
                let gaps = split_numbers(&mut rest, count);
                each(Record { term: &term, weight, count, gaps });
            }
        }
    }

    /// Calls `each` with every name that is mentioned outside others and the positions at which its mentions begin, ascending.
    pub(crate) fn each_name(&self, mut each: impl FnMut(u16, &mut dyn Iterator<Item = u32>)) {
        let mut rest = self.names.as_slice();
        while let Some(name) = read_number(&mut rest) {
            let count = read_number(&mut rest).unwrap_or_default();
            let mut gaps = split_numbers(&mut rest, count);
            let mut last = 0;
            let position = || {
                last += read_number(&mut gaps)?;
                Some(last)
            };
            each(name as u16, &mut std::iter::from_fn(position));
        }
    }
}

/// How many places there are, and by how much their worth exceeds that, which it seldom does.
fn read_weight(rest: &mut &[u8]) -> Option<(u32, u32)> {
    let number = read_number(rest)?;
    let count = number / 2;
    let more = if number % 2 == 0 { 0 } else { read_number(rest)? };
    Some((count + more, count))
}

fn write_weight(records: &mut Vec<u8>, weight: u32, count: u32) {
    let more = weight - count;
    write_number(records, count * 2 + more.min(1));
    if more > 0 {
        write_number(records, more);
    }
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

/// What is known of a term while its document is read.
#[derive(Clone, Copy)]
struct Term {
    /// Its first and last occurrence.
    first: u32,
    last: u32,
    count: u32,
    weight: u32,
}

/// The next occurrence of the same term, or none.
const NONE: u32 = u32::MAX;

struct Indexer<'a> {
    reading: &'a Reading,
    forms: Forms,
    /// By the numbers of their forms.
    terms: Vec<Term>,
    /// For each occurrence: its position, and the next of the same term.
    occurrences: Vec<(u32, u32)>,
    position: u32,
    paragraphs: Vec<u32>,
    /// For each mention outside others its name, and the position at which it begins.
    mentions: Vec<(u16, u32)>,
}

impl<'a> Indexer<'a> {
    fn over(reading: &'a Reading) -> Self {
        let length = reading.document.text.len();
        Indexer {
            reading,
            forms: Forms::with_capacity(length / 12),
            terms: Vec::with_capacity(length / 12),
            occurrences: Vec::with_capacity(length / 5),
            position: 0,
            paragraphs: Vec::new(),
            mentions: Vec::new(),
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
                self.mentions.push((mention.name, self.position));
            }
            self.term(form, if start < inside { weight.max(WEIGHTS.name) } else { weight });
        });
    }

    fn term(&mut self, form: &str, weight: u32) {
        let occurrence = self.occurrences.len() as u32;
        self.occurrences.push((self.position, NONE));
        self.position += 1;
        let number = self.forms.number(form.as_bytes()) as usize;
        if number == self.terms.len() {
            self.terms.push(Term { first: occurrence, last: occurrence, count: 1, weight });
            return;
        }
        let term = &mut self.terms[number];
        self.occurrences[term.last as usize].1 = occurrence;
        term.last = occurrence;
        term.count += 1;
        term.weight += weight;
    }

    fn finish(mut self) -> Postings {
        let mut records = Vec::with_capacity(self.terms.len() * 8 + self.occurrences.len() * 2);
        let mut before: &[u8] = &[];
        for number in self.forms.sorted() {
            let (form, term) = (self.forms.form(number), self.terms[number as usize]);
            let shared = shared(before, form);
            write_number(&mut records, ((form.len() - shared) * (SHARED + 1) + shared) as u32);
            records.extend_from_slice(&form[shared..]);
            write_weight(&mut records, term.weight, term.count);
            self.write_gaps(term.first, &mut records);
            before = form;
        }
        records.shrink_to_fit();
        self.paragraphs.shrink_to_fit();
        let names = self.names();
        Postings { records, length: self.position, paragraphs: self.paragraphs, names }
    }

    fn names(&mut self) -> Vec<u8> {
        let mut names = Vec::new();
        self.mentions.sort_unstable();
        for mentions in self.mentions.chunk_by(|a, b| a.0 == b.0) {
            write_number(&mut names, u32::from(mentions[0].0));
            write_number(&mut names, mentions.len() as u32);
            let mut last = 0;
            for (_, position) in mentions {
                write_number(&mut names, position - std::mem::replace(&mut last, *position));
            }
        }
        names.shrink_to_fit();
        names
    }

    fn write_gaps(&self, first: u32, records: &mut Vec<u8>) {
        let (mut at, mut next) = (first, 0);
        while at != NONE {
            let (position, following) = self.occurrences[at as usize];
            write_number(records, position - next);
            (at, next) = (following, position + 1);
        }
    }
}

/// How many bytes a record says that its term shares with the one before.
fn shared(before: &[u8], form: &[u8]) -> usize {
    before.iter().zip(form).take_while(|(a, b)| a == b).count().min(SHARED)
}
