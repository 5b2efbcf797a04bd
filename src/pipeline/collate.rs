//! All outlines to the collection: entities with their mentions, years, themes, who is named together, what is related.

mod strings;
mod rows;
pub mod places;
pub mod company;
pub(crate) mod keys;
mod unit_keys;
mod texts;
mod remembered;
mod stands;
mod tally;
pub mod again;
mod outline;
mod units;
mod identity;
mod known;
mod acronyms;
mod people;
mod cluster;
pub(crate) mod entities;
mod slugs;
mod lookup;
mod members;
mod together;
mod themes;
mod related;
mod years;
pub(crate) mod links;

use std::sync::{Arc, OnceLock};

use serde::Serialize;

use crate::diagnostic::Outcome;
use crate::pipeline::Reading;
use crate::pipeline::calendar::PartialDate;
use crate::pipeline::collate::again::{Known, Last, Outlines};
use crate::pipeline::collate::company::Company;
use crate::pipeline::collate::entities::{Body, Order, Published};
use crate::pipeline::collate::outline::Outline;
use crate::pipeline::collate::places::Places;
use crate::pipeline::collate::related::Nearness;
use crate::pipeline::collate::remembered::Remembered;
use crate::pipeline::collate::rows::Rows;
use crate::pipeline::collate::stands::Stands;
use crate::pipeline::collate::texts::Texts;
use crate::vocabulary::{Kind, Origin, Vocabulary};

/// Gathers what only all documents together can tell; `readings` stand in the order of their sources.
///
/// `known` holds the outlines of an earlier collation, if there was one; they save time and change nothing.
pub fn collate(
    readings: &[Arc<Reading>],
    vocabulary: &Vocabulary,
    known: &Outlines,
) -> Outcome<Arc<Collection>> {
    let mut known = known.lock();
    let outlines = known.of(readings, vocabulary);
    let (backlinks, broken) = links::backlinks(readings);
    let mut found = known.again(&outlines, &backlinks).unwrap_or_else(|| {
        known.anew((outlines, backlinks), |known, outlines, backlinks| {
            let (slugs, diagnostics) = slugs::slugs(readings, &outlines);
            let collection = gathered(outlines, (slugs, backlinks), known, vocabulary);
            Outcome { value: collection, diagnostics }
        })
    });
    found.diagnostics.extend(broken);
    found
}

/// What outlines, addresses and links come to.
fn gathered(
    outlines: Vec<Arc<Outline>>,
    (slugs, backlinks): (Vec<String>, Vec<Vec<DocumentIndex>>),
    known: &mut Known,
    vocabulary: &Vocabulary,
) -> Collection {
    let mut collection = named(&outlines, (slugs, backlinks), known, vocabulary);
    known.used_names();
    themes::themes(&mut collection, &outlines, vocabulary);
    collection.cores = related::cores(&collection.documents, &outlines);
    let meetings = together::meetings(&collection, &outlines, &mut known.together);
    drop(outlines);
    together::together(&mut collection, &meetings, &mut known.together);
    drop(meetings);
    known.used();
    collection
}

/// Everything that needs the names of documents, and of what each of them speaks.
fn named(
    outlines: &[Arc<Outline>],
    (slugs, backlinks): (Vec<String>, Vec<Vec<DocumentIndex>>),
    known: &mut Known,
    vocabulary: &Vocabulary,
) -> Collection {
    let Known { texts, bodies, stands, order, last, .. } = known;
    let lists = (&*texts, vocabulary);
    let published = published(outlines, lists, (order, bodies, stands));
    let before = last.as_ref().map(Last::documents);
    let before = before.zip(stands.changed.as_deref());
    let mut collection = Collection {
        documents: members::entries(outlines, lists, (&published, before), slugs),
        entities: published.entities,
        by_date: years::by_date(outlines),
        ..Collection::default()
    };
    for (entry, backlinks) in collection.documents.iter_mut().zip(backlinks) {
        entry.backlinks = backlinks;
    }
    members::give_back(&mut collection, outlines);
    years::years(&mut collection, outlines);
    collection
}

/// Finds out which names are one, and which of them have pages.
fn published(
    outlines: &[Arc<Outline>],
    (texts, vocabulary): (&Texts, &Vocabulary),
    before: (&mut Order, &mut Remembered<Arc<Body>>, &mut Stands),
) -> Published {
    let units = units::units(outlines, texts);
    let joined = identity::clusters(&units, outlines, vocabulary);
    let clusters = cluster::clusters(&units, &joined, vocabulary);
    entities::publish(&clusters, outlines, vocabulary, before)
}

/// A document of the collection, by its place in [`Collection::documents`] (the order of source paths).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct DocumentIndex(pub u32);

/// An entity of the collection, by its place in [`Collection::entities`] (the order of ids).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct EntityIndex(pub u32);

/// Everything that is known only when all documents have been read.
#[derive(Debug, Default)]
pub struct Collection {
    /// What the whole collection says of each document, in the order of source paths.
    pub documents: Vec<Entry>,
    /// Published entities, by id.
    pub entities: Vec<Entity>,
    /// Every year that a document is dated in or speaks of, ascending.
    pub years: Vec<Year>,
    /// Themes that at least one document has, by id.
    pub themes: Vec<ThemeListing>,
    /// Pairs of entities named in one document, most shared documents first, then by names.
    pub pairs: Vec<Pair>,
    /// Documents by date, newest first; undated ones last.
    pub by_date: Vec<DocumentIndex>,
    /// For each document the themes that it is about, ascending.
    pub(crate) cores: Rows<u32>,
    /// What [`Collection::related`] goes by.
    pub(crate) nearness: OnceLock<Nearness>,
}

impl Collection {
    /// Lets go of what only pages and datasets tell.
    pub(crate) fn release(&mut self) {
        self.pairs = Vec::new();
        self.years.iter_mut().for_each(|it| it.passages = Vec::new());
        self.documents.iter_mut().for_each(|it| it.related = OnceLock::new());
        self.nearness = OnceLock::new();
        for entity in &mut self.entities {
            (entity.together, entity.places) = (Arc::default(), Arc::default());
        }
    }
}

/// What the collection knows of one document.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The id and last part of the address.
    pub slug: String,
    /// For each of the document's names ([`crate::pipeline::annotate::Annotations::names`]) the entity that it is, if published.
    pub entities: Arc<[Option<EntityIndex>]>,
    /// Entities in the document with the number of mentions that count (neither nested nor by role), most first.
    pub named: Arc<[(EntityIndex, u32)]>,
    /// The issuer, if it is an entity.
    pub issuer: Option<EntityIndex>,
    /// For each speaker of the description, the entity.
    pub speakers: Vec<Option<EntityIndex>>,
    /// Years that it speaks of (its own date included), ascending, with the number of passages.
    pub years: Arc<[(i16, u32)]>,
    /// Themes, as indexes into [`Collection::themes`], with the place in the document's own list of scores.
    pub themes: Vec<(u32, u32)>,
    /// What [`Collection::related`] has found.
    pub related: OnceLock<Box<[Related]>>,
    /// The document dated next before it, and next after it.
    pub earlier: Option<DocumentIndex>,
    /// The next later one.
    pub later: Option<DocumentIndex>,
    /// Documents that link to it.
    pub backlinks: Vec<DocumentIndex>,
}

/// Why two documents belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct Related {
    /// The other document.
    pub document: DocumentIndex,
    /// The most telling entities that both name.
    pub entities: Vec<EntityIndex>,
    /// Themes that are core in both: indexes into [`Collection::themes`].
    pub themes: Vec<u32>,
}

/// Someone or something that has a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// The id and last part of the address.
    pub id: String,
    /// The preferred name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// The forms in which it occurs, with counts, most first.
    pub forms: Arc<[(String, u32)]>,
    /// What it is, in a sentence or two; may be empty.
    pub description: String,
    /// The same thing elsewhere: URLs.
    pub same_as: Vec<String>,
    /// The entity that it belongs to.
    pub part_of: Option<EntityIndex>,
    /// The name of what it belongs to, where that has no page.
    pub part_of_name: Option<String>,
    /// Where it is known from.
    pub origin: Origin,
    /// How many mentions count: neither nested nor by role.
    pub mentions: u32,
    /// Every mention, by document and position: indexes into the document's annotations.
    pub places: Arc<Places>,
    /// Offices that documents give this person: title, of, in how many documents.
    pub offices: Arc<[(String, String, u32)]>,
    /// Documents that it issued.
    pub issued: Vec<DocumentIndex>,
    /// Documents in which it speaks.
    pub spoken: Vec<DocumentIndex>,
    /// Named together with, most shared documents first; at most [`TOGETHER`].
    pub together: Arc<Company>,
    /// The earliest and latest date among its documents.
    pub first: Option<PartialDate>,
    /// The latest.
    pub last: Option<PartialDate>,
    /// Why it was joined from several forms or has its kind, for those found by rule.
    pub evidence: Arc<[String]>,
}

/// How many entities a page lists as named together with its own.
pub const TOGETHER: usize = 24;

/// A pair of entities.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The one with the smaller id.
    pub a: EntityIndex,
    /// The other.
    pub b: EntityIndex,
    /// How many documents name both.
    pub documents: u32,
    /// How many sentences name both.
    pub sentences: u32,
}

/// A year.
#[derive(Debug, Clone, PartialEq)]
pub struct Year {
    /// Which.
    pub year: i16,
    /// Documents dated in it, by date.
    pub documents: Vec<DocumentIndex>,
    /// Passages of other documents that speak of it: document, and indexes into its annotations' dates.
    pub passages: Vec<(DocumentIndex, Arc<[u32]>)>,
}

/// A theme with its documents.
#[derive(Debug, Clone, PartialEq)]
pub struct ThemeListing {
    /// Which theme of the vocabulary.
    pub theme: crate::vocabulary::ThemeId,
    /// Its documents, the strongest first, with the place in the document's own list of scores.
    pub documents: Vec<(DocumentIndex, u32)>,
    /// What [`Collection::typical`] has found.
    pub typical: OnceLock<Vec<(EntityIndex, u32)>>,
}

#[cfg(test)]
pub(crate) mod tests;
