//! What each fact is about, and its answer, as hashes.

mod named;

use blake3::Hasher;
use rayon::prelude::*;

use super::hashing::{a_year, date, number, short, sum_of, text, texts};
use super::{ONE, ONES, One, place};
use crate::memo::ledger::{self, Key, NEVER};
use crate::pipeline::collate::{DocumentIndex, EntityIndex, Related};
use crate::pipeline::parse::BlockKind;
use crate::pipeline::render::edition::Edition;
use crate::vocabulary::Kind;

/// Tells what each fact is about, and its answer.
pub(super) struct Teller<'a> {
    edition: &'a Edition<'a>,
    /// A hash of each entity's id.
    entities: Vec<u64>,
}

impl Teller<'_> {
    /// Tells of an edition.
    pub(super) fn of<'a>(edition: &'a Edition<'a>) -> Teller<'a> {
        let entities = edition.site.collection.entities.par_iter();
        let entities = entities.map(|it| short(&sum_of(it.kind.name(), &it.id))).collect();
        Teller { edition, entities }
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

    fn each(what: u8, count: u32, tell: impl Fn(u32) -> (u64, Hasher) + Sync) -> Vec<(u64, Key)> {
        let told = |at: u32| {
            if what == ONE && at == place(One::Everything) {
                return (NEVER, Key::default());
            }
            let (subject, hasher) = tell(at);
            let name = short(Hasher::new().update(&[what]).update(&subject.to_le_bytes()));
            (name, ledger::key(&hasher))
        };
        (0..count).into_par_iter().with_min_len(64).map(told).collect()
    }

    fn of_document(&self, it: DocumentIndex) -> u64 {
        short(Hasher::new().update(self.edition.reading(it).document.id.as_bytes()))
    }

    fn document(&self, hasher: &mut Hasher, it: DocumentIndex) {
        text(hasher, &self.edition.entry(it).slug);
    }

    fn of_entity(&self, it: EntityIndex) -> u64 {
        self.entities[it.0 as usize]
    }

    fn entity_in(&self, hasher: &mut Hasher, it: Option<EntityIndex>) {
        hasher.update(&it.map_or(0, |it| self.of_entity(it)).to_le_bytes());
    }

    fn theme_in(&self, hasher: &mut Hasher, it: u32) {
        text(hasher, &self.edition.theme(it).id);
    }

    fn card(&self, it: DocumentIndex) -> (u64, Hasher) {
        let card = self.edition.card(it);
        let mut hasher = Hasher::new();
        for part in [&self.edition.entry(it).slug, card.title, card.kind, card.issuer] {
            text(&mut hasher, part);
        }
        date(&mut hasher, card.date);
        (self.of_document(it), hasher)
    }

    fn reading(&self, it: DocumentIndex) -> (u64, Hasher) {
        let mut hasher = Hasher::new();
        hasher.update(self.edition.site.keys[it.0 as usize].as_bytes());
        (self.of_document(it), hasher)
    }

    fn entry(&self, it: DocumentIndex) -> (u64, Hasher) {
        let (entry, mut hasher) = (self.edition.entry(it), Hasher::new());
        let to = &mut hasher;
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
        (self.of_document(it), hasher)
    }

    fn related(&self, hasher: &mut Hasher, it: &Related) {
        self.document(hasher, it.document);
        number(hasher, it.entities.len());
        it.entities.iter().for_each(|it| self.entity_in(hasher, Some(*it)));
        number(hasher, it.themes.len());
        it.themes.iter().for_each(|it| self.theme_in(hasher, *it));
    }

    fn of_theme(&self, it: u32) -> u64 {
        short(Hasher::new().update(self.edition.theme(it).id.as_bytes()))
    }

    fn theme(&self, it: u32) -> (u64, Hasher) {
        let (theme, mut hasher) = (self.edition.theme(it), Hasher::new());
        for part in [&theme.id, &theme.name, &theme.description] {
            text(&mut hasher, part);
        }
        number(&mut hasher, theme.terms.len());
        theme.terms.iter().for_each(|it| text(&mut hasher, &it.0));
        text(&mut hasher, theme.broader.as_deref().unwrap_or_default());
        texts(&mut hasher, &theme.related);
        (self.of_theme(it), hasher)
    }

    fn theme_listing(&self, it: u32) -> (u64, Hasher) {
        let mut hasher = self.theme_years(it).1;
        for (document, score) in &self.edition.by_year(it).items {
            self.document(&mut hasher, *document);
            number(&mut hasher, *score as usize);
        }
        for (entity, documents) in self.edition.site.collection.typical(it) {
            self.entity_in(&mut hasher, Some(*entity));
            number(&mut hasher, *documents as usize);
        }
        (self.of_theme(it), hasher)
    }

    fn theme_years(&self, it: u32) -> (u64, Hasher) {
        let mut hasher = Hasher::new();
        for (year, start, count) in &self.edition.by_year(it).years {
            a_year(&mut hasher, *year);
            number(&mut hasher, *start);
            number(&mut hasher, *count);
        }
        (self.of_theme(it), hasher)
    }

    fn year(&self, at: usize) -> (u64, Hasher) {
        let (it, mut hasher) = (&self.edition.site.collection.years[at], Hasher::new());
        a_year(&mut hasher, Some(it.year));
        number(&mut hasher, it.documents.len());
        it.documents.iter().for_each(|it| self.document(&mut hasher, *it));
        for (document, dates) in &it.passages {
            self.document(&mut hasher, *document);
            number(&mut hasher, dates.len());
            dates.iter().for_each(|it| number(&mut hasher, *it as usize));
        }
        (u64::from(it.year.cast_unsigned()), hasher)
    }

    fn one(&self, at: u32) -> (u64, Hasher) {
        let (collection, mut hasher) = (&self.edition.site.collection, Hasher::new());
        let to = &mut hasher;
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
        (u64::from(at), hasher)
    }

    /// Every document with the ids in it.
    fn places(&self, hasher: &mut Hasher) {
        for reading in &self.edition.site.readings {
            text(hasher, &reading.document.id);
            for block in &reading.document.blocks {
                match &block.kind {
                    BlockKind::Heading(_, id) => text(hasher, id),
                    _ => number(hasher, block.paragraph as usize),
                }
            }
        }
    }

    fn shelf(&self, hasher: &mut Hasher, kind: Kind) {
        let shelf = self.edition.shelf(kind);
        shelf.ranked.iter().for_each(|it| self.entity_in(hasher, Some(*it)));
        for (letter, names) in &shelf.letters {
            number(hasher, *letter as usize);
            names.iter().for_each(|it| self.entity_in(hasher, Some(*it)));
        }
    }
}
