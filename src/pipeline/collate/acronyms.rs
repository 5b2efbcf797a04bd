//! Which acronyms stand for which long names, over all documents.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::pipeline::Reading;
use crate::pipeline::annotate::Standing;
use crate::pipeline::collate::identity::{Clusters, kind};
use crate::pipeline::collate::units::{Key, Unit, Units};
use crate::vocabulary::Kind;

/// Words that leave no letter in an acronym.
const LITTLE: [&str; 14] =
    ["of", "the", "and", "for", "on", "in", "to", "a", "an", "at", "by", "against", "with", "from"];
/// Shorter acronyms are shared by too many names.
const SHORTEST: usize = 3;

/// Joins acronyms to the one name that documents define them for, or whose initials they are.
pub(crate) fn join(units: &Units<'_>, readings: &[Arc<Reading>], clusters: &mut Clusters) {
    let alone = alone(units);
    let initials = initials(units);
    for (acronym, short) in sorted(&alone) {
        if let Some(defined) = units.acronyms.get(acronym) {
            let (first, document) = defined[0];
            if defined.iter().all(|it| clusters.of(it.0) == clusters.of(first)) {
                let source = &readings[document as usize].document.id;
                clusters.join(short, first, || format!("\"{acronym}\": its acronym in {source}"));
            }
            continue;
        }
        let sure = units.all[short as usize].standing != Standing::Doubtful;
        let long = initials.get(acronym).filter(|_| sure && acronym.len() >= SHORTEST);
        if let Some(long) = long.and_then(|it| one(it, units, short, clusters)) {
            clusters.join(short, long, || format!("\"{acronym}\": the initials of no other name"));
        }
    }
}

/// In an order that does not depend on hashes.
fn sorted<'a>(alone: &FxHashMap<&'a str, u32>) -> Vec<(&'a str, u32)> {
    let mut sorted: Vec<_> = alone.iter().map(|it| (*it.0, *it.1)).collect();
    sorted.sort_unstable();
    sorted
}

/// Names that are nothing but an acronym, and are no known entry.
fn alone<'a>(units: &Units<'a>) -> FxHashMap<&'a str, u32> {
    let mut alone = FxHashMap::default();
    for (number, unit) in (0u32..).zip(&units.all) {
        if !matches!(unit.key, Key::Text(_)) || kind(unit) == Some(Kind::Person) {
            continue;
        }
        for &(text, _) in unit.texts.iter().filter(|it| is_acronym(it.0)) {
            alone.entry(text).or_insert(number);
        }
    }
    alone
}

/// Names found by rule, by the initials of their longer words.
fn initials(units: &Units<'_>) -> FxHashMap<String, Vec<u32>> {
    let mut initials: FxHashMap<String, Vec<u32>> = FxHashMap::default();
    for (number, unit) in (0u32..).zip(&units.all) {
        let Key::Text(text) = unit.key else { continue };
        let text = units.keys.text(text);
        let person = kind(unit).is_none_or(|it| it == Kind::Person);
        if !person && text.contains(' ') {
            let words = text.split(' ').filter(|it| !LITTLE.contains(it));
            let letters = words.filter_map(|it| it.chars().next()).flat_map(char::to_uppercase);
            initials.entry(letters.collect()).or_default().push(number);
        }
    }
    initials
}

/// The only cluster among `long`, if it is of the kind of `short`.
fn one(long: &[u32], units: &Units<'_>, short: u32, clusters: &Clusters) -> Option<u32> {
    let first = long[0];
    let alone = long.iter().all(|it| clusters.of(*it) == clusters.of(first));
    let of = |it: u32| -> &Unit<'_> { &units.all[it as usize] };
    (alone && kind(of(first)) == kind(of(short))).then_some(first)
}

/// Whether a name is one word of capitals.
pub(crate) fn is_acronym(text: &str) -> bool {
    let capitals = text.chars().filter(|it| it.is_uppercase()).count();
    let mark = |it: char| it.is_numeric() || matches!(it, '-' | '.' | '&');
    capitals >= 2 && text.chars().all(|it| it.is_uppercase() || mark(it))
}
