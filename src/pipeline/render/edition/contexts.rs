//! Entity to its contexts: the documents that name it, each with its mentions there, newest first.

use std::cmp::Reverse;
use std::sync::{Arc, OnceLock};

use crate::pipeline::collate::entities::counted;
use crate::pipeline::collate::{DocumentIndex, EntityIndex};
use crate::pipeline::render::edition::listings::ByYear;
use crate::pipeline::render::edition::{Edition, MENTIONS};

/// What a document says of an entity.
#[derive(Debug)]
pub(crate) struct NamedIn {
    pub(crate) document: DocumentIndex,
    /// Which of the entity's places it is.
    place: u32,
    /// How many mentions there are.
    pub(crate) mentions: u32,
    /// How many of them count: neither inside a longer name, nor by office, nor of a people.
    pub(crate) counted: u32,
}

/// The contexts of an entity.
pub(crate) type Contexts = ByYear<NamedIn>;

/// Contexts of those entities that have so many that each year has a page, and each page asks for all.
pub(super) type Kept = Vec<OnceLock<Arc<Contexts>>>;

/// How many mentions in `contexts` count.
pub(crate) fn sum(contexts: &[NamedIn]) -> usize {
    contexts.iter().map(|it| it.counted as usize).sum()
}

impl<'a> Edition<'a> {
    /// The contexts of `entity`.
    pub(crate) fn contexts(&self, entity: EntityIndex) -> Arc<Contexts> {
        let gathered = || Arc::new(self.gathered(entity));
        if self.entity(entity).mentions > MENTIONS {
            Arc::clone(self.listings.contexts[entity.0 as usize].get_or_init(gathered))
        } else {
            gathered()
        }
    }

    /// The mentions of `entity` in one of its contexts: indexes into the document's annotations.
    pub(crate) fn mentions(&self, entity: EntityIndex, context: &NamedIn) -> &'a [u16] {
        self.entity(entity).places.mentions(context.place as usize)
    }

    fn gathered(&self, entity: EntityIndex) -> Contexts {
        let context = |(place, (document, mentions)): (u32, (DocumentIndex, &[u16]))| NamedIn {
            document,
            place,
            mentions: mentions.len() as u32,
            counted: self.counted_in(document, mentions),
        };
        let places = self.entity(entity).places.iter();
        let mut contexts: Vec<_> = (0..).zip(places).map(context).collect();
        contexts.sort_by_key(|it| Reverse(self.date(it.document)));
        ByYear::new(contexts, |it| self.date(it.document).and_then(|it| it.year))
    }

    fn counted_in(&self, document: DocumentIndex, mentions: &[u16]) -> u32 {
        let entities = &self.entry(document).entities;
        let annotations = &self.reading(document).annotations;
        let published = |name: u16| entities[usize::from(name)].is_some();
        let counts = |it: &&u16| counted(annotations, usize::from(**it), published);
        mentions.iter().filter(counts).count() as u32
    }
}
