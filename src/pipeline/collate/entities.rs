//! Clusters to entities: what is published, under which id and name.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::pipeline::annotate::{Annotations, Standing};
use crate::pipeline::collate::cluster::{ByUnit, Cluster};
use crate::pipeline::collate::lookup::LookId;
use crate::pipeline::collate::outline::{Outline, counts};
use crate::pipeline::collate::places::Places;
use crate::pipeline::collate::remembered::Remembered;
use crate::pipeline::collate::rows::Rows;
use crate::pipeline::collate::stands::{Stand, Stands};
use crate::pipeline::collate::tally::{NONE, Tally, tally};
use crate::pipeline::collate::texts::{TextId, Texts};
use crate::pipeline::collate::{DocumentIndex, Entity, EntityIndex};
use crate::vocabulary::{Kind, Origin, Vocabulary, slug};

/// Published entities, and for each name of each document the entity that it is.
pub(crate) struct Published {
    pub(crate) entities: Vec<Entity>,
    /// What each was made from.
    pub(crate) bodies: Vec<Arc<Body>>,
    /// The name under which each is looked up, if documents ask for it.
    pub(crate) looks: Vec<Option<LookId>>,
    pub(crate) of_name: Rows<Option<EntityIndex>>,
}

/// Publishes what may be published.
pub(crate) fn publish(
    clusters: &ByUnit<'_>,
    outlines: &[Arc<Outline>],
    vocabulary: &Vocabulary,
    (sorted, known, before): (&mut Order, &mut Remembered<Arc<Body>>, &mut Stands),
) -> Published {
    let call = Calling { texts: clusters.units.texts, clusters, vocabulary };
    let (order, ids, of_name) = chosen(call, outlines, sorted);
    let stands = Stands::of(before, &ids, &of_name, outlines);
    let cluster = |at: usize| &clusters.clusters[order[at] as usize];
    let all = (0..order.len()).into_par_iter();
    let causes =
        all.clone().map(|at| clusters.cause(order[at]).and(stands.hash(at)).hash()).collect();
    // Not part of a body: a later document may be the first to ask for the name of an entry.
    let looks = all.clone().map(|at| cluster(at).look(call.texts, vocabulary)).collect();
    let made = |at: usize, (): &mut ()| Arc::new(body(order[at], stands.row(at), call));
    let bodies = known.all(causes, || (), made);
    *before = stands;
    let mut entities: Vec<Entity> =
        all.map(|at| entity(cluster(at), &bodies[at], ids[at].clone(), call)).collect();
    link_parts(&mut entities);
    Published { entities, bodies, looks, of_name }
}

/// What names are read with.
#[derive(Clone, Copy)]
struct Calling<'a> {
    texts: &'a Texts,
    clusters: &'a ByUnit<'a>,
    vocabulary: &'a Vocabulary,
}

impl Calling<'_> {
    fn name(&self, cluster: &Cluster) -> &str {
        cluster.name(self.texts, self.vocabulary)
    }
}

/// The published clusters in the order of their ids, the ids, and for each name of each document the entity that it is.
fn chosen(
    call: Calling<'_>,
    outlines: &[Arc<Outline>],
    sorted: &mut Order,
) -> (Vec<u32>, Arc<[String]>, Rows<Option<EntityIndex>>) {
    let of_name = members(call.clusters, outlines);
    let nothing = vec![true; call.clusters.clusters.len()];
    let first = public(call, &tally(&of_name, &nothing, outlines));
    let public = public(call, &tally(&of_name, &first, outlines));
    let (order, ids) = sorted.of(call, &public);
    let mut index = vec![None; public.len()];
    for (at, &cluster) in (0u32..).zip(&order) {
        index[cluster as usize] = Some(EntityIndex(at));
    }
    let entity = |it: &u32| index.get(*it as usize).copied().flatten();
    (order, ids, of_name.map(entity))
}

/// For each name of each document its cluster; none for those that are doubtful and that no document makes sure.
fn members(clusters: &ByUnit<'_>, outlines: &[Arc<Outline>]) -> Rows<u32> {
    let mut names = outlines.iter().flat_map(|it| &it.names);
    clusters.units.of_name.map(|unit| {
        let cluster = clusters.of_unit[*unit as usize];
        let sure = names.next().is_some_and(|it| it.standing != Standing::Doubtful)
            || clusters.clusters[cluster as usize].standing == Standing::Evident;
        if sure { cluster } else { NONE }
    })
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

fn public(call: Calling<'_>, tallies: &[Tally]) -> Vec<bool> {
    let public = |(cluster, tally): (&Cluster, &Tally)| {
        let hidden = || cluster.entry.is_some_and(|it| call.vocabulary.entry(it).hidden);
        let enough = match cluster.standing {
            Standing::Evident => tally.mentions >= 1,
            Standing::Likely => tally.mentions >= 2 || tally.documents >= 2,
            Standing::Doubtful => false,
        };
        enough && !hidden() && !call.name(cluster).is_empty()
    };
    call.clusters.clusters.par_iter().zip(tallies).map(public).collect()
}

/// Ids for things that were told apart by these numbers, and where each of them comes in the order of ids.
#[derive(Debug, Default)]
pub(crate) struct Order {
    asked: Vec<[u64; 3]>,
    places: Vec<u32>,
    ids: Arc<[String]>,
}

impl Order {
    /// The published clusters in the order of their ids, and the ids; those of the last time if the clusters are called the same.
    fn of(&mut self, call: Calling<'_>, public: &[bool]) -> (Vec<u32>, Arc<[String]>) {
        let chosen: Vec<u32> = (0u32..).zip(public).filter(|it| *it.1).map(|it| it.0).collect();
        let called = |it: &u32| call.clusters.clusters[*it as usize].called();
        let asked: Vec<[u64; 3]> = chosen.iter().map(called).collect();
        if self.asked != asked {
            let (places, ids) = sorted(call, &chosen);
            *self = Order { asked, places, ids: ids.into() };
        }
        let order = self.places.iter().map(|it| chosen[*it as usize]).collect();
        (order, Arc::clone(&self.ids))
    }
}

/// Where each of the `chosen` clusters comes in the order of their ids, and the ids.
fn sorted(call: Calling<'_>, chosen: &[u32]) -> (Vec<u32>, Vec<String>) {
    let cluster = |at: u32| &call.clusters.clusters[at as usize];
    let plain = |at: &u32| match cluster(*at).entry {
        Some(entry) => call.vocabulary.entry(entry).id.clone(),
        None => slug(call.name(cluster(*at))),
    };
    let plain: Vec<String> = chosen.par_iter().map(plain).collect();
    let mut taken: FxHashSet<String> = FxHashSet::default();
    taken.reserve(chosen.len());
    let mut ids: Vec<(String, u32)> = Vec::with_capacity(chosen.len());
    for (place, (at, plain)) in (0u32..).zip(chosen.iter().zip(plain)) {
        let cluster = cluster(*at);
        let known = cluster.entry.is_some();
        let id = if known { plain } else { free_id((cluster, plain), call, &taken) };
        taken.insert(id.clone());
        ids.push((id, place));
    }
    ids.par_sort_unstable();
    ids.into_iter().map(|(id, at)| (at, id)).unzip()
}

fn free_id(
    (cluster, plain): (&Cluster, String),
    call: Calling<'_>,
    taken: &FxHashSet<String>,
) -> String {
    let free = |it: &String| !call.vocabulary.ids.contains_key(it) && !taken.contains(it);
    if free(&plain) {
        return plain;
    }
    let with_kind = format!("{plain}-{}", cluster.kind.name());
    let counted = (2..).map(|it| format!("{plain}-{it}"));
    let mut candidates = std::iter::once(with_kind).chain(counted);
    candidates.find(free).expect("one of endlessly many is free")
}

/// What of an entity follows from its own names and places alone.
#[derive(Debug)]
pub(crate) struct Body {
    forms: Arc<[(String, u32)]>,
    mentions: u32,
    places: Arc<Places>,
    offices: Arc<[(String, String, u32)]>,
    evidence: Arc<[String]>,
    /// Its forms.
    pub(crate) texts: Box<[TextId]>,
}

fn body(cluster: u32, stands: &[Stand], call: Calling<'_>) -> Body {
    let (forms, texts) = forms(stands, call.texts);
    let person = call.clusters.clusters[cluster as usize].kind == Kind::Person;
    let places = stands.iter().map(|it| (DocumentIndex(it.document), it.at));
    Body {
        mentions: forms.iter().map(|it| it.1).sum(),
        forms: forms.into(),
        places: Arc::new(places.collect()),
        offices: if person { call.clusters.offices(cluster).into() } else { Arc::default() },
        evidence: call.clusters.evidence(cluster).into(),
        texts,
    }
}

fn entity(cluster: &Cluster, body: &Body, id: String, call: Calling<'_>) -> Entity {
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

/// The forms in which counted mentions stand, most first; and their numbers.
fn forms(stands: &[Stand], texts: &Texts) -> (Vec<(String, u32)>, Box<[TextId]>) {
    let mut found: Vec<TextId> = stands.iter().filter_map(|it| it.form).collect();
    found.sort_unstable();
    let mut forms: Vec<(&str, u32)> = Vec::new();
    for same in found.chunk_by(|a, b| a == b) {
        forms.push((texts.text(same[0]), same.len() as u32));
    }
    found.dedup();
    forms.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    (forms.into_iter().map(|it| (it.0.to_owned(), it.1)).collect(), found.into())
}

/// Finds what each entity belongs to among the others.
fn link_parts(entities: &mut [Entity]) {
    let wanted = entities.iter().filter_map(|it| it.part_of_name.as_ref());
    let mut wholes: FxHashMap<String, Option<u32>> =
        wanted.map(|it| (it.to_lowercase(), None)).collect();
    for (at, entity) in (0u32..).zip(&*entities) {
        if let Some(whole) = wholes.get_mut(&entity.name.to_lowercase()) {
            *whole = Some(at);
        }
    }
    for (at, entity) in entities.iter_mut().enumerate() {
        let Some(name) = &entity.part_of_name else { continue };
        let whole = wholes[&name.to_lowercase()].filter(|it| *it as usize != at);
        if let Some(whole) = whole {
            entity.part_of = Some(EntityIndex(whole));
            entity.part_of_name = None;
        }
    }
}
