//! Edition to facts: everything that a page may ask, each with a hash of the answer, so that a page whose answers are the same is not
//! made again.
//!
//! What a page asked is noted while it is made (see [`crate::pipeline::render::sight`]), so nobody has to say beforehand what it depends
//! on. A fact is small enough that an edit of one document leaves most pages' facts alone: a list of documents asks for their titles, not
//! for their texts.

use blake3::Hasher;
use rayon::prelude::*;

use crate::memo::ledger::NEVER;
use crate::pipeline::calendar::PartialDate;
use crate::pipeline::collate::{Collection, DocumentIndex, Entity, EntityIndex, Related};
use crate::pipeline::parse::BlockKind;
use crate::pipeline::render::edition::{Edition, MENTIONS};
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
    /// All that is known of it.
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

/// The hash of an answer.
pub(crate) type Answer = [u8; 16];

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
    pub(crate) fn told(self, edition: &Edition<'_>) -> (Vec<u64>, Vec<Answer>) {
        let collection = &edition.site.collection;
        let entities: Vec<u64> = collection
            .entities
            .par_iter()
            .map(|it| short(&sum_of(&it.kind.name(), &it.id)))
            .collect();
        let teller = Teller { edition, entities };
        let [documents, entities, themes] = self.sizes;
        let told = [
            teller.each(0, documents, |it| teller.card(DocumentIndex(it))),
            teller.each(1, documents, |it| teller.reading(DocumentIndex(it))),
            teller.each(2, documents, |it| teller.entry(DocumentIndex(it))),
            teller.each(3, entities, |it| teller.name(EntityIndex(it))),
            teller.each(4, entities, |it| teller.figures(EntityIndex(it))),
            teller.each(5, entities, |it| teller.documents(EntityIndex(it))),
            teller.each(6, entities, |it| teller.together(EntityIndex(it))),
            teller.each(7, entities, |it| teller.entity(EntityIndex(it))),
            teller.each(8, themes, |it| teller.theme(it)),
            teller.each(9, themes, |it| teller.theme_listing(it)),
            teller.each(10, themes, |it| teller.theme_years(it)),
            teller.each(ONE, ONES as u32, |it| teller.one(it)),
            teller.each(12, collection.years.len() as u32, |it| teller.year(it as usize)),
        ];
        told.into_iter().flatten().unzip()
    }

    /// The number of a fact.
    pub(crate) fn number(self, fact: Fact) -> u32 {
        let [documents, entities, themes] = self.sizes;
        let (e, t) = (3 * documents, 3 * documents + 5 * entities);
        match fact {
            Fact::Card(it) => it.0,
            Fact::Reading(it) => documents + it.0,
            Fact::Entry(it) => 2 * documents + it.0,
            Fact::Name(it) => e + it.0,
            Fact::Figures(it) => e + entities + it.0,
            Fact::Documents(it) => e + 2 * entities + it.0,
            Fact::Together(it) => e + 3 * entities + it.0,
            Fact::Entity(it) => e + 4 * entities + it.0,
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
pub(crate) fn common(edition: &Edition<'_>, templates: &Templates) -> Answer {
    let mut hasher = Hasher::new();
    hasher.update(templates.hash().as_bytes());
    let config = serde_json::to_vec(&edition.site.config).expect("a configuration is plain data");
    text(&mut hasher, &String::from_utf8_lossy(&config));
    edition.assets.names().for_each(|it| text(&mut hasher, it));
    for page in edition.indexes {
        text(&mut hasher, &edition.address(page).0);
    }
    long(&hasher)
}

/// Tells what each fact is about, and its answer.
struct Teller<'a> {
    edition: &'a Edition<'a>,
    /// A hash of each entity's id.
    entities: Vec<u64>,
}

impl Teller<'_> {
    fn each(
        &self,
        what: u8,
        count: u32,
        tell: impl Fn(u32) -> (u64, Hasher) + Sync,
    ) -> Vec<(u64, Answer)> {
        let told = |at: u32| {
            if what == ONE && at == place(One::Everything) {
                return (NEVER, Answer::default());
            }
            let (subject, hasher) = tell(at);
            let name = short(Hasher::new().update(&[what]).update(&subject.to_le_bytes()));
            (name, long(&hasher))
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
        for (entity, count) in &entry.named {
            self.entity_in(to, Some(*entity));
            number(to, *count as usize);
        }
        self.entity_in(to, entry.issuer);
        number(to, entry.speakers.len());
        entry.speakers.iter().for_each(|it| self.entity_in(to, *it));
        number(to, entry.years.len());
        for (year, passages) in &entry.years {
            number(to, *year as usize);
            number(to, *passages as usize);
        }
        number(to, entry.themes.len());
        for (theme, score) in &entry.themes {
            self.theme_in(to, *theme);
            number(to, *score as usize);
        }
        number(to, entry.related.len());
        entry.related.iter().for_each(|it| self.related(to, it));
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

    fn name(&self, it: EntityIndex) -> (u64, Hasher) {
        let (entity, mut hasher) = (self.edition.entity(it), Hasher::new());
        text(&mut hasher, &entity.id);
        text(&mut hasher, entity.kind.name());
        text(&mut hasher, &entity.name);
        // Where its contexts of a year are.
        number(&mut hasher, usize::from(entity.mentions > MENTIONS));
        (self.of_entity(it), hasher)
    }

    fn figures(&self, it: EntityIndex) -> (u64, Hasher) {
        let (entity, mut hasher) = (self.edition.entity(it), Hasher::new());
        figures(&mut hasher, entity);
        (self.of_entity(it), hasher)
    }

    fn documents(&self, it: EntityIndex) -> (u64, Hasher) {
        let mut hasher = Hasher::new();
        self.edition.entity(it).places.iter().for_each(|it| self.document(&mut hasher, it.0));
        (self.of_entity(it), hasher)
    }

    fn together(&self, it: EntityIndex) -> (u64, Hasher) {
        let mut hasher = Hasher::new();
        for other in &self.edition.entity(it).together {
            self.entity_in(&mut hasher, Some(other.entity));
            number(&mut hasher, other.documents as usize);
            number(&mut hasher, other.sentences as usize);
            number(&mut hasher, other.passages.len());
            for (document, paragraph) in &other.passages {
                self.document(&mut hasher, *document);
                number(&mut hasher, *paragraph as usize);
            }
        }
        (self.of_entity(it), hasher)
    }

    fn entity(&self, it: EntityIndex) -> (u64, Hasher) {
        let entity = self.edition.entity(it);
        let mut hasher = self.together(it).1;
        let to = &mut hasher;
        figures(to, entity);
        text(to, &entity.id);
        text(to, entity.kind.name());
        text(to, &entity.name);
        number(to, entity.forms.len());
        for (form, count) in &entity.forms {
            text(to, form);
            number(to, *count as usize);
        }
        texts(to, &entity.same_as);
        self.entity_in(to, entity.part_of);
        text(to, entity.part_of_name.as_deref().unwrap_or_default());
        number(to, entity.origin as usize);
        for (document, mentions) in &entity.places {
            self.document(to, *document);
            number(to, mentions.len());
            mentions.iter().for_each(|it| number(to, usize::from(*it)));
        }
        number(to, entity.offices.len());
        for (title, of, count) in &entity.offices {
            text(to, title);
            text(to, of);
            number(to, *count as usize);
        }
        for own in [&entity.issued, &entity.spoken] {
            number(to, own.len());
            own.iter().for_each(|it| self.document(to, *it));
        }
        texts(to, &entity.evidence);
        (self.of_entity(it), hasher)
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
        for (document, score) in &self.edition.themes[it as usize].items {
            self.document(&mut hasher, *document);
            number(&mut hasher, *score as usize);
        }
        for (entity, documents) in &self.edition.site.collection.themes[it as usize].entities {
            self.entity_in(&mut hasher, Some(*entity));
            number(&mut hasher, *documents as usize);
        }
        (self.of_theme(it), hasher)
    }

    fn theme_years(&self, it: u32) -> (u64, Hasher) {
        let mut hasher = Hasher::new();
        for (year, start, count) in &self.edition.themes[it as usize].years {
            number(&mut hasher, year.map_or(usize::MAX, |it| it as usize));
            number(&mut hasher, *start);
            number(&mut hasher, *count);
        }
        (self.of_theme(it), hasher)
    }

    fn year(&self, at: usize) -> (u64, Hasher) {
        let (it, mut hasher) = (&self.edition.site.collection.years[at], Hasher::new());
        number(&mut hasher, it.documents.len());
        it.documents.iter().for_each(|it| self.document(&mut hasher, *it));
        for (document, dates) in &it.passages {
            self.document(&mut hasher, *document);
            number(&mut hasher, dates.len());
            dates.iter().for_each(|it| number(&mut hasher, *it as usize));
        }
        (it.year as u64, hasher)
    }

    fn one(&self, at: u32) -> (u64, Hasher) {
        let (collection, mut hasher) = (&self.edition.site.collection, Hasher::new());
        let to = &mut hasher;
        match at {
            0 => collection.years.iter().for_each(|it| number(to, it.year as usize)),
            1 => {
                for it in &collection.years {
                    number(to, it.year as usize);
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

fn figures(hasher: &mut Hasher, it: &Entity) {
    text(hasher, &it.description);
    number(hasher, it.mentions as usize);
    number(hasher, it.places.len());
    date(hasher, it.first);
    date(hasher, it.last);
}

fn text(hasher: &mut Hasher, text: &str) {
    number(hasher, text.len());
    hasher.update(text.as_bytes());
}

fn texts(hasher: &mut Hasher, all: &[String]) {
    number(hasher, all.len());
    all.iter().for_each(|it| text(hasher, it));
}

fn number(hasher: &mut Hasher, number: usize) {
    hasher.update(&(number as u64).to_le_bytes());
}

fn date(hasher: &mut Hasher, date: Option<PartialDate>) {
    let part = |it: Option<u8>| it.map_or(0, usize::from);
    number(hasher, usize::from(date.is_some()));
    if let Some(it) = date {
        number(hasher, it.year.map_or(usize::MAX, |it| it as usize));
        number(hasher, part(it.month));
        number(hasher, part(it.day));
    }
}

fn sum_of(kind: &str, id: &str) -> Hasher {
    let mut hasher = Hasher::new();
    text(&mut hasher, kind);
    text(&mut hasher, id);
    hasher
}

fn short(hasher: &Hasher) -> u64 {
    u64::from_le_bytes(hasher.finalize().as_bytes()[..8].try_into().expect("a hash has 32 bytes"))
}

fn long(hasher: &Hasher) -> Answer {
    hasher.finalize().as_bytes()[..16].try_into().expect("a hash has 32 bytes")
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
