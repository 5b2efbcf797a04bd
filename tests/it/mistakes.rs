//! Every mistake that a user can make in a hand-written file, with exactly what is said of it.
//!
//! `mistakes.txt` has one section a mistake: `=== PATH`, the file; `--- says`, what `check` says of it, a line each, with the
//! help below each. `UPDATE_FIXTURES=1 cargo test` writes down what comes out.

use std::fmt::Write;

use rayon::prelude::*;
use seedbed::pipeline::Memos;
use seedbed::report::record::records;

use crate::fixtures::{loaded, make_all};
use crate::site::Site;

const FIXTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/mistakes.txt");
const GOOD: &str =
    "19 November 2019\n\nThe pier is open\n\nMr Anselm Quill opened the new pier in Lisbon.\n";

#[test]
fn each_names_the_place_and_the_remedy() {
    let fixture = std::fs::read_to_string(FIXTURE).unwrap();
    let mut actual = String::new();
    let mut sections = fixture.split("=== ");
    actual.push_str(sections.next().unwrap());
    let mistakes: Vec<(&str, &str)> = sections
        .map(|it| it.split_once('\n').unwrap())
        .map(|(path, rest)| (path, rest.split("--- says\n").next().unwrap()))
        .collect();
    assert!(mistakes.len() >= 40, "only {} mistakes", mistakes.len());
    let answers: Vec<String> =
        mistakes.par_iter().map(|(path, content)| said(path, content)).collect();
    for ((path, content), said) in mistakes.iter().zip(answers) {
        write!(actual, "=== {path}\n{content}--- says\n{said}\n").unwrap();
    }
    if std::env::var_os("UPDATE_FIXTURES").is_some() {
        std::fs::write(FIXTURE, actual).unwrap();
    } else {
        assert_eq!(actual, fixture);
    }
}

/// Errors and warnings about the file, each with its help.
fn said(path: &str, content: &str) -> String {
    let site = Site::of(&[("seeds/good.txt", GOOD), (path, content)]);
    let mut folder = loaded(&site.path(""));
    let made = make_all(&mut folder, &Memos::default()).0;
    let catalogue = folder.catalogue(Some(&made));
    let records = records(&made.findings, &|name: &str| catalogue.file(name));
    let records = serde_json::to_value(records).unwrap();
    let records = records.as_array().unwrap();
    let about = records.iter().filter(|it| it["file"] == path && it["severity"] != "note");
    let lines: Vec<_> = about
        .map(|it| {
            let text = |key: &str| it[key].as_str().unwrap_or_default().to_owned();
            let place = format!("{}:{}:{}", text("file"), it["line"], it["column"]);
            format!(
                "{place}: {}: {}: {}\n  help: {}\n",
                text("severity"),
                text("rule"),
                text("message"),
                text("help")
            )
        })
        .collect();
    assert!(!lines.is_empty(), "nothing is said of {path}:\n{content}");
    lines.concat()
}
