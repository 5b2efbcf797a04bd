//! Collection to datasets, feeds and sitemap.

mod csv;
mod documents;
mod entities;
mod tables;
mod timeline;
mod package;
mod feeds;
mod sitemap;

use rayon::prelude::*;

use crate::pipeline::Site;
use crate::pipeline::collate::DocumentIndex;
use crate::pipeline::write::OutputFile;
use crate::report::record::records;
use crate::report::{self, Files};

/// Everything that the site publishes beside its pages, by path; all but [`findings`], which asks for the texts too.
pub fn export(site: &Site) -> Vec<OutputFile> {
    let parts: &[fn(&Site) -> Vec<OutputFile>] = &[
        tables::mentions,
        tables::candidates,
        documents::documents,
        entities::entities,
        tables::dates,
        timeline::years,
        timeline::themes,
        entities::links,
        package::package,
        feeds::feeds,
        sitemap::sitemap,
        marks,
    ];
    let mut written: Vec<_> = parts.par_iter().flat_map(|part| part(site)).collect();
    written.sort_by(|a, b| a.path.cmp(&b.path));
    written
}

/// What the build inferred, doubted or skipped: the records of `check --format json`.
pub fn findings(site: &Site, files: &Files<'_>) -> OutputFile {
    file("data/findings.json", report::json(&records(&site.findings, files)))
}

/// The files by which a host knows how to serve the site.
fn marks(site: &Site) -> Vec<OutputFile> {
    let robots = format!("User-agent: *\nAllow: /\nSitemap: {}sitemap.xml\n", base(site));
    let mut files = vec![file("robots.txt", robots), file(".nojekyll", "")];
    if !site.config.cname.is_empty() {
        files.push(file("CNAME", format!("{}\n", site.config.cname)));
    }
    files
}

fn file(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> OutputFile {
    OutputFile { path: path.into(), bytes: bytes.into() }
}

/// A dataset as JSON, readable line by line.
fn json(path: &str, value: &impl serde::Serialize) -> OutputFile {
    let mut bytes = serde_json::to_vec_pretty(value).expect("a dataset has string keys only");
    bytes.push(b'\n');
    file(path, bytes)
}

/// The address of the site, with a slash at its end.
fn base(site: &Site) -> String {
    let base = &site.config.base_url;
    if base.ends_with('/') { base.clone() } else { format!("{base}/") }
}

/// Documents in the order of their ids.
fn by_id(site: &Site) -> Vec<DocumentIndex> {
    let slug = |it: &DocumentIndex| &site.collection.documents[it.0 as usize].slug;
    let mut documents: Vec<_> = (0..site.readings.len() as u32).map(DocumentIndex).collect();
    documents.sort_by(|a, b| slug(a).cmp(slug(b)));
    documents
}

#[cfg(test)]
mod tests;
