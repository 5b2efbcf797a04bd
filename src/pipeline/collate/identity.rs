//! Units to clusters: which names mean one and the same, and why.

use std::sync::Arc;

use crate::pipeline::collate::outline::Outline;
use crate::pipeline::collate::units::{Unit, Units};
use crate::pipeline::collate::{acronyms, known, people};
use crate::vocabulary::{Kind, Vocabulary};

/// Sets of units that mean one thing; each is known by the smallest number of a unit in it.
pub(crate) struct Clusters {
    above: Vec<u32>,
    /// Pairs of units that the maintainer keeps apart.
    apart: Vec<(u32, u32)>,
    /// Why units were joined: the unit that joined, and the reason.
    pub(crate) reasons: Vec<(u32, String)>,
}

impl Clusters {
    fn new(units: usize) -> Clusters {
        Clusters { above: (0..units as u32).collect(), apart: Vec::new(), reasons: Vec::new() }
    }

    /// The cluster of `unit`.
    pub(crate) fn of(&self, unit: u32) -> u32 {
        let mut at = unit;
        while self.above[at as usize] != at {
            at = self.above[at as usize];
        }
        at
    }

    /// Says that two units are never one.
    pub(crate) fn keep_apart(&mut self, one: u32, other: u32) {
        self.apart.push((one, other));
    }

    /// Makes two units one, unless they are already or the maintainer keeps them apart.
    pub(crate) fn join(&mut self, joining: u32, to: u32, reason: impl FnOnce() -> String) {
        let (a, b) = (self.of(joining), self.of(to));
        if a != b && !self.kept_apart(a, b) {
            self.above[a.max(b) as usize] = a.min(b);
            self.reasons.push((joining, reason()));
        }
    }

    fn kept_apart(&self, a: u32, b: u32) -> bool {
        self.apart.iter().any(|it| {
            let (one, other) = (self.of(it.0), self.of(it.1));
            (one, other) == (a, b) || (one, other) == (b, a)
        })
    }
}

/// Joins units by all that is known of them.
pub(crate) fn clusters(
    units: &Units<'_>,
    outlines: &[Arc<Outline>],
    vocabulary: &Vocabulary,
) -> Clusters {
    let mut clusters = Clusters::new(units.all.len());
    known::join(units, vocabulary, &mut clusters);
    acronyms::join(units, outlines, &mut clusters);
    people::join(units, vocabulary, &mut clusters);
    clusters
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
