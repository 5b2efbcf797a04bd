//! Postings of each document to the search index: files that the client loads one by one, as a query needs them.
//!
//! A classic script is the one thing that a page may load both over HTTP and from disk under a strict policy, so every file of the index
//! is one. Documents are numbered by date, the newest first: a year is then a range, and sorting by date costs nothing.
//! The query language, the ranking and the reading of these files are in `static/search.js`.

pub mod terms;
mod batch;
mod coder;
mod forms;
pub mod posting;
mod stem;
mod merge;
mod numbers;
mod frequent;
mod expected;
mod section;
mod words;
mod names;
mod keys;
mod table;
pub mod client;

use std::sync::Arc;

use serde::Serialize;

use crate::pipeline::Site;
use crate::pipeline::search::keys::keys;
use crate::pipeline::search::merge::merge;
use crate::pipeline::search::names::{FIELDS, Value, fields, names};
use crate::pipeline::search::posting::Postings;
use crate::pipeline::search::section::{Cut, Section, section};
use crate::pipeline::search::table::{rows_a_file, table};
use crate::pipeline::search::words::words;
use crate::pipeline::write::OutputFile;

/// What the client loads first; the one file of the index whose name never changes.
pub const ENTRY: &str = "search/index.js";

/// How many values of a field are in a shard of its section.
const VALUES: usize = 64;

type Field = (&'static str, usize, usize, String);

/// What the client must know before it can look anything up.
#[derive(Serialize)]
struct Entry {
    /// How many documents there are.
    documents: u32,
    /// Their mean length in terms.
    length: u32,
    /// Years with the number of documents dated in each, the latest first; 0 stands for no year.
    years: Vec<(i16, u32)>,
    /// The most frequent words, the most frequent first.
    frequent: Vec<String>,
    /// What may stand before a word, the most frequent first: 32 times the frequent word before (from 1; 0 for any other word), and
    /// for usual pairs the one before that.
    contexts: Vec<u32>,
    /// First keys and hashes of the shards of words.
    words: (Vec<String>, String),
    /// First keys and hashes of the shards of names.
    keys: (Vec<String>, String),
    /// See [`field`].
    fields: Vec<Field>,
    /// How many documents each file of the table has, and the files' hashes, the sample's last.
    table: (usize, String),
}

/// The index of `site`, whose documents have these `postings`, in the order of [`Site::readings`]. Lets go of them as it reads them.
pub fn index(site: &Site, postings: Vec<Arc<Postings>>) -> Vec<OutputFile> {
    if site.readings.is_empty() {
        return Vec::new();
    }
    let order = by_year(site);
    let mut files = Vec::new();
    let (values, table) = {
        let postings: Vec<&Postings> = order.iter().map(|it| &*postings[*it as usize]).collect();
        let table = keep(table(site, &postings, &order), &mut files).1;
        (fields(site, &postings, &order), (rows_a_file(order.len()), table))
    };
    let merged = merge(in_order(postings, &order));
    let size = (order.len() as u32, merged.length);
    let entry = Entry {
        documents: size.0,
        length: size.1,
        years: years(site, &order),
        frequent: merged.frequent.iter().map(|it| merged.terms[*it as usize].to_string()).collect(),
        words: keep(section("w", (&words(&merged), size.0), &Cut::BySize), &mut files),
        contexts: merged.contexts.all.clone(),
        keys: keep(keys(&values), &mut files),
        fields: values.iter().enumerate().map(|it| field(it, size, &mut files)).collect(),
        table,
    };
    let json = serde_json::to_string(&entry).expect("strings and numbers have JSON forms");
    files.push(OutputFile {
        path: ENTRY.to_owned(),
        bytes: format!("seedbed(\"index\",{json})").into_bytes(),
    });
    files
}

/// Writes the section of a field: its name, how many values it has, how many bytes counting by it takes, its shards' hashes.
fn field(
    (number, values): (usize, &Vec<Value>),
    (total, length): (u32, u32),
    files: &mut Vec<OutputFile>,
) -> Field {
    let section =
        section(&format!("f{number}_"), (&names(values, length), total), &Cut::ByCount(VALUES));
    let counted = section.files.iter().filter(|it| !it.path.contains('p'));
    (FIELDS[number], values.len(), counted.map(|it| it.bytes.len()).sum(), keep(section, files).1)
}

/// Adds the files of a section to `files`, and gives the first keys and the hashes of its shards.
fn keep(section: Section, files: &mut Vec<OutputFile>) -> (Vec<String>, String) {
    files.extend(section.files);
    section.shards.into_iter().unzip()
}

fn in_order(postings: Vec<Arc<Postings>>, order: &[u32]) -> Vec<Arc<Postings>> {
    let mut postings: Vec<_> = postings.into_iter().map(Some).collect();
    order.iter().filter_map(|it| postings[*it as usize].take()).collect()
}

/// Documents as the index numbers them: the latest year first, and within it as the collection has them by date.
fn by_year(site: &Site) -> Vec<u32> {
    let mut order: Vec<u32> = site.collection.by_date.iter().map(|it| it.0).collect();
    order.sort_by_key(|it| std::cmp::Reverse(year(site, *it)));
    order
}

fn year(site: &Site, document: u32) -> i16 {
    let date = site.readings[document as usize].description.date.as_ref();
    date.and_then(|it| it.value.year).unwrap_or_default()
}

fn years(site: &Site, order: &[u32]) -> Vec<(i16, u32)> {
    let years: Vec<i16> = order.iter().map(|it| year(site, *it)).collect();
    years.chunk_by(i16::eq).map(|it| (it[0], it.len() as u32)).collect()
}
