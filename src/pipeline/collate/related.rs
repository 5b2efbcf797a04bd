//! Documents to those nearest to them, by rare entities and core themes that they share.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::pipeline::collate::outline::Outline;
use crate::pipeline::collate::rows::Rows;
use crate::pipeline::collate::{Collection, DocumentIndex, EntityIndex, Entry, Related};

/// How many related documents a page lists.
const RELATED: usize = 6;
/// An entity in more documents than this leads to none of them.
const COMMON: usize = 64;
/// How many entities of a document, the rarest, lead to others.
const RARE: usize = 16;
/// How many documents of each core theme, the strongest, are looked at.
const STRONGEST: usize = 32;
/// What a shared core theme weighs.
const THEME: f32 = 1.5;
/// How many shared entities are named as the reason.
const REASONS: usize = 4;
/// How near the others must be, measured by the nearest.
const NEAR: f32 = 0.2;
/// How many of its entities lead to others where none is rare.
const FEW: usize = 3;

/// What nearness is measured by.
#[derive(Debug)]
pub(crate) struct Nearness {
    /// For each document the entities that it names, ascending.
    named: Rows<EntityIndex>,
    /// For each entity the documents that name it.
    named_in: Rows<u32>,
}

impl Collection {
    /// The related documents of a document, the nearest first, with what they share: looked for when the first asks.
    pub fn related(&self, document: DocumentIndex) -> &[Related] {
        let of = || {
            let nearness =
                self.nearness.get_or_init(|| Nearness::of(&self.documents, self.entities.len()));
            Near { collection: self, nearness }.of(document.0)
        };
        self.documents[document.0 as usize].related.get_or_init(|| of().into())
    }
}

impl Nearness {
    fn of(documents: &[Entry], entities: usize) -> Nearness {
        let names = documents.iter().map(|it| it.named.len()).sum();
        let mut named = Rows::with_capacity(documents.len(), names);
        for entry in documents {
            let mut row: Vec<_> = entry.named.iter().map(|it| it.0).collect();
            row.sort_unstable();
            row.into_iter().for_each(|it| named.push(it));
            named.end();
        }
        let naming = (0u32..).zip(documents);
        let naming = naming.flat_map(|(at, it)| it.named.iter().map(move |it| (it.0.0, at)));
        Nearness { named_in: Rows::sorted(entities, naming), named }
    }
}

/// For each document the themes that it is about, ascending.
pub(crate) fn cores(documents: &[Entry], outlines: &[Arc<Outline>]) -> Rows<u32> {
    let mut cores = Rows::with_capacity(documents.len(), documents.len());
    for (entry, outline) in documents.iter().zip(outlines) {
        let core = |it: &&(u32, u32)| outline.themes[it.1 as usize].core;
        let mut row: Vec<u32> = entry.themes.iter().filter(core).map(|it| it.0).collect();
        row.sort_unstable();
        row.into_iter().for_each(|it| cores.push(it));
        cores.end();
    }
    cores
}

struct Near<'a> {
    collection: &'a Collection,
    nearness: &'a Nearness,
}

impl Near<'_> {
    /// The documents that name an entity.
    fn naming(&self, entity: EntityIndex) -> &[u32] {
        self.nearness.named_in.row(entity.0 as usize)
    }

    fn cores(&self, document: u32) -> &[u32] {
        self.collection.cores.row(document as usize)
    }

    /// The documents of a theme that are looked at.
    fn strongest(&self, theme: u32) -> impl Iterator<Item = u32> {
        let listing = &self.collection.themes[theme as usize];
        listing.documents.iter().take(STRONGEST).map(|it| it.0.0)
    }

    /// The rarest first.
    fn rarity(&self, entity: EntityIndex) -> (usize, EntityIndex) {
        (self.naming(entity).len(), entity)
    }

    fn of(&self, document: u32) -> Vec<Related> {
        let (mut places, mut found) = (FxHashMap::default(), Vec::new());
        let mut add = |to: u32, weight: f32| {
            let place = *places.entry(to).or_insert_with(|| {
                found.push((0.0, to));
                found.len() - 1
            });
            found[place].0 += weight;
        };
        for entity in self.rare(document) {
            let weight = self.weight(entity);
            self.naming(entity).iter().take(COMMON).for_each(|it| add(*it, weight));
        }
        for theme in self.cores(document) {
            self.strongest(*theme).for_each(|it| add(it, 0.1));
        }
        found.retain(|it| it.1 != document);
        for (score, it) in &mut found {
            *score += self.shared_themes(document, *it).count() as f32 * THEME;
        }
        let nearer = |a: &(f32, u32), b: &(f32, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if found.len() > RELATED {
            found.select_nth_unstable_by(RELATED, nearer);
            found.truncate(RELATED);
        }
        found.sort_unstable_by(nearer);
        let nearest = found.first().map_or(0.0, |it| it.0);
        found.retain(|it| it.0 >= nearest * NEAR);
        found.into_iter().map(|it| self.explain(document, it.1)).collect()
    }

    /// The rarest entities of a document that others name too; those that many name only where there are few others.
    fn rare(&self, document: u32) -> Vec<EntityIndex> {
        let count = |it: &EntityIndex| self.naming(*it).len();
        let named = &self.collection.documents[document as usize].named;
        let mut shared: Vec<_> = named.iter().map(|it| it.0).filter(|it| count(it) > 1).collect();
        shared.sort_unstable_by_key(|it| self.rarity(*it));
        let rare = shared.iter().take_while(|it| count(it) <= COMMON).count();
        shared.truncate(rare.clamp(FEW, RARE));
        shared
    }

    /// The rarer, the heavier.
    fn weight(&self, entity: EntityIndex) -> f32 {
        let all = self.collection.documents.len() as f32;
        (1.0 + all / self.naming(entity).len().max(1) as f32).ln()
    }

    fn shared_themes(&self, one: u32, other: u32) -> impl Iterator<Item = u32> {
        let others = self.cores(other);
        self.cores(one).iter().filter(|it| others.binary_search(it).is_ok()).copied()
    }

    fn explain(&self, one: u32, other: u32) -> Related {
        let [mine, theirs] = [one, other].map(|it| self.nearness.named.row(it as usize));
        let shared = mine.iter().filter(|it| theirs.binary_search(it).is_ok());
        let mut entities: Vec<EntityIndex> = shared.copied().collect();
        entities.sort_unstable_by_key(|it| self.rarity(*it));
        entities.truncate(REASONS);
        let themes = self.shared_themes(one, other).collect();
        Related { document: DocumentIndex(other), entities, themes }
    }
}
