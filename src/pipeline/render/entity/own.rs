//! The documents that an entity issued, or in which it speaks, newest first.

use std::cmp::Reverse;

use super::OwnDocuments;
use crate::pipeline::collate::{DocumentIndex, EntityIndex};
use crate::pipeline::render::edition::contexts::Contexts;
use crate::pipeline::render::standpoint::{DocumentItem, NameLink, Standpoint};

/// How many are listed before the rest is folded or left to the years' pages.
const NEWEST: usize = 100;

/// The newest of `documents`, and a way to each of the others.
pub(super) fn documents(
    from: &Standpoint<'_>,
    (entity, contexts): (EntityIndex, &Contexts),
    documents: &[DocumentIndex],
) -> OwnDocuments {
    let sorted = sorted(from, documents.to_vec());
    let (newest, rest) = sorted.split_at(sorted.len().min(NEWEST));
    // A year that does not name its issuer has no page, so its documents have to stand here.
    let (elsewhere, folded): (Vec<_>, Vec<_>) =
        rest.iter().copied().partition(|it| has_page(from, (entity, contexts), *it));
    let years =
        if elsewhere.is_empty() { Vec::new() } else { years(from, (entity, contexts), &sorted) };
    let items = |all: &[DocumentIndex]| all.iter().map(|it| from.item(*it)).collect();
    OwnDocuments {
        newest: items(newest),
        folded_note: from.words().count("more_documents", folded.len()),
        folded: items(&folded),
        years,
    }
}

/// Those of one year, on the first part of the year's page.
pub(super) fn of_year(
    from: &Standpoint<'_>,
    documents: &[DocumentIndex],
    (year, part): (Option<i16>, u32),
) -> Vec<DocumentItem> {
    let of_year = |it: &DocumentIndex| part == 0 && from.edition.year(*it) == year;
    let documents = documents.iter().copied().filter(of_year).collect();
    sorted(from, documents).into_iter().map(|it| from.item(it)).collect()
}

fn sorted(from: &Standpoint<'_>, mut documents: Vec<DocumentIndex>) -> Vec<DocumentIndex> {
    documents.sort_by_key(|it| Reverse(from.edition.date(*it)));
    documents
}

/// Whether the entity's contexts of the document's year have a page of their own.
fn has_page(
    from: &Standpoint<'_>,
    (entity, contexts): (EntityIndex, &Contexts),
    document: DocumentIndex,
) -> bool {
    let year = from.edition.year(document);
    from.edition.has_years(entity) && contexts.years.iter().any(|it| it.0 == year)
}

/// Each year's page, with the number of documents listed there.
fn years(
    from: &Standpoint<'_>,
    (entity, contexts): (EntityIndex, &Contexts),
    sorted: &[DocumentIndex],
) -> Vec<NameLink> {
    let mut years: Vec<NameLink> = Vec::new();
    for of_year in sorted.chunk_by(|a, b| from.edition.year(*a) == from.edition.year(*b)) {
        if !has_page(from, (entity, contexts), of_year[0]) {
            continue;
        }
        let year = from.edition.year(of_year[0]);
        let (address, _) = from.edition.entity_year(entity, year);
        years.push(NameLink {
            name: year.map_or_else(|| from.words().get("undated").to_owned(), |it| it.to_string()),
            href: from.to_place(&(address, "page-own".to_owned())),
            count: from.words().count("documents", of_year.len()),
            ..NameLink::default()
        });
    }
    years
}
