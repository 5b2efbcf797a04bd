//! What is asked of entities, and the answers.

use blake3::Hasher;

use super::super::hashing::{date, number, text, texts};
use super::Teller;
use crate::pipeline::collate::{Entity, EntityIndex};
use crate::pipeline::render::edition::MENTIONS;

impl Teller<'_> {
    pub(super) fn name(&self, it: EntityIndex) -> (u64, Hasher) {
        let (entity, mut hasher) = (self.edition.entity(it), Hasher::new());
        text(&mut hasher, &entity.id);
        text(&mut hasher, entity.kind.name());
        text(&mut hasher, &entity.name);
        // Where its contexts of a year are.
        number(&mut hasher, usize::from(entity.mentions > MENTIONS));
        (self.of_entity(it), hasher)
    }

    pub(super) fn figures(&self, it: EntityIndex) -> (u64, Hasher) {
        let (entity, mut hasher) = (self.edition.entity(it), Hasher::new());
        figures(&mut hasher, entity);
        (self.of_entity(it), hasher)
    }

    pub(super) fn documents(&self, it: EntityIndex) -> (u64, Hasher) {
        let mut hasher = Hasher::new();
        self.edition.entity(it).places.documents().for_each(|it| self.document(&mut hasher, it));
        (self.of_entity(it), hasher)
    }

    pub(super) fn together(&self, it: EntityIndex) -> (u64, Hasher) {
        let mut hasher = Hasher::new();
        let together = &self.edition.entity(it).together;
        for other in together.iter() {
            self.entity_in(&mut hasher, Some(other.entity));
            number(&mut hasher, other.documents as usize);
            number(&mut hasher, other.sentences as usize);
            number(&mut hasher, together.passages(other).len());
            for (document, paragraph) in together.passages(other) {
                self.document(&mut hasher, *document);
                number(&mut hasher, *paragraph as usize);
            }
        }
        (self.of_entity(it), hasher)
    }

    pub(super) fn contexts(&self, it: EntityIndex) -> (u64, Hasher) {
        let (entity, mut hasher) = (self.edition.entity(it), Hasher::new());
        let contexts = self.edition.contexts(it);
        number(&mut hasher, contexts.items.len());
        for context in &contexts.items {
            self.document(&mut hasher, context.document);
            date(&mut hasher, self.edition.date(context.document));
            number(&mut hasher, context.counted as usize);
        }
        self.own(&mut hasher, entity);
        (self.of_entity(it), hasher)
    }

    /// The documents that it issued, and those in which it speaks.
    fn own(&self, hasher: &mut Hasher, it: &Entity) {
        for own in [&it.issued, &it.spoken] {
            number(hasher, own.len());
            own.iter().for_each(|it| self.document(hasher, *it));
        }
    }

    pub(super) fn entity(&self, it: EntityIndex) -> (u64, Hasher) {
        let entity = self.edition.entity(it);
        let mut hasher = self.together(it).1;
        let to = &mut hasher;
        figures(to, entity);
        text(to, &entity.id);
        text(to, entity.kind.name());
        text(to, &entity.name);
        number(to, entity.forms.len());
        for (form, count) in entity.forms.iter() {
            text(to, form);
            number(to, *count as usize);
        }
        texts(to, &entity.same_as);
        self.entity_in(to, entity.part_of);
        text(to, entity.part_of_name.as_deref().unwrap_or_default());
        number(to, entity.origin as usize);
        entity.places.documents().for_each(|it| self.document(to, it));
        number(to, entity.offices.len());
        for (title, of, count) in entity.offices.iter() {
            text(to, title);
            text(to, of);
            number(to, *count as usize);
        }
        self.own(to, entity);
        texts(to, &entity.evidence);
        (self.of_entity(it), hasher)
    }
}

fn figures(hasher: &mut Hasher, it: &Entity) {
    text(hasher, &it.description);
    number(hasher, it.mentions as usize);
    number(hasher, it.places.len());
    date(hasher, it.first);
    date(hasher, it.last);
}
