//! What is known before the first document is read: the site's `entities.yaml` and `themes.yaml`, and the built-in gazetteer.

pub mod lexicon;
pub(crate) mod short_word;
pub mod phrases;
pub mod forms;
pub(crate) mod lists;
mod gazetteer;
pub mod entities;
pub mod themes;
mod records;

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use serde::{Deserialize, Serialize};

use crate::vocabulary::forms::{Claim, Layer, Owners};
use crate::vocabulary::lexicon::{Lexicon, list};
pub use crate::vocabulary::lists::Title;
use crate::vocabulary::phrases::Phrases;

/// The built-in themes; `vocabulary/words/README.md` says what is in them.
const THEMES: &str = include_str!("vocabulary/words/themes.yaml");

/// How many letters a slug has at most.
const LONGEST_SLUG: usize = 80;

/// About how many entries the gazetteer has.
const BUILT_IN: usize = 19_000;

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
    /// The site's own entries and themes, with the built-in word lists and gazetteer behind them.
    pub fn new(entries: Vec<Entry>, themes: Vec<Theme>) -> Vocabulary {
        let fingerprint = fingerprint(&entries, &themes);
        let (themes, mut vocabulary) =
            rayon::join(|| with_built_in(themes), || Vocabulary::of_names(entries));
        vocabulary.fingerprint = fingerprint;
        vocabulary.take_in_themes(themes);
        for word in vocabulary.names.first_words() {
            vocabulary.lexicon.facts_mut(word).lists |= list::BEGINS_NAME;
        }
        vocabulary.lexicon.link_plurals();
        vocabulary
    }

    /// The word lists, the site's own entries, and the gazetteer behind them.
    fn of_names(entries: Vec<Entry>) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        vocabulary.make_room(entries.len());
        lists::load(&mut vocabulary.lexicon);
        vocabulary.titles = lists::titles(&mut vocabulary.lexicon);
        for entry in entries {
            let (name, aliases) = (entry.name.clone(), entry.aliases.clone());
            let id = vocabulary.take_in(entry);
            for form in std::iter::once(&name).chain(&aliases) {
                vocabulary.claim(id, form, Claim::Name, Layer::Site);
            }
        }
        gazetteer::load(&mut vocabulary);
        vocabulary
    }

    /// Makes the tables about as large as they will be, so that they need not grow step by step.
    fn make_room(&mut self, entries: usize) {
        let entries = entries + BUILT_IN;
        self.entries.reserve(entries);
        self.ids.reserve(entries);
        self.lexicon.reserve(2 * entries);
        self.names.reserve(2 * entries);
    }

    fn take_in_themes(&mut self, themes: Vec<Theme>) {
        for (at, theme) in themes.iter().enumerate() {
            let phrases = theme.terms.iter().map(|it| &it.0).chain(&theme.not);
            for (term, phrase) in phrases.enumerate() {
                let words = phrases::split(&mut self.lexicon, phrase);
                let place = self.terms.at_mut(&words).get_or_insert_with(Vec::new);
                place.push((ThemeId(at as u16), term as u32));
            }
        }
        for word in self.terms.first_words() {
            self.lexicon.facts_mut(word).lists |= list::BEGINS_TERM;
        }
        self.themes = themes;
    }

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

    /// Takes in `entry` and gives its id; a gazetteer's entry that the site has too is the site's.
    fn take_in(&mut self, mut entry: Entry) -> EntryId {
        let folded = lexicon::fold(&entry.name).into_owned();
        let by_name = &mut self.by_name[entry.kind as usize];
        let known = by_name.get(&*folded).filter(|_| entry.origin == Origin::Gazetteer);
        if let Some(known) =
            known.filter(|it| self.entries[it.0 as usize].origin == Origin::Vocabulary)
        {
            return *known;
        }
        let id = EntryId(self.entries.len() as u32);
        let aliases = entry.aliases.iter().filter(|_| entry.origin == Origin::Vocabulary);
        let aliases = aliases.map(|it| lexicon::fold(it));
        for form in std::iter::once(folded.as_str().into()).chain(aliases) {
            if !by_name.contains_key(&*form) {
                by_name.insert(form.into(), id);
            }
        }
        if entry.id.is_empty() {
            entry.id = self.free_id(slug_of(&folded), &entry);
        }
        self.ids.insert(entry.id.clone(), id);
        self.entries.push(entry);
        id
    }

    /// `slug`, or with what tells it from the entry that has it already.
    fn free_id(&self, slug: String, entry: &Entry) -> String {
        if !self.ids.contains_key(&slug) {
            return slug;
        }
        let part_of = entry.part_of.as_deref().unwrap_or("");
        let of =
            [format!("{slug}-{}", self::slug(part_of)), format!("{slug}-{}", entry.kind.name())];
        let counted = (2..).map(|it| format!("{slug}-{it}"));
        let mut candidates = of.into_iter().chain(counted);
        candidates.find(|it| !self.ids.contains_key(it)).expect("one of endlessly many is free")
    }
}

/// The site's themes with the built-in ones behind them; a theme of the site stands for the built-in one of its id or name.
fn with_built_in(mut themes: Vec<Theme>) -> Vec<Theme> {
    for theme in &mut themes {
        if theme.id.is_empty() {
            theme.id = slug(&theme.name);
        }
    }
    let file = "built-in themes".into();
    for mut theme in themes::parse(&file, THEMES, Origin::Gazetteer).value {
        if theme.id.is_empty() {
            theme.id = slug(&theme.name);
        }
        if !themes.iter().any(|it| it.id == theme.id || it.name == theme.name) {
            themes.push(theme);
        }
    }
    themes
}

/// A name as the last part of an address: `shanghai-cooperation-organization`; `x` where no letter is left.
pub fn slug(name: &str) -> String {
    slug_of(&lexicon::fold(name))
}

/// The same for a name already folded.
fn slug_of(folded: &str) -> String {
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

/// A hash of everything that a vocabulary is made from.
fn fingerprint(entries: &[Entry], themes: &[Theme]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(format!("{entries:?}{themes:?}").as_bytes());
    for source in lists::sources().chain(gazetteer::sources()).chain([THEMES]) {
        hasher.update(source.as_bytes());
    }
    hasher.finalize().into()
}
