//! What the build inferred, doubted or skipped to `findings.json`.

use serde::Serialize;

use rustc_hash::FxHashMap;

use crate::pipeline::Site;
use crate::pipeline::export::json;
use crate::pipeline::write::OutputFile;
use crate::policy::Severity;

#[derive(Serialize)]
struct Record<'a> {
    file: &'a str,
    document: Option<&'a str>,
    start: usize,
    end: usize,
    rule: serde_json::Value,
    severity: Severity,
    message: &'a str,
    help: Option<&'a str>,
}

/// `findings.json`
pub(crate) fn findings(site: &Site) -> Vec<OutputFile> {
    let documents: FxHashMap<&str, &str> = site
        .readings
        .iter()
        .zip(&site.collection.documents)
        .map(|(reading, entry)| (&*reading.document.file, entry.slug.as_str()))
        .collect();
    let records: Vec<_> = site
        .findings
        .iter()
        .map(|(severity, it)| Record {
            file: &it.file,
            document: documents.get(&*it.file).copied(),
            start: it.span.start,
            end: it.span.end,
            rule: serde_json::to_value(it.rule).expect("a rule is a string"),
            severity: *severity,
            message: &it.message,
            help: it.help.as_deref(),
        })
        .collect();
    vec![json("data/findings.json", &records)]
}
