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

use crate::memo::ledger::{self, Key, Ledger};
use crate::pipeline::Site;
use crate::pipeline::collate::DocumentIndex;
use crate::pipeline::export::dataset::{Dataset, Items, Lines};
use crate::pipeline::export::inferred::inferred;
use crate::pipeline::render::facts::{Fact, Facts};
use crate::pipeline::write::{Output, WriteError};
use crate::report::record::records;
use crate::report::{Files, Finding};

/// Hands over everything that the site publishes beside its pages; all but [`findings`], which asks for the texts too.
pub fn export(site: &Site, output: &dyn Output, ledger: &Ledger<'_>) -> Result<(), WriteError> {
    let facts = Facts::of(&site.collection);
    let origins = Origins { ledger, facts, documents: &[] };
    let documents: Items<_> =
        by_id(site).into_iter().map(|it| (it, origins.of_document(it))).collect();
    let origins = Origins { documents: &documents, ..origins };
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
    /// In the order of their ids, each with a hash of all that is known of it.
    documents: &'a [(DocumentIndex, Option<Key>)],
}

impl Origins<'_> {
    /// Documents in the order of their ids, each with a hash of all that is known of it.
    fn documents(self) -> Items<DocumentIndex> {
        self.documents.to_vec()
    }

    fn of_document(self, it: DocumentIndex) -> Option<Key> {
        self.key([Fact::Card(it), Fact::Reading(it), Fact::Entry(it)])
    }

    /// A hash of the answers of `facts`; none if they are not asked.
    fn key(self, facts: impl IntoIterator<Item = Fact>) -> Option<Key> {
        let mut answers = Vec::new();
        for fact in facts {
            answers.extend(self.ledger.answer(self.facts.number(fact))?);
        }
        Some(ledger::key(&answers))
    }
}

/// What the build doubted or skipped, the records of `check --format json`; then what it inferred of each document.
pub fn findings<'a>(
    (site, found): (&'a Site, &'a [Finding]),
    files: &'a Files<'a>,
    (output, ledger): (&dyn Output, &Ledger<'_>),
) -> Result<(), WriteError> {
    let groups = found.chunk_by(|a, b| a.1.file == b.1.file);
    let groups = groups.map(|it| (Told::Findings(it), None));
    let documents = (0..site.readings.len()).filter(|it| inferred::has_some(&site.readings[*it]));
    let documents = documents.map(|it| (Told::Document(it), Some(inferred::key(site, it))));
    let write = |it: &Told<'a>, lines: &mut Lines<'_>| match it {
        Told::Findings(group) => records(group, files).iter().for_each(|it| lines.add(it)),
        Told::Document(at) => inferred(site, *at, files).iter().for_each(|it| lines.add(it)),
    };
    let dataset = Dataset::array("data/findings.json", groups.chain(documents).collect(), write);
    ledger.hand_parts(&dataset.path, dataset.pieces, output)
}

/// What some records of `findings.json` tell.
enum Told<'a> {
    /// What was found in one file.
    Findings(&'a [Finding]),
    /// What was inferred of a document.
    Document(usize),
}

/// The files by which a host knows how to serve the site.
fn marks<'a>(site: &'a Site, _: Origins<'_>) -> Vec<Dataset<'a>> {
    let robots = format!("User-agent: *\nAllow: /\nSitemap: {}sitemap.xml\n", site.config.base_url);
    let mut files = vec![
        Dataset::whole("robots.txt", || robots.into_bytes()),
        Dataset::whole(".nojekyll", Vec::new),
    ];
    if !site.config.cname.is_empty() {
        files.push(Dataset::whole("CNAME", || format!("{}\n", site.config.cname).into_bytes()));
    }
    files
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
