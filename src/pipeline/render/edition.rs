//! Site to edition: what all pages share, worked out once before the first page is made.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use crate::pipeline::collate::{self, DocumentIndex, Entity, EntityIndex};
use crate::pipeline::render::assets::Assets;
use crate::pipeline::render::html::percent_encode;
use crate::pipeline::render::page::{self, Address, Page};
use crate::pipeline::render::standpoint::{Stamp, stamp};
use crate::pipeline::render::words::Words;
use crate::pipeline::{Reading, Site};
use crate::vocabulary::{Kind, Theme};

/// An index with more rows than this gets a page for each letter.
pub(crate) const ROWS: usize = 300;
/// How many documents a page of a long list holds.
pub(crate) const DOCUMENTS: usize = 200;
/// An entity with more mentions than this gets pages by year.
pub(crate) const MENTIONS: u32 = 1000;
/// How many documents a page holds of an entity's contexts.
pub(crate) const CONTEXTS: usize = 100;
/// How many documents with passages that speak of it a page of a year holds.
pub(crate) const PASSAGES: usize = 100;

/// A site about to be rendered.
pub struct Edition<'a> {
    pub(crate) site: &'a Site,
    pub(crate) words: &'a Words,
    pub(crate) assets: Assets,
    /// The site's address, ending in `/`.
    pub(crate) base_url: String,
    /// For each kind, in the order of [`Kind::ALL`].
    pub(crate) shelves: [Shelf; 5],
    /// For each theme of the collection, its documents by year.
    pub(crate) themes: Vec<ByYear<(DocumentIndex, u32)>>,
    /// Documents without a year, in the order of source paths.
    pub(crate) undated: Vec<DocumentIndex>,
    pub(crate) mentions: u64,
    /// For each document, what lists say of it.
    documents: Vec<Listed>,
    /// For each entity, its file in a link from the root.
    entities: Vec<String>,
}

/// A document as lists name it.
struct Listed {
    /// Its file in a link from the root.
    file: String,
    stamp: Stamp,
}

/// The entities of one kind.
#[derive(Default)]
pub(crate) struct Shelf {
    /// Most named first, then by name.
    pub(crate) ranked: Vec<EntityIndex>,
    /// By first letter and name, where there are too many for one page.
    pub(crate) letters: BTreeMap<char, Vec<EntityIndex>>,
}

/// Things that belong to documents, the newest year first, those without a year last.
#[derive(Debug, Default)]
pub(crate) struct ByYear<T> {
    pub(crate) items: Vec<T>,
    /// Each year with where its items begin and how many there are.
    pub(crate) years: Vec<(Option<i16>, usize, usize)>,
}

impl<T> ByYear<T> {
    /// Sorts by year and keeps the order within each.
    pub(crate) fn new(mut items: Vec<T>, year: impl Fn(&T) -> Option<i16>) -> Self {
        items.sort_by_key(|it| Reverse(year(it)));
        let mut years: Vec<(Option<i16>, usize, usize)> = Vec::new();
        for (at, item) in items.iter().enumerate() {
            match years.last_mut() {
                Some(last) if last.0 == year(item) => last.2 += 1,
                _ => years.push((year(item), at, 1)),
            }
        }
        ByYear { items, years }
    }
}

impl<'a> Edition<'a> {
    /// Prepares `site` to be rendered in the words of its language.
    pub fn new(site: &'a Site, words: &'a Words) -> Self {
        let collection = &site.collection;
        let year = |it: DocumentIndex| year_of(&site.readings[it.0 as usize]);
        let themes = collection
            .themes
            .iter()
            .map(|it| ByYear::new(it.documents.clone(), |it| year(it.0)))
            .collect();
        let base = &site.config.base_url;
        Edition {
            site,
            words,
            assets: Assets::new(site.config.font),
            base_url: if base.ends_with('/') { base.clone() } else { format!("{base}/") },
            shelves: shelves(&collection.entities, &site.config.default_language),
            themes,
            undated: (0..site.readings.len() as u32)
                .map(DocumentIndex)
                .filter(|it| year(*it).is_none())
                .collect(),
            mentions: collection.entities.iter().map(|it| u64::from(it.mentions)).sum(),
            documents: site
                .readings
                .par_iter()
                .zip(&collection.documents)
                .map(|(reading, entry)| listed(reading, &entry.slug, words))
                .collect(),
            entities: collection
                .entities
                .iter()
                .map(|it| percent_encode(&page::entity(it.kind, &it.id).file()))
                .collect(),
        }
    }

    /// The file of a document's page, in a link from the root.
    pub(crate) fn document_file(&self, document: DocumentIndex) -> &str {
        &self.documents[document.0 as usize].file
    }

    /// The file of an entity's page, in a link from the root.
    pub(crate) fn entity_file(&self, entity: EntityIndex) -> &str {
        &self.entities[entity.0 as usize]
    }

    /// The date of a document.
    pub(crate) fn stamp(&self, document: DocumentIndex) -> &Stamp {
        &self.documents[document.0 as usize].stamp
    }

    pub(crate) fn reading(&self, document: DocumentIndex) -> &'a Reading {
        &self.site.readings[document.0 as usize]
    }

    pub(crate) fn entry(&self, document: DocumentIndex) -> &'a collate::Entry {
        &self.site.collection.documents[document.0 as usize]
    }

    pub(crate) fn entity(&self, entity: EntityIndex) -> &'a Entity {
        &self.site.collection.entities[entity.0 as usize]
    }

    pub(crate) fn theme(&self, theme: u32) -> &'a Theme {
        self.site.vocabulary.theme(self.site.collection.themes[theme as usize].theme)
    }

    pub(crate) fn shelf(&self, kind: Kind) -> &Shelf {
        let at = Kind::ALL.iter().position(|it| *it == kind).expect("every kind is in ALL");
        &self.shelves[at]
    }

    /// The year that a document is dated in.
    pub(crate) fn year(&self, document: DocumentIndex) -> Option<i16> {
        year_of(self.reading(document))
    }

    /// Where a page stands.
    pub fn address(&self, page: &Page) -> Address {
        let at = |text: &str| Address(text.to_owned());
        match *page {
            Page::Home => at(""),
            Page::Documents(part) => at("documents/").part(part),
            Page::Document(document) => page::document(&self.entry(document).slug),
            Page::Alias(document, alias) => {
                page::alias(&self.reading(document).document.front_matter.aliases[alias as usize])
            }
            Page::Index(kind) => Address(format!("{}/", kind.folder())),
            Page::Letter(kind, letter, part) => page::letter(kind, letter).part(part),
            Page::Entity(entity) => self.entity_address(entity),
            Page::EntityYear(entity, year, part) => {
                self.entity_address(entity).join(&year_id(year)).part(part)
            }
            Page::Years => at("years/"),
            Page::Year(year, part) => page::year(year).part(part),
            Page::Undated(part) => at("years/undated/").part(part),
            Page::Themes => at("themes/"),
            Page::Theme(theme, part) => {
                Address(format!("themes/{}/", self.theme(theme).id)).part(part)
            }
            Page::Network => at("network/"),
            Page::About => at("about/"),
            Page::Search => at("search/"),
            Page::NotFound => at("404.html"),
        }
    }

    pub(crate) fn entity_address(&self, entity: EntityIndex) -> Address {
        let entity = self.entity(entity);
        page::entity(entity.kind, &entity.id)
    }

    /// Where an entity's contexts of one year begin: a page of their own or a place on the entity's.
    pub(crate) fn entity_year(&self, entity: EntityIndex, year: Option<i16>) -> (Address, String) {
        if self.entity(entity).mentions > MENTIONS {
            (self.address(&Page::EntityYear(entity, year, 0)), String::new())
        } else {
            (self.entity_address(entity), format!("y{}", year_id(year)))
        }
    }

    /// Where a theme's documents of one year begin.
    pub(crate) fn theme_year(&self, theme: u32, year: Option<i16>) -> Option<(Address, String)> {
        let (_, start, _) = *self.themes[theme as usize].years.iter().find(|it| it.0 == year)?;
        let part = (start / DOCUMENTS) as u32;
        Some((self.address(&Page::Theme(theme, part)), format!("y{}", year_id(year))))
    }
}

fn listed(reading: &Reading, slug: &str, words: &Words) -> Listed {
    let date = reading.description.date.as_ref().map(|it| it.value);
    Listed { file: percent_encode(&page::document(slug).file()), stamp: stamp(date, words) }
}

/// `2019`, or `undated`.
pub(crate) fn year_id(year: Option<i16>) -> String {
    year.map_or_else(|| "undated".to_owned(), |it| it.to_string())
}

fn year_of(reading: &Reading) -> Option<i16> {
    reading.description.date.as_ref().and_then(|it| it.value.year)
}

fn shelves(entities: &[Entity], language: &str) -> [Shelf; 5] {
    let collator = collator(language);
    Kind::ALL.map(|kind| {
        let all = (0..entities.len() as u32).map(EntityIndex);
        let entity = |it: EntityIndex| &entities[it.0 as usize];
        let mut ranked: Vec<EntityIndex> = all.filter(|it| entity(*it).kind == kind).collect();
        ranked.sort_by(|a, b| collator.compare(&entity(*a).name, &entity(*b).name).then(a.cmp(b)));
        let mut letters: BTreeMap<char, Vec<EntityIndex>> = BTreeMap::new();
        if ranked.len() > ROWS {
            for it in &ranked {
                letters.entry(first_letter(&entity(*it).name)).or_default().push(*it);
            }
        }
        ranked.sort_by_key(|it| Reverse(entity(*it).mentions));
        Shelf { ranked, letters }
    })
}

fn collator(language: &str) -> CollatorBorrowed<'static> {
    let preferences = language
        .parse::<icu_locale_core::Locale>()
        .map(CollatorPreferences::from)
        .unwrap_or_default();
    Collator::try_new(preferences, CollatorOptions::default())
        .or_else(|_| Collator::try_new(CollatorPreferences::default(), CollatorOptions::default()))
        .expect("the root collation is compiled in")
}

/// The letter under which a name is listed: without accents, upper case, `0` for everything that is no letter.
fn first_letter(name: &str) -> char {
    let first = name.nfd().find(|it| it.is_alphanumeric());
    match first {
        Some(letter) if letter.is_alphabetic() => letter.to_uppercase().next().unwrap_or(letter),
        _ => '0',
    }
}

#[cfg(test)]
mod tests {
    use super::{ByYear, first_letter};

    #[test]
    fn years_come_newest_first_and_the_undated_last() {
        let shelf =
            ByYear::new(vec![(1, None), (2, Some(2019)), (3, Some(2021)), (4, Some(2019))], |it| {
                it.1
            });
        assert_eq!(shelf.years, [(Some(2021), 0, 1), (Some(2019), 1, 2), (None, 3, 1)]);
        assert_eq!(shelf.items.iter().map(|it| it.0).collect::<Vec<_>>(), [3, 2, 4, 1]);
    }

    #[test]
    fn letters_fold_accents() {
        assert_eq!(
            [first_letter("Émile"), first_letter("“quoted”"), first_letter("2030 Agenda")],
            ['E', 'Q', '0']
        );
    }
}
