//! Site to edition: what all pages share, worked out once before the first page is made.

pub(crate) mod contexts;
pub mod listings;

use crate::pipeline::calendar::PartialDate;
use crate::pipeline::collate::{self, DocumentIndex, Entity, EntityIndex};
use crate::pipeline::describe::Inferred;
use crate::pipeline::render::assets::Assets;
use crate::pipeline::render::card::Card;
use crate::pipeline::render::edition::listings::{ByYear, Listed, Listings, Shelf, shelves};
use crate::pipeline::render::facts::Facts;
use crate::pipeline::render::frame::Shared;
use crate::pipeline::render::html::percent_encode;
use crate::pipeline::render::page::{self, Address, Page};
use crate::pipeline::render::standpoint::Stamp;
use crate::pipeline::render::words::Words;
use crate::pipeline::{Reading, Site};
use crate::report::Finding;
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

/// A site about to be rendered. Cheap to make from what it borrows: a preview makes one for each page that is asked for.
pub struct Edition<'a> {
    pub(crate) site: &'a Site,
    pub(crate) words: &'a Words,
    pub(crate) assets: &'a Assets,
    /// The site's address, ending in `/`.
    pub(crate) base_url: &'a str,
    /// Documents without a year, in the order of source paths.
    pub(crate) undated: &'a [DocumentIndex],
    pub(crate) mentions: u64,
    /// What the page about the site tells of.
    pub(crate) findings: &'a [Finding],
    /// The indexes that have entries, in the order of the menu.
    pub(crate) indexes: &'a [Page],
    /// What pages are asked to note; none where nobody will ask.
    pub(crate) facts: Option<Facts>,
    /// What many pages have alike around their content.
    pub(crate) shared: Shared,
    listings: &'a Listings,
}

impl<'a> Edition<'a> {
    /// Prepares `site` to be rendered in the words of its language.
    pub fn new(
        site: &'a Site,
        words: &'a Words,
        (assets, listings): (&'a Assets, &'a Listings),
    ) -> Self {
        let Listings { undated, mentions, indexes, .. } = listings;
        let (mentions, findings, facts) = (*mentions, &*site.findings, None);
        Edition {
            site,
            words,
            assets,
            base_url: &site.config.base_url,
            undated,
            mentions,
            findings,
            indexes,
            facts,
            shared: Shared::default(),
            listings,
        }
    }

    /// The same with these findings, of a site whose own were not yet complete.
    #[must_use]
    pub fn with_findings(self, findings: &'a [Finding]) -> Self {
        Edition { findings, ..self }
    }

    /// The same, but each page notes which of `facts` it asks.
    pub(crate) fn noting(self, facts: Facts) -> Self {
        Edition { facts: Some(facts), ..self }
    }

    pub(crate) fn card(&self, document: DocumentIndex) -> Card<'a> {
        let description = &self.reading(document).description;
        let text = |it: &'a Option<Inferred<String>>| it.as_ref().map_or("", |it| &it.value);
        let issuer = self.entry(document).issuer.map(|it| self.entity(it).name.as_str());
        Card {
            title: &description.title.value,
            kind: text(&description.kind),
            issuer: issuer.unwrap_or_else(|| text(&description.issuer)),
            date: description.date.as_ref().map(|it| it.value),
        }
    }

    /// The date of a document, in numbers.
    pub(crate) fn date(&self, document: DocumentIndex) -> Option<PartialDate> {
        self.listings.dates[document.0 as usize]
    }

    /// The place of a year that has a page among those.
    pub(crate) fn year_at(&self, year: i16) -> Option<usize> {
        self.site.collection.years.binary_search_by_key(&year, |it| it.year).ok()
    }

    /// The file of a document's page, in a link from the root.
    pub(crate) fn document_file(&self, document: DocumentIndex) -> &'a str {
        &self.listed(document).file
    }

    /// The file of an entity's page, in a link from the root.
    pub(crate) fn entity_file(&self, entity: EntityIndex) -> &'a str {
        let file = || {
            let it = self.entity(entity);
            percent_encode(&page::entity(it.kind, &it.id).file()).into_owned()
        };
        self.listings.entities[entity.0 as usize].get_or_init(file)
    }

    fn listed(&self, document: DocumentIndex) -> &'a Listed {
        let slug = || &self.entry(document).slug;
        let listed = || Listed::of(self.date(document), slug(), self.words);
        self.listings.documents[document.0 as usize].get_or_init(listed)
    }

    /// The date of a document, in words.
    pub(crate) fn stamp(&self, document: DocumentIndex) -> &'a Stamp {
        &self.listed(document).stamp
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

    pub(crate) fn shelf(&self, kind: Kind) -> &'a Shelf {
        let at = Kind::ALL.iter().position(|it| *it == kind).expect("every kind is in ALL");
        &self.listings.shelves.get_or_init(|| shelves(self.site))[at]
    }

    /// How many entities of a kind there are.
    pub(crate) fn count(&self, kind: Kind) -> usize {
        self.listings.counts[kind as usize]
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
            Page::Index(kind) => Address([kind.folder(), "/"].concat()),
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
                Address(["themes/", &self.theme(theme).id, "/"].concat()).part(part)
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

    /// The documents of a theme of the collection by year.
    pub(crate) fn by_year(&self, theme: u32) -> &'a ByYear<(DocumentIndex, u32)> {
        let documents = || self.site.collection.themes[theme as usize].documents.clone();
        let year = |it: &(DocumentIndex, u32)| self.date(it.0).and_then(|it| it.year);
        self.listings.themes[theme as usize].get_or_init(|| ByYear::new(documents(), year))
    }

    /// Where a theme's documents of one year begin.
    pub(crate) fn theme_year(&self, theme: u32, year: Option<i16>) -> Option<(Address, String)> {
        let (_, start, _) = *self.by_year(theme).years.iter().find(|it| it.0 == year)?;
        let part = (start / DOCUMENTS) as u32;
        Some((self.address(&Page::Theme(theme, part)), format!("y{}", year_id(year))))
    }
}

/// `2019`, or `undated`.
pub(crate) fn year_id(year: Option<i16>) -> String {
    year.map_or_else(|| "undated".to_owned(), |it| it.to_string())
}
