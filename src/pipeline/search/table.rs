//! Documents to the table of results: what a result shows before its page is asked for a passage.
//!
//! A file has few rows, for a result should cost little more than itself; so each is coded with the expectations that a sample of the
//! collection's rows, a file of its own, has raised. That halves it.

use std::sync::Arc;

use rayon::prelude::*;

use crate::pipeline::Site;
use crate::pipeline::search::coder::{Coder, Numbers, script};
use crate::pipeline::search::expected::Letters;
use crate::pipeline::search::names::issuer;
use crate::pipeline::search::outlet::{Handed, Material, Outlet};
use crate::pipeline::search::posting::Postings;
use crate::pipeline::write::WriteError;

/// How many files the table of a large collection has.
const FILES: usize = 1250;
/// How many documents a file has at least.
const ROWS: usize = 8;
/// How many documents are in the sample.
const SAMPLE: usize = 64;

/// How many documents each file of the table has, out of `total`.
pub(crate) fn rows_a_file(total: usize) -> usize {
    total.div_ceil(FILES).max(ROWS)
}

/// The fields of a document, and where its paragraphs begin.
type Row<'a> = (&'a str, &'a Postings);

/// What rows are expected to be.
#[derive(Clone)]
struct Rows {
    letters: Letters,
    /// The number of paragraphs, and the terms of each.
    paragraphs: [Numbers; 2],
}

/// Hands over the table: title, slug, date, kind, issuer of each document, and where its paragraphs begin. Gives the files' hashes; the
/// sample's file is the last.
///
/// Pages from disk may not be read by a script; where paragraphs begin then turns a position into a link.
pub(crate) fn table(
    site: &Site,
    postings: &[Arc<Postings>],
    order: &[u32],
    outlet: &Outlet<'_>,
) -> Result<String, WriteError> {
    let texts: Vec<String> = order.iter().map(|it| text(site, *it as usize)).collect();
    let rows: Vec<Row<'_>> =
        texts.iter().map(String::as_str).zip(postings.iter().map(|it| &**it)).collect();
    let mut expected = Rows { letters: Letters::new(), paragraphs: [Numbers::NEW, Numbers::NEW] };
    let sample: Vec<_> = rows.iter().copied().step_by(rows.len().div_ceil(SAMPLE)).collect();
    let sampled = script("u", &written(&sample, &mut expected).finish());
    let sampled = outlet.written("u", sampled)?.hash;
    let files = rows.par_chunks(rows_a_file(rows.len())).enumerate().map(|(number, rows)| {
        let make = || written(rows, &mut expected.clone());
        outlet.coded(&format!("t{number}"), || material(rows, &sampled), make)
    });
    let files: Vec<Handed> = files.collect::<Result<_, _>>()?;
    Ok(files.into_iter().map(|it| it.hash).chain([sampled]).collect())
}

fn material(rows: &[Row<'_>], sampled: &str) -> Material {
    let mut material = Material::default();
    material.bytes(sampled.as_bytes());
    for (text, postings) in rows {
        material.text(text);
        material.number(postings.paragraphs.len() as u32);
        postings.paragraphs.iter().for_each(|it| material.number(*it));
    }
    material
}

fn written(rows: &[Row<'_>], expected: &mut Rows) -> Coder {
    let mut coder = Coder::new();
    coder.number(&mut { Numbers::NEW }, rows.len() as u32);
    for (text, postings) in rows {
        expected.letters.write(&mut coder, text.as_bytes());
        let [count, lengths] = &mut expected.paragraphs;
        coder.number(count, postings.paragraphs.len() as u32);
        let before = std::iter::once(&0).chain(&postings.paragraphs);
        for (begins, before) in postings.paragraphs.iter().zip(before) {
            coder.number(lengths, begins - before);
        }
    }
    coder
}

/// The fields of a row, each on a line.
fn text(site: &Site, document: usize) -> String {
    let description = &site.readings[document].description;
    let fields = [
        description.title.value.as_str(),
        &site.collection.documents[document].slug,
        &description.date.as_ref().map(|it| it.value.to_string()).unwrap_or_default(),
        description.kind.as_ref().map(|it| it.value.as_str()).unwrap_or_default(),
        issuer(site, document).unwrap_or_default(),
    ];
    fields.map(|it| it.replace(['\n', '\0'], " ")).join("\n")
}
