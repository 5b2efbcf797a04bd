//! Documents to those nearest to them, by rare entities and core themes that they share.

use std::sync::Arc;

use rayon::prelude::*;

use crate::pipeline::collate::outline::Outline;
use crate::pipeline::collate::remembered::{Cause, Remembered};
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

/// What an earlier collation found.
pub(crate) type Known = Remembered<Arc<[Related]>>;

/// Finds the related documents of each.
pub(crate) fn related(collection: &mut Collection, cores: &[Vec<u32>], known: &mut Known) {
    let named_in = named_in(collection);
    let named: Vec<_> = collection.documents.par_iter().map(named).collect();
    let from = Near { collection, named: &named, named_in: &named_in, cores };
    let size = collection.documents.len();
    let scores = || vec![0.0; size];
    let related =
        known.all(from.causes(), scores, |at, scores| Arc::from(from.of(at as u32, scores)));
    for (entry, related) in collection.documents.iter_mut().zip(related) {
        entry.related = related;
    }
}

/// For each entity the documents that name it, counted.
fn named_in(collection: &Collection) -> Vec<Vec<u32>> {
    let mut named_in = vec![Vec::new(); collection.entities.len()];
    for (document, entry) in (0u32..).zip(&collection.documents) {
        for (entity, _) in &entry.named {
            named_in[entity.0 as usize].push(document);
        }
    }
    named_in
}

/// For each document the themes that it is about, ascending.
pub(crate) fn cores(collection: &Collection, outlines: &[Arc<Outline>]) -> Vec<Vec<u32>> {
    collection.documents.par_iter().zip(outlines).map(core_themes).collect()
}

fn core_themes((entry, outline): (&Entry, &Arc<Outline>)) -> Vec<u32> {
    let core = |it: &&(u32, u32)| outline.themes[it.1 as usize].core;
    let mut core: Vec<u32> = entry.themes.iter().filter(core).map(|it| it.0).collect();
    core.sort_unstable();
    core
}

/// What nearness is measured by.
struct Near<'a> {
    collection: &'a Collection,
    named: &'a [Vec<EntityIndex>],
    named_in: &'a [Vec<u32>],
    cores: &'a [Vec<u32>],
}

impl Near<'_> {
    /// For each document a hash of all that its nearest follow from.
    fn causes(&self) -> Vec<u64> {
        let size = self.collection.documents.len();
        let own = |at: usize| {
            let named = self.named[at].iter().map(|it| u64::from(it.0));
            let cores = self.cores[at].iter().map(|it| u64::from(*it));
            Cause::new().and_all(named).and_all(cores).hash()
        };
        let own: Vec<u64> = (0..size).into_par_iter().map(own).collect();
        let with = |document: u32| [u64::from(document), own[document as usize]];
        let leading = |documents: &Vec<u32>| {
            let first = documents.iter().take(COMMON).flat_map(|it| with(*it));
            Cause::new().and(documents.len() as u64).and_all(first).hash()
        };
        let entities: Vec<u64> = self.named_in.par_iter().map(leading).collect();
        let themes: Vec<u64> = (0..self.collection.themes.len() as u32)
            .map(|it| Cause::new().and_all(self.strongest(it).flat_map(with)).hash())
            .collect();
        let of = |at: usize| {
            let mut rarest = self.named[at].clone();
            rarest.sort_unstable_by_key(|it| self.rarity(*it));
            let order = rarest.iter().map(|it| u64::from(it.0));
            let rare = self.rare(at as u32).into_iter();
            let rare = rare.map(|it| entities[it.0 as usize]);
            let cores = self.cores[at].iter().map(|it| themes[*it as usize]);
            let cause = Cause::new().and(size as u64).and(at as u64).and(own[at]);
            cause.and_all(order).and_all(rare).and_all(cores).hash()
        };
        (0..size).into_par_iter().map(of).collect()
    }

    /// The documents of a theme that are looked at.
    fn strongest(&self, theme: u32) -> impl Iterator<Item = u32> {
        let listing = &self.collection.themes[theme as usize];
        listing.documents.iter().take(STRONGEST).map(|it| it.0.0)
    }

    /// The rarest first.
    fn rarity(&self, entity: EntityIndex) -> (usize, EntityIndex) {
        (self.named_in[entity.0 as usize].len(), entity)
    }

    fn of(&self, document: u32, scores: &mut [f32]) -> Vec<Related> {
        let mut candidates = Vec::new();
        let mut add = |to: u32, weight: f32| {
            if scores[to as usize] == 0.0 {
                candidates.push(to);
            }
            scores[to as usize] += weight;
        };
        for entity in self.rare(document) {
            let weight = self.weight(entity);
            self.named_in[entity.0 as usize].iter().take(COMMON).for_each(|it| add(*it, weight));
        }
        for theme in &self.cores[document as usize] {
            self.strongest(*theme).for_each(|it| add(it, 0.1));
        }
        let mut found: Vec<_> = candidates
            .into_iter()
            .map(|it| (std::mem::take(&mut scores[it as usize]), it))
            .filter(|it| it.1 != document)
            .map(|(score, it)| {
                (score + self.shared_themes(document, it).count() as f32 * THEME, it)
            })
            .collect();
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
        let count = |it: &EntityIndex| self.named_in[it.0 as usize].len();
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
        (1.0 + all / self.named_in[entity.0 as usize].len().max(1) as f32).ln()
    }

    fn shared_themes(&self, one: u32, other: u32) -> impl Iterator<Item = u32> {
        let others = &self.cores[other as usize];
        self.cores[one as usize].iter().filter(|it| others.binary_search(it).is_ok()).copied()
    }

    fn explain(&self, one: u32, other: u32) -> Related {
        let (mine, theirs) = (&self.named[one as usize], &self.named[other as usize]);
        let shared = mine.iter().filter(|it| theirs.binary_search(it).is_ok());
        let mut entities: Vec<EntityIndex> = shared.copied().collect();
        entities.sort_unstable_by_key(|it| self.rarity(*it));
        entities.truncate(REASONS);
        let themes = self.shared_themes(one, other).collect();
        Related { document: DocumentIndex(other), entities, themes }
    }
}

/// The entities that a document names, ascending.
fn named(entry: &Entry) -> Vec<EntityIndex> {
    let mut named: Vec<_> = entry.named.iter().map(|it| it.0).collect();
    named.sort_unstable();
    named
}
