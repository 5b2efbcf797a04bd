//! Documents to the table of results: what a result shows before its page is asked for a passage.

use rayon::prelude::*;

use crate::pipeline::Site;
use crate::pipeline::search::names::issuer;
use crate::pipeline::search::posting::Postings;
use crate::pipeline::search::section::{Section, hashed};

/// How many files the table of a large collection has: a result should cost little more than itself.
const FILES: usize = 1250;
/// How many documents a file has at least.
const ROWS: usize = 8;

/// How many documents each file of the table has, out of `total`.
pub(crate) fn rows_a_file(total: usize) -> usize {
    total.div_ceil(FILES).max(ROWS)
}

/// The table as files of rows `[title, slug, date, kind, issuer, paragraphs]`. `kinds` are the values of that field by number.
///
/// The paragraphs are characters, each as far above U+0020 as its paragraph begins behind the one before: a page from disk may not be
/// read by a script, and then they turn a position into a link.
pub(crate) fn table(site: &Site, (postings, order): (&[&Postings], &[u32]), kinds: &[&str]) -> Section {
    let rows: Vec<String> = order
        .par_iter()
        .zip(postings)
        .map(|(document, postings)| row(site, *document as usize, (postings, kinds)))
        .collect();
    let mut section = Section { files: Vec::new(), shards: Vec::new() };
    for (number, rows) in rows.chunks(rows_a_file(rows.len())).enumerate() {
        let name = format!("t{number}");
        let (hash, file) = hashed(&name, format!("seedbed(\"{name}\",[{}])", rows.join(",\n")).into_bytes());
        section.shards.push((String::new(), hash));
        section.files.push(file);
    }
    section
}

fn row(site: &Site, document: usize, (postings, kinds): (&Postings, &[&str])) -> String {
    let description = &site.readings[document].description;
    let kind = description.kind.as_ref().and_then(|kind| kinds.iter().position(|it| *it == kind.value));
    let row = (
        &description.title.value,
        &site.collection.documents[document].slug,
        description.date.as_ref().map(|it| it.value.to_string()).unwrap_or_default(),
        kind,
        issuer(site, document).unwrap_or_default(),
        paragraphs(postings),
    );
    serde_json::to_string(&row).expect("strings and numbers have JSON forms")
}

fn paragraphs(postings: &Postings) -> String {
    let before = std::iter::once(&0).chain(&postings.paragraphs);
    let gaps = postings.paragraphs.iter().zip(before).map(|(begins, before)| begins - before);
    gaps.map(|gap| char::from_u32(gap.min(0x7fff) + 0x20).unwrap_or(' ')).collect()
}
