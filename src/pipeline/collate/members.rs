//! Entities to documents: who is named in each, who issued it, who speaks; and back.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::pipeline::calendar::PartialDate;
use crate::pipeline::collate::entities::Published;
use crate::pipeline::collate::lookup::{LookId, Lookup};
use crate::pipeline::collate::outline::{Asked, Named, Outline};
use crate::pipeline::collate::texts::{TextId, Texts};
use crate::pipeline::collate::{Collection, DocumentIndex, Entity, EntityIndex, Entry};
use crate::vocabulary::{Kind, Vocabulary};

/// What was known of each document before, and which documents name others since.
type Before<'a> = Option<(&'a [Entry], &'a [u32])>;

/// What the collection knows of each document, as far as entities go.
pub(crate) fn entries(
    outlines: &[Arc<Outline>],
    (texts, vocabulary): (&Texts, &Vocabulary),
    (published, before): (&Published, Before<'_>),
    slugs: Vec<String>,
) -> Vec<Entry> {
    let lookup = Lookup::new(outlines, published, (texts, vocabulary));
    let documents = outlines.par_iter().zip(slugs).enumerate();
    documents
        .map(|(at, (outline, slug))| {
            let entities = published.of_name.row(at);
            let known = &published.entities;
            let who = Who { outline, entities, lookup: &lookup, texts, known };
            // What the head of a document names may be somebody else now; what its text names is as before.
            let before = before.filter(|_| outline.listed.is_empty());
            let before = before.filter(|it| it.1.binary_search(&(at as u32)).is_err());
            let (entities, named) = match before {
                Some((before, _)) => {
                    (Arc::clone(&before[at].entities), Arc::clone(&before[at].named))
                }
                None => (entities.into(), who.named().into()),
            };
            Entry {
                slug,
                entities,
                named,
                issuer: who.issuer(),
                speakers: who.speakers(),
                years: Arc::default(),
                themes: Vec::new(),
                related: OnceLock::new(),
                earlier: None,
                later: None,
                backlinks: Vec::new(),
            }
        })
        .collect()
}

/// One document, while its entities are looked for.
struct Who<'a> {
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
        let fits = |it| it != Kind::Place && it != Kind::Event;
        self.named_so(self.outline.issuer.as_ref()?, fits)
    }

    fn speakers(&self) -> Vec<Option<EntityIndex>> {
        let person = |kind| kind == Kind::Person;
        self.outline.speakers.iter().map(|it| self.named_so(it, person)).collect()
    }

    /// The entity of a kind that fits: by a name of the document, by the mention in the evidence, or by a name of the collection.
    fn named_so(&self, asked: &Asked, fits: impl Fn(Kind) -> bool) -> Option<EntityIndex> {
        let fits = |it: &EntityIndex| fits(self.known[it.0 as usize].kind);
        let mut within = asked.within.iter().filter_map(|it| self.entities[usize::from(*it)]);
        self.by_name(asked.name)
            .filter(fits)
            .or_else(|| within.find(fits))
            .or_else(|| self.lookup.find(asked.name).filter(fits))
    }

    fn by_name(&self, name: LookId) -> Option<EntityIndex> {
        let mut names = self.outline.names.iter().zip(self.entities);
        let look = |it: TextId| self.texts.look(it) == Some(name);
        let same = |it: &Named| look(it.text) || it.acronym.is_some_and(look);
        names.find(|it| it.1.is_some() && same(it.0)).and_then(|it| *it.1)
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
            for (entity, _) in entry.named.iter() {
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
