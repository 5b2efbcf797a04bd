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

use crate::memo::ledger::{Key, Ledger};
use crate::pipeline::Site;
use crate::pipeline::collate::DocumentIndex;
use crate::pipeline::export::dataset::{Dataset, Items};
use crate::pipeline::export::inferred::{Inference, inferred};
use crate::pipeline::render::facts::{Fact, Facts};
use crate::pipeline::write::{Output, OutputFile, WriteError};
use crate::report::record::{Record, records};
use crate::report::{self, Files};

/// Hands over everything that the site publishes beside its pages; all but [`findings`], which asks for the texts too.
pub fn export(site: &Site, output: &dyn Output, ledger: &Ledger<'_>) -> Result<(), WriteError> {
    let origins = Origins { ledger, facts: Facts::of(&site.collection) };
    let parts: &[Part] = &[
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
    let datasets = parts.par_iter().flat_map(|part| part(site, origins));
    datasets.try_for_each(|it| ledger.hand_parts(&it.path, it.pieces, output))?;
    feeds::feeds(site, output, ledger)
}

/// Some of the datasets of a site.
type Part = for<'a> fn(&'a Site, Origins<'_>) -> Vec<Dataset<'a>>;

/// What records are made from, as far as the ledger knows.
#[derive(Clone, Copy)]
pub(crate) struct Origins<'a> {
    ledger: &'a Ledger<'a>,
    facts: Facts,
}

impl Origins<'_> {
    /// Documents in the order of their ids, each with a hash of all that is known of it.
    fn documents(self, site: &Site) -> Items<DocumentIndex> {
        let key = |it| self.key([Fact::Card(it), Fact::Reading(it), Fact::Entry(it)]);
        by_id(site).into_iter().map(|it| (it, key(it))).collect()
    }

    /// A hash of the answers of `facts`; none if they are not asked.
    fn key<const N: usize>(self, facts: [Fact; N]) -> Option<Key> {
        let mut hasher = blake3::Hasher::new();
        for fact in facts {
            hasher.update(self.ledger.answer(self.facts.number(fact))?);
        }
        Key::try_from(&hasher.finalize().as_bytes()[..16]).ok()
    }
}

/// What the build doubted or skipped, the records of `check --format json`; then what it inferred of each document.
pub fn findings<'a>(site: &'a Site, files: &Files<'a>) -> OutputFile {
    let findings = records(&site.findings, files).into_iter().map(Told::Finding);
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
fn marks<'a>(site: &'a Site, _: Origins<'_>) -> Vec<Dataset<'a>> {
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
