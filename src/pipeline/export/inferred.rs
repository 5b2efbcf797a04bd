//! What was inferred of each document to records like those of findings, each with its rule and its evidence.

use serde::Serialize;

use crate::memo::ledger::{self, Key};
use crate::pipeline::describe::{Description, FRONT_MATTER, Inferred, Speaker};
use crate::pipeline::{Reading, Site};
use crate::report::Files;
use crate::report::record::{Lines, ends};

/// An inferred value. The first fields are those of a finding.
#[derive(Serialize)]
pub(crate) struct Inference<'a> {
    file: &'a str,
    document: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    start: usize,
    end: usize,
    /// The rule by which it was inferred: `dateline`.
    rule: &'a str,
    severity: &'static str,
    message: String,
    help: String,
    /// What it is: `title`, `date`, `issuer`, `kind`, `speakers`, `authors`, `symbol`, `language`.
    field: &'static str,
    value: String,
    evidence: &'a str,
}

/// A value that somebody did not write himself: the field, the value, its rule and evidence, and where it stands.
type Told<'a> = (&'static str, String, &'a str, &'a str, Option<(u32, u32)>);

/// Everything that was inferred of document number `at`.
pub(crate) fn inferred<'a>(site: &'a Site, at: usize, files: &Files<'a>) -> Vec<Inference<'a>> {
    let (reading, entry) = (&site.readings[at], &site.collection.documents[at]);
    let lines = files(&reading.document.file).map(Lines::of);
    let inference = |(field, value, rule, evidence, span): Told<'a>| {
        let span = span.map_or(0..0, |it| it.0 as usize..it.1 as usize);
        let span = reading.document.origin.span(span);
        let [(line, column), (end_line, end_column)] = ends(lines.as_ref(), &span);
        Inference {
            file: &reading.document.file,
            document: &entry.slug,
            line,
            column,
            end_line,
            end_column,
            start: span.start,
            end: span.end,
            rule,
            severity: "note",
            message: format!("{field} inferred: \"{value}\""),
            help: format!(
                "if it is wrong, write the right one as `{field}` at the document's head"
            ),
            field,
            value,
            evidence,
        }
    };
    told(&reading.description).into_iter().map(inference).collect()
}

/// A hash of all that this depends on.
pub(crate) fn key(site: &Site, at: usize) -> Key {
    let slug = site.collection.documents[at].slug.as_bytes();
    ledger::key(&[site.keys[at].as_bytes(), slug].concat())
}

/// Whether anything was inferred of a document.
pub(crate) fn has_some(reading: &Reading) -> bool {
    !told(&reading.description).is_empty()
}

fn told(it: &Description) -> Vec<Told<'_>> {
    let mut told = vec![text("title", &it.title)];
    told.extend(it.date.iter().map(|it| value("date", it, it.value.to_string())));
    told.extend(it.issuer.iter().map(|it| text("issuer", it)));
    told.extend(it.kind.iter().map(|it| text("kind", it)));
    told.extend(it.speakers.iter().map(|it| value("speakers", it, speaker(&it.value))));
    told.extend(it.authors.iter().map(|it| text("authors", it)));
    told.extend(it.symbol.iter().map(|it| text("symbol", it)));
    told.push(text("language", &it.language));
    told.retain(|it| it.2 != FRONT_MATTER);
    told
}

fn text<'a>(field: &'static str, it: &'a Inferred<String>) -> Told<'a> {
    value(field, it, it.value.clone())
}

fn value<'a, T>(field: &'static str, it: &'a Inferred<T>, value: String) -> Told<'a> {
    (field, value, &it.rule, &it.evidence, it.span)
}

fn speaker(it: &Speaker) -> String {
    if it.role.is_empty() { it.name.clone() } else { format!("{}, {}", it.name, it.role) }
}
