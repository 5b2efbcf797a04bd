//! Sets of units to clusters with one name, one kind and the reasons for both.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::pipeline::Reading;
use crate::pipeline::annotate::Standing;
use crate::pipeline::collate::acronyms::is_acronym;
use crate::pipeline::collate::identity;
use crate::pipeline::collate::units::{Key, Unit, Units};
use crate::vocabulary::{EntryId, Kind, Vocabulary};

/// How many reasons an entity keeps.
const REASONS: usize = 12;

/// What may become an entity.
#[derive(Debug)]
pub(crate) struct Cluster<'a> {
    pub(crate) entry: Option<EntryId>,
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) standing: Standing,
    /// Title, of, in how many documents; most first.
    pub(crate) offices: Vec<(String, String, u32)>,
    pub(crate) evidence: Vec<String>,
    units: Vec<&'a Unit<'a>>,
}

/// All clusters, and which of them each unit is in.
pub(crate) struct ByUnit<'a> {
    pub(crate) clusters: Vec<Cluster<'a>>,
    pub(crate) of_unit: Vec<u32>,
}

/// Gathers units that mean one thing.
pub(crate) fn clusters<'a>(
    units: &'a Units<'_>,
    readings: &[Arc<Reading>],
    vocabulary: &Vocabulary,
) -> ByUnit<'a> {
    let joined = identity::clusters(units, readings, vocabulary);
    let mut number: FxHashMap<u32, u32> = FxHashMap::default();
    let (mut clusters, mut of_unit): (Vec<Cluster<'_>>, Vec<u32>) = (Vec::new(), Vec::new());
    for (at, unit) in (0u32..).zip(&units.all) {
        let new = clusters.len() as u32;
        let cluster = *number.entry(joined.of(at)).or_insert(new);
        if cluster == new {
            clusters.push(Cluster::default());
        }
        of_unit.push(cluster);
        clusters[cluster as usize].units.push(unit);
    }
    for (unit, reason) in joined.reasons {
        let evidence = &mut clusters[of_unit[unit as usize] as usize].evidence;
        if evidence.len() < REASONS {
            evidence.push(reason);
        }
    }
    for cluster in &mut clusters {
        cluster.settle(vocabulary);
    }
    ByUnit { clusters, of_unit }
}

impl Default for Cluster<'_> {
    fn default() -> Self {
        Cluster {
            entry: None,
            name: String::new(),
            kind: Kind::Organization,
            standing: Standing::Doubtful,
            offices: Vec::new(),
            evidence: Vec::new(),
            units: Vec::new(),
        }
    }
}

impl Cluster<'_> {
    /// Decides on name and kind.
    fn settle(&mut self, vocabulary: &Vocabulary) {
        self.standing = self.units.iter().map(|it| it.standing).min().unwrap_or(Standing::Doubtful);
        self.entry = self.units.iter().find_map(|it| match it.key {
            Key::Entry(entry) => Some(entry),
            _ => None,
        });
        let mut votes = [0; 5];
        for unit in &self.units {
            votes.iter_mut().zip(unit.votes).for_each(|(sum, it)| *sum += it);
        }
        let entry = self.entry.map(|it| vocabulary.entry(it));
        self.kind = entry
            .map(|it| it.kind)
            .or_else(|| identity::strongest(votes))
            .unwrap_or(Kind::Organization);
        self.name = entry.map_or_else(|| self.best_text(), |it| it.name.clone());
        self.note_kinds(votes);
        self.offices = self.offices();
    }

    /// The text used most among the fullest.
    fn best_text(&self) -> String {
        let texts = self.units.iter().flat_map(|it| &it.texts);
        let full = |text: &str| text.contains(' ') && !is_acronym(text);
        let rank = |it: &(&str, u32)| (full(it.0), it.1, Reverse(it.0.len()));
        let best = texts.max_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| b.0.cmp(a.0)));
        let best = best.map_or("", |it| it.0);
        best.strip_prefix("the ").or_else(|| best.strip_prefix("The ")).unwrap_or(best).to_owned()
    }

    fn note_kinds(&mut self, votes: [u32; 5]) {
        let mut evidence: Vec<String> = self
            .units
            .iter()
            .flat_map(|it| &it.evidence)
            .take(REASONS)
            .map(|it| (*it).to_owned())
            .collect();
        evidence.dedup();
        if self.entry.is_none() && votes.iter().filter(|it| **it > 0).count() > 1 {
            let weights = Kind::ALL.iter().zip(votes).filter(|it| it.1 > 0);
            let weights: Vec<String> =
                weights.map(|it| format!("{} {}", it.0.name(), it.1)).collect();
            evidence.push(format!("kinds by weight of evidence: {}", weights.join(", ")));
        }
        evidence.append(&mut self.evidence);
        self.evidence = evidence;
    }

    fn offices(&self) -> Vec<(String, String, u32)> {
        let mut offices: BTreeMap<_, (_, u32)> = BTreeMap::new();
        for (key, office, times) in self.units.iter().flat_map(|it| &it.offices) {
            offices.entry(*key).or_insert((*office, 0)).1 += times;
        }
        let mut offices: Vec<_> = offices
            .into_values()
            .map(|(it, times)| (it.title.to_string(), it.of.to_string(), times))
            .collect();
        offices.sort_unstable_by(|a, b| b.2.cmp(&a.2).then_with(|| a.cmp(b)));
        offices
    }
}
