//! Which short and differently spelt names mean one person. Two people with one surname and different offices never do.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::pipeline::annotate::Standing;
use crate::pipeline::collate::identity::{Clusters, kind};
use crate::pipeline::collate::keys::KeyId;
use crate::pipeline::collate::texts::{Held, Texts};
use crate::pipeline::collate::units::{Holder, Key, Units};
use crate::vocabulary::lexicon::{Lexicon, fold, list};
use crate::vocabulary::{Kind, Vocabulary};

/// In a larger folder a shared surname says nothing.
const FOLDER: u32 = 200;
/// How many people of one office are compared with each other.
const HOLDERS: usize = 60;

/// Joins people.
pub(crate) fn join(units: &Units<'_>, vocabulary: &Vocabulary, clusters: &mut Clusters) {
    join_spellings(units, &vocabulary.lexicon, clusters);
    let full = full_names(units, vocabulary);
    let mut short: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for number in 0..units.all.len() as u32 {
        if let Key::Surname(surname, _) = units.key(number) {
            short.entry(units.texts.keys.text(surname)).or_default().push(number);
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
fn join_word(units: &Units<'_>, word: &str, short: &[u32], clusters: &mut Clusters) {
    let key = units.texts.keys.find(word).map(Key::Text);
    let Some(other) = key.and_then(|it| units.find(it)) else { return };
    let weak = |it: &u32| units.all[*it as usize].standing == Standing::Likely;
    if kind(&units.all[other as usize]).is_some() && short.iter().all(weak) {
        for &number in short {
            clusters.join(number, other, || format!("\"{word}\": the same word"));
        }
    }
}

/// The units of people with more than one word to their name, by surname.
fn full_names(units: &Units<'_>, vocabulary: &Vocabulary) -> FxHashMap<Box<str>, Vec<u32>> {
    let mut full: FxHashMap<Box<str>, Vec<u32>> = FxHashMap::default();
    for (number, unit) in (0u32..).zip(&units.all) {
        let surname = match units.key(number) {
            Key::Entry(entry) if vocabulary.entry(entry).kind == Kind::Person => {
                fold(&vocabulary.entry(entry).name).rsplit([' ', '-']).next().map(Box::from)
            }
            Key::Text(text) if kind(unit) == Some(Kind::Person) => {
                units.texts.keys.text(text).rsplit_once(' ').map(|it| it.1.into())
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
fn join_surname(units: &Units<'_>, short: &[u32], full: &[u32], clusters: &mut Clusters) {
    // Where a person stands counts only if there is no other of that name.
    let folders = if let [one] = full { units.folders(*one) } else { Vec::new() };
    for &number in short {
        let may = |it: &&u32| agree(number, **it, units, (full.len(), &folders));
        let mut fitting = full.iter().filter(may);
        if let (Some(&one), None) = (fitting.next(), fitting.next()) {
            clusters.join(number, one, || reason(number, units));
        }
    }
    let offices = short.iter().filter(|it| holds_office(**it, units)).count();
    if full.is_empty() && offices <= 1 {
        for &number in &short[1..] {
            clusters.join(number, short[0], || reason(number, units));
        }
    }
}

fn holds_office(unit: u32, units: &Units<'_>) -> bool {
    matches!(units.key(unit), Key::Surname(_, Holder::Office(..)))
}

/// Whether the bearer of a bare surname may be this person: by office, or without one in a small folder that names both.
fn agree(short: u32, full: u32, units: &Units<'_>, (bearers, folders): (usize, &[u32])) -> bool {
    let nowhere = |it: KeyId| units.texts.keys.text(it).is_empty();
    match units.key(short) {
        Key::Surname(_, Holder::Office(title, of)) => units.offices(full).iter().any(|it| {
            let (other, place) = it.0.keys;
            let one = bearers == 1 && (nowhere(place) || nowhere(of));
            other == title && (place == of || one)
        }),
        Key::Surname(_, Holder::Folder(folder)) => {
            let small = units.folders[folder as usize] <= FOLDER;
            bearers == 1 && small && folders.contains(&folder)
        }
        _ => false,
    }
}

fn reason(short: u32, units: &Units<'_>) -> String {
    let text = units.text(short);
    match units.offices(short).first().filter(|_| holds_office(short, units)) {
        Some((office, _)) => {
            let office = written(*office, units.texts);
            format!("\"{text}\": the same surname and office ({office})")
        }
        None => format!("\"{text}\": the only one of this surname"),
    }
}

fn written(office: Held, texts: &Texts) -> String {
    let (title, of) = (texts.text(office.title), texts.text(office.of));
    if of.is_empty() { title.to_owned() } else { format!("{title}, {of}") }
}

/// Joins full names that differ by a letter or two and hold the same office.
fn join_spellings(units: &Units<'_>, lexicon: &Lexicon, clusters: &mut Clusters) {
    for (office, people) in holders(units) {
        let people = &people[..people.len().min(HOLDERS)];
        for (at, &one) in people.iter().enumerate() {
            for &other in people[at + 1..].iter().filter(|it| alike(units, (one, **it), lexicon)) {
                let held = units.offices(other).iter().find(|it| it.0.keys == office);
                clusters.join(other, one, || {
                    let office = held.map(|it| written(it.0, units.texts)).unwrap_or_default();
                    let text = units.text(other);
                    format!("\"{text}\": another spelling, the same office ({office})")
                });
            }
        }
    }
}

/// People by full name, by the offices that say where they are held; these in the order of their first use.
fn holders(units: &Units<'_>) -> Vec<((KeyId, KeyId), Vec<u32>)> {
    let mut holders: FxHashMap<(KeyId, KeyId), Vec<u32>> = FxHashMap::default();
    for (number, unit) in (0u32..).zip(&units.all) {
        if matches!(units.key(number), Key::Text(_)) && kind(unit) == Some(Kind::Person) {
            for (office, _) in units.offices(number) {
                if !units.texts.text(office.of).is_empty() {
                    holders.entry(office.keys).or_default().push(number);
                }
            }
        }
    }
    let mut holders: Vec<_> = holders.into_iter().collect();
    if holders.len() > 1 {
        let order = units.order();
        let place = |it: KeyId| order[it.0 as usize];
        holders.sort_unstable_by_key(|it| (place(it.0.0), place(it.0.1)));
    }
    holders
}

/// Whether two full names may be two spellings of one: a letter or two apart, never both in one document.
fn alike(units: &Units<'_>, (one, other): (u32, u32), lexicon: &Lexicon) -> bool {
    let name = |it| units.words(it).map(|it| units.texts.keys.text(it)).unwrap_or_default();
    let (a, b) = (name(one), name(other));
    let words = |it: &str| it.split(' ').count();
    if words(a) != words(b) || words(a) < 2 || strsim::levenshtein(a, b) > 2 {
        return false;
    }
    let given = |word: &str| lexicon.facts(lexicon.find(word)).is(list::FIRST_NAME);
    let mut pairs = a.split(' ').zip(b.split(' ')).filter(|it| it.0 != it.1);
    let other_given_name = pairs.any(|(a, b)| given(a) && given(b));
    let documents = units.documents(other);
    let together = || units.documents(one).iter().any(|it| documents.binary_search(it).is_ok());
    !other_given_name && !together()
}
