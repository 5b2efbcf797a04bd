//! Clusters to entities: what is published, under which id and name.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::pipeline::annotate::{Annotations, Standing};
use crate::pipeline::collate::cluster::{ByUnit, Cluster};
use crate::pipeline::collate::lookup::LookId;
use crate::pipeline::collate::outline::{Outline, counts};
use crate::pipeline::collate::remembered::Remembered;
use crate::pipeline::collate::stands::{Stand, Stands};
use crate::pipeline::collate::texts::{TextId, Texts};
use crate::pipeline::collate::units::Units;
use crate::pipeline::collate::{DocumentIndex, Entity, EntityIndex};
use crate::vocabulary::{Kind, Origin, Vocabulary, slug};

/// Published entities, and for each name of each document the entity that it is.
pub(crate) struct Published {
    pub(crate) entities: Vec<Entity>,
    /// What each was made from.
    pub(crate) bodies: Vec<Arc<Body>>,
    /// The name under which each is looked up, if documents have such a name.
    pub(crate) looks: Vec<Option<LookId>>,
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
    (units, clusters): (&Units<'_>, &ByUnit<'_>),
    outlines: &[Arc<Outline>],
    vocabulary: &Vocabulary,
    known: &mut Remembered<Arc<Body>>,
) -> Published {
    let of_name = members(units, clusters, outlines);
    let nothing = vec![true; clusters.clusters.len()];
    let call = Calling { texts: units.texts, vocabulary };
    let first = public(&clusters.clusters, &tally(&of_name, &nothing, outlines), call);
    let public = public(&clusters.clusters, &tally(&of_name, &first, outlines), call);
    let (order, ids) = order(&clusters.clusters, &public, call);
    let mut index = vec![None; public.len()];
    for (at, &cluster) in (0u32..).zip(&order) {
        index[cluster as usize] = Some(EntityIndex(at));
    }
    let of_name: Vec<Vec<_>> = of_name
        .into_par_iter()
        .map(|names| names.into_iter().map(|it| it.and_then(|it| index[it as usize])).collect())
        .collect();
    let stands = Stands::new(&of_name, order.len(), outlines);
    let cluster = |at: usize| &clusters.clusters[order[at] as usize];
    let all = (0..order.len()).into_par_iter();
    let causes = all.clone().map(|at| cause(cluster(at), stands.of(at))).collect();
    // Not part of a body: a later document may be the first to ask for the name of an entry.
    let looks = all.clone().map(|at| cluster(at).look(units.texts, vocabulary)).collect();
    let made = |at: usize, (): &mut ()| Arc::new(body(cluster(at), stands.of(at), call));
    let bodies = known.all(causes, || (), made);
    let mut entities: Vec<Entity> =
        all.zip(ids).map(|(at, id)| entity(cluster(at), &bodies[at], id, call)).collect();
    link_parts(&mut entities);
    Published { entities, bodies, looks, of_name }
}

/// What names are read with.
#[derive(Clone, Copy)]
struct Calling<'a> {
    texts: &'a Texts,
    vocabulary: &'a Vocabulary,
}

/// For each name of each document its cluster; none for those that are doubtful and that no document makes sure.
fn members(
    units: &Units<'_>,
    clusters: &ByUnit<'_>,
    outlines: &[Arc<Outline>],
) -> Vec<Vec<Option<u32>>> {
    let of = |(document, outline): (usize, &Arc<Outline>)| {
        let names = outline.names.iter().enumerate();
        names
            .map(|(at, name)| {
                let cluster = clusters.of_unit[units.of(document, at)];
                let sure = name.standing != Standing::Doubtful
                    || clusters.clusters[cluster as usize].standing == Standing::Evident;
                sure.then_some(cluster)
            })
            .collect()
    };
    outlines.par_iter().enumerate().map(of).collect()
}

/// Counts mentions; one inside a name that is not `outer` counts as if it stood alone.
fn tally(of_name: &[Vec<Option<u32>>], outer: &[bool], outlines: &[Arc<Outline>]) -> Vec<Tally> {
    let mut tallies = vec![Tally::default(); outer.len()];
    let mut last = vec![u32::MAX; outer.len()];
    for (document, outline) in (0u32..).zip(outlines) {
        let names = &of_name[document as usize];
        let known = |name: u16| names[usize::from(name)].is_some_and(|it| outer[it as usize]);
        for (at, mention) in outline.mentions.iter().enumerate() {
            let Some(cluster) = names[usize::from(mention.name)] else { continue };
            if outline.counted(at, known) {
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

fn public(
    clusters: &[Cluster<'_>],
    tallies: &[Tally],
    Calling { texts, vocabulary }: Calling<'_>,
) -> Vec<bool> {
    let public = |(cluster, tally): (&Cluster<'_>, &Tally)| {
        let hidden = cluster.entry.is_some_and(|it| vocabulary.entry(it).hidden);
        let enough = match cluster.standing {
            Standing::Evident => tally.mentions >= 1,
            Standing::Likely => tally.mentions >= 2 || tally.documents >= 2,
            Standing::Doubtful => false,
        };
        enough && !hidden && !cluster.name(texts, vocabulary).is_empty()
    };
    clusters.iter().zip(tallies).map(public).collect()
}

/// The published clusters in the order of their ids, and the ids.
fn order(
    clusters: &[Cluster<'_>],
    public: &[bool],
    Calling { texts, vocabulary }: Calling<'_>,
) -> (Vec<u32>, Vec<String>) {
    let plain = |(cluster, public): (&Cluster<'_>, &bool)| {
        (*public && cluster.entry.is_none()).then(|| slug(cluster.name(texts, vocabulary)))
    };
    let slugs: Vec<_> = clusters.par_iter().zip(public).map(plain).collect();
    let known: FxHashSet<&str> = vocabulary.entries.iter().map(|it| it.id.as_str()).collect();
    let mut taken: FxHashMap<String, u32> = FxHashMap::default();
    let mut ids: Vec<(String, u32)> = Vec::new();
    for (at, cluster) in (0u32..).zip(clusters).filter(|it| public[it.0 as usize]) {
        let id = match cluster.entry {
            Some(entry) => vocabulary.entry(entry).id.clone(),
            None => free_id((cluster, slugs[at as usize].as_deref().unwrap_or("")), &known, &taken),
        };
        taken.insert(id.clone(), at);
        ids.push((id, at));
    }
    ids.par_sort_unstable();
    ids.into_iter().map(|(id, at)| (at, id)).unzip()
}

fn free_id(
    (cluster, plain): (&Cluster<'_>, &str),
    known: &FxHashSet<&str>,
    taken: &FxHashMap<String, u32>,
) -> String {
    let with_kind = format!("{plain}-{}", cluster.kind.name());
    let counted = (2..).map(|it| format!("{plain}-{it}"));
    let mut candidates = [plain.to_owned(), with_kind].into_iter().chain(counted);
    candidates
        .find(|it| !known.contains(it.as_str()) && !taken.contains_key(it))
        .expect("one of endlessly many is free")
}

/// What of an entity follows from its own names and places alone.
#[derive(Debug)]
pub(crate) struct Body {
    forms: Arc<[(String, u32)]>,
    mentions: u32,
    places: Arc<[(DocumentIndex, Vec<u16>)]>,
    offices: Arc<[(String, String, u32)]>,
    evidence: Arc<[String]>,
    /// The names under which its forms are looked up.
    pub(crate) looks: Vec<LookId>,
}

/// A hash of all that a body follows from.
fn cause(cluster: &Cluster<'_>, stands: &[Stand]) -> u64 {
    let numbers = stands.iter().flat_map(|it| {
        let form = it.form.map_or(0, |it| u64::from(it.0) + 1);
        [u64::from(it.document.0) << 16 | u64::from(it.at), form]
    });
    cluster.cause().and_all(numbers).hash()
}

fn body(cluster: &Cluster<'_>, stands: &[Stand], call: Calling<'_>) -> Body {
    let texts = call.texts;
    let (forms, looks) = forms(stands, texts);
    let together = stands.chunk_by(|a, b| a.document == b.document);
    let person = cluster.kind == Kind::Person;
    Body {
        mentions: forms.iter().map(|it| it.1).sum(),
        forms: forms.into(),
        places: together.map(|it| (it[0].document, it.iter().map(|it| it.at).collect())).collect(),
        offices: if person { cluster.offices(texts).into() } else { Arc::default() },
        evidence: cluster.evidence(texts).into(),
        looks,
    }
}

fn entity(cluster: &Cluster<'_>, body: &Body, id: String, call: Calling<'_>) -> Entity {
    let entry = cluster.entry.map(|it| call.vocabulary.entry(it));
    Entity {
        id,
        name: cluster.name(call.texts, call.vocabulary).to_owned(),
        kind: cluster.kind,
        mentions: body.mentions,
        forms: Arc::clone(&body.forms),
        description: entry.map(|it| it.description.clone()).unwrap_or_default(),
        same_as: entry.map(|it| it.same_as.clone()).unwrap_or_default(),
        part_of: None,
        part_of_name: entry.and_then(|it| it.part_of.clone()),
        origin: entry.map_or(Origin::Discovered, |it| it.origin),
        places: Arc::clone(&body.places),
        offices: Arc::clone(&body.offices),
        issued: Vec::new(),
        spoken: Vec::new(),
        together: Arc::default(),
        first: None,
        last: None,
        evidence: Arc::clone(&body.evidence),
    }
}

/// The forms in which counted mentions stand, most first; and under which names they are looked up.
fn forms(stands: &[Stand], texts: &Texts) -> (Vec<(String, u32)>, Vec<LookId>) {
    let mut found: Vec<TextId> = stands.iter().filter_map(|it| it.form).collect();
    found.sort_unstable();
    let mut forms: Vec<(&str, u32)> = Vec::new();
    let mut looks = Vec::new();
    for same in found.chunk_by(|a, b| a == b) {
        forms.push((texts.text(same[0]), same.len() as u32));
        looks.extend(texts.known_look(same[0]));
    }
    forms.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    (forms.into_iter().map(|it| (it.0.to_owned(), it.1)).collect(), looks)
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
