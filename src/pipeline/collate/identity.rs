//! Units to clusters: which names mean one and the same, and why.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::pipeline::Reading;
use crate::pipeline::collate::people;
use crate::pipeline::collate::units::{Key, Unit, Units};
use crate::vocabulary::{Kind, Vocabulary};

/// Sets of units that mean one thing; each is known by the smallest number of a unit in it.
pub(crate) struct Clusters {
    above: Vec<u32>,
    /// Why units were joined: the unit that joined, and the reason.
    pub(crate) reasons: Vec<(u32, String)>,
}

impl Clusters {
    fn new(units: usize) -> Clusters {
        Clusters { above: (0..units as u32).collect(), reasons: Vec::new() }
    }

    /// The cluster of `unit`.
    pub(crate) fn of(&self, unit: u32) -> u32 {
        let mut at = unit;
        while self.above[at as usize] != at {
            at = self.above[at as usize];
        }
        at
    }

    /// Makes two units one; nothing happens where they are already.
    pub(crate) fn join(&mut self, joining: u32, to: u32, reason: impl FnOnce() -> String) {
        let (a, b) = (self.of(joining), self.of(to));
        if a != b {
            self.above[a.max(b) as usize] = a.min(b);
            self.reasons.push((joining, reason()));
        }
    }
}

/// Joins units by all that is known of them.
pub(crate) fn clusters(
    units: &Units,
    readings: &[Arc<Reading>],
    vocabulary: &Vocabulary,
) -> Clusters {
    let mut clusters = Clusters::new(units.units.len());
    join_acronyms(units, readings, &mut clusters);
    people::join(units, vocabulary, &mut clusters);
    clusters
}

/// An acronym joins the one name that documents define it for.
fn join_acronyms(units: &Units, readings: &[Arc<Reading>], clusters: &mut Clusters) {
    let mut acronyms: Vec<_> = units.acronyms.iter().collect();
    acronyms.sort_unstable_by_key(|it| it.0);
    let short = acronyms_alone(units);
    for (acronym, defined) in acronyms {
        let (first, document) = defined[0];
        let one = defined.iter().all(|it| clusters.of(it.0) == clusters.of(first));
        let Some(&alone) = short.get(&**acronym).filter(|_| one) else { continue };
        let source = &readings[document as usize].document.id;
        clusters.join(alone, first, || format!("\"{acronym}\": its acronym in {source}"));
    }
}

/// Names that are nothing but an acronym, and are no known entry.
fn acronyms_alone(units: &Units) -> FxHashMap<&str, u32> {
    let mut alone = FxHashMap::default();
    for (number, unit) in (0u32..).zip(&units.units) {
        let person = kind(unit) == Some(Kind::Person);
        if !matches!(unit.key, Key::Text(_)) || person {
            continue;
        }
        let mut texts: Vec<&str> = unit.texts.keys().map(|it| &**it).collect();
        texts.sort_unstable();
        for text in texts.into_iter().filter(|it| is_acronym(it)) {
            alone.entry(text).or_insert(number);
        }
    }
    alone
}

/// Whether a name is one word of capitals.
pub(crate) fn is_acronym(text: &str) -> bool {
    let capitals = text.chars().filter(|it| it.is_uppercase()).count();
    capitals >= 2
        && text
            .chars()
            .all(|it| it.is_uppercase() || it.is_numeric() || matches!(it, '-' | '.' | '&'))
}

/// The kind that most speaks for, if anything does.
pub(crate) fn kind(unit: &Unit) -> Option<Kind> {
    strongest(unit.votes)
}

/// The kind with the most votes, the first of equals; none without votes.
pub(crate) fn strongest(votes: [u32; 5]) -> Option<Kind> {
    let most = votes.into_iter().max().filter(|it| *it > 0)?;
    votes.into_iter().position(|it| it == most).map(|at| Kind::ALL[at])
}
