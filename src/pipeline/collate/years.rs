//! Dates to years and to the order of documents in time.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::pipeline::collate::outline::Outline;
use crate::pipeline::collate::{Collection, DocumentIndex, Year};

/// Documents by date, newest first, those of one date in the order of sources; undated ones last.
pub(crate) fn by_date(outlines: &[Arc<Outline>]) -> Vec<DocumentIndex> {
    let dates = outlines.iter().map(|it| Reverse(it.date)).zip(0u32..);
    let mut documents: Vec<_> = dates.collect();
    documents.sort_unstable();
    documents.into_iter().map(|it| DocumentIndex(it.1)).collect()
}

/// Finds the years of each document, the documents of each year, and what came before and after each document.
pub(crate) fn years(collection: &mut Collection, outlines: &[Arc<Outline>]) {
    let mut years: BTreeMap<i16, Year> = BTreeMap::new();
    let new = |year| Year { year, documents: Vec::new(), passages: Vec::new() };
    for (at, outline) in outlines.iter().enumerate() {
        let own = outline.date.and_then(|it| it.year);
        collection.documents[at].years = spoken(own, &outline.years);
        if let Some(own) = own {
            years.entry(own).or_insert_with(|| new(own));
        }
        for (year, passages) in outline.years.iter().filter(|it| Some(it.0) != own) {
            let known = years.entry(*year).or_insert_with(|| new(*year));
            known.passages.push((DocumentIndex(at as u32), Arc::clone(passages)));
        }
    }
    for document in collection.by_date.iter().rev() {
        if let Some(year) = outlines[document.0 as usize].date.and_then(|it| it.year) {
            years.entry(year).and_modify(|it| it.documents.push(*document));
        }
    }
    collection.years = years.into_values().collect();
    link_neighbours(collection, outlines);
}

/// The years that a document speaks of, its own included, with the number of passages.
fn spoken(own: Option<i16>, passages: &[(i16, Arc<[u32]>)]) -> Vec<(i16, u32)> {
    let mut spoken: Vec<_> = passages.iter().map(|it| (it.0, it.1.len() as u32)).collect();
    if let Some(own) = own
        && let Err(place) = spoken.binary_search_by_key(&own, |it| it.0)
    {
        spoken.insert(place, (own, 1));
    }
    spoken
}

fn link_neighbours(collection: &mut Collection, outlines: &[Arc<Outline>]) {
    let is_dated = |it: &&DocumentIndex| outlines[it.0 as usize].date.is_some();
    let dated: Vec<_> = collection.by_date.iter().filter(is_dated).copied().collect();
    for pair in dated.windows(2) {
        collection.documents[pair[0].0 as usize].earlier = Some(pair[1]);
        collection.documents[pair[1].0 as usize].later = Some(pair[0]);
    }
}
