//! What each fact is about, and its answer, as hashes.

mod named;

use rayon::prelude::*;

use super::hashing::{Answer, a_year, date, number, text, texts};
use super::{ONE, ONES, One, place};
use crate::memo::ledger::{Key, NEVER};
use crate::pipeline::collate::{DocumentIndex, EntityIndex, Related};
use crate::pipeline::parse::BlockKind;
use crate::pipeline::render::edition::Edition;
use crate::vocabulary::Kind;

/// Tells what each fact is about, and its answer.
pub(super) struct Teller<'a> {
    edition: &'a Edition<'a>,
    /// A hash of each entity's id.
    entities: Vec<u64>,
    /// A hash of each document's address.
    documents: Vec<u64>,
}

impl Teller<'_> {
    /// Tells of an edition.
    pub(super) fn of<'a>(edition: &'a Edition<'a>) -> Teller<'a> {
        let short = |texts: &[&str]| {
            let mut answer = Answer::new();
            texts.iter().for_each(|it| text(&mut answer, it));
            answer.short()
        };
        let entities = edition.site.collection.entities.par_iter();
        let documents = edition.site.collection.documents.par_iter();
        Teller {
            edition,
            entities: entities.map(|it| short(&[it.kind.name(), &it.id])).collect(),
            documents: documents.map(|it| short(&[&it.slug])).collect(),
        }
    }

    /// Names and answers of all facts by number, of so many documents, entities and themes.
    pub(super) fn all(&self, sizes: [u32; 3]) -> (Vec<u64>, Vec<Key>) {
        let [documents, entities, themes] = sizes;
        let told = [
            Self::each(0, documents, |it| self.card(DocumentIndex(it))),
            Self::each(1, documents, |it| self.reading(DocumentIndex(it))),
            Self::each(2, documents, |it| self.entry(DocumentIndex(it))),
            Self::each(3, entities, |it| self.name(EntityIndex(it))),
            Self::each(4, entities, |it| self.figures(EntityIndex(it))),
            Self::each(5, entities, |it| self.documents(EntityIndex(it))),
            Self::each(6, entities, |it| self.together(EntityIndex(it))),
            Self::each(13, entities, |it| self.contexts(EntityIndex(it))),
            Self::each(7, entities, |it| self.entity(EntityIndex(it))),
            Self::each(8, themes, |it| self.theme(it)),
            Self::each(9, themes, |it| self.theme_listing(it)),
            Self::each(10, themes, |it| self.theme_years(it)),
            Self::each(ONE, ONES as u32, |it| self.one(it)),
            Self::each(12, self.edition.site.collection.years.len() as u32, |it| {
                self.year(it as usize)
            }),
        ];
        told.into_iter().flatten().unzip()
    }

    fn each(what: u8, count: u32, tell: impl Fn(u32) -> (u64, Answer) + Sync) -> Vec<(u64, Key)> {
        let told = |at: u32| {
            if what == ONE && at == place(One::Everything) {
                return (NEVER, Key::default());
            }
            let (subject, answer) = tell(at);
            let name = Answer::new().add(&[what]).add(&subject.to_le_bytes()).short();
            (name, answer.key())
        };
        (0..count).into_par_iter().with_min_len(64).map(told).collect()
    }

    fn of_document(&self, it: DocumentIndex) -> u64 {
        Answer::new().add(self.edition.reading(it).document.id.as_bytes()).short()
    }

    fn document(&self, answer: &mut Answer, it: DocumentIndex) {
        answer.add(&self.documents[it.0 as usize].to_le_bytes());
    }

    fn of_entity(&self, it: EntityIndex) -> u64 {
        self.entities[it.0 as usize]
    }

    fn entity_in(&self, answer: &mut Answer, it: Option<EntityIndex>) {
        answer.add(&it.map_or(0, |it| self.of_entity(it)).to_le_bytes());
    }

    fn theme_in(&self, answer: &mut Answer, it: u32) {
        text(answer, &self.edition.theme(it).id);
    }

    fn card(&self, it: DocumentIndex) -> (u64, Answer) {
        let card = self.edition.card(it);
        let mut answer = Answer::new();
        for part in [&self.edition.entry(it).slug, card.title, card.kind, card.issuer] {
            text(&mut answer, part);
        }
        date(&mut answer, card.date);
        (self.of_document(it), answer)
    }

    fn reading(&self, it: DocumentIndex) -> (u64, Answer) {
        let mut answer = Answer::new();
        answer.add(self.edition.site.keys[it.0 as usize].as_bytes());
        (self.of_document(it), answer)
    }

    fn entry(&self, it: DocumentIndex) -> (u64, Answer) {
        let (entry, mut answer) = (self.edition.entry(it), Answer::new());
        let to = &mut answer;
        text(to, &entry.slug);
        number(to, entry.entities.len());
        entry.entities.iter().for_each(|it| self.entity_in(to, *it));
        number(to, entry.named.len());
        for (entity, count) in entry.named.iter() {
            self.entity_in(to, Some(*entity));
            number(to, *count as usize);
        }
        self.entity_in(to, entry.issuer);
        number(to, entry.speakers.len());
        entry.speakers.iter().for_each(|it| self.entity_in(to, *it));
        number(to, entry.years.len());
        for (year, passages) in entry.years.iter() {
            a_year(to, Some(*year));
            number(to, *passages as usize);
        }
        number(to, entry.themes.len());
        for (theme, score) in &entry.themes {
            self.theme_in(to, *theme);
            number(to, *score as usize);
        }
        let related = self.edition.site.collection.related(it);
        number(to, related.len());
        related.iter().for_each(|it| self.related(to, it));
        for neighbour in [entry.earlier, entry.later] {
            number(to, usize::from(neighbour.is_some()));
            neighbour.iter().for_each(|it| self.document(to, *it));
        }
        entry.backlinks.iter().for_each(|it| self.document(to, *it));
        (self.of_document(it), answer)
    }

    fn related(&self, answer: &mut Answer, it: &Related) {
        self.document(answer, it.document);
        number(answer, it.entities.len());
        it.entities.iter().for_each(|it| self.entity_in(answer, Some(*it)));
        number(answer, it.themes.len());
        it.themes.iter().for_each(|it| self.theme_in(answer, *it));
    }

    fn of_theme(&self, it: u32) -> u64 {
        Answer::new().add(self.edition.theme(it).id.as_bytes()).short()
    }

    fn theme(&self, it: u32) -> (u64, Answer) {
        let (theme, mut answer) = (self.edition.theme(it), Answer::new());
        for part in [&theme.id, &theme.name, &theme.description] {
            text(&mut answer, part);
        }
        number(&mut answer, theme.terms.len());
        theme.terms.iter().for_each(|it| text(&mut answer, &it.0));
        text(&mut answer, theme.broader.as_deref().unwrap_or_default());
        texts(&mut answer, &theme.related);
        (self.of_theme(it), answer)
    }

    fn theme_listing(&self, it: u32) -> (u64, Answer) {
        let mut answer = self.theme_years(it).1;
        for (document, score) in &self.edition.by_year(it).items {
            self.document(&mut answer, *document);
            number(&mut answer, *score as usize);
        }
        for (entity, documents) in self.edition.site.collection.typical(it) {
            self.entity_in(&mut answer, Some(*entity));
            number(&mut answer, *documents as usize);
        }
        (self.of_theme(it), answer)
    }

    fn theme_years(&self, it: u32) -> (u64, Answer) {
        let mut answer = Answer::new();
        for (year, start, count) in &self.edition.by_year(it).years {
            a_year(&mut answer, *year);
            number(&mut answer, *start);
            number(&mut answer, *count);
        }
        (self.of_theme(it), answer)
    }

    fn year(&self, at: usize) -> (u64, Answer) {
        let (it, mut answer) = (&self.edition.site.collection.years[at], Answer::new());
        a_year(&mut answer, Some(it.year));
        number(&mut answer, it.documents.len());
        it.documents.iter().for_each(|it| self.document(&mut answer, *it));
        for (document, dates) in &it.passages {
            self.document(&mut answer, *document);
            number(&mut answer, dates.len());
            dates.iter().for_each(|it| number(&mut answer, *it as usize));
        }
        (u64::from(it.year.cast_unsigned()), answer)
    }

    fn one(&self, at: u32) -> (u64, Answer) {
        let (collection, mut answer) = (&self.edition.site.collection, Answer::new());
        let to = &mut answer;
        match at {
            0 => collection.years.iter().for_each(|it| a_year(to, Some(it.year))),
            1 => {
                for it in &collection.years {
                    a_year(to, Some(it.year));
                    number(to, it.documents.len());
                    number(to, it.passages.iter().map(|it| it.1.len()).sum());
                }
            }
            2 => (0..collection.themes.len() as u32).for_each(|it| self.theme_in(to, it)),
            3 => self.edition.undated.iter().for_each(|it| self.document(to, *it)),
            4 => collection.by_date.iter().for_each(|it| self.document(to, *it)),
            5 => self.places(to),
            6 => {}
            _ => self.shelf(to, Kind::ALL[at as usize - 7]),
        }
        (u64::from(at), answer)
    }

    /// Every document with the ids in it.
    fn places(&self, answer: &mut Answer) {
        for reading in &self.edition.site.readings {
            text(answer, &reading.document.id);
            for block in &reading.document.blocks {
                match &block.kind {
                    BlockKind::Heading(_, id) => text(answer, id),
                    _ => number(answer, block.paragraph as usize),
                }
            }
        }
    }

    fn shelf(&self, answer: &mut Answer, kind: Kind) {
        let shelf = self.edition.shelf(kind);
        shelf.ranked.iter().for_each(|it| self.entity_in(answer, Some(*it)));
        for (letter, names) in &shelf.letters {
            number(answer, *letter as usize);
            names.iter().for_each(|it| self.entity_in(answer, Some(*it)));
        }
    }
}
