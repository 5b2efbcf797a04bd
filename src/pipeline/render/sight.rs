//! Edition to what one page sees of it. Every answer is noted, so that the page need not be made again while none of them changes.

mod named;

use std::cell::RefCell;
use std::sync::Arc;

use crate::config::SiteConfig;
use crate::pipeline::calendar::PartialDate;
use crate::pipeline::collate::{self, DocumentIndex, EntityIndex, Related, ThemeListing, Year};
use crate::pipeline::render::assets::Assets;
use crate::pipeline::render::card::Card;
use crate::pipeline::render::edition::listings::{ByYear, Shelf};
use crate::pipeline::render::edition::{Edition, ROWS};
use crate::pipeline::render::facts::{Fact, One};
use crate::pipeline::render::frame::Shared;
use crate::pipeline::render::page::{Address, Page};
use crate::pipeline::render::standpoint::Stamp;
use crate::pipeline::render::words::Words;
use crate::pipeline::{Reading, Site};
use crate::vocabulary::{Kind, Theme};

/// The edition as one page asks it. What it does not note is the same for all pages: see [`crate::pipeline::render::facts::common`].
pub(crate) struct Sight<'e> {
    edition: &'e Edition<'e>,
    asked: RefCell<Vec<u32>>,
}

/// Documents with something that belongs to each.
type Listing<'e> = &'e ByYear<(DocumentIndex, u32)>;

impl<'e> Sight<'e> {
    pub(crate) fn new(edition: &'e Edition<'e>) -> Self {
        Sight { edition, asked: RefCell::default() }
    }

    /// The numbers of all facts that were asked, ascending.
    pub(crate) fn asked(self) -> Vec<u32> {
        let mut asked = self.asked.into_inner();
        asked.sort_unstable();
        asked.dedup();
        asked
    }

    fn ask(&self, fact: Fact) {
        if let Some(facts) = self.edition.facts {
            let number = facts.number(fact);
            let mut asked = self.asked.borrow_mut();
            if asked.last() != Some(&number) {
                asked.push(number);
            }
        }
    }

    pub(crate) fn words(&self) -> &'e Words {
        self.edition.words
    }

    pub(crate) fn config(&self) -> &'e SiteConfig {
        &self.edition.site.config
    }

    pub(crate) fn assets(&self) -> &'e Assets {
        self.edition.assets
    }

    pub(crate) fn base_url(&self) -> &'e str {
        self.edition.base_url
    }

    /// What many pages have alike around their content.
    pub(crate) fn shared(&self) -> &'e Shared {
        &self.edition.shared
    }

    /// The indexes that have entries, in the order of the menu.
    pub(crate) fn indexes(&self) -> &'e [Page] {
        self.edition.indexes
    }

    /// All there is. A page that asks for it is made anew each time.
    pub(crate) fn everything(&self) -> &'e Edition<'e> {
        self.ask(Fact::One(One::Everything));
        self.edition
    }

    /// The same as a site.
    pub(crate) fn site(&self) -> &'e Site {
        self.everything().site
    }

    pub(crate) fn card(&self, document: DocumentIndex) -> Card<'e> {
        self.ask(Fact::Card(document));
        self.edition.card(document)
    }

    /// The file of a document's page, in a link from the root.
    pub(crate) fn document_file(&self, document: DocumentIndex) -> &'e str {
        self.ask(Fact::Card(document));
        self.edition.document_file(document)
    }

    /// The date of a document, in numbers.
    pub(crate) fn date(&self, document: DocumentIndex) -> Option<PartialDate> {
        self.ask(Fact::Card(document));
        self.edition.date(document)
    }

    /// The date of a document, in words.
    pub(crate) fn stamp(&self, document: DocumentIndex) -> &'e Stamp {
        self.ask(Fact::Card(document));
        self.edition.stamp(document)
    }

    /// The year that a document is dated in.
    pub(crate) fn year(&self, document: DocumentIndex) -> Option<i16> {
        self.date(document).and_then(|it| it.year)
    }

    pub(crate) fn slug(&self, document: DocumentIndex) -> &'e str {
        self.ask(Fact::Card(document));
        &self.edition.entry(document).slug
    }

    pub(crate) fn reading(&self, document: DocumentIndex) -> &'e Reading {
        self.ask(Fact::Reading(document));
        self.edition.reading(document)
    }

    pub(crate) fn entry(&self, document: DocumentIndex) -> &'e collate::Entry {
        self.ask(Fact::Entry(document));
        self.edition.entry(document)
    }

    /// The related documents of a document, which belong to what the collection knows of it.
    pub(crate) fn related(&self, document: DocumentIndex) -> &'e [Related] {
        self.ask(Fact::Entry(document));
        self.edition.site.collection.related(document)
    }

    pub(crate) fn theme(&self, theme: u32) -> &'e Theme {
        self.ask(Fact::Theme(theme));
        self.edition.theme(theme)
    }

    /// How many themes documents have.
    pub(crate) fn themes(&self) -> u32 {
        self.ask(Fact::One(One::Themes));
        self.edition.site.collection.themes.len() as u32
    }

    /// The theme of this id, if a document has it.
    pub(crate) fn theme_of(&self, id: &str) -> Option<u32> {
        (0..self.themes()).find(|it| self.edition.theme(*it).id == *id)
    }

    pub(crate) fn theme_listing(&self, theme: u32) -> (&'e ThemeListing, Listing<'e>) {
        self.ask(Fact::ThemeListing(theme));
        let listing = &self.edition.site.collection.themes[theme as usize];
        (listing, self.edition.by_year(theme))
    }

    /// The entities most typical of a theme.
    pub(crate) fn typical(&self, theme: u32) -> &'e [(EntityIndex, u32)] {
        self.ask(Fact::ThemeListing(theme));
        self.edition.site.collection.typical(theme)
    }

    /// Where a theme's documents of one year begin.
    pub(crate) fn theme_year(&self, theme: u32, year: Option<i16>) -> Option<(Address, String)> {
        self.ask(Fact::ThemeYears(theme));
        self.ask(Fact::Theme(theme));
        self.edition.theme_year(theme, year)
    }

    /// Whether a year has a page.
    pub(crate) fn has_year(&self, year: i16) -> bool {
        self.ask(Fact::One(One::YearNumbers));
        self.edition.year_at(year).is_some()
    }

    /// A year that has a page, and the years before and after it that do.
    pub(crate) fn year_listing(&self, year: i16) -> (&'e Year, [Option<i16>; 2]) {
        self.ask(Fact::One(One::YearNumbers));
        let at = self.edition.year_at(year).expect("only known years are planned");
        self.ask(Fact::Year(at as u32));
        let years = &self.edition.site.collection.years;
        let number = |at: Option<usize>| at.and_then(|at| years.get(at)).map(|it| it.year);
        (&years[at], [number(at.checked_sub(1)), number(Some(at + 1))])
    }

    /// All years, with how much belongs to each.
    pub(crate) fn years(&self) -> &'e [Year] {
        self.ask(Fact::One(One::Years));
        &self.edition.site.collection.years
    }

    /// Documents without a year, in the order of source paths.
    pub(crate) fn undated(&self) -> &'e [DocumentIndex] {
        self.ask(Fact::One(One::Undated));
        self.edition.undated
    }

    /// All documents, newest first.
    pub(crate) fn by_date(&self) -> &'e [DocumentIndex] {
        self.ask(Fact::One(One::ByDate));
        &self.edition.site.collection.by_date
    }

    pub(crate) fn shelf(&self, kind: Kind) -> &'e Shelf {
        self.ask(Fact::One(One::Shelf(kind)));
        self.edition.shelf(kind)
    }

    /// Whether the index of a kind has a page for each letter.
    pub(crate) fn has_letters(&self, kind: Kind) -> bool {
        self.ask(Fact::One(One::Shelf(kind)));
        self.edition.count(kind) > ROWS
    }

    /// All documents, for a link that any of them may be meant by.
    pub(crate) fn link_targets(&self) -> &'e [Arc<Reading>] {
        self.ask(Fact::One(One::Places));
        &self.edition.site.readings
    }

    /// Where a page stands.
    pub(crate) fn address(&self, page: &Page) -> Address {
        match *page {
            Page::Document(document) => self.ask(Fact::Card(document)),
            Page::Alias(document, _) => self.ask(Fact::Reading(document)),
            Page::Entity(entity) | Page::EntityYear(entity, ..) => self.ask(Fact::Name(entity)),
            Page::Theme(theme, _) => self.ask(Fact::Theme(theme)),
            _ => {}
        }
        self.edition.address(page)
    }
}
