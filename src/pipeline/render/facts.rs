//! Edition to facts: everything that a page may ask, each with a hash of the answer, so that a page whose answers are the same is not
//! made again.
//!
//! What a page asked is noted while it is made (see [`crate::pipeline::render::sight`]), so nobody has to say beforehand what it depends
//! on. A fact is small enough that an edit of one document leaves most pages' facts alone: a list of documents asks for their titles, not
//! for their texts.

mod answers;
mod hashing;

use crate::memo::ledger::Key;
use crate::pipeline::collate::{Collection, DocumentIndex, EntityIndex};
use crate::pipeline::render::edition::Edition;
use crate::pipeline::render::facts::answers::Teller;
use crate::pipeline::render::facts::hashing::{Answer, text};
use crate::pipeline::render::page::Page;
use crate::pipeline::render::templates::Templates;
use crate::vocabulary::Kind;

/// Something that a page may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fact {
    /// What lists say of a document, and where its page is.
    Card(DocumentIndex),
    /// A document's text, description and annotations.
    Reading(DocumentIndex),
    /// What the collection knows of a document.
    Entry(DocumentIndex),
    /// An entity's name, kind and address.
    Name(EntityIndex),
    /// How often it is named, and what lists say of it.
    Figures(EntityIndex),
    /// Which documents name it.
    Documents(EntityIndex),
    /// What it is named together with.
    Together(EntityIndex),
    /// Which documents name it, when they are of, and how often each does; which are its own.
    Contexts(EntityIndex),
    /// All that is known of it, but for what a document says.
    Entity(EntityIndex),
    /// What a theme is.
    Theme(u32),
    /// Its documents and entities.
    ThemeListing(u32),
    /// Where each year's documents begin in its listing.
    ThemeYears(u32),
    /// The documents and passages of a year, by its place among the years.
    Year(u32),
    /// Something that there is one of.
    One(One),
}

/// What there is one of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum One {
    /// Which years have pages.
    YearNumbers,
    /// The same with how much belongs to each.
    Years,
    /// Which themes have pages.
    Themes,
    /// Which documents have no year.
    Undated,
    /// All documents by date.
    ByDate,
    /// Every place in every document that a link may lead to.
    Places,
    /// The names of a kind in the order of its index.
    Shelf(Kind),
    /// All there is; no two builds have the same.
    Everything,
}

/// What the facts are called that there is one of.
const ONE: u8 = 11;
const ONES: usize = 7 + Kind::ALL.len();

/// The facts of an edition, numbered.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts {
    /// How many documents, entities and themes there are.
    sizes: [u32; 3],
}

impl Facts {
    /// The facts of what was collated.
    pub(crate) fn of(it: &Collection) -> Facts {
        let sizes = [it.documents.len(), it.entities.len(), it.themes.len()];
        Facts { sizes: sizes.map(|it| it as u32) }
    }

    /// By number, a hash of what each fact is about, which is the same from build to build, and its answer.
    pub(crate) fn told(self, edition: &Edition<'_>) -> (Vec<u64>, Vec<Key>) {
        Teller::of(edition).all(self.sizes)
    }

    /// The number of a fact.
    pub(crate) fn number(self, fact: Fact) -> u32 {
        let [documents, entities, themes] = self.sizes;
        let (e, t) = (3 * documents, 3 * documents + 6 * entities);
        match fact {
            Fact::Card(it) => it.0,
            Fact::Reading(it) => documents + it.0,
            Fact::Entry(it) => 2 * documents + it.0,
            Fact::Name(it) => e + it.0,
            Fact::Figures(it) => e + entities + it.0,
            Fact::Documents(it) => e + 2 * entities + it.0,
            Fact::Together(it) => e + 3 * entities + it.0,
            Fact::Contexts(it) => e + 4 * entities + it.0,
            Fact::Entity(it) => e + 5 * entities + it.0,
            Fact::Theme(it) => t + it,
            Fact::ThemeListing(it) => t + themes + it,
            Fact::ThemeYears(it) => t + 2 * themes + it,
            Fact::One(it) => t + 3 * themes + place(it),
            Fact::Year(it) => t + 3 * themes + ONES as u32 + it,
        }
    }
}

fn place(one: One) -> u32 {
    match one {
        One::YearNumbers => 0,
        One::Years => 1,
        One::Themes => 2,
        One::Undated => 3,
        One::ByDate => 4,
        One::Places => 5,
        One::Everything => 6,
        One::Shelf(kind) => {
            7 + Kind::ALL.iter().position(|it| *it == kind).expect("every kind is in ALL") as u32
        }
    }
}

/// A hash of what every page is made with, whatever it asks: templates, configuration, theme, menu.
pub(crate) fn common(edition: &Edition<'_>, templates: &Templates) -> Key {
    let mut answer = Answer::new();
    answer.add(templates.hash().as_bytes());
    let config = serde_json::to_vec(&edition.site.config).expect("a configuration is plain data");
    text(&mut answer, &String::from_utf8_lossy(&config));
    edition.assets.names().for_each(|it| text(&mut answer, it));
    for page in edition.indexes {
        text(&mut answer, &edition.address(page).0);
    }
    answer.key()
}

/// What the ledger knows a page by: its address, and the document that it is about, for two of them may have had the same one.
pub(crate) fn name(edition: &Edition<'_>, page: &Page) -> String {
    let address = edition.address(page).0;
    match *page {
        Page::Document(it) | Page::Alias(it, _) => {
            format!("page {address} {}", edition.reading(it).document.id)
        }
        _ => format!("page {address}"),
    }
}
