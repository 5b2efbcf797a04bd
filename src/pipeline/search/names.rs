//! Entities, themes, issuers and kinds to sections: the same lists that words have, so that a name is searched and counted like one.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::pipeline::Site;
use crate::pipeline::search::coder::Coder;
use crate::pipeline::search::expected::{PlaceNumbers, rounded, width, worth};
use crate::pipeline::search::outlet::Material;
use crate::pipeline::search::posting::Postings;
use crate::pipeline::search::section::Terms;
use crate::pipeline::search::terms::folded;
use crate::pipeline::search::told::Told;
use crate::vocabulary::Kind;

/// A value of a field that documents are found and counted by.
#[derive(Debug, Clone, Default)]
pub(crate) struct Value {
    /// What it is called.
    pub(crate) name: String,
    /// The last part of its page's address; empty if it has none.
    pub(crate) id: String,
    /// Other forms of the name.
    pub(crate) forms: Vec<String>,
    /// Its documents, ascending.
    pub(crate) told: Told,
}

/// The fields in the order of their numbers in the index, without the words (0).
pub(crate) const FIELDS: [&str; 8] =
    ["organization", "person", "place", "event", "agreement", "theme", "issuer", "kind"];

/// The values of each of [`FIELDS`], those with the most documents first. `order` is how the index numbers documents.
pub(crate) fn fields(site: &Site, postings: &[Arc<Postings>], order: &[u32]) -> Vec<Vec<Value>> {
    let mut fields: Vec<Vec<Value>> = Kind::ALL.map(|_| Vec::new()).into();
    for (entity, value) in site.collection.entities.iter().zip(entities(site, postings, order)) {
        let kind = Kind::ALL.iter().position(|it| *it == entity.kind);
        fields[kind.expect("every kind is in ALL")].push(value);
    }
    fields.push(themes(site, order));
    fields.push(named(order.iter().map(|it| issuer(site, *it as usize))));
    fields.push(named(order.iter().map(|it| {
        site.readings[*it as usize].description.kind.as_ref().map(|it| it.value.as_str())
    })));
    for values in &mut fields {
        values.retain(|it| it.told.count > 0);
        values.sort_by(|a, b| b.told.count.cmp(&a.told.count).then_with(|| a.name.cmp(&b.name)));
    }
    fields
}

/// Who issued the document, by the name of its page where it has one.
pub(crate) fn issuer(site: &Site, document: usize) -> Option<&str> {
    let entity = site.collection.documents[document].issuer;
    let written = site.readings[document].description.issuer.as_ref();
    entity
        .map(|it| site.collection.entities[it.0 as usize].name.as_str())
        .or(written.map(|it| it.value.as_str()))
}

fn entities(site: &Site, postings: &[Arc<Postings>], order: &[u32]) -> Vec<Value> {
    let listed = site.collection.entities.iter();
    let mut values: Vec<Value> = listed
        .map(|it| Value {
            name: it.name.clone(),
            id: it.id.clone(),
            forms: it.forms.iter().map(|(form, _)| form.clone()).collect(),
            told: Told::default(),
        })
        .collect();
    for (document, (postings, source)) in postings.iter().zip(order).enumerate() {
        for (entity, mut places) in mentions(site, postings, *source as usize) {
            places.sort_unstable();
            places.dedup();
            values[entity as usize].told.push(document as u32, worth(places.len() as u32), &places);
        }
    }
    values
}

/// Where each entity is named in a document; at the title if the document's author says that it is about the entity.
fn mentions(site: &Site, postings: &Postings, document: usize) -> BTreeMap<u32, Vec<u32>> {
    let entry = &site.collection.documents[document];
    let mut found: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    postings.each_name(|name, places| {
        if let Some(entity) = entry.entities[usize::from(name)] {
            found.entry(entity.0).or_default().extend(places);
        }
    });
    for (entity, _) in entry.named.iter() {
        found.entry(entity.0).or_insert_with(|| vec![0]);
    }
    found
}

fn themes(site: &Site, order: &[u32]) -> Vec<Value> {
    let mut rank = vec![0; order.len()];
    order.iter().enumerate().for_each(|(place, document)| rank[*document as usize] = place as u32);
    let value = |listing: &crate::pipeline::collate::ThemeListing| {
        let theme = site.vocabulary.theme(listing.theme);
        let scored = listing.documents.iter().map(|(document, place)| {
            let score =
                site.readings[document.0 as usize].annotations.themes[*place as usize].score;
            (rank[document.0 as usize], strength(score))
        });
        let mut documents: Vec<_> = scored.collect();
        documents.sort_unstable();
        let mut told = Told::default();
        documents.into_iter().for_each(|(document, worth)| told.push(document, worth, &[]));
        Value { name: theme.name.clone(), id: theme.id.clone(), forms: Vec::new(), told }
    };
    site.collection.themes.iter().map(value).collect()
}

#[expect(clippy::cast_sign_loss, reason = "a score is from 0 to 1")]
fn strength(score: f32) -> u32 {
    (score * 7.0) as u32
}

fn named<'a>(names: impl Iterator<Item = Option<&'a str>>) -> Vec<Value> {
    let mut values: BTreeMap<&str, Told> = BTreeMap::new();
    for (document, name) in names.enumerate() {
        if let Some(name) = name {
            values.entry(name).or_default().push(document as u32, 0, &[]);
        }
    }
    let value = |(name, told): (&str, _)| Value { name: name.to_owned(), told, ..Value::default() };
    values.into_iter().map(value).collect()
}

/// The values of a field as terms of a section.
pub(crate) struct Names<'a> {
    pub(crate) values: &'a [Value],
    /// The length of each document.
    pub(crate) lengths: &'a [u32],
}

impl Names<'_> {
    fn length(&self, document: u32) -> u32 {
        rounded(self.lengths[document as usize])
    }
}

impl Terms for Names<'_> {
    fn len(&self) -> usize {
        self.values.len()
    }

    fn key(&self, term: usize) -> &str {
        &self.values[term].name
    }

    fn family(&self, _: usize) -> &[u32] {
        &[]
    }

    fn count(&self, term: usize) -> u32 {
        self.values[term].told.count
    }

    fn places(&self, term: usize) -> u32 {
        self.values[term].told.places
    }

    fn each_document(&self, term: usize, each: &mut dyn FnMut(u32, u32)) {
        self.values[term].told.documents().for_each(|it| each(it.number, it.worth));
    }

    fn tell_documents(&self, term: usize, material: &mut Material) {
        material.number(self.count(term));
        self.each_document(term, &mut |document, worth| {
            material.number(document);
            material.number(worth);
        });
    }

    fn tell_places(&self, term: usize, material: &mut Material) {
        material.number(self.count(term));
        self.values[term].told.documents().for_each(|it| {
            material.number(self.length(it.number));
            material.bytes(it.bytes);
        });
    }

    fn write_places(&self, term: usize, coder: &mut Coder, expected: &mut PlaceNumbers) {
        let mean = width(self.places(term), self.count(term));
        for document in self.values[term].told.documents() {
            coder.number(expected.counts(mean, document.worth), document.count - 1);
            let gaps = &mut expected.gaps[width(self.length(document.number), document.count + 1)];
            document.gaps().for_each(|it| coder.number(gaps, it));
        }
    }
}

/// What the client must be told of the id of a value with a page: nothing if it can be made from the name, what stands behind that
/// if it begins so, else all.
pub(crate) fn id_beside_name(value: &Value) -> &str {
    let made = folded(&value.name).replace(' ', "-");
    match value.id.strip_prefix(&made) {
        Some(rest) if rest.is_empty() || !made.is_empty() && rest.starts_with('-') => rest,
        _ => &value.id,
    }
}
