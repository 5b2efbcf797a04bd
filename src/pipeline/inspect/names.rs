//! Site to the names that its documents use and its vocabulary lacks.

use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::diagnostic::Diagnostic;
use crate::pipeline::annotate::{Name, Standing};
use crate::pipeline::collate::entities::counted;
use crate::pipeline::collate::{DocumentIndex, EntityIndex, Entry};
use crate::pipeline::inspect::about;
use crate::pipeline::{Reading, Site};
use crate::policy::Rule;
use crate::vocabulary::{Kind, Origin};

/// From how many documents or mentions on a name counts as frequent.
const FREQUENT: (u32, u32) = (3, 6);
/// How many places are kept of each name.
const CONTEXTS: usize = 3;
/// How many documents are looked through in one go.
const TOGETHER: usize = 512;

/// A name that no list knows, over all documents.
#[derive(Debug, Clone, PartialEq)]
pub struct UnknownName<'a> {
    /// As the documents write it.
    pub text: &'a str,
    /// What most documents take it for; the first of them where that is even.
    pub kind: Kind,
    /// The best that any document knows of it.
    pub standing: Standing,
    /// Why it has that kind.
    pub evidence: &'a str,
    /// The acronym that a document gives it.
    pub acronym: Option<&'a str>,
    /// How often it stands in the texts, not inside another name.
    pub mentions: u32,
    /// In how many documents.
    pub documents: u32,
    /// Whether it has a page all the same.
    pub published: bool,
    /// The first places: document, and bytes of its text.
    pub places: Vec<(DocumentIndex, Range<usize>)>,
    kinds: [u32; Kind::ALL.len()],
}

impl UnknownName<'_> {
    /// Whether it stands in so many places that a page may be missed.
    pub fn frequent(&self) -> bool {
        self.documents >= FREQUENT.0 || self.mentions >= FREQUENT.1
    }
}

/// All of them, in the order in which the documents name them first.
pub fn unknown_names(site: &Site) -> Vec<UnknownName<'_>> {
    let mut place_of: FxHashMap<&str, u32> = FxHashMap::default();
    let mut found: Vec<UnknownName<'_>> = Vec::new();
    let entries = site.collection.documents.chunks(TOGETHER);
    for (part, (readings, entries)) in (0u32..).zip(site.readings.chunks(TOGETHER).zip(entries)) {
        let documents = readings.par_iter().zip(entries);
        let of_each: Vec<_> = documents.map(|it| unlisted(site, it.0, it.1)).collect();
        for (at, it) in (part * TOGETHER as u32..)
            .zip(of_each)
            .flat_map(|(at, names)| names.into_iter().map(move |it| (DocumentIndex(at), it)))
        {
            let slot = *place_of.entry(&it.name.text).or_insert_with(|| {
                found.push(begun(it.name));
                found.len() as u32 - 1
            });
            take_in(&mut found[slot as usize], at, it);
        }
    }
    found
}

fn take_in<'a>(unknown: &mut UnknownName<'a>, document: DocumentIndex, it: Unlisted<'a>) {
    unknown.published |= it.published;
    add(unknown, it.name, it.count);
    if unknown.places.len() < CONTEXTS {
        unknown.places.push((document, it.first));
    }
}

/// A name of a document that neither the document nor the whole collection knows from a list.
struct Unlisted<'a> {
    name: &'a Name,
    published: bool,
    count: u32,
    first: Range<usize>,
}

/// Those of one document.
fn unlisted<'a>(site: &Site, reading: &'a Reading, entry: &Entry) -> Vec<Unlisted<'a>> {
    let spans = first_spans(reading, &entry.entities);
    let names = reading.annotations.names.iter().enumerate().zip(spans);
    let unlisted = names.filter_map(|((index, name), (count, span))| {
        let (first, entity) = (span?, entry.entities.get(index).copied().flatten());
        let discovered =
            |it: EntityIndex| site.collection.entities[it.0 as usize].origin == Origin::Discovered;
        if name.entry.is_some() || !entity.is_none_or(discovered) {
            return None;
        }
        let known = site.vocabulary.named(&name.text, name.kind).is_some();
        (!known).then_some(Unlisted { name, published: entity.is_some(), count, first })
    });
    unlisted.collect()
}

/// For each name of a document, how often it counts as named, and where first; `entities` are those with a page.
fn first_spans(
    reading: &Reading,
    entities: &[Option<EntityIndex>],
) -> Vec<(u32, Option<Range<usize>>)> {
    let mut spans = vec![(0, None); reading.annotations.names.len()];
    let published = |name: u16| entities.get(usize::from(name)).is_some_and(Option::is_some);
    for (at, mention) in reading.annotations.mentions.iter().enumerate() {
        if counted(&reading.annotations, at, published) {
            let (count, span) = &mut spans[usize::from(mention.name)];
            *count += 1;
            span.get_or_insert(mention.start as usize..mention.end as usize);
        }
    }
    spans
}

fn begun(name: &Name) -> UnknownName<'_> {
    UnknownName {
        text: &name.text,
        kind: name.kind,
        standing: name.standing,
        evidence: &name.evidence,
        acronym: None,
        mentions: 0,
        documents: 0,
        published: false,
        // Most stand in one place only.
        places: Vec::with_capacity(1),
        kinds: [0; Kind::ALL.len()],
    }
}

fn add<'a>(unknown: &mut UnknownName<'a>, name: &'a Name, mentions: u32) {
    unknown.mentions += mentions;
    unknown.documents += 1;
    unknown.acronym = unknown.acronym.or(name.acronym.as_deref());
    unknown.kinds[name.kind as usize] += 1;
    if unknown.kinds[name.kind as usize] > unknown.kinds[unknown.kind as usize] {
        unknown.kind = name.kind;
    }
    if name.standing < unknown.standing {
        (unknown.standing, unknown.evidence) = (name.standing, &name.evidence);
    }
}

/// A finding for each name without a page, at the place where it stands first.
pub(super) fn unpublished(site: &Site) -> Vec<Diagnostic> {
    let names = unknown_names(site);
    names.par_iter().filter(|it| !it.published).map(|it| finding(site, it)).collect()
}

fn finding(site: &Site, name: &UnknownName<'_>) -> Diagnostic {
    let (document, span) = &name.places[0];
    let rule = if name.frequent() { Rule::FrequentName } else { Rule::UnpublishedName };
    let (times, documents) = (number(name.mentions, "time"), number(name.documents, "document"));
    let message = format!("\"{}\" stands {times} in {documents} and has no page", name.text);
    about(&site.readings[document.0 as usize], rule, span.clone(), message)
}

fn number(count: u32, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
