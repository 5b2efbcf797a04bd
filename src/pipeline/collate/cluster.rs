//! Sets of units to clusters with one name, one kind and the reasons for both.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::pipeline::annotate::Standing;
use crate::pipeline::collate::acronyms::is_acronym;
use crate::pipeline::collate::identity;
use crate::pipeline::collate::lookup::LookId;
use crate::pipeline::collate::remembered::Cause;
use crate::pipeline::collate::rows::Rows;
use crate::pipeline::collate::texts::{Held, TextId, Texts};
use crate::pipeline::collate::units::{Key, Units};
use crate::vocabulary::{EntryId, Kind, Vocabulary};

/// How many reasons an entity keeps.
const REASONS: usize = 12;

/// What may become an entity.
#[derive(Debug)]
pub(crate) struct Cluster {
    pub(crate) entry: Option<EntryId>,
    /// Its name, where no entry has it.
    name: Option<TextId>,
    pub(crate) kind: Kind,
    pub(crate) standing: Standing,
    votes: [u32; 5],
}

/// All clusters, and which of them each unit is in.
pub(crate) struct ByUnit<'a> {
    pub(crate) clusters: Vec<Cluster>,
    pub(crate) of_unit: Vec<u32>,
    /// For each cluster its units.
    members: Rows<u32>,
    /// The clusters of which units were joined for a reason, ascending, with the reasons.
    reasons: Vec<(u32, &'a str)>,
    pub(crate) units: &'a Units<'a>,
}

/// Gathers units that mean one thing.
pub(crate) fn clusters<'a>(
    units: &'a Units<'_>,
    joined: &'a identity::Clusters,
    vocabulary: &Vocabulary,
) -> ByUnit<'a> {
    let mut number = vec![u32::MAX; units.all.len()];
    let (mut count, mut of_unit) = (0, Vec::with_capacity(units.all.len()));
    for at in 0..units.all.len() as u32 {
        let cluster = &mut number[joined.of(at) as usize];
        if *cluster == u32::MAX {
            *cluster = count;
            count += 1;
        }
        of_unit.push(*cluster);
    }
    let members = Rows::sorted(count as usize, of_unit.iter().copied().zip(0u32..));
    let reasons = joined.reasons.iter();
    let mut reasons: Vec<_> = reasons.map(|it| (of_unit[it.0 as usize], it.1.as_str())).collect();
    reasons.sort_by_key(|it| it.0);
    let settle = |at: u32| Cluster::new(members.row(at as usize), units, vocabulary);
    let clusters = (0..count).into_par_iter().map(settle).collect();
    ByUnit { clusters, of_unit, members, reasons, units }
}

impl Cluster {
    /// Decides on name and kind.
    fn new(members: &[u32], units: &Units<'_>, vocabulary: &Vocabulary) -> Cluster {
        let all = members.iter().map(|it| &units.all[*it as usize]);
        let standing = all.clone().map(|it| it.standing).min().unwrap_or(Standing::Doubtful);
        let entry = members.iter().find_map(|it| match units.key(*it) {
            Key::Entry(entry) => Some(entry),
            _ => None,
        });
        let mut votes = [0; 5];
        for unit in all {
            votes.iter_mut().zip(unit.votes).for_each(|(sum, it)| *sum += it);
        }
        let known = entry.map(|it| vocabulary.entry(it).kind);
        let kind = known.or_else(|| identity::strongest(votes)).unwrap_or(Kind::Organization);
        let name = if entry.is_none() { best_text(members, units) } else { None };
        Cluster { entry, name, kind, standing, votes }
    }

    /// What its id follows from.
    pub(crate) fn called(&self) -> [u64; 3] {
        let entry = self.entry.map_or(u64::MAX, |it| u64::from(it.0));
        [entry, self.name.map_or(u64::MAX, TextId::number), self.kind as u64]
    }

    /// What it is called.
    pub(crate) fn name<'t>(&self, texts: &'t Texts, vocabulary: &'t Vocabulary) -> &'t str {
        match (self.entry, self.name) {
            (Some(entry), _) => &vocabulary.entry(entry).name,
            (None, Some(text)) => without_article(texts.text(text)),
            (None, None) => "",
        }
    }

    /// The name under which it is looked up, if documents have such a name.
    pub(crate) fn look(&self, texts: &Texts, vocabulary: &Vocabulary) -> Option<LookId> {
        let name = self.name(texts, vocabulary);
        // Names are looked up without their article, so that a text and the name made of it are one; but not without two.
        let article = name.get(..4).is_some_and(|it| it.eq_ignore_ascii_case("the "));
        match self.name {
            Some(text) if !article => texts.look(text),
            _ => texts.find_look(name),
        }
    }
}

/// The text used most among the fullest.
fn best_text(members: &[u32], units: &Units<'_>) -> Option<TextId> {
    let texts = units.texts;
    if let [one] = members
        && let Some(only) = units.only_text(*one)
    {
        return Some(only);
    }
    let rank = |it: &(TextId, u32)| {
        let text = texts.text(it.0);
        let full = text.contains(' ') && !is_acronym(text);
        (full, it.1, Reverse(text.len()), Reverse(text))
    };
    let used = members.iter().flat_map(|it| units.written(*it));
    used.max_by(|a, b| rank(a).cmp(&rank(b))).map(|it| it.0)
}

fn without_article(text: &str) -> &str {
    text.strip_prefix("the ").or_else(|| text.strip_prefix("The ")).unwrap_or(text)
}

impl ByUnit<'_> {
    /// What all that a cluster tells of itself follows from, but for where it stands.
    pub(crate) fn cause(&self, at: u32) -> Cause {
        let (cluster, members) = (&self.clusters[at as usize], self.members.row(at as usize));
        let entry = cluster.entry.map_or(u64::MAX, |it| u64::from(it.0));
        let name = cluster.name.map_or(u64::MAX, TextId::number);
        let votes = cluster.votes.iter().map(|it| u64::from(*it));
        let reasons = self.reasons(at);
        let reasons = reasons.flat_map(|it| it.bytes().map(u64::from).chain([256]));
        let told = members.iter().flat_map(|it| self.units.evidence(*it)).map(TextId::number);
        let offices = members.iter().flat_map(|it| self.units.offices(*it));
        let office = |it: &(Held, u32)| [it.0.title.number(), it.0.of.number(), u64::from(it.1)];
        let cause = Cause::new().and(entry).and(name).and(cluster.kind as u64).and_all(votes);
        cause.and_all(reasons).and_all(told).and_all(offices.flat_map(office))
    }

    /// The first reasons why the names of a cluster are one.
    fn reasons(&self, at: u32) -> impl Iterator<Item = &str> {
        let begin = self.reasons.partition_point(|it| it.0 < at);
        let own = self.reasons[begin..].iter().take_while(move |it| it.0 == at);
        own.take(REASONS).map(|it| it.1)
    }

    /// Why a cluster has its kind, and why its names are one.
    pub(crate) fn evidence(&self, at: u32) -> Vec<String> {
        let (cluster, texts) = (&self.clusters[at as usize], self.units.texts);
        let members = self.members.row(at as usize).iter();
        let told = members.flat_map(|it| self.units.evidence(*it)).take(REASONS);
        let mut evidence: Vec<String> = told.map(|it| texts.text(it).to_owned()).collect();
        evidence.dedup();
        if cluster.entry.is_none() && cluster.votes.iter().filter(|it| **it > 0).count() > 1 {
            let weights = Kind::ALL.iter().zip(cluster.votes).filter(|it| it.1 > 0);
            let weights: Vec<String> =
                weights.map(|it| format!("{} {}", it.0.name(), it.1)).collect();
            evidence.push(format!("kinds by weight of evidence: {}", weights.join(", ")));
        }
        evidence.extend(self.reasons(at).map(str::to_owned));
        evidence
    }

    /// Title, of, in how many documents; most first.
    pub(crate) fn offices(&self, at: u32) -> Vec<(String, String, u32)> {
        let members = self.members.row(at as usize).iter();
        let mut offices: BTreeMap<_, (_, u32)> = BTreeMap::new();
        for (office, times) in members.flat_map(|it| self.units.offices(*it)) {
            offices.entry(office.keys).or_insert((*office, 0)).1 += times;
        }
        let text = |it: TextId| self.units.texts.text(it).to_owned();
        let mut offices: Vec<_> =
            offices.into_values().map(|(it, times)| (text(it.title), text(it.of), times)).collect();
        offices.sort_unstable_by(|a, b| b.2.cmp(&a.2).then_with(|| a.cmp(b)));
        offices
    }
}
