//! Entities of names to the places of each entity, in the order of documents.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::pipeline::collate::EntityIndex;
use crate::pipeline::collate::outline::Outline;
use crate::pipeline::collate::remembered::Cause;
use crate::pipeline::collate::rows::Rows;
use crate::pipeline::collate::texts::TextId;

/// Of more documents that have changed all places are gathered anew.
const MOST: usize = 256;

/// A mention of an entity.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Stand {
    pub(crate) document: u32,
    /// Its place among the document's mentions.
    pub(crate) at: u16,
    /// How it is written, if it counts.
    pub(crate) form: Option<TextId>,
}

/// Where each entity stands, by document and position; and what that follows from.
#[derive(Debug, Default)]
pub(crate) struct Stands {
    ids: Arc<[String]>,
    outlines: Vec<Arc<Outline>>,
    of_name: Rows<Option<EntityIndex>>,
    all: Rows<Stand>,
    /// For each entity a hash of its row.
    hashes: Vec<u64>,
    /// The documents in which other entities stand than before, ascending; none if not even the entities are the same.
    pub(crate) changed: Option<Vec<u32>>,
}

impl Stands {
    /// The places of the entities `ids`, which the names of `outlines` are.
    ///
    /// Those of entities in documents that are as before are not gathered again, if the entities are the same ones.
    pub(crate) fn of(
        before: &Stands,
        ids: &Arc<[String]>,
        of_name: &Rows<Option<EntityIndex>>,
        outlines: &[Arc<Outline>],
    ) -> Stands {
        let changed = before.changed(ids, of_name, outlines);
        let followed = changed.as_ref().map(|it| before.follow(it, of_name, outlines));
        let (all, hashes) = followed.unwrap_or_else(|| gathered(ids.len(), of_name, outlines));
        let (ids, of_name, outlines) = (Arc::clone(ids), of_name.clone(), outlines.to_vec());
        Stands { ids, outlines, of_name, all, hashes, changed }
    }

    /// The documents that are not as before; none if so much is another that all is gathered anew.
    fn changed(
        &self,
        ids: &[String],
        of_name: &Rows<Option<EntityIndex>>,
        outlines: &[Arc<Outline>],
    ) -> Option<Vec<u32>> {
        if *self.ids != *ids || self.outlines.len() != outlines.len() {
            return None;
        }
        let rows = self.of_name.rows().zip(of_name.rows());
        let pairs = (0u32..).zip(self.outlines.iter().zip(outlines).zip(rows));
        let other = pairs.filter(|(_, (outlines, names))| {
            !Arc::ptr_eq(outlines.0, outlines.1) || names.0 != names.1
        });
        let changed: Vec<u32> = other.map(|it| it.0).collect();
        (changed.len() <= MOST).then_some(changed)
    }

    /// Rows and their hashes, for when only these documents have changed.
    fn follow(
        &self,
        changed: &[u32],
        of_name: &Rows<Option<EntityIndex>>,
        outlines: &[Arc<Outline>],
    ) -> (Rows<Stand>, Vec<u64>) {
        let mut rows: BTreeMap<u32, Vec<Stand>> = BTreeMap::new();
        for document in changed {
            let names = self.of_name.row(*document as usize).iter();
            for entity in names.chain(of_name.row(*document as usize)).flatten() {
                let kept = |it: &&Stand| changed.binary_search(&it.document).is_err();
                let row = self.all.row(entity.0 as usize).iter();
                rows.entry(entity.0).or_insert_with(|| row.filter(kept).copied().collect());
            }
        }
        for (entity, stand) in changed.iter().flat_map(|it| stands(*it, of_name, outlines)) {
            rows.entry(entity).or_default().push(stand);
        }
        let mut hashes = self.hashes.clone();
        for (entity, row) in &mut rows {
            row.sort_unstable_by_key(|it| (it.document, it.at));
            hashes[*entity as usize] = hash(row);
        }
        let rows: Vec<(u32, Vec<Stand>)> = rows.into_iter().collect();
        (self.all.with(&rows), hashes)
    }

    /// The places of an entity.
    pub(crate) fn row(&self, entity: usize) -> &[Stand] {
        self.all.row(entity)
    }

    /// A hash of these.
    pub(crate) fn hash(&self, entity: usize) -> u64 {
        self.hashes[entity]
    }
}

/// The places of all entities and their hashes, from the beginning.
fn gathered(
    entities: usize,
    of_name: &Rows<Option<EntityIndex>>,
    outlines: &[Arc<Outline>],
) -> (Rows<Stand>, Vec<u64>) {
    let documents = 0..outlines.len() as u32;
    let all = Rows::sorted(entities, documents.flat_map(|it| stands(it, of_name, outlines)));
    let rows: Vec<&[Stand]> = all.rows().collect();
    let hashes = rows.into_par_iter().map(hash).collect();
    (all, hashes)
}

/// Where the entities of a document stand in it.
fn stands<'a>(
    document: u32,
    of_name: &'a Rows<Option<EntityIndex>>,
    outlines: &'a [Arc<Outline>],
) -> impl Iterator<Item = (u32, Stand)> + Clone + 'a {
    let (outline, names) = (&outlines[document as usize], of_name.row(document as usize));
    (0u16..).zip(&outline.mentions).filter_map(move |(at, mention)| {
        let entity = names[usize::from(mention.name)]?;
        let published = |name: u16| names[usize::from(name)].is_some();
        let counted = outline.counted(usize::from(at), published);
        Some((entity.0, Stand { document, at, form: mention.form.filter(|_| counted) }))
    })
}

fn hash(row: &[Stand]) -> u64 {
    let numbers = row.iter().flat_map(|it| {
        let form = it.form.map_or(0, TextId::number);
        [u64::from(it.document) << 16 | u64::from(it.at), form]
    });
    Cause::new().and_all(numbers).hash()
}
