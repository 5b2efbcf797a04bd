//! Who and what a year's documents name, and their themes, each with a link to what they say of it.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::NameGroup;
use crate::pipeline::collate::{DocumentIndex, EntityIndex};
use crate::pipeline::render::page::Page;
use crate::pipeline::render::standpoint::{NameLink, Standpoint};
use crate::vocabulary::Kind;

/// How many names of each kind a year lists.
const NAMES: usize = 16;

/// Who and what the documents of a year name most, each with a link to what they say of it.
pub(super) fn names(
    from: &Standpoint<'_>,
    documents: &[DocumentIndex],
    year: Option<i16>,
) -> Vec<NameGroup> {
    let mut counts: FxHashMap<EntityIndex, u32> = FxHashMap::default();
    for (entity, _) in documents.iter().flat_map(|it| &*from.edition.entry(*it).named) {
        *counts.entry(*entity).or_default() += 1;
    }
    let mut ranked: Vec<(EntityIndex, u32)> = counts.into_iter().collect();
    ranked.sort_by_key(|it| (std::cmp::Reverse(it.1), it.0));
    let group = |kind: Kind| {
        let of_kind = ranked.iter().filter(|it| from.edition.name(it.0).kind == kind);
        let names: Vec<NameLink> = of_kind.take(NAMES).map(|it| name(from, *it, year)).collect();
        let (title, href) =
            (from.words().get(kind.folder()).to_owned(), from.to_page(&Page::Index(kind)));
        (!names.is_empty()).then(|| NameGroup { kind: kind.name().to_owned(), title, href, names })
    };
    Kind::ALL.into_iter().filter_map(group).collect()
}

fn name(
    from: &Standpoint<'_>,
    (entity, documents): (EntityIndex, u32),
    year: Option<i16>,
) -> NameLink {
    NameLink {
        href: from.to_place(&from.edition.entity_year(entity, year)),
        count: from.words().number(documents as usize),
        ..from.entity(entity)
    }
}

pub(super) fn themes(
    from: &Standpoint<'_>,
    documents: &[DocumentIndex],
    year: Option<i16>,
) -> Vec<NameLink> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for (theme, _) in documents.iter().flat_map(|it| &from.edition.entry(*it).themes) {
        *counts.entry(*theme).or_default() += 1;
    }
    let mut ranked: Vec<(u32, usize)> = counts.into_iter().collect();
    ranked.sort_by_key(|it| std::cmp::Reverse(it.1));
    let link = |(theme, documents): (u32, usize)| {
        let place = from.edition.theme_year(theme, year)?;
        let count = from.words().number(documents);
        Some(NameLink { href: from.to_place(&place), count, ..from.theme(theme) })
    };
    ranked.into_iter().filter_map(link).collect()
}
