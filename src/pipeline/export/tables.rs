//! What stands in the texts to tables: a row for each mention, candidate and date, in the order of documents and places.

use std::borrow::Cow;

use crate::pipeline::annotate::{Mention, Standing};
use crate::pipeline::collate::entities::outer;
use crate::pipeline::collate::{DocumentIndex, EntityIndex, Entry};
use crate::pipeline::export::csv::Table;
use crate::pipeline::export::dataset::Dataset;
use crate::pipeline::export::{Origins, documents};
use crate::pipeline::words::one_line::one_line;
use crate::pipeline::{Reading, Site};

/// The longest sentence that is given in full, in bytes.
const LONGEST: usize = 1000;

/// The columns of `mentions.csv`.
pub(crate) const MENTIONS: &[&str] = &[
    "document",
    "entity",
    "paragraph",
    "start",
    "end",
    "surface",
    "rule",
    "nested_in",
    "sentence",
];
/// The columns of `candidates.csv`.
pub(crate) const CANDIDATES: &[&str] =
    &["document", "name", "kind", "paragraph", "start", "end", "surface", "rule", "sentence"];
/// The columns of `dates.csv`.
pub(crate) const DATES: &[&str] =
    &["document", "paragraph", "start", "end", "surface", "value", "precision", "rule", "sentence"];

/// `mentions.csv`
pub(crate) fn mentions<'a>(site: &'a Site, origins: Origins<'_>) -> Vec<Dataset<'a>> {
    let rows = |from: From<'_>, table: &mut Table| {
        for (at, mention) in from.reading.annotations.mentions.iter().enumerate() {
            if let Some(entity) = from.entity(mention.name) {
                from.mention(at, mention, entity, table);
            }
        }
    };
    vec![table((site, origins), "data/mentions.csv", MENTIONS, rows)]
}

/// `candidates.csv`
pub(crate) fn candidates<'a>(site: &'a Site, origins: Origins<'_>) -> Vec<Dataset<'a>> {
    let rows = |from: From<'_>, table: &mut Table| {
        for mention in &from.reading.annotations.mentions {
            if from.entity(mention.name).is_none() {
                from.candidate(mention, table);
            }
        }
    };
    vec![table((site, origins), "data/candidates.csv", CANDIDATES, rows)]
}

/// `dates.csv`
pub(crate) fn dates<'a>(site: &'a Site, origins: Origins<'_>) -> Vec<Dataset<'a>> {
    let rows = |from: From<'_>, table: &mut Table| {
        for date in &from.reading.annotations.dates {
            table.plain(&from.entry.slug);
            from.place(date.start, date.end, table);
            table.plain(&date.value());
            table.plain(documents::name(date.precision));
            table.plain(date.rule.name());
            table.text(&from.sentence(date.start, date.end));
            table.end();
        }
    };
    vec![table((site, origins), "data/dates.csv", DATES, rows)]
}

/// A table with the rows of every document, in the order of their ids.
fn table<'a>(
    (site, origins): (&'a Site, Origins<'_>),
    path: &str,
    columns: &'static [&'static str],
    rows: impl Fn(From<'_>, &mut Table) + Sync + Send + 'a,
) -> Dataset<'a> {
    Dataset::csv(path, columns, origins.documents(), move |it, table| {
        rows(From::new(site, *it), table);
    })
}

/// The document that rows are made of.
#[derive(Clone, Copy)]
struct From<'a> {
    site: &'a Site,
    reading: &'a Reading,
    entry: &'a Entry,
}

impl<'a> From<'a> {
    fn new(site: &'a Site, document: DocumentIndex) -> Self {
        let at = document.0 as usize;
        From { site, reading: &site.readings[at], entry: &site.collection.documents[at] }
    }

    fn entity(&self, name: u16) -> Option<EntityIndex> {
        self.entry.entities[usize::from(name)]
    }

    fn id(&self, entity: EntityIndex) -> &'a str {
        &self.site.collection.entities[entity.0 as usize].id
    }

    fn mention(&self, at: usize, mention: &Mention, entity: EntityIndex, table: &mut Table) {
        let published = |it: u16| self.entity(it).is_some();
        let around = outer(&self.reading.annotations, at, published);
        table.plain(&self.entry.slug);
        table.plain(self.id(entity));
        self.place(mention.start, mention.end, table);
        table.plain(mention.rule.name());
        table.plain(around.and_then(|it| self.entity(it)).map_or("", |it| self.id(it)));
        table.text(&self.sentence(mention.start, mention.end));
        table.end();
    }

    fn candidate(&self, mention: &Mention, table: &mut Table) {
        let name = &self.reading.annotations.names[usize::from(mention.name)];
        let doubtful = name.standing == Standing::Doubtful;
        table.plain(&self.entry.slug);
        table.text(&name.text);
        table.plain(if doubtful { "" } else { name.kind.name() });
        self.place(mention.start, mention.end, table);
        table.plain(mention.rule.name());
        table.text(&self.sentence(mention.start, mention.end));
        table.end();
    }

    /// Paragraph, start and end in the file, and the surface.
    fn place(&self, start: u32, end: u32, table: &mut Table) {
        let document = &self.reading.document;
        let range = start as usize..end as usize;
        let span = document.origin.span(range.clone());
        table.number("p", document.paragraph_at(start));
        table.number("", span.start);
        table.number("", span.end);
        table.text(&document.text[range]);
    }

    /// The sentence around a place, in one line; of a very long one what stands near.
    fn sentence(&self, start: u32, end: u32) -> Cow<'a, str> {
        let text: &'a str = &self.reading.document.text;
        let (_, mut range) = self.reading.annotations.sentence(start, text);
        range.end = range.end.max(end as usize);
        if range.len() > LONGEST {
            let from = (start as usize).saturating_sub(LONGEST / 2).max(range.start);
            let to = (end as usize + LONGEST / 2).min(range.end);
            range = text.ceil_char_boundary(from)..text.floor_char_boundary(to);
        }
        one_line(&text[range])
    }
}
