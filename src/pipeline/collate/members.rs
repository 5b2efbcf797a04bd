//! Entities to documents: who is named in each, who issued it, who speaks; and back.

use std::sync::Arc;

use rayon::prelude::*;

use crate::pipeline::Reading;
use crate::pipeline::calendar::PartialDate;
use crate::pipeline::collate::entities::Published;
use crate::pipeline::collate::lookup::{LookId, Lookup};
use crate::pipeline::collate::outline::{Named, Outline};
use crate::pipeline::collate::texts::{TextId, Texts};
use crate::pipeline::collate::{Collection, DocumentIndex, Entity, EntityIndex, Entry};
use crate::pipeline::describe::Inferred;
use crate::vocabulary::{Kind, Vocabulary};

/// What the collection knows of each document, as far as entities go.
pub(crate) fn entries(
    (readings, outlines): (&[Arc<Reading>], &[Arc<Outline>]),
    (texts, vocabulary): (&Texts, &Vocabulary),
    published: &Published,
    slugs: Vec<String>,
) -> Vec<Entry> {
    let lookup = Lookup::new(outlines, published, (texts, vocabulary));
    let documents = readings.par_iter().zip(outlines).zip(slugs).enumerate();
    documents
        .map(|(at, ((reading, outline), slug))| {
            let entities = published.of_name.row(at);
            let known = &published.entities;
            let who = Who { reading, outline, entities, lookup: &lookup, texts, known };
            Entry {
                slug,
                entities: entities.into(),
                named: who.named(),
                issuer: who.issuer(),
                speakers: who.speakers(),
                years: Vec::new(),
                themes: Vec::new(),
                related: Arc::default(),
                earlier: None,
                later: None,
                backlinks: Vec::new(),
            }
        })
        .collect()
}

/// One document, while its entities are looked for.
struct Who<'a> {
    reading: &'a Reading,
    outline: &'a Outline,
    entities: &'a [Option<EntityIndex>],
    lookup: &'a Lookup,
    texts: &'a Texts,
    known: &'a [Entity],
}

impl Who<'_> {
    /// The entities with their counted mentions, most first; those that only the front matter names come last.
    fn named(&self) -> Vec<(EntityIndex, u32)> {
        let published = |name: u16| self.entities[usize::from(name)].is_some();
        let mentions = self.outline.mentions.iter().enumerate();
        let mut found: Vec<EntityIndex> = mentions
            .filter_map(|(at, it)| Some((at, self.entities[usize::from(it.name)]?)))
            .filter(|(at, _)| self.outline.counted(*at, published))
            .map(|it| it.1)
            .collect();
        found.sort_unstable();
        let mut named: Vec<_> =
            found.chunk_by(|a, b| a == b).map(|it| (it[0], it.len() as u32)).collect();
        for name in &self.outline.listed {
            if let Some(entity) =
                self.lookup.find(*name).filter(|it| !named.iter().any(|(e, _)| e == it))
            {
                named.push((entity, 0));
            }
        }
        named.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        named
    }

    fn issuer(&self) -> Option<EntityIndex> {
        let issuer = self.reading.description.issuer.as_ref()?;
        let fits = |it| it != Kind::Place && it != Kind::Event;
        self.named_so(issuer, self.outline.issuer?, fits)
    }

    fn speakers(&self) -> Vec<Option<EntityIndex>> {
        let speakers = self.reading.description.speakers.iter().zip(&self.outline.speakers);
        speakers.map(|it| self.named_so(it.0, *it.1, |kind| kind == Kind::Person)).collect()
    }

    /// The entity of a kind that fits: by a name of the document, by the mention in the evidence, or by a name of the collection.
    fn named_so<T>(
        &self,
        inferred: &Inferred<T>,
        name: LookId,
        fits: impl Fn(Kind) -> bool,
    ) -> Option<EntityIndex> {
        let fits = |it: &EntityIndex| fits(self.known[it.0 as usize].kind);
        self.by_name(name)
            .filter(fits)
            .or_else(|| inferred.span.and_then(|it| self.in_span(it, fits)))
            .or_else(|| self.lookup.find(name).filter(fits))
    }

    fn by_name(&self, name: LookId) -> Option<EntityIndex> {
        let mut names = self.outline.names.iter().zip(self.entities);
        let look = |it: TextId| self.texts.look(it) == Some(name);
        let same = |it: &Named| look(it.text) || it.acronym.is_some_and(look);
        names.find(|it| it.1.is_some() && same(it.0)).and_then(|it| *it.1)
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
pub(crate) fn give_back(collection: &mut Collection, outlines: &[Arc<Outline>]) {
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
        if let Some(date) = outlines[at as usize].date {
            for (entity, _) in &entry.named {
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
