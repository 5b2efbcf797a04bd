//! Dates to years and to the order of documents in time.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::pipeline::Reading;
use crate::pipeline::calendar::{self, PartialDate};
use crate::pipeline::collate::{Collection, DocumentIndex, Year};

/// Documents by date, newest first, those of one date in the order of sources; undated ones last.
pub(crate) fn by_date(readings: &[Arc<Reading>]) -> Vec<DocumentIndex> {
    let mut documents: Vec<_> = (0..readings.len() as u32).map(DocumentIndex).collect();
    documents.sort_by_key(|it| Reverse(dated(&readings[it.0 as usize])));
    documents
}

/// The date of a document, if its year is known.
fn dated(reading: &Reading) -> Option<PartialDate> {
    reading.description.date.as_ref().map(|it| it.value).filter(|it| it.year.is_some())
}

/// Finds the years of each document, the documents of each year, and what came before and after each document.
pub(crate) fn years(collection: &mut Collection, readings: &[Arc<Reading>]) {
    let mut years: BTreeMap<i16, Year> = BTreeMap::new();
    let new = |year| Year { year, documents: Vec::new(), passages: Vec::new() };
    for (at, reading) in readings.iter().enumerate() {
        let own = dated(reading).and_then(|it| it.year);
        let passages = passages(reading);
        let mut spoken: BTreeMap<i16, u32> =
            passages.iter().map(|it| (*it.0, it.1.len() as u32)).collect();
        if let Some(own) = own {
            spoken.entry(own).or_insert(1);
            years.entry(own).or_insert_with(|| new(own));
        }
        collection.documents[at].years = spoken.into_iter().collect();
        for (year, passages) in passages.into_iter().filter(|it| Some(it.0) != own) {
            let known = years.entry(year).or_insert_with(|| new(year));
            known.passages.push((DocumentIndex(at as u32), passages));
        }
    }
    for document in collection.by_date.iter().rev() {
        if let Some(year) = dated(&readings[document.0 as usize]).and_then(|it| it.year) {
            years.entry(year).and_modify(|it| it.documents.push(*document));
        }
    }
    collection.years = years.into_values().collect();
    link_neighbours(collection, readings);
}

/// For each year that a document speaks of, the date mentions that do.
fn passages(reading: &Reading) -> BTreeMap<i16, Vec<u32>> {
    let mut passages: BTreeMap<i16, Vec<u32>> = BTreeMap::new();
    for (at, mention) in (0u32..).zip(&reading.annotations.dates) {
        for year in calendar::years(mention) {
            passages.entry(year).or_default().push(at);
        }
    }
    passages
}

fn link_neighbours(collection: &mut Collection, readings: &[Arc<Reading>]) {
    let is_dated = |it: &&DocumentIndex| dated(&readings[it.0 as usize]).is_some();
    let dated: Vec<_> = collection.by_date.iter().filter(is_dated).copied().collect();
    for pair in dated.windows(2) {
        collection.documents[pair[0].0 as usize].earlier = Some(pair[1]);
        collection.documents[pair[1].0 as usize].later = Some(pair[0]);
    }
}
