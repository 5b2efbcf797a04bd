//! Collection to datasets, feeds and sitemap.

mod csv;
mod dataset;
mod documents;
mod entities;
mod inferred;
mod tables;
mod timeline;
mod package;
mod feeds;
mod sitemap;

use rayon::prelude::*;

use crate::pipeline::Site;
use crate::pipeline::collate::DocumentIndex;
use crate::pipeline::export::dataset::Dataset;
use crate::pipeline::export::inferred::{Inference, inferred};
use crate::pipeline::write::{Output, OutputFile, WriteError};
use crate::report::record::{Record, records};
use crate::report::{self, Files, Finding};

/// Hands over everything that the site publishes beside its pages; all but [`findings`], which asks for the texts too.
pub fn export(site: &Site, output: &dyn Output) -> Result<(), WriteError> {
    let parts: &[fn(&Site) -> Vec<Dataset<'_>>] = &[
        tables::mentions,
        tables::candidates,
        documents::documents,
        entities::entities,
        tables::dates,
        timeline::years,
        timeline::themes,
        entities::links,
        package::package,
        sitemap::sitemap,
        marks,
    ];
    let datasets = parts.par_iter().flat_map(|part| part(site));
    datasets.try_for_each(|it| output.add_parts(&it.path, it.parts))?;
    feeds::feeds(site, output)
}

/// What the build doubted or skipped, the records of `check --format json`; then what it inferred of each document.
pub fn findings<'a>(site: &'a Site, found: &'a [Finding], files: &Files<'a>) -> OutputFile {
    let findings = records(found, files).into_iter().map(Told::Finding);
    let inferred = inferred(site, files).into_iter().map(Told::Inference);
    let bytes = report::json(&findings.chain(inferred).collect::<Vec<_>>()).into_bytes();
    OutputFile { path: "data/findings.json".to_owned(), bytes }
}

/// A record of `findings.json`.
#[derive(serde::Serialize)]
#[serde(untagged)]
enum Told<'a> {
    Finding(Record<'a>),
    Inference(Inference<'a>),
}

/// The files by which a host knows how to serve the site.
fn marks(site: &Site) -> Vec<Dataset<'_>> {
    let robots = format!("User-agent: *\nAllow: /\nSitemap: {}sitemap.xml\n", base(site));
    let mut files = vec![
        Dataset::whole("robots.txt", || robots.into_bytes()),
        Dataset::whole(".nojekyll", Vec::new),
    ];
    if !site.config.cname.is_empty() {
        files.push(Dataset::whole("CNAME", || format!("{}\n", site.config.cname).into_bytes()));
    }
    files
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
