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
mod outlet;
mod part;
mod sums;
mod words;
mod names;
mod told;
mod keys;
mod table;
pub mod client;

use std::sync::Arc;

use serde::Serialize;

use crate::memo::ledger::{self, Ledger};
use crate::pipeline::Site;
use crate::pipeline::search::expected::magnitude;
use crate::pipeline::search::keys::keys;
use crate::pipeline::search::merge::merge;
use crate::pipeline::search::names::{FIELDS, Names, Value, fields};
use crate::pipeline::search::outlet::Outlet;
use crate::pipeline::search::posting::Postings;
use crate::pipeline::search::section::{Cut, section};
use crate::pipeline::search::table::{rows_a_file, table};
use crate::pipeline::search::words::words;
use crate::pipeline::write::{Output, OutputFile, WriteError};

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
    /// How long each is: a letter, one further for each doubling.
    lengths: String,
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

/// Hands over the index of `site`, whose documents have these `postings`, in the order of [`Site::readings`]. Lets go of them as it
/// reads them. Files that `ledger` knows to be the same stay where they are.
pub fn index(
    site: &Site,
    postings: Vec<Arc<Postings>>,
    (output, ledger): (&dyn Output, &Ledger<'_>),
) -> Result<(), WriteError> {
    if site.readings.is_empty() {
        return Ok(());
    }
    let (order, outlet) = (by_year(site), Outlet { output, ledger });
    let total = order.len() as u32;
    let postings = in_order(postings, &order);
    let lengths: Vec<u32> = postings.iter().map(|it| it.length).collect();
    let table = (rows_a_file(order.len()), table(site, &postings, &order, &outlet)?);
    // The values are let go of before there are words.
    let (keys, fields) = named(&fields(site, &postings, &order), &lengths, &outlet)?;
    let known_as: Vec<_> = order.iter().map(|it| site.keys[*it as usize]).collect();
    let merged = merge(postings, &known_as, ledger.store());
    let shards = section("w", (&words(&merged), total), &Cut::BySize, &outlet)?;
    let entry = Entry {
        documents: total,
        length: mean(&lengths),
        lengths: lengths.iter().map(|it| char::from(b'a' + magnitude(*it) as u8)).collect(),
        years: years(site, &order),
        frequent: merged.frequent.iter().map(|it| merged.terms[*it as usize].to_string()).collect(),
        contexts: merged.contexts.all,
        words: shards.into_iter().map(|it| (it.first, it.hash)).unzip(),
        keys,
        fields,
        table,
    };
    let json = serde_json::to_string(&entry).expect("strings and numbers have JSON forms");
    let bytes = format!("seedbed(\"index\",{json})").into_bytes();
    let key = ledger::key(&bytes);
    let file = || OutputFile { path: ENTRY.to_owned(), bytes };
    ledger.hand_one(("search", key), output, file).map(drop)
}

/// What the client must know of names: as in [`Entry::keys`] and [`Entry::fields`].
type Named = ((Vec<String>, String), Vec<Field>);

/// Hands over the names of a collection whose documents have these lengths, and gives what the client must know of their shards.
fn named(values: &[Vec<Value>], lengths: &[u32], outlet: &Outlet<'_>) -> Result<Named, WriteError> {
    let fields = values.iter().enumerate().map(|it| field(it, lengths, outlet));
    Ok((keys(values, outlet)?, fields.collect::<Result<_, _>>()?))
}

/// Hands over the section of a field: its name, how many values it has, how many bytes counting by it takes, its shards' hashes.
fn field(
    (number, values): (usize, &Vec<Value>),
    lengths: &[u32],
    outlet: &Outlet<'_>,
) -> Result<Field, WriteError> {
    let (name, cut) = (format!("f{number}_"), Cut::ByCount(VALUES));
    let names = Names { values, lengths };
    let shards = section(&name, (&names, lengths.len() as u32), &cut, outlet)?;
    let counted: u64 = shards.iter().map(|it| it.length).sum();
    let hashes = shards.into_iter().map(|it| it.hash).collect();
    Ok((FIELDS[number], values.len(), counted as usize, hashes))
}

/// At least 1.
fn mean(lengths: &[u32]) -> u32 {
    let sum: u64 = lengths.iter().map(|it| u64::from(*it)).sum();
    (sum / lengths.len().max(1) as u64).max(1) as u32
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
