//! The stages of a build, in order.
//!
//! Dear stages see one document and run in parallel: `parse`, `describe`, `annotate`, `render`. The stage that sees the whole
//! collection, `collate`, is cheap: it sees what they found, never a text to be searched again. [`understand`] goes as far as that,
//! [`publish`] from there to the files; between them they name every stage.

#[cfg(test)]
pub(crate) mod bare;
mod held;
mod packed;
pub mod read;
pub mod parse;
pub mod words;
pub mod calendar;
pub mod describe;
pub mod annotate;
pub mod collate;
pub mod inspect;
pub mod render;
pub mod search;
pub mod export;
pub mod write;

use std::sync::Arc;

use rayon::prelude::*;

use crate::config::SiteConfig;
use crate::diagnostic::Diagnostic;
use crate::memo::Memo;
use crate::memo::keys::Keys;
use crate::memo::ledger::{Key, Ledger, Past};
use crate::pipeline::collate::again::Outlines;
use crate::pipeline::describe::Ground;
use crate::pipeline::inspect::sketch::Sketch;
use crate::pipeline::read::Source;
use crate::pipeline::read::packs::Packs;
use crate::pipeline::render::assets::Assets;
use crate::pipeline::render::edition::Edition;
use crate::pipeline::render::edition::listings::Listings;
use crate::pipeline::render::facts::Facts;
use crate::pipeline::render::templates::{TemplateError, Templates};
use crate::pipeline::write::{Output, WriteError};
use crate::policy::{self, Rule, Severity};
use crate::vocabulary::Vocabulary;

/// Everything that a site is made from.
#[derive(Debug)]
pub struct Inputs {
    /// What the site says of itself.
    pub config: SiteConfig,
    /// What is known before.
    pub vocabulary: Arc<Vocabulary>,
    /// The documents' files, in the order of their paths.
    pub sources: Vec<Source>,
    /// Other files beside the documents, pictures say.
    pub assets: Vec<(String, std::path::PathBuf)>,
    /// Whether drafts are published.
    pub drafts: Drafts,
    /// What was found while reading all this.
    pub diagnostics: Vec<Diagnostic>,
}

/// Whether drafts are published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drafts {
    /// They are left out, with a note.
    Skip,
    /// They are published as if they were none.
    Publish,
}

/// All that one document yields.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Reading {
    /// Its text and structure.
    pub document: parse::Document,
    /// What it is.
    pub description: describe::Description,
    /// What is found in it.
    pub annotations: annotate::Annotations,
}

/// Everything that pages and datasets are made from.
#[derive(Debug)]
pub struct Site {
    /// What the site says of itself.
    pub config: SiteConfig,
    /// What was known before.
    pub vocabulary: Arc<Vocabulary>,
    /// The published documents, in the order of source paths.
    pub readings: Vec<Arc<Reading>>,
    /// A hash of all that each of the readings was made from.
    pub keys: Vec<blake3::Hash>,
    /// Where each word stands, for each of the readings, as far as that is held in memory; nothing once they are published.
    pub postings: Vec<Option<Arc<search::posting::Postings>>>,
    /// Where else they may be found.
    pub packs: Packs,
    /// What is compared to find near-duplicates, for each of the readings.
    pub sketches: Vec<Arc<Sketch>>,
    /// What is known only of all of them together.
    pub collection: Arc<collate::Collection>,
    /// Every finding with its severity, sorted; those allowed are left out.
    pub findings: Vec<(Severity, Diagnostic)>,
}

/// What earlier builds made of single documents; empty for a clean build.
#[derive(Debug, Default)]
pub struct Memos {
    /// Readings by everything that they were made from.
    pub readings: Memo<Read>,
    /// The same as other runs of the program left them on disk.
    pub packs: Packs,
    /// The keys of the last sources.
    pub keys: Keys,
    /// Outlines of the last readings.
    pub outlines: Outlines,
}

/// A reading that can be shared, and what was found while making it.
#[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Read {
    /// Where each word stands in it, for search; only if it is to be remembered on disk. Else it is made when the index is, and does not
    /// wait for that in memory. Comes first, so that a pack can be asked for it alone.
    pub postings: Option<Arc<search::posting::Postings>>,
    /// The reading.
    pub reading: Arc<Reading>,
    /// Whether its text is the one of its source.
    pub is_verbatim: bool,
    /// What is compared to find near-duplicates.
    pub sketch: Arc<Sketch>,
    /// What was found.
    pub diagnostics: Vec<Diagnostic>,
}

/// Why a site could not be built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// A template asks for what its page does not have.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// A file cannot be put where it belongs.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// Makes every file of `site`: pages, what stands beside them, datasets, search index, assets.
/// Files that `past` tells to be the same stay where they are. Lets go of what nobody needs once the pages are made.
///
/// Returns what the next build should know of this one.
pub fn publish<'p>(
    site: &mut Site,
    templates: &Templates,
    (output, past): (&dyn Output, &'p Past),
) -> Result<Ledger<'p>, BuildError> {
    let assets = render::assets(&site.config);
    let listings = Listings::new(site);
    let ledger = pages(site, templates, (&assets, listings), (output, past))?;
    export::export(site, output, &ledger)?;
    let postings = site.release();
    search::index(site, postings, (output, &ledger))?;
    assets.hand(output, &ledger)?;
    Ok(ledger)
}

fn pages<'p>(
    site: &Site,
    templates: &Templates,
    (assets, listings): (&Assets, Listings),
    (output, past): (&dyn Output, &'p Past),
) -> Result<Ledger<'p>, BuildError> {
    let words = templates.words(&site.config.default_language);
    let edition = Edition::new(site, words, (assets, &listings));
    let (edition, ledger) = if past.is_kept() {
        let facts = Facts::of(&site.collection);
        let common = render::facts::common(&edition, templates);
        let ledger = past.open(common, facts.told(&edition));
        (edition.noting(facts), ledger)
    } else {
        (edition, past.unasked())
    };
    render::plan(&edition).par_iter().try_for_each(|page| -> Result<(), BuildError> {
        let name = render::facts::name(&edition, page);
        let make = || Ok(render::made(page, &edition, templates)?);
        ledger.hand((&name, Key::default()), output, make)
    })?;
    Ok(ledger)
}

/// Reads every source for what is in it, and collates them. Touches no disk, but for what is remembered there.
pub fn understand(inputs: &Inputs, memos: &Memos) -> Site {
    let mut diagnostics = inputs.diagnostics.clone();
    let keys = memos.keys.of(&inputs.sources, ground(inputs), |it| key(it, inputs));
    let remembered = |(source, key)| memos.reading(source, key, inputs);
    let reads: Vec<_> = inputs.sources.par_iter().zip(keys).map(remembered).collect();
    let (mut readings, mut postings, mut sketches) = (Vec::new(), Vec::new(), Vec::new());
    let mut keys = Vec::new();
    for (key, read) in reads {
        diagnostics.extend(read.diagnostics.iter().cloned());
        if is_published(&read.reading, inputs.drafts, &mut diagnostics) {
            keys.push(key);
            readings.push(Arc::clone(&read.reading));
            postings.push(read.postings.clone());
            sketches.push(Arc::clone(&read.sketch));
        }
    }
    memos.readings.next_generation();
    let collection =
        collate::collate(&readings, &inputs.vocabulary, &memos.outlines).split(&mut diagnostics);
    diagnostics.extend(collate::links::missing_files(&readings, &inputs.assets));
    let findings = judged(diagnostics, &inputs.config);
    let (config, vocabulary) = (inputs.config.clone(), Arc::clone(&inputs.vocabulary));
    let packs = Packs::default();
    Site { config, vocabulary, readings, keys, postings, packs, sketches, collection, findings }
}

impl Memos {
    /// Takes in what `source` is known to yield.
    pub fn know(&self, source: &Source, read: Read, inputs: &Inputs) {
        self.readings.put(key(source, inputs), read);
    }

    /// What `source` yields, with the hash of all that it was made from.
    fn reading(
        &self,
        source: &Source,
        key: blake3::Hash,
        inputs: &Inputs,
    ) -> (blake3::Hash, Arc<Read>) {
        let recall = || Read::unpacked(&self.packs.find(&key)?, source);
        let make = || {
            let mut read = reading(source, inputs);
            if self.packs.are_there() {
                read.postings = Some(Arc::new(search::posting::postings(&read.reading)));
            }
            read
        };
        (key, self.readings.get(key, recall, make))
    }
}

/// All that `source` yields by itself: the dear stages, which see one document.
pub fn reading(source: &Source, inputs: &Inputs) -> Read {
    let mut diagnostics = Vec::new();
    let document = parse::parse(source).split(&mut diagnostics);
    let words = words::words(&document, &inputs.vocabulary.lexicon);
    let ground =
        Ground { vocabulary: &inputs.vocabulary, language: &inputs.config.default_language };
    let expressions = calendar::find(&words);
    let description =
        describe::describe(&document, &words, &expressions, ground).split(&mut diagnostics);
    let found = (&words, expressions.as_slice());
    let annotations = annotate::annotate(&document, &description, found, &inputs.vocabulary);
    let mut reading = Reading { document, description, annotations };
    reading.settle();
    let sketch = Arc::new(inspect::sketch::sketch(&reading));
    let is_verbatim = Arc::ptr_eq(&reading.document.text, &source.text);
    Read { postings: None, reading: Arc::new(reading), is_verbatim, sketch, diagnostics }
}

/// A hash of everything that a reading is made from.
fn key(source: &Source, inputs: &Inputs) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    let (sidecar_file, sidecar) =
        source.sidecar.as_ref().map_or(("", ""), |it| (it.0.as_ref(), it.1.as_str()));
    let origin = postcard::to_stdvec(&source.origin).expect("an offset map is plain data");
    for part in [
        source.id.as_bytes(),
        source.text.as_bytes(),
        &origin,
        sidecar_file.as_bytes(),
        sidecar.as_bytes(),
    ] {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
    }
    hasher.update(&ground(inputs)).finalize()
}

/// What every reading is made from.
fn ground(inputs: &Inputs) -> Vec<u8> {
    [&inputs.vocabulary.fingerprint, inputs.config.default_language.as_bytes()].concat()
}

/// Whether a document has a page: it has text, and is no draft or drafts are wanted.
fn is_published(reading: &Reading, drafts: Drafts, diagnostics: &mut Vec<Diagnostic>) -> bool {
    let document = &reading.document;
    let draft = document.front_matter.draft && drafts == Drafts::Skip;
    if draft {
        let message = "is a draft and is left out";
        diagnostics.push(Diagnostic::new(Rule::DraftSkipped, &document.file, 0..0, message));
    }
    !draft && !document.blocks.is_empty()
}

/// Findings with their severities, sorted; those that the site allows are left out.
pub fn judged(
    mut diagnostics: Vec<Diagnostic>,
    config: &SiteConfig,
) -> Vec<(Severity, Diagnostic)> {
    diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
    diagnostics.dedup();
    let judge = |it: Diagnostic| (policy::severity(it.rule, config), it);
    diagnostics.into_iter().map(judge).filter(|it| it.0 != Severity::Allow).collect()
}
