//! Sets of units to clusters with one name, one kind and the reasons for both.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::pipeline::annotate::Standing;
use crate::pipeline::collate::identity;
use crate::pipeline::collate::texts::{TextId, Texts};
use crate::pipeline::collate::units::{Key, Unit, Units};
use crate::vocabulary::{EntryId, Kind, Vocabulary};

/// How many reasons an entity keeps.
const REASONS: usize = 12;

/// What may become an entity.
#[derive(Debug)]
pub(crate) struct Cluster<'a> {
    pub(crate) entry: Option<EntryId>,
    /// Its name, where no entry has it: the text, and from which byte on.
    name: Option<(TextId, usize)>,
    pub(crate) kind: Kind,
    pub(crate) standing: Standing,
    votes: [u32; 5],
    reasons: Vec<&'a str>,
    pub(crate) units: Vec<&'a Unit>,
}

/// All clusters, and which of them each unit is in.
pub(crate) struct ByUnit<'a> {
    pub(crate) clusters: Vec<Cluster<'a>>,
    pub(crate) of_unit: Vec<u32>,
}

/// Gathers units that mean one thing.
pub(crate) fn clusters<'a>(
    units: &'a Units<'_>,
    joined: &'a identity::Clusters,
    vocabulary: &Vocabulary,
) -> ByUnit<'a> {
    let mut number = vec![u32::MAX; units.all.len()];
    let (mut clusters, mut of_unit): (Vec<Cluster<'_>>, Vec<u32>) = (Vec::new(), Vec::new());
    for (at, unit) in (0u32..).zip(&units.all) {
        let cluster = &mut number[joined.of(at) as usize];
        if *cluster == u32::MAX {
            *cluster = clusters.len() as u32;
            clusters.push(Cluster::default());
        }
        of_unit.push(*cluster);
        clusters[*cluster as usize].units.push(unit);
    }
    for (unit, reason) in &joined.reasons {
        let reasons = &mut clusters[of_unit[*unit as usize] as usize].reasons;
        if reasons.len() < REASONS {
            reasons.push(reason);
        }
    }
    clusters.par_iter_mut().for_each(|it| it.settle(units.texts, vocabulary));
    ByUnit { clusters, of_unit }
}

impl Default for Cluster<'_> {
    fn default() -> Self {
        Cluster {
            entry: None,
            name: None,
            kind: Kind::Organization,
            standing: Standing::Doubtful,
            votes: [0; 5],
            reasons: Vec::new(),
            units: Vec::new(),
        }
    }
}

impl Cluster<'_> {
    /// Decides on name and kind.
    fn settle(&mut self, texts: &Texts, vocabulary: &Vocabulary) {
        self.standing = self.units.iter().map(|it| it.standing).min().unwrap_or(Standing::Doubtful);
        self.entry = self.units.iter().find_map(|it| match it.key {
            Key::Entry(entry) => Some(entry),
            _ => None,
        });
        for unit in &self.units {
            self.votes.iter_mut().zip(unit.votes).for_each(|(sum, it)| *sum += it);
        }
        let entry = self.entry.map(|it| vocabulary.entry(it));
        self.kind = entry
            .map(|it| it.kind)
            .or_else(|| identity::strongest(self.votes))
            .unwrap_or(Kind::Organization);
        if entry.is_none() {
            self.name = self.best_text(texts);
        }
    }

    /// What it is called.
    pub(crate) fn name<'t>(&self, texts: &'t Texts, vocabulary: &'t Vocabulary) -> &'t str {
        match (self.entry, self.name) {
            (Some(entry), _) => &vocabulary.entry(entry).name,
            (None, Some((text, from))) => &texts.text(text)[from..],
            (None, None) => "",
        }
    }

    /// The text used most among the fullest, without its article.
    fn best_text(&self, texts: &Texts) -> Option<(TextId, usize)> {
        let used = self.units.iter().flat_map(|it| &it.texts);
        let rank = |it: &(TextId, u32)| {
            let text = texts.text(it.0);
            let full = text.contains(' ') && !texts.is_acronym(it.0);
            (full, it.1, Reverse(text.len()), Reverse(text))
        };
        let best = used.max_by(|a, b| rank(a).cmp(&rank(b)))?;
        let text = texts.text(best.0);
        let article = text.starts_with("the ") || text.starts_with("The ");
        Some((best.0, if article { 4 } else { 0 }))
    }

    /// Why it has its kind, and why its names are one.
    pub(crate) fn evidence(&self, texts: &Texts) -> Vec<String> {
        let told = self.units.iter().flat_map(|it| &it.evidence).take(REASONS);
        let mut evidence: Vec<String> = told.map(|it| texts.text(*it).to_owned()).collect();
        evidence.dedup();
        if self.entry.is_none() && self.votes.iter().filter(|it| **it > 0).count() > 1 {
            let weights = Kind::ALL.iter().zip(self.votes).filter(|it| it.1 > 0);
            let weights: Vec<String> =
                weights.map(|it| format!("{} {}", it.0.name(), it.1)).collect();
            evidence.push(format!("kinds by weight of evidence: {}", weights.join(", ")));
        }
        evidence.extend(self.reasons.iter().map(|it| (*it).to_owned()));
        evidence
    }

    /// Title, of, in how many documents; most first.
    pub(crate) fn offices(&self, texts: &Texts) -> Vec<(String, String, u32)> {
        let mut offices: BTreeMap<_, (_, u32)> = BTreeMap::new();
        for (office, times) in self.units.iter().flat_map(|it| &it.offices) {
            offices.entry(office.keys).or_insert((*office, 0)).1 += times;
        }
        let text = |it: TextId| texts.text(it).to_owned();
        let mut offices: Vec<_> =
            offices.into_values().map(|(it, times)| (text(it.title), text(it.of), times)).collect();
        offices.sort_unstable_by(|a, b| b.2.cmp(&a.2).then_with(|| a.cmp(b)));
        offices
    }
}
