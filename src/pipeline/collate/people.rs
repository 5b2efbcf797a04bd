//! Which short and differently spelt names mean one person. Two people with one surname and different offices never do.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::pipeline::annotate::Standing;
use crate::pipeline::collate::identity::{Clusters, kind};
use crate::pipeline::collate::units::{Holder, Key, Unit, Units};
use crate::vocabulary::lexicon::{Lexicon, fold, list};
use crate::vocabulary::{Kind, Vocabulary};

/// In a larger folder a shared surname says nothing.
const FOLDER: u32 = 200;
/// How many people of one office are compared with each other.
const HOLDERS: usize = 60;

/// Joins people.
pub(crate) fn join(units: &Units, vocabulary: &Vocabulary, clusters: &mut Clusters) {
    join_spellings(units, &vocabulary.lexicon, clusters);
    let full = full_names(units, vocabulary);
    let mut short: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (number, unit) in (0u32..).zip(&units.units) {
        if let Key::Surname(surname, _) = &unit.key {
            short.entry(surname).or_default().push(number);
        }
    }
    let nobody = Vec::new();
    for (surname, short) in short {
        let full = full.get(surname).unwrap_or(&nobody);
        if full.is_empty() {
            join_word(units, surname, &short, clusters);
        }
        join_surname(units, &short, &distinct(full, clusters), clusters);
    }
}

/// A word that some documents take for a person and others, as weakly, for something else, is one thing.
fn join_word(units: &Units, word: &str, short: &[u32], clusters: &mut Clusters) {
    let Some(&other) = units.by_key.get(&Key::Text(word.into())) else { return };
    let weak = |it: &u32| units.units[*it as usize].standing == Standing::Likely;
    if kind(&units.units[other as usize]).is_some() && short.iter().all(weak) {
        for &number in short {
            clusters.join(number, other, || format!("\"{word}\": the same word"));
        }
    }
}

/// The units of people with more than one word to their name, by surname.
fn full_names<'a>(units: &'a Units, vocabulary: &Vocabulary) -> FxHashMap<Box<str>, Vec<u32>> {
    let mut full: FxHashMap<Box<str>, Vec<u32>> = FxHashMap::default();
    for (number, unit) in (0u32..).zip(&units.units) {
        let surname = match &unit.key {
            Key::Entry(entry) if vocabulary.entry(*entry).kind == Kind::Person => {
                fold(&vocabulary.entry(*entry).name).rsplit([' ', '-']).next().map(Box::from)
            }
            Key::Text(text) if kind(unit) == Some(Kind::Person) => {
                text.rsplit_once(' ').map(|it| it.1.into())
            }
            _ => None,
        };
        if let Some(surname) = surname {
            full.entry(surname).or_default().push(number);
        }
    }
    full
}

/// One unit of each cluster among `units`.
fn distinct(units: &[u32], clusters: &Clusters) -> Vec<u32> {
    let mut found: Vec<u32> = units.iter().map(|it| clusters.of(*it)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Joins the units of a bare surname to the people who have it.
fn join_surname(units: &Units, short: &[u32], full: &[u32], clusters: &mut Clusters) {
    let unit = |number: u32| &units.units[number as usize];
    for &number in short {
        let mut fitting =
            full.iter().filter(|it| agree(unit(number), unit(**it), units, full.len()));
        if let (Some(&one), None) = (fitting.next(), fitting.next()) {
            clusters.join(number, one, || reason(unit(number)));
        }
    }
    let offices = short.iter().filter(|it| office(unit(**it)).is_some()).count();
    if full.is_empty() && offices <= 1 {
        for &number in &short[1..] {
            clusters.join(number, short[0], || reason(unit(number)));
        }
    }
}

fn office(unit: &Unit) -> Option<(&str, &str)> {
    match &unit.key {
        Key::Surname(_, Holder::Office(title, of)) => Some((title, of)),
        _ => None,
    }
}

/// Whether the bearer of a bare surname may be this person: by office, or without one in a small folder that names both.
fn agree(short: &Unit, full: &Unit, units: &Units, bearers: usize) -> bool {
    match &short.key {
        Key::Surname(_, Holder::Office(title, of)) => {
            let same = |(other, place): &(Box<str>, Box<str>)| {
                other == title
                    && (place == of || (bearers == 1 && (place.is_empty() || of.is_empty())))
            };
            full.offices.keys().any(same)
        }
        Key::Surname(_, Holder::Folder(folder)) => {
            bearers == 1
                && units.folders[*folder as usize] <= FOLDER
                && full.folders.contains(folder)
        }
        _ => false,
    }
}

fn reason(short: &Unit) -> String {
    let text = short.texts.keys().min().map_or("", |it| &**it);
    match office(short) {
        Some((title, "")) => format!("\"{text}\": the same surname and office ({title})"),
        Some((title, of)) => format!("\"{text}\": the same surname and office ({title}, {of})"),
        None => format!("\"{text}\": the only one of this surname"),
    }
}

/// Joins full names that differ by a letter or two and hold the same office.
fn join_spellings(units: &Units, lexicon: &Lexicon, clusters: &mut Clusters) {
    let mut holders: BTreeMap<(&str, &str), Vec<u32>> = BTreeMap::new();
    for (number, unit) in (0u32..).zip(&units.units) {
        if matches!(unit.key, Key::Text(_)) && kind(unit) == Some(Kind::Person) {
            let mut offices: Vec<_> = unit.offices.keys().collect();
            offices.sort_unstable();
            for (title, of) in offices.into_iter().filter(|it| !it.1.is_empty()) {
                holders.entry((title, of)).or_default().push(number);
            }
        }
    }
    for ((title, of), people) in holders {
        let people = &people[..people.len().min(HOLDERS)];
        for (at, &one) in people.iter().enumerate() {
            for &other in &people[at + 1..] {
                if alike(&units.units[one as usize], &units.units[other as usize], lexicon) {
                    let text = name(&units.units[other as usize]);
                    clusters.join(other, one, || {
                        format!("\"{text}\": another spelling, the same office ({title}, {of})")
                    });
                }
            }
        }
    }
}

fn name(unit: &Unit) -> &str {
    match &unit.key {
        Key::Text(text) => text,
        _ => "",
    }
}

/// Whether two full names may be two spellings of one: a letter or two apart, never both in one document.
fn alike(one: &Unit, other: &Unit, lexicon: &Lexicon) -> bool {
    let (a, b) = (name(one), name(other));
    let words = |it: &str| it.split(' ').count();
    if words(a) != words(b) || words(a) < 2 || strsim::levenshtein(a, b) > 2 {
        return false;
    }
    let given = |word: &str| lexicon.facts(lexicon.find(word)).is(list::FIRST_NAME);
    let mut pairs = a.split(' ').zip(b.split(' ')).filter(|it| it.0 != it.1);
    let other_given_name = pairs.any(|(a, b)| given(a) && given(b));
    let together = one.documents.iter().any(|it| other.documents.binary_search(it).is_ok());
    !other_given_name && !together
}
