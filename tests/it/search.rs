//! The search index, read back as the client reads it, against a plain scan of the texts.

#[path = "../../benches/collection.rs"]
mod collection;
#[path = "../../benches/site.rs"]
mod site;
mod reader;
mod shelf;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use proptest::prelude::{any, proptest};
use seedbed::pipeline::Site;
use seedbed::pipeline::search::posting::{Postings, postings};
use seedbed::pipeline::search::terms::{folded, terms};
use seedbed::vocabulary::Kind;

use reader::Index;
use shelf::{Shelf, made};

/// For each term the documents, by slug, and the positions in them.
type Inverted = BTreeMap<String, BTreeMap<String, Vec<u32>>>;

/// Large enough that some words are frequent.
static GENERATED: LazyLock<(Site, Index)> = LazyLock::new(|| {
    let site = site::site(&collection::World::new(7, 600), 600);
    let index = Index::open(made(&site, all_postings(&site)));
    (site, index)
});

fn all_postings(site: &Site) -> Vec<Arc<Postings>> {
    site.readings.iter().map(|it| Arc::new(postings(it))).collect()
}

fn scan(site: &Site) -> Inverted {
    let mut found = Inverted::new();
    for (reading, entry) in site.readings.iter().zip(&site.collection.documents) {
        let mut position = 0;
        for block in &reading.document.blocks {
            for term in terms(&reading.document.text[block.range()]) {
                found
                    .entry(term.form)
                    .or_default()
                    .entry(entry.slug.clone())
                    .or_default()
                    .push(position);
                position += 1;
            }
            position += 1;
        }
    }
    found
}

#[test]
fn every_word_is_where_a_scan_finds_it_and_nowhere_else() {
    let (site, index) = &*GENERATED;
    let read: Inverted = index.words().into_iter().map(|it| (it.key, it.places)).collect();
    assert_eq!(read, scan(site));
}

#[test]
fn what_stands_before_a_word_is_told() {
    let (site, index) = &*GENERATED;
    assert!(!index.frequent.is_empty(), "the collection is large enough to have frequent words");
    let scanned = scan(site);
    let standing: BTreeSet<(&str, u32, &str)> = index
        .frequent
        .iter()
        .flat_map(|word| {
            scanned[word].iter().flat_map(move |(slug, all)| {
                all.iter().map(move |it| (slug.as_str(), *it, word.as_str()))
            })
        })
        .collect();
    let stands = |slug: &str, at: Option<u32>| {
        index
            .frequent
            .iter()
            .position(|word| at.is_some_and(|at| standing.contains(&(slug, at, word))))
            .map_or(0, |it| it as u32 + 1)
    };
    for word in index.words().iter().filter(|it| !index.frequent.contains(&it.key)) {
        for (slug, told) in &word.before {
            for (position, context) in word.places[slug].iter().zip(told) {
                let (first, second) =
                    (stands(slug, position.checked_sub(1)), stands(slug, position.checked_sub(2)));
                let pair = index.contexts.contains(&(first * 32 + second));
                let expected =
                    if first == 0 { 0 } else { first * 32 + if pair { second } else { 0 } };
                assert_eq!(*context, expected, "before {} at {position} of {slug}", word.key);
            }
        }
    }
}

#[test]
fn every_name_has_the_documents_that_name_it() {
    let (site, index) = &*GENERATED;
    for kind in Kind::ALL {
        let values = index.values(kind.name());
        let entities =
            site.collection.entities.iter().enumerate().filter(|(_, it)| it.kind == kind);
        for (number, entity) in entities {
            let named = site
                .collection
                .documents
                .iter()
                .filter(|it| it.named.iter().any(|(named, _)| named.0 as usize == number));
            let expected: BTreeSet<&str> = named.map(|it| it.slug.as_str()).collect();
            let read: BTreeSet<&str> = values
                .get(&entity.name)
                .map(|it| it.places.keys().map(String::as_str).collect())
                .unwrap_or_default();
            assert_eq!(read, expected, "{}", entity.name);
        }
    }
}

/// What is typed of a name, whether that is all of it, and the name, with the last part of its page's address where the client
/// could not tell it.
type Completed = BTreeSet<(String, bool, String)>;

/// The keys of all entities that a document names.
fn completed(site: &Site) -> Completed {
    let mut keys = Completed::new();
    let named = site.collection.documents.iter().flat_map(|it| &*it.named);
    let named: BTreeSet<usize> = named.map(|it| it.0.0 as usize).collect();
    for entity in named.into_iter().map(|it| &site.collection.entities[it]) {
        let plain = folded(&entity.name).replace(' ', "-");
        let rest = entity.id.strip_prefix(&plain).filter(|it| it.starts_with('-') || it.is_empty());
        let told = format!("{}\t{}", entity.name, rest.unwrap_or(&entity.id));
        for form in entity.forms.iter().map(|it| &it.0).chain([&entity.name]) {
            let words = folded(form);
            let starts = words.match_indices(' ').map(|it| it.0 + 1).take(7);
            for start in starts.chain([0]).filter(|it| *it == 0 || !is_weak(&words[*it..])) {
                keys.insert((words[start..].to_owned(), start == 0, told.trim_end().to_owned()));
            }
        }
    }
    keys
}

fn is_weak(key: &str) -> bool {
    ["a", "and", "at", "for", "in", "of", "on", "the", "to"]
        .contains(&key.split(' ').next().unwrap())
}

#[test]
fn names_are_found_by_what_is_typed_of_them() {
    let mut site = site::site(&collection::World::new(7, 60), 60);
    let collection = Arc::get_mut(&mut site.collection).expect("nobody else has it");
    let entities = &mut collection.entities;
    entities[0].id += "-2";
    entities[1].id = "quite-another".to_owned();
    entities[2].name = "Élan, İstanbul & Łódź".to_owned();
    let index = Index::open(made(&site, all_postings(&site)));
    let entities = index.names().into_iter().filter(|it| it.field < 5);
    let read: Completed = entities.map(|it| (it.key, it.is_whole, it.name)).collect();
    let expected = completed(&site);
    // A key that is a whole form and the end of another stands once, as whole.
    let whole = |(key, is_whole, name): &(String, bool, String)| {
        *is_whole || !expected.contains(&(key.clone(), true, name.clone()))
    };
    let expected: Completed = expected.iter().filter(|it| whole(it)).cloned().collect();
    assert_eq!(read.symmetric_difference(&expected).next(), None);
}

#[test]
fn a_row_of_a_name_says_which_value_it_is() {
    let (_, index) = &*GENERATED;
    for (field, kind) in Kind::ALL.iter().enumerate() {
        let values = index.values(kind.name());
        for named in index.names().iter().filter(|it| it.field == field) {
            let value = &values[named.name.split('\t').next().unwrap()];
            assert_eq!((value.number, value.count), (named.number, named.count), "{named:?}");
        }
    }
}

#[test]
fn years_are_ranges_of_documents_and_rows_say_what_they_are() {
    let (site, index) = &*GENERATED;
    let mut first = 0;
    for (year, count) in &index.years {
        for row in &index.rows[first..first + count] {
            let entry =
                site.collection.documents.iter().position(|it| it.slug == row.slug).unwrap();
            let description = &site.readings[entry].description;
            assert_eq!(description.title.value, row.title);
            assert_eq!(description.date.as_ref().unwrap().value.to_string(), row.date);
            assert!(row.date.starts_with(&year.to_string()));
        }
        first += count;
    }
    assert_eq!(first, site.readings.len());
}

#[test]
fn the_same_documents_make_the_same_bytes() {
    let site = site::site(&collection::World::new(3, 30), 30);
    let postings = all_postings(&site);
    let threads = |count| rayon::ThreadPoolBuilder::new().num_threads(count).build().unwrap();
    assert_eq!(
        threads(1).install(|| made(&site, postings.clone())),
        threads(8).install(|| made(&site, postings.clone()))
    );
}

/// A document of `site`, with some words put in or left out.
fn edit(site: &mut Site, random: &mut collection::Random) {
    let at = random.below(site.readings.len());
    let mut reading = (*site.readings[at]).clone();
    let mut text = reading.document.text.to_string();
    let block = random.below(reading.document.blocks.len());
    let place = reading.document.blocks[block].start as usize;
    let word = ["once ", "of ", "a wholly unheard word ", ""][random.below(4)];
    text.insert_str(place, word);
    for block in &mut reading.document.blocks[block..] {
        block.start += if block.start as usize > place { word.len() as u32 } else { 0 };
        block.end += word.len() as u32;
    }
    if random.below(3) == 0 {
        reading.description.title.value += " again";
    }
    reading.document.text = text.as_str().into();
    site.keys[at] = site::key(&reading);
    site.readings[at] = Arc::new(reading);
}

#[test]
fn files_that_are_kept_are_those_that_would_be_made() {
    let world = collection::World::new(7, 600);
    let mut site = site::site(&world, 600);
    let mut random = collection::Random::new(11);
    let mut shelf = Shelf::first();
    shelf.index(&site, all_postings(&site));
    for edits in [0, 1, 1, 4] {
        (0..edits).for_each(|_| edit(&mut site, &mut random));
        shelf = shelf.next();
        shelf.index(&site, all_postings(&site));
        let files = made(&site, all_postings(&site));
        assert!(shelf.files() == files, "a file differs");
        let least = if edits == 0 { files.len() - 1 } else { 1 };
        assert!(
            shelf.kept() >= least,
            "{} of {}; the entry is always made",
            shelf.kept(),
            files.len()
        );
    }
    let fewer = site::site(&world, 590);
    shelf = shelf.next();
    shelf.index(&fewer, all_postings(&fewer));
    assert!(shelf.files() == made(&fewer, all_postings(&fewer)), "a file differs");
}

#[test]
fn an_empty_collection_has_no_index() {
    assert!(made(&site::site(&collection::World::new(1, 1), 0), Vec::new()).is_empty());
}

#[test]
fn the_client_is_small() {
    let client = seedbed::pipeline::search::client::client(|_| None);
    assert!(client.len() < 36_000, "{} bytes", client.len());
}

proptest! {
    #[test]
    fn folding_twice_is_folding_once(text in any::<String>()) {
        let once = folded(&text);
        assert_eq!(folded(&once), once);
    }

    #[test]
    fn spans_lie_one_behind_the_other(text in any::<String>()) {
        let mut end = 0;
        for term in terms(&text) {
            assert!(term.span.end > term.span.start && text.get(term.span.clone()).is_some());
            assert!(term.span.end >= end);
            end = term.span.end;
        }
    }
}
