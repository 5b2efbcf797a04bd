//! Entities to those named in the same documents and sentences.
//!
//! Counting is done entity by entity over the documents that name it, into one table per thread: no table of all pairs is ever
//! made, and no document counts with more than its [`MOST_NAMED`] entities.

use std::cmp::Reverse;
use std::sync::Arc;

use rayon::prelude::*;

use crate::pipeline::collate::company::{Company, Passage, Together};
use crate::pipeline::collate::outline::Outline;
use crate::pipeline::collate::remembered::{Cause, Remembered};
use crate::pipeline::collate::{Collection, Entity, EntityIndex, Entry, Pair, TOGETHER};

/// How many entities of a document, the most mentioned, count as named together in it.
const MOST_NAMED: usize = 24;
/// How many pairs the collection keeps.
const PAIRS: usize = 2000;
/// How many passages are kept of each pair.
const PASSAGES: usize = 3;

/// Who is named together in one document.
#[derive(Debug)]
pub(crate) struct Meeting {
    /// The entities that count, the most mentioned first.
    top: Box<[EntityIndex]>,
    /// For each sentence that names several of them: its number, which of them, its paragraph. Sorted.
    places: Box<[(u32, u8, u32)]>,
    /// Which of them share sentences with which, and how many; each pair from both its sides. Sorted.
    pairs: Box<[(u8, u8, u32)]>,
}

/// What an earlier collation found.
#[derive(Debug, Default)]
pub(crate) struct Known {
    meetings: Remembered<Arc<Meeting>>,
    together: Remembered<Arc<Company>>,
}

/// What happens in each document, with a hash of all that it follows from.
pub(crate) struct Meetings {
    all: Vec<Arc<Meeting>>,
    causes: Vec<u64>,
}

/// Finds who is named together in each document.
pub(crate) fn meetings(
    collection: &Collection,
    outlines: &[Arc<Outline>],
    known: &mut Known,
) -> Meetings {
    let documents = &collection.documents;
    let causes: Vec<u64> = documents.par_iter().zip(outlines).map(|it| cause(it.0, it.1)).collect();
    let meeting = |at: usize, (): &mut ()| Arc::new(meeting(&documents[at], &outlines[at]));
    Meetings { all: known.meetings.all(causes.clone(), || (), meeting), causes }
}

/// Finds who is named together with whom.
pub(crate) fn together(collection: &mut Collection, meetings: &Meetings, known: &mut Known) {
    let causes = &meetings.causes;
    let from = From { meetings: &meetings.all };
    let entities = &collection.entities;
    let met = |(at, entity): (usize, &Entity)| {
        let documents = entity.places.documents();
        let causes = documents.flat_map(|it| [u64::from(it.0), causes[it.0 as usize]]);
        Cause::new().and(at as u64).and_all(causes).hash()
    };
    let causes = entities.par_iter().enumerate().map(met).collect();
    let table = || Table::new(entities.len());
    let found = known.together.all(causes, table, |at, table| {
        Arc::new(from.of(&entities[at], EntityIndex(at as u32), table))
    });
    for (entity, together) in collection.entities.iter_mut().zip(found) {
        entity.together = together;
    }
    collection.pairs = pairs(&collection.entities);
}

/// What the meeting in a document follows from.
fn cause(entry: &Entry, outline: &Outline) -> u64 {
    let entities = entry.entities.iter().map(|it| it.map_or(u64::MAX, |it| u64::from(it.0)));
    let named = entry.named.iter().map(|it| u64::from(it.0.0) << 32 | u64::from(it.1));
    Cause::new().and(outline.number).and_all(entities).and_all(named).hash()
}

fn meeting(entry: &Entry, outline: &Outline) -> Meeting {
    let top = entry.named.iter().take(MOST_NAMED).filter(|it| it.1 > 0);
    let top: Box<[EntityIndex]> = top.map(|it| it.0).collect();
    let places = places((entry, outline), &top);
    let mut pairs: Vec<(u8, u8, u32)> = Vec::new();
    let mut several = Vec::with_capacity(places.len());
    for sentence in places.chunk_by(|a, b| a.0 == b.0).filter(|it| it.len() > 1) {
        several.extend_from_slice(sentence);
        for one in sentence {
            let others = sentence.iter().filter(|it| it.1 != one.1);
            pairs.extend(others.map(|it| (one.1, it.1, 1)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup_by(|later, first| {
        let same = (later.0, later.1) == (first.0, first.1);
        first.2 += if same { later.2 } else { 0 };
        same
    });
    Meeting { top, places: several.into(), pairs: pairs.into() }
}

/// For each sentence with counted mentions of `top`: its number, which of them, its paragraph. Sorted.
fn places((entry, outline): (&Entry, &Outline), top: &[EntityIndex]) -> Vec<(u32, u8, u32)> {
    let published = |name: u16| entry.entities[usize::from(name)].is_some();
    let mentions = outline.mentions.iter().enumerate();
    let mut found: Vec<_> = mentions
        .filter_map(|(at, it)| {
            let entity = entry.entities[usize::from(it.name)]?;
            let who = top.iter().position(|top| *top == entity)?;
            let counted = outline.counted(at, published);
            counted.then_some((it.sentence, who as u8, it.paragraph))
        })
        .collect();
    found.sort_unstable();
    found.dedup_by_key(|it| (it.0, it.1));
    found
}

impl Meeting {
    /// The place of an entity among those that count.
    fn who(&self, entity: EntityIndex) -> Option<u8> {
        self.top.iter().position(|it| *it == entity).map(|it| it as u8)
    }

    /// Who shares sentences with `who`, and how many.
    fn others(&self, who: u8) -> impl Iterator<Item = (EntityIndex, u32)> {
        let begin = self.pairs.partition_point(|it| it.0 < who);
        let pairs = self.pairs[begin..].iter().take_while(move |it| it.0 == who);
        pairs.map(|it| (self.top[usize::from(it.1)], it.2))
    }

    /// Everyone else in each sentence that names `who`, and its paragraph.
    fn beside(&self, who: u8) -> impl Iterator<Item = (EntityIndex, u32)> {
        let sentences = self.places.chunk_by(|a, b| a.0 == b.0);
        let with = sentences.filter(move |it| it.iter().any(|it| it.1 == who));
        let others = with.flatten().filter(move |it| it.1 != who);
        others.map(|it| (self.top[usize::from(it.1)], it.2))
    }
}

/// An entity, how many documents and sentences are shared with it, and passages.
type Found = (EntityIndex, (u32, u32), Vec<Passage>);

/// What counting reads.
struct From<'a> {
    meetings: &'a [Arc<Meeting>],
}

/// Counts for each entity, all zero between uses.
struct Table {
    counts: Vec<(u32, u32)>,
    touched: Vec<u32>,
}

impl Table {
    fn new(size: usize) -> Table {
        Table { counts: vec![(0, 0); size], touched: Vec::new() }
    }

    fn at(&mut self, entity: EntityIndex) -> &mut (u32, u32) {
        let count = &mut self.counts[entity.0 as usize];
        if *count == (0, 0) {
            self.touched.push(entity.0);
        }
        count
    }

    /// The entities with the highest counts; empties the table.
    fn best(&mut self) -> Vec<Found> {
        let mut found: Vec<_> = std::mem::take(&mut self.touched)
            .into_iter()
            .map(|it| (std::mem::take(&mut self.counts[it as usize]), it))
            .collect();
        let rank = |((documents, sentences), entity): &((u32, u32), u32)| {
            (Reverse((*documents, *sentences)), *entity)
        };
        if found.len() > TOGETHER {
            found.select_nth_unstable_by_key(TOGETHER, rank);
            found.truncate(TOGETHER);
        }
        found.sort_unstable_by_key(rank);
        let found = found.into_iter();
        found.map(|(counts, it)| (EntityIndex(it), counts, Vec::new())).collect()
    }
}

impl From<'_> {
    fn of(&self, entity: &Entity, index: EntityIndex, table: &mut Table) -> Company {
        for document in entity.places.documents() {
            let meeting = &self.meetings[document.0 as usize];
            let Some(who) = meeting.who(index) else { continue };
            for other in meeting.top.iter().filter(|it| **it != index) {
                table.at(*other).0 += 1;
            }
            for (other, sentences) in meeting.others(who) {
                table.at(other).1 += sentences;
            }
        }
        let mut together = table.best();
        self.find_passages(entity, index, &mut together);
        together.into_iter().collect()
    }

    fn find_passages(&self, entity: &Entity, index: EntityIndex, together: &mut [Found]) {
        let wants =
            |(_, (_, sentences), passages): &Found| *sentences > 0 && passages.len() < PASSAGES;
        for document in entity.places.documents() {
            if !together.iter().any(wants) {
                return;
            }
            let meeting = &self.meetings[document.0 as usize];
            let Some(who) = meeting.who(index) else { continue };
            let wanted = |other| together.iter().any(|it| it.0 == other && wants(it));
            if !meeting.others(who).any(|it| wanted(it.0)) {
                continue;
            }
            for (other, paragraph) in meeting.beside(who) {
                let mut open = together.iter_mut().filter(|it| wants(it));
                let Some(pair) = open.find(|it| it.0 == other) else { continue };
                let passage = (document, paragraph);
                if pair.2.last() != Some(&passage) {
                    pair.2.push(passage);
                }
            }
        }
    }
}

/// The pairs that share most documents; one that shares many is among the nearest of one of its two.
fn pairs(entities: &[Entity]) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = (0u32..)
        .zip(entities)
        .flat_map(|(at, entity)| entity.together.iter().map(move |it| pair(EntityIndex(at), it)))
        .collect();
    let rank = |it: &Pair| (Reverse((it.documents, it.sentences)), it.a, it.b);
    // A pair is there twice at most, once from each of its sides.
    if pairs.len() > 2 * PAIRS {
        pairs.select_nth_unstable_by_key(2 * PAIRS, rank);
        pairs.truncate(2 * PAIRS);
    }
    pairs.sort_unstable_by_key(rank);
    pairs.dedup_by_key(|it| (it.a, it.b));
    pairs.truncate(PAIRS);
    pairs.shrink_to_fit();
    pairs
}

fn pair(one: EntityIndex, together: &Together) -> Pair {
    let (a, b) = (one.min(together.entity), one.max(together.entity));
    Pair { a, b, documents: together.documents, sentences: together.sentences }
}
