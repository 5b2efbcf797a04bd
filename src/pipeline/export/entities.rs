//! Entities to `entities.json`, `entities.csv` and `links.csv`.

use serde::Serialize;

use crate::pipeline::Site;
use crate::pipeline::collate::{Entity, EntityIndex};
use crate::pipeline::export::Origins;
use crate::pipeline::export::csv::Table;
use crate::pipeline::export::dataset::{Dataset, Items, unkeyed};
use crate::pipeline::render::facts::Fact;
use crate::vocabulary::{Kind, Origin};

/// The columns of `entities.csv`.
pub(crate) const COLUMNS: &[&str] = &[
    "id",
    "name",
    "kind",
    "aliases",
    "description",
    "same_as",
    "part_of",
    "mentions",
    "documents",
    "first",
    "last",
    "origin",
];
/// The columns of `links.csv`.
pub(crate) const LINKS: &[&str] = &["source", "target", "documents", "sentences"];

#[derive(Serialize)]
struct Record<'a> {
    id: &'a str,
    name: &'a str,
    kind: Kind,
    aliases: Vec<Alias<'a>>,
    description: &'a str,
    same_as: &'a [String],
    part_of: Option<&'a str>,
    mentions: u32,
    documents: u32,
    first: Option<String>,
    last: Option<String>,
    origin: Origin,
}

#[derive(Serialize)]
struct Alias<'a> {
    name: &'a str,
    count: u32,
}

/// `entities.json` and `entities.csv`
pub(crate) fn entities<'a>(site: &'a Site, origins: Origins<'_>) -> Vec<Dataset<'a>> {
    let entities = (0..).map(EntityIndex).zip(&site.collection.entities).zip(documents(site));
    // How many documents name it, its entry alone does not tell.
    let key = |it: EntityIndex, documents: u32| {
        let mut key = origins.key([Fact::Entity(it)])?;
        key.iter_mut().rev().zip(documents.to_le_bytes()).for_each(|it| *it.0 ^= it.1);
        Some(key)
    };
    let entities: Items<_> =
        entities.map(|((at, it), documents)| ((it, documents), key(at, documents))).collect();
    let record = move |(entity, documents): &(&'a Entity, u32)| record(site, entity, *documents);
    vec![
        Dataset::json("data/entities.json", entities.clone(), record),
        Dataset::csv("data/entities.csv", COLUMNS, entities, move |it, table| {
            row(&record(it), table);
        }),
    ]
}

/// For each entity, how many documents name it.
fn documents(site: &Site) -> Vec<u32> {
    let mut documents = vec![0; site.collection.entities.len()];
    for (entity, _) in site.collection.documents.iter().flat_map(|it| &*it.named) {
        documents[entity.0 as usize] += 1;
    }
    documents
}

fn record<'a>(site: &'a Site, entity: &'a Entity, documents: u32) -> Record<'a> {
    let whole = entity.part_of.map(|it| id(site, it));
    Record {
        id: &entity.id,
        name: &entity.name,
        kind: entity.kind,
        aliases: entity.forms.iter().map(|it| Alias { name: &it.0, count: it.1 }).collect(),
        description: &entity.description,
        same_as: &entity.same_as,
        part_of: whole.or(entity.part_of_name.as_deref()),
        mentions: entity.mentions,
        documents,
        first: entity.first.map(|it| it.to_string()),
        last: entity.last.map(|it| it.to_string()),
        origin: entity.origin,
    }
}

fn id(site: &Site, entity: EntityIndex) -> &str {
    &site.collection.entities[entity.0 as usize].id
}

fn row(record: &Record<'_>, table: &mut Table) {
    let aliases: Vec<_> = record.aliases.iter().map(|it| it.name).collect();
    table.plain(record.id);
    table.text(record.name);
    table.plain(record.kind.name());
    table.text(&aliases.join("; "));
    table.text(record.description);
    table.text(&record.same_as.join(" "));
    table.text(record.part_of.unwrap_or_default());
    table.number("", record.mentions);
    table.number("", record.documents);
    table.text(record.first.as_deref().unwrap_or_default());
    table.text(record.last.as_deref().unwrap_or_default());
    table.plain(origin(record.origin));
    table.end();
}

fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Vocabulary => "vocabulary",
        Origin::Gazetteer => "gazetteer",
        Origin::Discovered => "discovered",
    }
}

/// `links.csv`
pub(crate) fn links<'a>(site: &'a Site, _: Origins<'_>) -> Vec<Dataset<'a>> {
    let mut pairs: Vec<_> = site.collection.pairs.iter().collect();
    pairs.sort_by_key(|it| (it.a, it.b));
    vec![Dataset::csv("data/links.csv", LINKS, unkeyed(pairs), |pair, table| {
        table.plain(id(site, pair.a));
        table.plain(id(site, pair.b));
        table.number("", pair.documents);
        table.number("", pair.sentences);
        table.end();
    })]
}
