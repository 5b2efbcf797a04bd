//! Documents to `documents.json` and `documents.csv`.

use serde::Serialize;

use crate::pipeline::Site;
use crate::pipeline::calendar::{PartialDate, Precision};
use crate::pipeline::collate::DocumentIndex;
use crate::pipeline::describe::Description;
use crate::pipeline::export::Origins;
use crate::pipeline::export::csv::Table;
use crate::pipeline::export::dataset::Dataset;

/// The columns of `documents.csv`.
pub(crate) const COLUMNS: &[&str] = &[
    "id",
    "url",
    "source",
    "title",
    "date",
    "precision",
    "issuer",
    "kind",
    "speakers",
    "language",
    "words",
    "themes",
];

#[derive(Serialize)]
struct Record<'a> {
    id: &'a str,
    url: String,
    source: &'a str,
    title: &'a str,
    date: Date<'a>,
    issuer: Option<&'a str>,
    kind: Option<&'a str>,
    speakers: Vec<Speaker<'a>>,
    language: &'a str,
    words: u32,
    years: Vec<Year>,
    themes: Vec<Theme<'a>>,
    entities: Vec<Named<'a>>,
}

#[derive(Serialize)]
struct Date<'a> {
    value: Option<String>,
    precision: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    partial: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_before: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_after: Option<String>,
    evidence: &'a str,
    rule: &'a str,
}

#[derive(Serialize)]
struct Speaker<'a> {
    entity: Option<&'a str>,
    role: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct Year {
    year: i16,
    mentions: u32,
}

#[derive(Serialize)]
struct Theme<'a> {
    id: &'a str,
    score: f64,
}

#[derive(Serialize)]
struct Named<'a> {
    id: &'a str,
    mentions: u32,
}

/// `documents.json` and `documents.csv`
pub(crate) fn documents<'a>(site: &'a Site, origins: Origins<'_>) -> Vec<Dataset<'a>> {
    let record = move |it: &DocumentIndex| record(site, *it);
    vec![
        Dataset::json("data/documents.json", origins.documents(), record),
        Dataset::csv("data/documents.csv", COLUMNS, origins.documents(), move |it, table| {
            row(&record(it), table);
        }),
    ]
}

fn record(site: &Site, document: DocumentIndex) -> Record<'_> {
    let reading = &site.readings[document.0 as usize];
    let entry = &site.collection.documents[document.0 as usize];
    let description = &reading.description;
    let named = entry.named.iter();
    Record {
        id: &entry.slug,
        url: format!("documents/{}/", entry.slug),
        source: &reading.document.id,
        title: &description.title.value,
        date: date(description),
        issuer: description.issuer.as_ref().map(|it| it.value.as_str()),
        kind: description.kind.as_ref().map(|it| it.value.as_str()),
        speakers: speakers(site, document),
        language: &description.language.value,
        words: description.words,
        years: entry.years.iter().map(|it| Year { year: it.0, mentions: it.1 }).collect(),
        themes: themes(site, document),
        entities: named
            .map(|(entity, mentions)| Named {
                id: &site.collection.entities[entity.0 as usize].id,
                mentions: *mentions,
            })
            .collect(),
    }
}

fn date(description: &Description) -> Date<'_> {
    let date = description.date.as_ref();
    let value = date.map(|it| it.value);
    let known = value.filter(|it| it.year.is_some());
    let bound = |it: Option<PartialDate>| it.filter(|_| known.is_none()).map(|it| it.to_string());
    Date {
        value: known.map(|it| it.to_string()),
        precision: known.and_then(PartialDate::precision).map(name),
        partial: value.filter(|it| it.year.is_none()).map(|it| it.to_string()),
        not_before: bound(description.bounds.0),
        not_after: bound(description.bounds.1),
        evidence: date.map_or("", |it| &it.evidence),
        rule: date.map_or("", |it| &it.rule),
    }
}

/// The published name of a precision.
pub(crate) fn name(precision: Precision) -> &'static str {
    match precision {
        Precision::Day => "day",
        Precision::Month => "month",
        Precision::Part => "part",
        Precision::Year => "year",
        Precision::Decade => "decade",
    }
}

fn speakers(site: &Site, document: DocumentIndex) -> Vec<Speaker<'_>> {
    let entities = &site.collection.documents[document.0 as usize].speakers;
    let speakers = &site.readings[document.0 as usize].description.speakers;
    speakers
        .iter()
        .zip(entities)
        .map(|(it, entity)| Speaker {
            entity: entity.map(|it| site.collection.entities[it.0 as usize].id.as_str()),
            role: &it.value.role,
            name: &it.value.name,
        })
        .collect()
}

fn themes(site: &Site, document: DocumentIndex) -> Vec<Theme<'_>> {
    let scores = &site.readings[document.0 as usize].annotations.themes;
    scores
        .iter()
        .map(|it| Theme { id: &site.vocabulary.theme(it.theme).id, score: rounded(it.score) })
        .collect()
}

/// A score with two digits behind the point.
pub(crate) fn rounded(score: f32) -> f64 {
    (f64::from(score) * 100.0).round() / 100.0
}

fn row(record: &Record<'_>, table: &mut Table) {
    let themes: Vec<_> = record.themes.iter().map(|it| it.id).collect();
    let speakers: Vec<_> = record.speakers.iter().map(|it| it.name).collect();
    let date = record.date.value.as_ref().or(record.date.partial.as_ref());
    table.plain(record.id);
    table.plain(&record.url);
    table.text(record.source);
    table.text(record.title);
    table.plain(date.map_or("", |it| it.as_str()));
    table.plain(record.date.precision.unwrap_or_default());
    table.text(record.issuer.unwrap_or_default());
    table.text(record.kind.unwrap_or_default());
    table.text(&speakers.join("; "));
    table.text(record.language);
    table.number("", record.words);
    table.text(&themes.join(" "));
    table.end();
}
