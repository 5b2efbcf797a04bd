//! Entities to documents: who is named in each, who issued it, who speaks; and back.

use std::sync::Arc;

use rayon::prelude::*;

use crate::pipeline::Reading;
use crate::pipeline::calendar::PartialDate;
use crate::pipeline::collate::entities::{Published, counted};
use crate::pipeline::collate::lookup::{Lookup, key};
use crate::pipeline::collate::{Collection, DocumentIndex, Entity, EntityIndex, Entry};
use crate::pipeline::describe::Inferred;
use crate::vocabulary::{Kind, Vocabulary};

/// What the collection knows of each document, as far as entities go.
pub(crate) fn entries(
    readings: &[Arc<Reading>],
    vocabulary: &Vocabulary,
    published: &Published,
    slugs: Vec<String>,
) -> Vec<Entry> {
    let lookup = Lookup::new(readings, &published.entities, vocabulary);
    let entry =
        |((reading, entities), slug): ((&Arc<Reading>, &Vec<Option<EntityIndex>>), String)| {
            let who = Who { reading, entities, lookup: &lookup, known: &published.entities };
            Entry {
                slug,
                entities: entities.clone(),
                named: who.named(),
                issuer: who.issuer(),
                speakers: who.speakers(),
                years: Vec::new(),
                themes: Vec::new(),
                related: Vec::new(),
                earlier: None,
                later: None,
                backlinks: Vec::new(),
            }
        };
    readings.par_iter().zip(&published.of_name).zip(slugs).map(entry).collect()
}

/// One document, while its entities are looked for.
struct Who<'a> {
    reading: &'a Reading,
    entities: &'a [Option<EntityIndex>],
    lookup: &'a Lookup,
    known: &'a [Entity],
}

impl Who<'_> {
    /// The entities with their counted mentions, most first; those that only the front matter names come last.
    fn named(&self) -> Vec<(EntityIndex, u32)> {
        let annotations = &self.reading.annotations;
        let published = |name: u16| self.entities[usize::from(name)].is_some();
        let mut found: Vec<EntityIndex> = annotations
            .mentions
            .iter()
            .enumerate()
            .filter_map(|(at, it)| Some((at, self.entities[usize::from(it.name)]?)))
            .filter(|(at, _)| counted(annotations, *at, published))
            .map(|it| it.1)
            .collect();
        found.sort_unstable();
        let mut named: Vec<_> =
            found.chunk_by(|a, b| a == b).map(|it| (it[0], it.len() as u32)).collect();
        for name in &self.reading.document.front_matter.entities {
            if let Some(entity) =
                self.lookup.find(name).filter(|it| !named.iter().any(|(e, _)| e == it))
            {
                named.push((entity, 0));
            }
        }
        named.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        named
    }

    fn issuer(&self) -> Option<EntityIndex> {
        let issuer = self.reading.description.issuer.as_ref()?;
        self.named_so(issuer, &issuer.value, |it| it != Kind::Place && it != Kind::Event)
    }

    fn speakers(&self) -> Vec<Option<EntityIndex>> {
        let speakers = &self.reading.description.speakers;
        speakers
            .iter()
            .map(|it| self.named_so(it, &it.value.name, |kind| kind == Kind::Person))
            .collect()
    }

    /// The entity of a kind that fits: by a name of the document, by the mention in the evidence, or by a name of the collection.
    fn named_so<T>(
        &self,
        inferred: &Inferred<T>,
        name: &str,
        fits: impl Fn(Kind) -> bool,
    ) -> Option<EntityIndex> {
        let fits = |it: &EntityIndex| fits(self.known[it.0 as usize].kind);
        self.by_name(name)
            .filter(fits)
            .or_else(|| inferred.span.and_then(|it| self.in_span(it, fits)))
            .or_else(|| self.lookup.find(name).filter(fits))
    }

    fn by_name(&self, name: &str) -> Option<EntityIndex> {
        let wanted = key(name);
        let mut names = self.reading.annotations.names.iter().zip(self.entities);
        let same = |it: &str| key(it) == wanted;
        names
            .find(|(it, entity)| {
                entity.is_some() && (same(&it.text) || it.acronym.as_deref().is_some_and(same))
            })
            .and_then(|it| *it.1)
    }

    fn in_span(
        &self,
        span: (u32, u32),
        fits: impl Fn(&EntityIndex) -> bool,
    ) -> Option<EntityIndex> {
        let mentions = &self.reading.annotations.mentions;
        mentions
            .iter()
            .filter(|it| it.start < span.1 && span.0 < it.end && it.nested_in.is_none())
            .filter_map(|it| self.entities[usize::from(it.name)])
            .find(fits)
    }
}

/// Gives entities what documents know of them: what they issued and spoke in, and their first and last dates.
pub(crate) fn give_back(collection: &mut Collection, readings: &[Arc<Reading>]) {
    for (at, entry) in (0u32..).zip(&collection.documents) {
        let document = DocumentIndex(at);
        if let Some(issuer) = entry.issuer {
            collection.entities[issuer.0 as usize].issued.push(document);
        }
        for speaker in entry.speakers.iter().flatten() {
            let spoken = &mut collection.entities[speaker.0 as usize].spoken;
            if spoken.last() != Some(&document) {
                spoken.push(document);
            }
        }
        let date = readings[at as usize].description.date.as_ref().map(|it| it.value);
        for (entity, _) in &entry.named {
            if let Some(date) = date.filter(|it| it.year.is_some()) {
                collection.entities[entity.0 as usize].seen(date);
            }
        }
    }
}

impl Entity {
    fn seen(&mut self, date: PartialDate) {
        if self.first.is_none_or(|it| date < it) {
            self.first = Some(date);
        }
        if self.last.is_none_or(|it| date > it) {
            self.last = Some(date);
        }
    }
}
