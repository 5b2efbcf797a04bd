//! Clusters to entities: what is published, under which id and name.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::pipeline::Reading;
use crate::pipeline::annotate::{Annotations, Standing};
use crate::pipeline::collate::cluster::{self, Cluster};
use crate::pipeline::collate::units::{Units, counts};
use crate::pipeline::collate::{DocumentIndex, Entity, EntityIndex};
use crate::vocabulary::{Kind, Origin, Vocabulary, slug};

/// Published entities, and for each name of each document the entity that it is.
pub(crate) struct Published {
    pub(crate) entities: Vec<Entity>,
    pub(crate) of_name: Vec<Vec<Option<EntityIndex>>>,
}

/// How often a cluster is named, and in how many documents.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    mentions: u32,
    documents: u32,
}

/// Publishes what may be published.
pub(crate) fn publish(
    units: &Units<'_>,
    readings: &[Arc<Reading>],
    vocabulary: &Vocabulary,
) -> Published {
    let clusters = cluster::clusters(units, readings, vocabulary);
    let of_name = members(units, &clusters.of_unit, &clusters.clusters, readings);
    let nothing = vec![true; clusters.clusters.len()];
    let first = public(&clusters.clusters, &tally(&of_name, &nothing, readings), vocabulary);
    let public = public(&clusters.clusters, &tally(&of_name, &first, readings), vocabulary);
    let (order, ids) = order(&clusters.clusters, &public, vocabulary);
    let mut index = vec![None; public.len()];
    for (at, &cluster) in (0u32..).zip(&order) {
        index[cluster as usize] = Some(EntityIndex(at));
    }
    let of_name: Vec<Vec<_>> = of_name
        .into_iter()
        .map(|names| names.into_iter().map(|it| it.and_then(|it| index[it as usize])).collect())
        .collect();
    let mut places = places(&of_name, order.len(), readings);
    let mut entities: Vec<Entity> = order
        .par_iter()
        .zip(ids)
        .zip(places.par_iter_mut())
        .map(|((&cluster, id), places)| {
            let cluster = &clusters.clusters[cluster as usize];
            let places = std::mem::take(places);
            Entity { id, ..entity(cluster, places, (readings, &of_name), vocabulary) }
        })
        .collect();
    link_parts(&mut entities);
    Published { entities, of_name }
}

/// For each name of each document its cluster; none for those that are doubtful and that no document makes sure.
fn members(
    units: &Units<'_>,
    of_unit: &[u32],
    clusters: &[Cluster<'_>],
    readings: &[Arc<Reading>],
) -> Vec<Vec<Option<u32>>> {
    let of = |(document, reading): (usize, &Arc<Reading>)| {
        let names = reading.annotations.names.iter().enumerate();
        names
            .map(|(at, name)| {
                let cluster = of_unit[units.of(document, at)];
                let sure = name.standing != Standing::Doubtful
                    || clusters[cluster as usize].standing == Standing::Evident;
                sure.then_some(cluster)
            })
            .collect()
    };
    readings.iter().enumerate().map(of).collect()
}

/// Counts mentions; one inside a name that is not `outer` counts as if it stood alone.
fn tally(of_name: &[Vec<Option<u32>>], outer: &[bool], readings: &[Arc<Reading>]) -> Vec<Tally> {
    let mut tallies = vec![Tally::default(); outer.len()];
    let mut last = vec![u32::MAX; outer.len()];
    for (document, reading) in (0u32..).zip(readings) {
        let names = &of_name[document as usize];
        let known = |name: u16| names[usize::from(name)].is_some_and(|it| outer[it as usize]);
        for (at, mention) in reading.annotations.mentions.iter().enumerate() {
            let Some(cluster) = names[usize::from(mention.name)] else { continue };
            if counted(&reading.annotations, at, known) {
                let tally = &mut tallies[cluster as usize];
                tally.mentions += 1;
                tally.documents += u32::from(last[cluster as usize] != document);
                last[cluster as usize] = document;
            }
        }
    }
    tallies
}

/// Whether mention `at` counts: not by role, not of a people, and inside no name that is published.
pub(crate) fn counted(
    annotations: &Annotations,
    at: usize,
    published: impl Fn(u16) -> bool,
) -> bool {
    counts(&annotations.mentions[at]) && outer(annotations, at, published).is_none()
}

/// The name of the nearest mention around mention `at` that is published.
pub(crate) fn outer(
    annotations: &Annotations,
    at: usize,
    published: impl Fn(u16) -> bool,
) -> Option<u16> {
    let mut around = annotations.mentions[at].nested_in;
    while let Some(mention) = around.map(|it| annotations.mentions[usize::from(it)]) {
        if published(mention.name) {
            return Some(mention.name);
        }
        around = mention.nested_in;
    }
    None
}

fn public(clusters: &[Cluster<'_>], tallies: &[Tally], vocabulary: &Vocabulary) -> Vec<bool> {
    let public = |(cluster, tally): (&Cluster<'_>, &Tally)| {
        let hidden = cluster.entry.is_some_and(|it| vocabulary.entry(it).hidden);
        let enough = match cluster.standing {
            Standing::Evident => tally.mentions >= 1,
            Standing::Likely => tally.mentions >= 2 || tally.documents >= 2,
            Standing::Doubtful => false,
        };
        enough && !hidden && !cluster.name.is_empty()
    };
    clusters.iter().zip(tallies).map(public).collect()
}

/// The published clusters in the order of their ids, and the ids.
fn order(
    clusters: &[Cluster<'_>],
    public: &[bool],
    vocabulary: &Vocabulary,
) -> (Vec<u32>, Vec<String>) {
    let known: FxHashSet<&str> = vocabulary.entries.iter().map(|it| it.id.as_str()).collect();
    let mut taken: FxHashMap<String, u32> = FxHashMap::default();
    let mut ids: Vec<(String, u32)> = Vec::new();
    for (at, cluster) in (0u32..).zip(clusters).filter(|it| public[it.0 as usize]) {
        let id = match cluster.entry {
            Some(entry) => vocabulary.entry(entry).id.clone(),
            None => free_id(cluster, &known, &taken),
        };
        taken.insert(id.clone(), at);
        ids.push((id, at));
    }
    ids.sort_unstable();
    ids.into_iter().map(|(id, at)| (at, id)).unzip()
}

fn free_id(
    cluster: &Cluster<'_>,
    known: &FxHashSet<&str>,
    taken: &FxHashMap<String, u32>,
) -> String {
    let plain = slug(&cluster.name);
    let with_kind = format!("{plain}-{}", cluster.kind.name());
    let counted = (2..).map(|it| format!("{plain}-{it}"));
    let mut candidates = [plain.clone(), with_kind].into_iter().chain(counted);
    candidates
        .find(|it| !known.contains(it.as_str()) && !taken.contains_key(it))
        .expect("one of endlessly many is free")
}

type Places = Vec<(DocumentIndex, Vec<u16>)>;

fn places(
    of_name: &[Vec<Option<EntityIndex>>],
    entities: usize,
    readings: &[Arc<Reading>],
) -> Vec<Places> {
    let mut places: Vec<Places> = vec![Vec::new(); entities];
    for (document, reading) in (0u32..).zip(readings) {
        let names = &of_name[document as usize];
        for (at, mention) in (0u16..).zip(&reading.annotations.mentions) {
            let Some(entity) = names[usize::from(mention.name)] else { continue };
            let places = &mut places[entity.0 as usize];
            match places.last_mut() {
                Some(last) if last.0.0 == document => last.1.push(at),
                _ => places.push((DocumentIndex(document), vec![at])),
            }
        }
    }
    places
}

/// All documents, and for each of their names its entity.
type Named<'a> = (&'a [Arc<Reading>], &'a [Vec<Option<EntityIndex>>]);

fn entity(
    cluster: &Cluster<'_>,
    places: Places,
    named: Named<'_>,
    vocabulary: &Vocabulary,
) -> Entity {
    let forms = forms(&places, named);
    let entry = cluster.entry.map(|it| vocabulary.entry(it));
    Entity {
        id: String::new(),
        name: cluster.name.clone(),
        kind: cluster.kind,
        mentions: forms.iter().map(|it| it.1).sum(),
        forms,
        description: entry.map(|it| it.description.clone()).unwrap_or_default(),
        same_as: entry.map(|it| it.same_as.clone()).unwrap_or_default(),
        part_of: None,
        part_of_name: entry.and_then(|it| it.part_of.clone()),
        origin: entry.map_or(Origin::Discovered, |it| it.origin),
        places,
        offices: if cluster.kind == Kind::Person { cluster.offices.clone() } else { Vec::new() },
        issued: Vec::new(),
        spoken: Vec::new(),
        together: Vec::new(),
        first: None,
        last: None,
        evidence: cluster.evidence.clone(),
    }
}

/// The forms in which counted mentions stand, most first.
fn forms(places: &Places, (readings, of_name): Named<'_>) -> Vec<(String, u32)> {
    let mut surfaces: Vec<&str> = Vec::new();

    for (document, mentions) in places {
        let document = document.0 as usize;
        let reading = &readings[document];
        let published = |name: u16| of_name[document][usize::from(name)].is_some();
        for &at in mentions {
            if counted(&reading.annotations, at.into(), published) {
                let mention = reading.annotations.mentions[usize::from(at)];
                let range = mention.start as usize..mention.end as usize;
                surfaces.push(&reading.document.text[range]);
            }
        }
    }
    surfaces.sort_unstable();
    let mut forms: Vec<(String, u32)> = Vec::new();
    for same in surfaces.chunk_by(|a, b| a == b) {
        let (form, times) = (one_line(same[0]), same.len() as u32);
        match forms.iter_mut().find(|it| it.0 == form) {
            Some(known) => known.1 += times,
            None => forms.push((form, times)),
        }
    }
    forms.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    forms
}

fn one_line(surface: &str) -> String {
    if !surface.contains(['\n', '\t', '\u{a0}']) && !surface.contains("  ") {
        return surface.to_owned();
    }
    surface.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Finds what each entity belongs to among the others.
fn link_parts(entities: &mut [Entity]) {
    let by_name: FxHashMap<String, u32> =
        (0u32..).zip(&*entities).map(|(at, it)| (it.name.to_lowercase(), at)).collect();
    for (at, entity) in entities.iter_mut().enumerate() {
        let Some(name) = &entity.part_of_name else { continue };
        let whole = by_name.get(&name.to_lowercase()).filter(|it| **it as usize != at);
        if let Some(&whole) = whole {
            entity.part_of = Some(EntityIndex(whole));
            entity.part_of_name = None;
        }
    }
}
