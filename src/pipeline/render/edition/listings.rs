//! Site to listings: the orders and addresses that all pages share.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use unicode_normalization::UnicodeNormalization;

use crate::pipeline::calendar::PartialDate;
use crate::pipeline::collate::{Collection, DocumentIndex, Entity, EntityIndex};
use crate::pipeline::render::edition::ROWS;
use crate::pipeline::render::edition::contexts::Kept;
use crate::pipeline::render::html::percent_encode;
use crate::pipeline::render::page::{self, Page};
use crate::pipeline::render::standpoint::{Stamp, stamp};
use crate::pipeline::render::words::Words;
use crate::pipeline::{Reading, Site};
use crate::vocabulary::Kind;

/// What pages of a site list, in what order and under which addresses.
pub struct Listings {
    /// For each kind how many there are.
    pub(super) counts: [usize; Kind::ALL.len()],
    /// For each kind, in the order of [`Kind::ALL`]; sorted when somebody asks, since most pages do not.
    pub(super) shelves: OnceLock<[Shelf; 5]>,
    /// For each theme of the collection, its documents by year; sorted when somebody asks.
    pub(super) themes: Vec<OnceLock<ByYear<(DocumentIndex, u32)>>>,
    /// Documents without a year, in the order of source paths.
    pub(super) undated: Vec<DocumentIndex>,
    pub(super) mentions: u64,
    /// The indexes that have entries, in the order of the menu.
    pub(super) indexes: Vec<Page>,
    /// For each document, what lists say of it; worked out when somebody asks.
    pub(super) documents: Vec<OnceLock<Listed>>,
    /// For each document, its date: many pages ask for that of many documents.
    pub(super) dates: Vec<Option<PartialDate>>,
    /// For each entity, its file in a link from the root; worked out when somebody asks.
    pub(super) entities: Vec<OnceLock<String>>,
    pub(super) contexts: Kept,
}

/// A document as lists name it.
pub(super) struct Listed {
    /// Its file in a link from the root.
    pub(super) file: String,
    pub(super) stamp: Stamp,
}

/// The entities of one kind.
#[derive(Default)]
pub(crate) struct Shelf {
    /// Most named first, then by name.
    pub(crate) ranked: Vec<EntityIndex>,
    /// By first letter and name, where there are too many for one page.
    pub(crate) letters: BTreeMap<char, Vec<EntityIndex>>,
}

/// Things that belong to documents, the newest year first, those without a year last.
#[derive(Debug, Default)]
pub(crate) struct ByYear<T> {
    pub(crate) items: Vec<T>,
    /// Each year with where its items begin and how many there are.
    pub(crate) years: Vec<(Option<i16>, usize, usize)>,
}

impl<T> ByYear<T> {
    /// Sorts by year and keeps the order within each.
    pub(crate) fn new(mut items: Vec<T>, year: impl Fn(&T) -> Option<i16>) -> Self {
        items.sort_by_key(|it| Reverse(year(it)));
        let mut years: Vec<(Option<i16>, usize, usize)> = Vec::new();
        for (at, item) in items.iter().enumerate() {
            match years.last_mut() {
                Some(last) if last.0 == year(item) => last.2 += 1,
                _ => years.push((year(item), at, 1)),
            }
        }
        ByYear { items, years }
    }
}

impl Listings {
    /// Works out the listings of `site`.
    pub fn new(site: &Site) -> Self {
        let collection = &site.collection;
        let date = |it: &Arc<Reading>| it.description.date.as_ref().map(|it| it.value);
        let dates: Vec<_> = site.readings.iter().map(date).collect();
        let year = |it: DocumentIndex| dates[it.0 as usize].and_then(|it| it.year);
        let all = (0..site.readings.len() as u32).map(DocumentIndex);
        let undated: Vec<_> = all.filter(|it| year(*it).is_none()).collect();
        let counts = counts(&collection.entities);
        Listings {
            indexes: indexes(collection, counts, &undated),
            counts,
            shelves: OnceLock::new(),
            themes: collection.themes.iter().map(|_| OnceLock::new()).collect(),
            undated,
            mentions: collection.entities.iter().map(|it| u64::from(it.mentions)).sum(),
            documents: dates.iter().map(|_| OnceLock::new()).collect(),
            dates,
            entities: collection.entities.iter().map(|_| OnceLock::new()).collect(),
            contexts: collection.entities.iter().map(|_| OnceLock::new()).collect(),
        }
    }
}

fn indexes(collection: &Collection, counts: [usize; 5], undated: &[DocumentIndex]) -> Vec<Page> {
    let kinds = Kind::ALL.into_iter().filter(|it| counts[*it as usize] > 0);
    let rest = [
        (Page::Years, !collection.years.is_empty() || !undated.is_empty()),
        (Page::Themes, !collection.themes.is_empty()),
        (Page::Documents(0), !collection.documents.is_empty()),
        (Page::Network, !collection.pairs.is_empty()),
    ];
    let rest = rest.into_iter().filter(|it| it.1).map(|it| it.0);
    kinds.map(Page::Index).chain(rest).collect()
}

impl Listed {
    pub(super) fn of(date: Option<PartialDate>, slug: &str, words: &Words) -> Listed {
        Listed {
            file: percent_encode(&page::document(slug).file()).into_owned(),
            stamp: stamp(date, words),
        }
    }
}

fn counts(entities: &[Entity]) -> [usize; Kind::ALL.len()] {
    let mut counts = [0; Kind::ALL.len()];
    entities.iter().for_each(|it| counts[it.kind as usize] += 1);
    counts
}

/// The entities of each kind, in their orders.
pub(super) fn shelves(site: &Site) -> [Shelf; 5] {
    let entities = &site.collection.entities;
    let collator = collator(&site.config.default_language);
    Kind::ALL.map(|kind| {
        let all = (0..entities.len() as u32).map(EntityIndex);
        let entity = |it: EntityIndex| &entities[it.0 as usize];
        let mut ranked: Vec<EntityIndex> = all.filter(|it| entity(*it).kind == kind).collect();
        ranked.sort_by(|a, b| collator.compare(&entity(*a).name, &entity(*b).name).then(a.cmp(b)));
        let mut letters: BTreeMap<char, Vec<EntityIndex>> = BTreeMap::new();
        if ranked.len() > ROWS {
            for it in &ranked {
                letters.entry(first_letter(&entity(*it).name)).or_default().push(*it);
            }
        }
        ranked.sort_by_key(|it| Reverse(entity(*it).mentions));
        Shelf { ranked, letters }
    })
}

fn collator(language: &str) -> CollatorBorrowed<'static> {
    let preferences = language
        .parse::<icu_locale_core::Locale>()
        .map(CollatorPreferences::from)
        .unwrap_or_default();
    Collator::try_new(preferences, CollatorOptions::default())
        .or_else(|_| Collator::try_new(CollatorPreferences::default(), CollatorOptions::default()))
        .expect("the root collation is compiled in")
}

/// The letter under which a name is listed: without accents, upper case, `0` for everything that is no letter.
fn first_letter(name: &str) -> char {
    let first = name.nfd().find(|it| it.is_alphanumeric());
    match first {
        Some(letter) if letter.is_alphabetic() => letter.to_uppercase().next().unwrap_or(letter),
        _ => '0',
    }
}

#[cfg(test)]
mod tests {
    use super::{ByYear, first_letter};

    #[test]
    fn years_come_newest_first_and_the_undated_last() {
        let shelf =
            ByYear::new(vec![(1, None), (2, Some(2019)), (3, Some(2021)), (4, Some(2019))], |it| {
                it.1
            });
        assert_eq!(shelf.years, [(Some(2021), 0, 1), (Some(2019), 1, 2), (None, 3, 1)]);
        assert_eq!(shelf.items.iter().map(|it| it.0).collect::<Vec<_>>(), [3, 2, 4, 1]);
    }

    #[test]
    fn letters_fold_accents() {
        assert_eq!(
            [first_letter("Émile"), first_letter("“quoted”"), first_letter("2030 Agenda")],
            ['E', 'Q', '0']
        );
    }
}
