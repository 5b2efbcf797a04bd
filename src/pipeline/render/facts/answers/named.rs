//! What is asked of entities, and the answers.

use super::super::hashing::{Answer, date, number, text, texts};
use super::Teller;
use crate::pipeline::collate::{Entity, EntityIndex};
use crate::pipeline::render::edition::MENTIONS;

impl Teller<'_> {
    pub(super) fn name(&self, it: EntityIndex) -> (u64, Answer) {
        let (entity, mut answer) = (self.edition.entity(it), Answer::new());
        text(&mut answer, &entity.id);
        text(&mut answer, entity.kind.name());
        text(&mut answer, &entity.name);
        // Where its contexts of a year are.
        number(&mut answer, usize::from(entity.mentions > MENTIONS));
        (self.of_entity(it), answer)
    }

    pub(super) fn figures(&self, it: EntityIndex) -> (u64, Answer) {
        let (entity, mut answer) = (self.edition.entity(it), Answer::new());
        figures(&mut answer, entity);
        (self.of_entity(it), answer)
    }

    pub(super) fn documents(&self, it: EntityIndex) -> (u64, Answer) {
        let mut answer = Answer::new();
        self.edition.entity(it).places.documents().for_each(|it| self.document(&mut answer, it));
        (self.of_entity(it), answer)
    }

    pub(super) fn together(&self, it: EntityIndex) -> (u64, Answer) {
        let mut answer = Answer::new();
        let together = &self.edition.entity(it).together;
        for other in together.iter() {
            self.entity_in(&mut answer, Some(other.entity));
            number(&mut answer, other.documents as usize);
            number(&mut answer, other.sentences as usize);
            number(&mut answer, together.passages(other).len());
            for (document, paragraph) in together.passages(other) {
                self.document(&mut answer, *document);
                number(&mut answer, *paragraph as usize);
            }
        }
        (self.of_entity(it), answer)
    }

    pub(super) fn contexts(&self, it: EntityIndex) -> (u64, Answer) {
        let (entity, mut answer) = (self.edition.entity(it), Answer::new());
        let contexts = self.edition.contexts(it);
        number(&mut answer, contexts.items.len());
        for context in &contexts.items {
            self.document(&mut answer, context.document);
            date(&mut answer, self.edition.date(context.document));
            number(&mut answer, context.counted as usize);
        }
        self.own(&mut answer, entity);
        (self.of_entity(it), answer)
    }

    /// The documents that it issued, and those in which it speaks.
    fn own(&self, answer: &mut Answer, it: &Entity) {
        for own in [&it.issued, &it.spoken] {
            number(answer, own.len());
            own.iter().for_each(|it| self.document(answer, *it));
        }
    }

    pub(super) fn entity(&self, it: EntityIndex) -> (u64, Answer) {
        let entity = self.edition.entity(it);
        let mut answer = self.together(it).1;
        let to = &mut answer;
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
        (self.of_entity(it), answer)
    }
}

fn figures(answer: &mut Answer, it: &Entity) {
    text(answer, &it.description);
    number(answer, it.mentions as usize);
    number(answer, it.places.len());
    date(answer, it.first);
    date(answer, it.last);
}
