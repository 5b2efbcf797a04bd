//! Clusters to entities: what is published, under which id and name.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::pipeline::annotate::{Annotations, Standing};
use crate::pipeline::collate::cluster::{ByUnit, Cluster};
use crate::pipeline::collate::lookup::LookId;
use crate::pipeline::collate::outline::{Mentioned, Outline, counts};
use crate::pipeline::collate::texts::{TextId, Texts};
use crate::pipeline::collate::units::Units;
use crate::pipeline::collate::{DocumentIndex, Entity, EntityIndex};
use crate::vocabulary::{Kind, Origin, Vocabulary, slug};

/// Published entities, and for each name of each document the entity that it is.
pub(crate) struct Published {
    pub(crate) entities: Vec<Entity>,
    /// Under which names each is looked up.
    pub(crate) called: Vec<Called>,
    pub(crate) of_name: Vec<Vec<Option<EntityIndex>>>,
}

/// What an entity is called, as names are looked up.
pub(crate) struct Called {
    pub(crate) name: Option<LookId>,
    pub(crate) forms: Vec<LookId>,
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
    let (mut entities, called): (Vec<Entity>, Vec<Called>) = (order.par_iter().zip(ids))
        .enumerate()
        .map(|(at, (&cluster, id))| {
            let cluster = &clusters.clusters[cluster as usize];
            let (entity, called) = entity(cluster, stands.of(at), (outlines, &of_name), call);
            (Entity { id, ..entity }, called)
        })
        .unzip();
    link_parts(&mut entities);
    Published { entities, called, of_name }
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

/// Where each entity stands: one list for all, in which each has a run of its own, by document and position.
struct Stands {
    begins: Vec<u32>,
    places: Vec<(DocumentIndex, u16)>,
}

impl Stands {
    fn new(
        of_name: &[Vec<Option<EntityIndex>>],
        entities: usize,
        outlines: &[Arc<Outline>],
    ) -> Stands {
        let entity =
            |(document, mention): (usize, &Mentioned)| of_name[document][usize::from(mention.name)];
        let mut begins = vec![0; entities + 1];
        for (document, outline) in outlines.iter().enumerate() {
            for entity in outline.mentions.iter().filter_map(|it| entity((document, it))) {
                begins[entity.0 as usize + 1] += 1;
            }
        }
        for at in 0..entities {
            begins[at + 1] += begins[at];
        }
        let mut next = begins.clone();
        let mut places = vec![(DocumentIndex(0), 0); begins[entities] as usize];
        for (document, outline) in outlines.iter().enumerate() {
            for (at, mention) in (0u16..).zip(&outline.mentions) {
                let Some(entity) = entity((document, mention)) else { continue };
                let place = &mut next[entity.0 as usize];
                places[*place as usize] = (DocumentIndex(document as u32), at);
                *place += 1;
            }
        }
        Stands { begins, places }
    }

    fn of(&self, entity: usize) -> &[(DocumentIndex, u16)] {
        &self.places[self.begins[entity] as usize..self.begins[entity + 1] as usize]
    }
}

/// All documents, and for each of their names its entity.
type Known<'a> = (&'a [Arc<Outline>], &'a [Vec<Option<EntityIndex>>]);

fn entity(
    cluster: &Cluster<'_>,
    places: &[(DocumentIndex, u16)],
    known: Known<'_>,
    Calling { texts, vocabulary }: Calling<'_>,
) -> (Entity, Called) {
    let (forms, looks) = forms(places, known, texts);
    let entry = cluster.entry.map(|it| vocabulary.entry(it));
    let name = cluster.name(texts, vocabulary);
    let called = Called { name: texts.find_look(name), forms: looks };
    let together = places.chunk_by(|a, b| a.0 == b.0);
    let person = cluster.kind == Kind::Person;
    let entity = Entity {
        id: String::new(),
        name: name.to_owned(),
        kind: cluster.kind,
        mentions: forms.iter().map(|it| it.1).sum(),
        forms,
        description: entry.map(|it| it.description.clone()).unwrap_or_default(),
        same_as: entry.map(|it| it.same_as.clone()).unwrap_or_default(),
        part_of: None,
        part_of_name: entry.and_then(|it| it.part_of.clone()),
        origin: entry.map_or(Origin::Discovered, |it| it.origin),
        places: together.map(|it| (it[0].0, it.iter().map(|it| it.1).collect())).collect(),
        offices: if person { cluster.offices(texts) } else { Vec::new() },
        issued: Vec::new(),
        spoken: Vec::new(),
        together: Vec::new(),
        first: None,
        last: None,
        evidence: cluster.evidence(texts),
    };
    (entity, called)
}

/// The forms in which counted mentions stand, most first; and under which names they are looked up.
fn forms(
    places: &[(DocumentIndex, u16)],
    (outlines, of_name): Known<'_>,
    texts: &Texts,
) -> (Vec<(String, u32)>, Vec<LookId>) {
    let form = |(document, at): &(DocumentIndex, u16)| {
        let (outline, names) = (&outlines[document.0 as usize], &of_name[document.0 as usize]);
        let published = |name: u16| names[usize::from(name)].is_some();
        let counted = outline.counted(usize::from(*at), published);
        counted.then(|| outline.mentions[usize::from(*at)].form)
    };
    let mut found: Vec<TextId> = places.iter().filter_map(form).collect();
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
