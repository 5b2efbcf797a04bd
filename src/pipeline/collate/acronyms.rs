//! Which acronyms stand for which long names, over all documents.

use std::sync::Arc;

use crate::pipeline::annotate::Standing;
use crate::pipeline::collate::identity::{Clusters, kind};
use crate::pipeline::collate::outline::Outline;
use crate::pipeline::collate::texts::TextId;
use crate::pipeline::collate::units::{Key, Unit, Units};
use crate::vocabulary::Kind;

/// Words that leave no letter in an acronym.
const LITTLE: [&str; 14] =
    ["of", "the", "and", "for", "on", "in", "to", "a", "an", "at", "by", "against", "with", "from"];
/// Shorter acronyms are shared by too many names.
const SHORTEST: usize = 3;

/// Joins acronyms to the one name that documents define them for, or whose initials they are.
pub(crate) fn join(units: &Units<'_>, outlines: &[Arc<Outline>], clusters: &mut Clusters) {
    let alone = alone(units);
    let named = named(units, &alone);
    for (acronym, text, short) in alone {
        if let Some(defined) = units.acronyms.get(&text) {
            let (first, document) = defined[0];
            if defined.iter().all(|it| clusters.of(it.0) == clusters.of(first)) {
                let source = &outlines[document as usize].id;
                clusters.join(short, first, || format!("\"{acronym}\": its acronym in {source}"));
            }
            continue;
        }
        let sure = units.all[short as usize].standing != Standing::Doubtful;
        let long = units.texts.find_initials(acronym).map(|it| &named[it as usize]);
        let long = long.filter(|it| sure && acronym.len() >= SHORTEST && !it.is_empty());
        if let Some(long) = long.and_then(|it| one(it, units, short, clusters)) {
            clusters.join(short, long, || format!("\"{acronym}\": the initials of no other name"));
        }
    }
}

/// Names that are nothing but an acronym, and are no known entry: in the order of their letters, each with its unit.
fn alone<'a>(units: &Units<'a>) -> Vec<(&'a str, TextId, u32)> {
    let mut alone = Vec::new();
    for text in units.texts.acronyms() {
        let key = units.texts.known_key(text).map(Key::Text);
        let Some(number) = key.and_then(|it| units.find(it)) else { continue };
        let unit = &units.all[number as usize];
        // It may have been a text of an earlier collation only.
        if kind(unit) != Some(Kind::Person) && units.is_written(number, text) {
            alone.push((units.texts.text(text), text, number));
        }
    }
    alone.sort_unstable_by_key(|it| it.0);
    alone
}

/// Names found by rule that have more than one word, by the numbers of their initials, where these are one of the acronyms.
fn named(units: &Units<'_>, alone: &[(&str, TextId, u32)]) -> Vec<Vec<u32>> {
    let mut wanted = vec![false; units.texts.all_initials()];
    for initials in alone.iter().filter_map(|it| units.texts.find_initials(it.0)) {
        wanted[initials as usize] = true;
    }
    let mut named = vec![Vec::new(); wanted.len()];
    for (number, unit) in (0u32..).zip(&units.all) {
        let initials = units.texts.initials(unit.number).filter(|it| wanted[*it as usize]);
        if let Some(initials) = initials
            && kind(unit).is_some_and(|it| it != Kind::Person)
        {
            named[initials as usize].push(number);
        }
    }
    named
}

/// The letters with which the longer words of a name begin, where it has several words.
pub(crate) fn initials(words: &str) -> Option<String> {
    let longer = words.split(' ').filter(|it| !LITTLE.contains(it));
    let letters = longer.filter_map(|it| it.chars().next()).flat_map(char::to_uppercase);
    words.contains(' ').then(|| letters.collect())
}

/// The only cluster among `long`, if it is of the kind of `short`.
fn one(long: &[u32], units: &Units<'_>, short: u32, clusters: &Clusters) -> Option<u32> {
    let first = long[0];
    let alone = long.iter().all(|it| clusters.of(*it) == clusters.of(first));
    let of = |it: u32| -> &Unit { &units.all[it as usize] };
    (alone && kind(of(first)) == kind(of(short))).then_some(first)
}

/// Whether a name is one word of capitals.
pub(crate) fn is_acronym(text: &str) -> bool {
    let capitals = text.chars().filter(|it| it.is_uppercase()).count();
    let mark = |it: char| it.is_numeric() || matches!(it, '-' | '.' | '&');
    capitals >= 2 && text.chars().all(|it| it.is_uppercase() || mark(it))
}
