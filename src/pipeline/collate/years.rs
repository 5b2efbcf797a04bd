//! Dates to years and to the order of documents in time.

use std::cmp::Reverse;
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
    let mut years = counted(outlines);
    for (at, (entry, outline)) in (0u32..).zip(collection.documents.iter_mut().zip(outlines)) {
        let own = outline.date.and_then(|it| it.year);
        entry.years = Arc::clone(&outline.spoken);
        for (year, passages) in outline.years.iter().filter(|it| Some(it.0) != own) {
            let year = years[place(*year)].as_mut().expect("every year has been counted");
            year.passages.push((DocumentIndex(at), Arc::clone(passages)));
        }
    }
    for document in collection.by_date.iter().rev() {
        if let Some(year) = outlines[document.0 as usize].date.and_then(|it| it.year) {
            let year = years[place(year)].as_mut().expect("every year has been counted");
            year.documents.push(*document);
        }
    }
    collection.years = years.into_iter().flatten().collect();
    link_neighbours(collection, outlines);
}

/// Every year that could be, those that documents are dated in or speak of with room for all that they have.
fn counted(outlines: &[Arc<Outline>]) -> Vec<Option<Year>> {
    let mut counts = vec![(0, 0); YEARS];
    for outline in outlines {
        let own = outline.date.and_then(|it| it.year);
        if let Some(own) = own {
            counts[place(own)].0 += 1;
        }
        for (year, _) in outline.years.iter().filter(|it| Some(it.0) != own) {
            counts[place(*year)].1 += 1;
        }
    }
    let new = |(year, (documents, passages))| {
        let (documents, passages) = (Vec::with_capacity(documents), Vec::with_capacity(passages));
        Year { year, documents, passages }
    };
    let all = (i16::MIN..=i16::MAX).zip(counts);
    all.map(|it| (it.1 != (0, 0)).then(|| new(it))).collect()
}

/// How many years there could be.
const YEARS: usize = 1 << 16;

fn place(year: i16) -> usize {
    // The sign bit turned round makes the least year the first.
    usize::from(year.cast_unsigned() ^ 0x8000)
}

fn link_neighbours(collection: &mut Collection, outlines: &[Arc<Outline>]) {
    let is_dated = |it: &&DocumentIndex| outlines[it.0 as usize].date.is_some();
    let dated: Vec<_> = collection.by_date.iter().filter(is_dated).copied().collect();
    for pair in dated.windows(2) {
        collection.documents[pair[0].0 as usize].earlier = Some(pair[1]);
        collection.documents[pair[1].0 as usize].later = Some(pair[0]);
    }
}
