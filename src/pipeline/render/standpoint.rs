//! The edition as one page sees it: names, titles and dates with links that start from there.

use serde::Serialize;

use crate::pipeline::calendar::PartialDate;
use crate::pipeline::collate::{DocumentIndex, EntityIndex};
use crate::pipeline::render::edition::Edition;
use crate::pipeline::render::html::percent_encode;
use crate::pipeline::render::page::{Address, Page};
use crate::pipeline::render::sight::Sight;
use crate::pipeline::render::words::Words;

/// A page being made: the edition, and the way from there to the root.
pub(crate) struct Standpoint<'e> {
    pub(crate) edition: Sight<'e>,
    pub(crate) page: Page,
    pub(crate) address: Address,
    root: String,
}

/// A link to a thing, as templates see it.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct NameLink {
    /// What it is called.
    pub name: String,
    /// The way there.
    pub href: String,
    /// The kind of the entity, for its mark; `theme` or empty for others.
    pub kind: String,
    /// How often, in words; may be empty.
    pub count: String,
}

/// A date, as templates see it.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Stamp {
    /// For `<time datetime>`; empty where HTML has no form for it.
    pub iso: String,
    /// As it is read.
    pub text: String,
}

/// A document in a list, as templates see it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DocumentItem {
    /// Its title.
    pub title: String,
    /// The way there.
    pub href: String,
    /// Its date.
    pub date: Stamp,
    /// Who issued it; may be empty.
    pub issuer: String,
    /// What it is: press release, speech; may be empty.
    pub kind: String,
    /// More to say of it here; may be empty.
    pub note: String,
}

/// Documents of a year or month in a list, as templates see them.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct DocumentGroup {
    /// The id of the group on the page; may be empty.
    pub id: String,
    /// The year or month.
    pub title: String,
    /// The way to the page of the year; may be empty.
    pub href: String,
    /// The documents.
    pub documents: Vec<DocumentItem>,
}

/// The parts of a long list, as templates see them.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Pager {
    /// The part before this one.
    pub previous: Option<NameLink>,
    /// The part after this one.
    pub next: Option<NameLink>,
    /// All parts; empty if there is one only.
    pub all: Vec<NameLink>,
}

impl<'e> Standpoint<'e> {
    pub(crate) fn new(edition: &'e Edition<'e>, page: Page) -> Self {
        let edition = Sight::new(edition);
        let address = edition.address(&page);
        // The server shows this page for addresses of any depth: only links from the host's root are right everywhere.
        let root =
            if page == Page::NotFound { host_path(edition.base_url()) } else { address.root() };
        Standpoint { edition, page, address, root }
    }

    pub(crate) fn words(&self) -> &'e Words {
        self.edition.words()
    }

    pub(crate) fn root(&self) -> &str {
        &self.root
    }

    /// The way to an address. It names `index.html`, so that it also leads there from a disk.
    pub(crate) fn to(&self, address: &Address) -> String {
        [self.root.as_str(), &percent_encode(&address.file())].concat()
    }

    pub(crate) fn to_page(&self, page: &Page) -> String {
        self.to(&self.edition.address(page))
    }

    /// The way to a place on a page, without the page if it is this one.
    pub(crate) fn to_place(&self, (address, id): &(Address, String)) -> String {
        match (id.is_empty(), *address == self.address) {
            (true, _) => self.to(address),
            (false, true) => ["#", &percent_encode(id)].concat(),
            (false, false) => [self.to(address).as_str(), "#", &percent_encode(id)].concat(),
        }
    }

    pub(crate) fn to_document(&self, document: DocumentIndex) -> String {
        [&self.root, self.edition.document_file(document)].concat()
    }

    pub(crate) fn to_entity(&self, entity: EntityIndex) -> String {
        [&self.root, self.edition.entity_file(entity)].concat()
    }

    pub(crate) fn to_year(&self, year: Option<i16>) -> String {
        self.to_page(&year.map_or(Page::Undated(0), |it| Page::Year(it, 0)))
    }

    pub(crate) fn entity(&self, entity: EntityIndex) -> NameLink {
        let it = self.edition.name(entity);
        NameLink {
            name: it.name.to_owned(),
            href: self.to_entity(entity),
            kind: it.kind.name().to_owned(),
            count: String::new(),
        }
    }

    pub(crate) fn theme(&self, theme: u32) -> NameLink {
        let name = self.edition.theme(theme).name.clone();
        NameLink {
            name,
            href: self.to_page(&Page::Theme(theme, 0)),
            kind: "theme".to_owned(),
            count: String::new(),
        }
    }

    pub(crate) fn stamp(&self, document: DocumentIndex) -> Stamp {
        self.edition.stamp(document).clone()
    }

    pub(crate) fn item(&self, document: DocumentIndex) -> DocumentItem {
        let card = self.edition.card(document);
        DocumentItem {
            title: card.title.to_owned(),
            href: self.to_document(document),
            date: self.stamp(document),
            issuer: card.issuer.to_owned(),
            kind: card.kind.to_owned(),
            note: String::new(),
        }
    }

    pub(crate) fn issuer(&self, document: DocumentIndex) -> String {
        self.edition.card(document).issuer.to_owned()
    }

    /// The parts of a list of `all` things, `size` to a part; `page` says which page a part is.
    pub(crate) fn pager(&self, parts: u32, current: u32, page: impl Fn(u32) -> Page) -> Pager {
        let link = |part: u32| NameLink {
            name: (part + 1).to_string(),
            href: if part == current { String::new() } else { self.to_page(&page(part)) },
            ..NameLink::default()
        };
        Pager {
            previous: current.checked_sub(1).map(link),
            next: (current + 1 < parts).then(|| link(current + 1)),
            all: if parts > 1 { (0..parts).map(link).collect() } else { Vec::new() },
        }
    }
}

/// A date as templates see it.
pub(crate) fn stamp(date: Option<PartialDate>, words: &Words) -> Stamp {
    let Some(date) = date else {
        return Stamp { iso: String::new(), text: words.get("undated").to_owned() };
    };
    let iso = match date {
        PartialDate { year: None, day: None, .. } | PartialDate { year: None, month: None, .. } => {
            String::new()
        }
        // HTML writes a yearless date without the hyphens of ISO 8601.
        PartialDate { year: None, .. } => date.to_string().trim_start_matches('-').to_owned(),
        _ => date.to_string(),
    };
    Stamp { iso, text: words.date(date) }
}

/// How many parts a list of `all` things has; an empty list has one.
pub(crate) fn parts(all: usize, size: usize) -> u32 {
    all.div_ceil(size).max(1) as u32
}

/// The part of a long list that a page shows.
pub(crate) fn part<T>(all: &[T], part: u32, size: usize) -> &[T] {
    let start = (part as usize * size).min(all.len());
    &all[start..(start + size).min(all.len())]
}

/// The folder that an address names below its host: `/` or `/repo/`.
pub(crate) fn host_path(base_url: &str) -> String {
    let below = base_url.split_once("://").map_or(base_url, |it| it.1);
    below.split_once('/').map_or_else(|| "/".to_owned(), |it| format!("/{}", it.1))
}
