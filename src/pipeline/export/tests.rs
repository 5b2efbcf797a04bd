use std::path::Path;
use std::sync::{Arc, Mutex};

use super::*;
use crate::config::SiteConfig;
use crate::memo::ledger::Past;
use crate::pipeline::Reading;
use crate::pipeline::annotate::Standing;
use crate::pipeline::collate::again::Outlines;
use crate::pipeline::collate::collate;
use crate::pipeline::collate::tests::{date, name, reading};
use crate::pipeline::read::packs::Packs;
use crate::pipeline::write::{OutputFile, Seal};
use crate::vocabulary::{Kind, Vocabulary};

fn site(readings: Vec<Reading>) -> Site {
    let readings: Vec<_> = readings.into_iter().map(Arc::new).collect();
    let vocabulary = Arc::new(Vocabulary::default());
    let collection = collate(&readings, &vocabulary, &Outlines::default()).value;
    let postings = readings.iter().map(|_| None).collect();
    let keys = readings.iter().map(|it| blake3::hash(it.document.id.as_bytes())).collect();
    let config = SiteConfig {
        title: "Tides & mills".to_owned(),
        base_url: "https://example.org/tides/".to_owned(),
        ..SiteConfig::default()
    };
    Site {
        config,
        vocabulary,
        readings,
        keys,
        postings,
        packs: Packs::default(),
        collection,
        sketches: Vec::new(),
        findings: Vec::new(),
    }
}

fn two_documents() -> Site {
    let mut dated = reading("b.txt", "Wheels < \"water\"");
    dated.description.date = date(2019, 11, 19);
    let board = || name("Mill, Board", Kind::Organization, Standing::Evident);
    let doubtful = name("Somewhat", Kind::Place, Standing::Doubtful);
    site(vec![reading("a.txt", "Undated").with(board()).with(doubtful), dated.with(board())])
}

/// Keeps what it takes.
#[derive(Default)]
struct Shelf(Mutex<Vec<OutputFile>>);

impl Output for Shelf {
    fn add(&self, file: &OutputFile) -> Result<Seal, WriteError> {
        self.0.lock().unwrap().push(file.clone());
        Ok(Seal::unwritten(file))
    }

    fn copy(&self, path: &str, _: &Path) -> Result<(), WriteError> {
        panic!("{path} is nothing that is copied")
    }
}

fn exported(site: &Site) -> Vec<OutputFile> {
    let shelf = Shelf::default();
    export(site, &shelf, &Past::default().unasked()).unwrap();
    shelf.0.into_inner().unwrap()
}

fn text(files: &[OutputFile], path: &str) -> String {
    let found = files.iter().find(|it| it.path == path);
    String::from_utf8(found.expect("the file is written").bytes.clone()).unwrap()
}

#[test]
fn every_file_of_the_contract_is_written() {
    let files = exported(&two_documents());
    let paths: Vec<_> = files.iter().map(|it| it.path.as_str()).collect();
    for path in [
        "data/documents.json",
        "data/documents.csv",
        "data/entities.json",
        "data/entities.csv",
        "data/mentions.csv",
        "data/candidates.csv",
        "data/dates.csv",
        "data/years.json",
        "data/themes.json",
        "data/links.csv",
        "datapackage.json",
        "atom.xml",
        "sitemap.xml",
        "robots.txt",
        ".nojekyll",
        "organizations/mill-board/atom.xml",
    ] {
        assert!(paths.contains(&path), "{path} is not in {paths:?}");
    }
}

#[test]
fn mentions_and_candidates_have_their_columns() {
    let files = exported(&two_documents());
    let mentions = text(&files, "data/mentions.csv");
    let expected = "undated,mill-board,p1,0,11,\"Mill, Board\",evidence,,\"Mill, Board\"";
    assert_eq!(mentions.lines().nth(2), Some(expected), "{mentions}");
    let candidates = text(&files, "data/candidates.csv");
    let row = "undated,Somewhat,,p2,12,20,Somewhat,evidence,Somewhat";
    assert_eq!(candidates.lines().nth(1), Some(row), "{candidates}");
}

#[test]
fn feeds_are_dated_by_their_documents_and_escaped() {
    let feed = text(&exported(&two_documents()), "atom.xml");
    assert!(feed.contains("<title>Tides &amp; mills</title>"), "{feed}");
    assert!(feed.contains("<id>https://example.org/tides/atom.xml</id>"), "{feed}");
    assert!(feed.contains("<updated>2019-11-19T00:00:00Z</updated>"), "{feed}");
    assert!(feed.contains("<title>Wheels &lt; &quot;water&quot;</title>"), "{feed}");
    let entries: Vec<_> = feed.matches("<entry>").collect();
    assert_eq!(entries.len(), 2);
    assert_eq!(feed.matches("<summary>").count(), entries.len(), "each says how it begins: {feed}");
    assert!(feed.find("Wheels") < feed.find("Undated"), "the newest comes first");
}

#[test]
fn an_empty_collection_has_valid_files_too() {
    let files = exported(&site(Vec::new()));
    assert!(text(&files, "atom.xml").contains("<updated>1970-01-01T00:00:00Z</updated>"));
    assert_eq!(text(&files, "data/documents.json").trim(), "[]");
    assert_eq!(text(&files, "data/links.csv"), "source,target,documents,sentences\n");
}

#[test]
fn a_large_site_has_a_sitemap_of_sitemaps() {
    let document = |it: u32| reading(&format!("minutes-{it}.txt"), "x");
    let files = exported(&site((0..50_001).map(document).collect()));
    assert!(
        text(&files, "sitemap.xml").contains("<loc>https://example.org/tides/sitemap-2.xml</loc>")
    );
    assert!(text(&files, "sitemap-2.xml").contains("<url>"));
}

#[test]
fn the_description_of_the_tables_names_their_columns() {
    let files = exported(&two_documents());
    let package: serde_json::Value =
        serde_json::from_str(&text(&files, "datapackage.json")).unwrap();
    for resource in package["resources"].as_array().unwrap() {
        let table = text(&files, resource["path"].as_str().unwrap());
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let names: Vec<_> = fields.iter().map(|it| it["name"].as_str().unwrap()).collect();
        assert_eq!(table.lines().next().unwrap(), names.join(","));
        assert!(fields.iter().all(|it| it["description"] != ""), "{fields:?}");
    }
}

#[test]
fn what_was_inferred_stands_behind_the_findings_with_its_rule_and_evidence() {
    let site = two_documents();
    let (shelf, past) = (Shelf::default(), Past::default());
    let found = (&site, &*site.findings);
    findings(found, &|_: &str| None, (&shelf, &past.unasked())).unwrap();
    let written = shelf.0.into_inner().unwrap().remove(0);
    let records: serde_json::Value = serde_json::from_slice(&written.bytes).unwrap();
    let title = records.as_array().unwrap().iter().find(|it| it["field"] == "title").unwrap();
    let description = &site.readings[0].description;
    assert_eq!(title["document"], "undated");
    assert_eq!(title["value"], "Undated");
    assert_eq!(title["rule"], *description.title.rule);
    assert_eq!(title["evidence"], description.title.evidence);
    assert_eq!(title["severity"], "note");
}
