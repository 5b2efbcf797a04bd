//! What a page sees of organizations, people, places, events and agreements.

use std::sync::Arc;

use super::Sight;
use crate::pipeline::collate::company::Company;
use crate::pipeline::collate::{DocumentIndex, Entity, EntityIndex};
use crate::pipeline::render::card::{Figures, Named};
use crate::pipeline::render::edition::contexts::{Contexts, NamedIn};
use crate::pipeline::render::edition::{MENTIONS, year_id};
use crate::pipeline::render::facts::Fact;
use crate::pipeline::render::page::{Address, Page};

impl<'e> Sight<'e> {
    pub(crate) fn name(&self, entity: EntityIndex) -> Named<'e> {
        self.ask(Fact::Name(entity));
        let it = self.edition.entity(entity);
        Named { id: &it.id, name: &it.name, kind: it.kind }
    }

    /// The file of an entity's page, in a link from the root.
    pub(crate) fn entity_file(&self, entity: EntityIndex) -> &'e str {
        self.ask(Fact::Name(entity));
        self.edition.entity_file(entity)
    }

    pub(crate) fn entity_address(&self, entity: EntityIndex) -> Address {
        self.ask(Fact::Name(entity));
        self.edition.entity_address(entity)
    }

    pub(crate) fn figures(&self, entity: EntityIndex) -> Figures<'e> {
        self.ask(Fact::Figures(entity));
        let it = self.edition.entity(entity);
        Figures {
            description: &it.description,
            mentions: it.mentions,
            documents: it.places.len(),
            first: it.first,
            last: it.last,
        }
    }

    /// The documents that name both, in the order of source paths.
    pub(crate) fn in_common(
        &self,
        one: EntityIndex,
        other: EntityIndex,
    ) -> impl Iterator<Item = DocumentIndex> + use<'e> {
        self.ask(Fact::Documents(one));
        self.ask(Fact::Documents(other));
        let [one, other] = [one, other].map(|it| &self.edition.entity(it).places);
        let (few, many) = if one.len() <= other.len() { (one, other) } else { (other, one) };
        few.documents().filter(|it| many.has(*it))
    }

    /// What an entity is named together with.
    pub(crate) fn together(&self, entity: EntityIndex) -> &'e Company {
        self.ask(Fact::Together(entity));
        &self.edition.entity(entity).together
    }

    /// All that is known of an entity.
    pub(crate) fn entity(&self, entity: EntityIndex) -> &'e Entity {
        self.ask(Fact::Entity(entity));
        self.edition.entity(entity)
    }

    /// Whether an entity's contexts have pages by year.
    pub(crate) fn has_years(&self, entity: EntityIndex) -> bool {
        self.ask(Fact::Name(entity));
        self.edition.entity(entity).mentions > MENTIONS
    }

    /// Where an entity's contexts of one year begin: a page of their own or a place on the entity's.
    pub(crate) fn entity_year(&self, entity: EntityIndex, year: Option<i16>) -> (Address, String) {
        if self.has_years(entity) {
            (self.address(&Page::EntityYear(entity, year, 0)), String::new())
        } else {
            (self.entity_address(entity), ["y", &year_id(year)].concat())
        }
    }

    /// The documents that name an entity, newest first. What it shows of one it asks of the document.
    pub(crate) fn contexts(&self, entity: EntityIndex) -> Arc<Contexts> {
        self.ask(Fact::Contexts(entity));
        self.edition.contexts(entity)
    }

    /// The mentions of an entity in one of its contexts; they follow from what is known of the document.
    pub(crate) fn mentions(&self, entity: EntityIndex, context: &NamedIn) -> &'e [u16] {
        self.ask(Fact::Reading(context.document));
        self.ask(Fact::Entry(context.document));
        self.edition.mentions(entity, context)
    }

    /// The documents that an entity issued, and those in which it speaks.
    pub(crate) fn own(&self, entity: EntityIndex) -> [&'e [DocumentIndex]; 2] {
        self.ask(Fact::Contexts(entity));
        let it = self.edition.entity(entity);
        [&it.issued, &it.spoken]
    }
}
