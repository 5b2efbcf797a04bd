//! The CSV files to `datapackage.json`: what their columns mean, as Frictionless Data Package 2 describes tables.

use serde_json::{Value, json};

use crate::pipeline::Site;
use crate::pipeline::export::dataset::Dataset;
use crate::pipeline::export::{Origins, documents, entities, tables};
use crate::vocabulary::slug;

/// `datapackage.json`
pub(crate) fn package<'a>(site: &'a Site, _: Origins<'_>) -> Vec<Dataset<'a>> {
    vec![Dataset::whole("datapackage.json", || described(site))]
}

fn described(site: &Site) -> Vec<u8> {
    let config = &site.config;
    let mut package = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": slug(&config.title),
        "title": config.title,
        "homepage": site.config.base_url,
        "resources": [
            resource("documents", documents::COLUMNS, &["id"], &[]),
            resource("entities", entities::COLUMNS, &["id"], &[]),
            resource("mentions", tables::MENTIONS, &["document", "start", "end"], &[("document", "documents"), ("entity", "entities")]),
            resource("candidates", tables::CANDIDATES, &["document", "start", "end"], &[("document", "documents")]),
            resource("dates", tables::DATES, &["document", "start", "end"], &[("document", "documents")]),
            resource("links", entities::LINKS, &["source", "target"], &[("source", "entities"), ("target", "entities")]),
        ],
    });
    if !config.description.is_empty() {
        package["description"] = json!(config.description);
    }
    if !config.license.is_empty() {
        package["licenses"] = json!([license(&config.license)]);
    }
    let mut bytes = serde_json::to_vec_pretty(&package).expect("its keys are text");
    bytes.push(b'\n');
    bytes
}

fn license(written: &str) -> Value {
    if written.contains("://") { json!({ "path": written }) } else { json!({ "name": written }) }
}

fn resource(name: &str, columns: &[&str], key: &[&str], foreign: &[(&str, &str)]) -> Value {
    let fields: Vec<Value> = columns.iter().map(|it| field(it, name)).collect();
    let foreign: Vec<Value> = foreign
        .iter()
        .map(|(column, table)| {
            json!({ "fields": [column], "reference": { "resource": table, "fields": ["id"] } })
        })
        .collect();
    json!({
        "name": name,
        "type": "table",
        "path": format!("data/{name}.csv"),
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": { "fields": fields, "primaryKey": key, "foreignKeys": foreign },
    })
}

fn field(column: &str, table: &str) -> Value {
    let counted = matches!(column, "start" | "end" | "words" | "mentions" | "sentences")
        || (column == "documents" && table != "themes");
    let kind = if counted { "integer" } else { "string" };
    let mut field = json!({ "name": column, "type": kind, "description": meaning(column) });
    if table == "mentions" && column == "surface" || column == "id" {
        field["constraints"] = json!({ "required": true });
    }
    field
}

/// What a column means.
fn meaning(column: &str) -> &'static str {
    match column {
        "id" => "The last part of the page's address",
        "url" => "The page's address below the site's root",
        "source" => "The file below the seeds folder, or the first entity of a pair",
        "target" => "The second entity of a pair",
        "title" => "The title as the document gives it",
        "date" => "ISO 8601, reduced to what is known",
        "precision" => "How exact a date is",
        "issuer" => "Who issued the document",
        "kind" => "What it is",
        "speakers" => "Who speaks, separated by semicolons",
        "language" => "A BCP 47 language tag",
        "words" => "How many words the text has",
        "themes" => "Ids of themes, the strongest first, separated by blanks",
        "name" => "The name",
        "aliases" => "The forms that occur, most frequent first, separated by semicolons",
        "description" => "What it is, in a sentence or two",
        "same_as" => "The same thing elsewhere: URLs separated by blanks",
        "part_of" => "The id of what it belongs to, or its name where that has no page",
        "mentions" => "How many mentions count: neither nested nor by role nor of a people",
        "documents" => "How many documents name it, or both",
        "sentences" => "How many sentences name both",
        "first" => "The date of its earliest dated document",
        "last" => "The date of its latest dated document",
        "origin" => "vocabulary, gazetteer or discovered",
        "document" => "The id of the document",
        "entity" => "The id of the entity",
        "paragraph" => "The id of the paragraph on the document's page",
        "start" => "Where it begins: bytes of the source file",
        "end" => "Where it ends: bytes of the source file, exclusive",
        "surface" => "The text as it stands in the file",
        "rule" => "Why it was tagged",
        "nested_in" => "The entity of the longer mention around it",
        "value" => "ISO 8601; a span with a slash; empty where it stays open",
        "sentence" => "The sentence around it, in one line",
        _ => "",
    }
}
