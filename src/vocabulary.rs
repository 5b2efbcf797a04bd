//! What is known before the first document is read: the site's `entities.yaml` and `themes.yaml`, and the built-in gazetteer.

pub mod lexicon;
pub(crate) mod short_word;
pub mod phrases;
pub mod forms;
pub(crate) mod lists;
mod gazetteer;
mod made;
pub mod entities;
pub mod themes;
mod records;

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use serde::{Deserialize, Serialize};

use crate::vocabulary::forms::Owners;
use crate::vocabulary::lexicon::Lexicon;
pub use crate::vocabulary::lists::Title;
use crate::vocabulary::phrases::Phrases;

/// How many letters a slug has at most.
const LONGEST_SLUG: usize = 80;

/// What an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A body that acts: an agency, a company, a party, a band.
    Organization,
    /// A human being.
    Person,
    /// A country, a city, a region, a river, a building.
    Place,
    /// Something that happened or is held: a summit, a war, an exercise.
    Event,
    /// A treaty, convention, declaration, resolution, charter, programme of action.
    Agreement,
}

impl Kind {
    /// Every kind, in the order of the menu.
    pub const ALL: [Kind; 5] =
        [Kind::Organization, Kind::Person, Kind::Place, Kind::Event, Kind::Agreement];

    /// The published name: `organization`.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Organization => "organization",
            Kind::Person => "person",
            Kind::Place => "place",
            Kind::Event => "event",
            Kind::Agreement => "agreement",
        }
    }

    /// The folder of its pages: `organizations`.
    pub fn folder(self) -> &'static str {
        match self {
            Kind::Organization => "organizations",
            Kind::Person => "people",
            Kind::Place => "places",
            Kind::Event => "events",
            Kind::Agreement => "agreements",
        }
    }
}

/// An entry of the vocabulary: the site's own first, then the gazetteer's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EntryId(pub u32);

/// A theme of the vocabulary: the site's own first, then the built-in ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ThemeId(pub u16);

/// Someone or something known by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The id and last part of the address: `shanghai-cooperation-organization`.
    pub id: String,
    /// The preferred name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Other forms of the name.
    pub aliases: Vec<String>,
    /// What it is, in a sentence or two.
    pub description: String,
    /// The same thing elsewhere: URLs.
    pub same_as: Vec<String>,
    /// The entry that it belongs to, by name.
    pub part_of: Option<String>,
    /// Contexts in which an alias does not count: phrases that contain it.
    pub not: Vec<String>,
    /// Names in the documents that must not be taken for this, however alike.
    pub not_same_as: Vec<String>,
    /// Never published.
    pub hidden: bool,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where an entity is known from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The site's `vocabulary/entities.yaml`.
    Vocabulary,
    /// The built-in gazetteer.
    Gazetteer,
    /// Found by rule in the texts.
    Discovered,
}

/// A theme.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    /// The id and last part of the address.
    pub id: String,
    /// The name.
    pub name: String,
    /// What it means.
    pub description: String,
    /// Terms with their weights, as written.
    pub terms: Vec<(String, f32)>,
    /// Phrases in which a term does not count.
    pub not: Vec<String>,
    /// The id of the wider theme.
    pub broader: Option<String>,
    /// The ids of related themes.
    pub related: Vec<String>,
    /// Where it comes from.
    pub origin: Origin,
}

/// Everything known in advance, ready for matching.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// All entries: the site's own first, then the gazetteer's.
    pub entries: Vec<Entry>,
    /// All themes: the site's own first, then the built-in ones.
    pub themes: Vec<Theme>,
    /// Every word of every list and name.
    pub lexicon: Lexicon,
    /// Every form of every name.
    pub names: Phrases<Owners>,
    /// Honorifics and offices.
    pub titles: Phrases<Title>,
    /// The terms of themes: for each, its themes and its place in their lists; past the end for negative phrases.
    pub terms: Phrases<Vec<(ThemeId, u32)>>,
    /// Entries by their ids.
    pub ids: FxHashMap<String, EntryId>,
    /// For each of [`Kind::ALL`], entries by their folded names.
    pub by_name: [FxHashMap<Box<str>, EntryId>; 5],
    /// Countries by ISO 3166 code.
    pub countries: BTreeMap<String, EntryId>,
    /// A hash of everything that the vocabulary was made from.
    pub fingerprint: [u8; 32],
}

impl Vocabulary {
    /// The entry `id`.
    pub fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id.0 as usize]
    }

    /// The theme `id`.
    pub fn theme(&self, id: ThemeId) -> &Theme {
        &self.themes[usize::from(id.0)]
    }

    /// The entry of this name and kind, if there is one.
    pub fn named(&self, name: &str, kind: Kind) -> Option<EntryId> {
        self.by_name[kind as usize].get(&*lexicon::fold(name)).copied()
    }
}

/// A name as the last part of an address: `shanghai-cooperation-organization`; `x` where no letter is left.
pub fn slug(name: &str) -> String {
    slug_of(&lexicon::fold(name))
}

/// The same for a name already folded.
pub(crate) fn slug_of(folded: &str) -> String {
    let mut slug = String::with_capacity(folded.len());
    for letter in folded.chars() {
        if letter.is_alphanumeric() {
            slug.push(letter);
        } else if letter != '\'' && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    if slug.len() > LONGEST_SLUG
        && let Some((cut, _)) = slug.char_indices().nth(LONGEST_SLUG)
    {
        slug.truncate(slug[..cut].rfind('-').unwrap_or(cut));
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() { "x".to_owned() } else { slug }
}
