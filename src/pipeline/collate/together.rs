//! Entities to those named in the same documents and sentences.
//!
//! Counting is done entity by entity over the documents that name it, into one table per thread: no table of all pairs is ever
//! made, and no document counts with more than its [`MOST_NAMED`] entities.

use std::sync::Arc;

use rayon::prelude::*;

use crate::pipeline::Reading;
use crate::pipeline::collate::outline::Outline;
use crate::pipeline::collate::{
    Collection, DocumentIndex, Entity, EntityIndex, Entry, Pair, TOGETHER, Together,
};

/// How many entities of a document, the most mentioned, count as named together in it.
const MOST_NAMED: usize = 24;
/// How many pairs the collection keeps.
const PAIRS: usize = 2000;
/// How many passages are kept of each pair.
const PASSAGES: usize = 3;

/// Finds who is named together with whom.
pub(crate) fn together(
    collection: &mut Collection,
    (readings, outlines): (&[Arc<Reading>], &[Arc<Outline>]),
) {
    let sentences: Vec<_> = collection
        .documents
        .par_iter()
        .zip(outlines)
        .map(|(entry, it)| sentences(entry, it))
        .collect();
    let from = From { documents: &collection.documents, sentences: &sentences, readings };
    let size = collection.entities.len();
    let found: Vec<_> = (&collection.entities, 0u32..size as u32)
        .into_par_iter()
        .map_init(
            || Table::new(size),
            |table, (entity, at)| from.of(entity, EntityIndex(at), table),
        )
        .collect();
    for (entity, together) in collection.entities.iter_mut().zip(found) {
        entity.together = together;
    }
    collection.pairs = pairs(&collection.entities);
}

/// For each sentence with counted mentions of a document's most mentioned: its number, the entity, where it stands. Sorted.
fn sentences(entry: &Entry, outline: &Outline) -> Vec<(u32, EntityIndex, u32)> {
    let published = |name: u16| entry.entities[usize::from(name)].is_some();
    let top = &entry.named[..entry.named.len().min(MOST_NAMED)];
    let mentions = outline.mentions.iter().enumerate();
    let mut found: Vec<_> = mentions
        .filter_map(|(at, it)| Some((at, it, entry.entities[usize::from(it.name)]?)))
        .filter(|it| top.iter().any(|top| top.0 == it.2) && outline.counted(it.0, published))
        .map(|(_, it, entity)| (it.sentence, entity, it.start))
        .collect();
    found.sort_unstable();
    found.dedup_by_key(|it| (it.0, it.1));
    found
}

/// What counting reads.
struct From<'a> {
    documents: &'a [Entry],
    sentences: &'a [Vec<(u32, EntityIndex, u32)>],
    readings: &'a [Arc<Reading>],
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
    fn best(&mut self) -> Vec<Together> {
        let mut found: Vec<_> = std::mem::take(&mut self.touched)
            .into_iter()
            .map(|it| (std::mem::take(&mut self.counts[it as usize]), it))
            .collect();
        let rank = |((documents, sentences), entity): &((u32, u32), u32)| {
            (std::cmp::Reverse((*documents, *sentences)), *entity)
        };
        if found.len() > TOGETHER {
            found.select_nth_unstable_by_key(TOGETHER, rank);
            found.truncate(TOGETHER);
        }
        found.sort_unstable_by_key(rank);
        let together = |((documents, sentences), entity)| Together {
            entity: EntityIndex(entity),
            documents,
            sentences,
            passages: Vec::new(),
        };
        found.into_iter().map(together).collect()
    }
}

impl From<'_> {
    fn of(&self, entity: &Entity, index: EntityIndex, table: &mut Table) -> Vec<Together> {
        for (document, _) in &entity.places {
            let top = &self.documents[document.0 as usize].named;
            let top = &top[..top.len().min(MOST_NAMED)];
            if !top.iter().any(|it| it.0 == index && it.1 > 0) {
                continue;
            }
            for (other, _) in top.iter().filter(|it| it.0 != index && it.1 > 0) {
                table.at(*other).0 += 1;
            }
            self.each_sentence(*document, index, |other, _| table.at(other).1 += 1);
        }
        let mut together = table.best();
        self.find_passages(entity, index, &mut together);
        together
    }

    /// Calls `found` with every other entity in each sentence that names `index`, and where that one stands.
    fn each_sentence(
        &self,
        document: DocumentIndex,
        index: EntityIndex,
        mut found: impl FnMut(EntityIndex, u32),
    ) {
        let sentences = &self.sentences[document.0 as usize];
        for sentence in sentences.chunk_by(|a, b| a.0 == b.0) {
            if sentence.len() > 1 && sentence.iter().any(|it| it.1 == index) {
                sentence.iter().filter(|it| it.1 != index).for_each(|it| found(it.1, it.2));
            }
        }
    }

    fn find_passages(&self, entity: &Entity, index: EntityIndex, together: &mut [Together]) {
        let mut open = together.iter().filter(|it| it.sentences > 0).count();
        for (document, _) in &entity.places {
            if open == 0 {
                return;
            }
            let blocks = &self.readings[document.0 as usize].document;
            self.each_sentence(*document, index, |other, at| {
                let wanted = |it: &&mut Together| it.entity == other && it.sentences > 0;
                let Some(pair) = together.iter_mut().find(wanted) else { return };
                let passage = (*document, blocks.paragraph_at(at));
                if pair.passages.len() < PASSAGES && pair.passages.last() != Some(&passage) {
                    pair.passages.push(passage);
                    open -= usize::from(pair.passages.len() == PASSAGES);
                }
            });
        }
    }
}

/// The pairs that share most documents; one that shares many is among the nearest of one of its two.
fn pairs(entities: &[Entity]) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = (0u32..)
        .zip(entities)
        .flat_map(|(at, entity)| entity.together.iter().map(move |it| pair(EntityIndex(at), it)))
        .collect();
    pairs.sort_unstable_by_key(|it| (std::cmp::Reverse((it.documents, it.sentences)), it.a, it.b));
    pairs.dedup_by_key(|it| (it.a, it.b));
    pairs.truncate(PAIRS);
    pairs.shrink_to_fit();
    pairs
}

fn pair(one: EntityIndex, together: &Together) -> Pair {
    let (a, b) = (one.min(together.entity), one.max(together.entity));
    Pair { a, b, documents: together.documents, sentences: together.sentences }
}
