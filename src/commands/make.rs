//! A site's folder to a site and its files, wherever these go; a template that does not suit its page is left out.

use std::path::Path;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::commands::Failure;
use crate::commands::load::SiteFolder;
use crate::commands::serve::answer::media_type;
use crate::config::SiteConfig;
use crate::memo::ledger::{Closed, Ledger, Past};
use crate::pipeline::export;
use crate::pipeline::inspect::{inspect, output};
use crate::pipeline::write::{Output, OutputFile, Parts, Seal, WriteError};
use crate::pipeline::{BuildError, Memos, Site, judged, publish, understand};
use crate::report::Finding;

/// Understands the documents, with what only all of them together can tell.
pub fn understood(folder: &SiteFolder, memos: &Memos) -> Site {
    memos.outlines.never_again();
    memos.keys.never_again();
    let mut site = understand(&folder.inputs, memos);
    let found = inspect(&site, folder.entities());
    add(&mut site, found);
    site
}

/// Adds findings to those of a site, as severe as the site has it.
pub fn add(site: &mut Site, found: Vec<crate::diagnostic::Diagnostic>) {
    site.findings = together(std::mem::take(&mut site.findings), found, &site.config);
}

/// Findings with more of them in their order, as severe as the site has it.
pub fn together(
    mut known: Vec<Finding>,
    found: Vec<crate::diagnostic::Diagnostic>,
    config: &SiteConfig,
) -> Vec<Finding> {
    known.extend(judged(found, config));
    known.sort_by(|a, b| a.1.order().cmp(&b.1.order()));
    known.dedup();
    known
}

/// Makes the site and hands its files to `output`.
pub fn make(folder: &mut SiteFolder, memos: &Memos, output: &dyn Output) -> Result<Made, Failure> {
    let site = understood(folder, memos);
    made(folder, site, (output, &Past::default()))
}

/// Makes the files of a site that is understood and hands them to `output`; those that `past` knows to be the same it keeps.
pub fn made(
    folder: &mut SiteFolder,
    mut site: Site,
    (output, past): (&dyn Output, &Past),
) -> Result<Made, Failure> {
    loop {
        let counted = Counted::new(output);
        match publish(&mut site, &folder.templates, (&counted, past)) {
            Err(BuildError::Template(error)) => match folder.without(&error) {
                Some(found) => add(&mut site, vec![found]),
                None => return Err(BuildError::Template(error).into()),
            },
            Err(error) => return Err(error.into()),
            Ok(ledger) => return finished(folder, site, (&counted, ledger)),
        }
    }
}

/// Hands over what stands beside the pages, and what was found while making them.
fn finished(
    folder: &SiteFolder,
    mut site: Site,
    (counted, ledger): (&Counted<'_>, Ledger<'_>),
) -> Result<Made, Failure> {
    folder.inputs.assets.par_iter().try_for_each(|it| ledger.copy(&it.0, &it.1, counted))?;
    let (pages, sizes) = counted.sizes();
    add(&mut site, output::large(sizes.iter().map(|it| (it.0.as_str(), it.1))));
    {
        let catalogue = folder.catalogue(Some(&site));
        let files = |name: &str| catalogue.file(name);
        export::findings((&site, &site.findings), &files, (counted.inner, &ledger))?;
    }
    let left = ledger.close();
    Ok(Made { site, pages, left })
}

/// A site, and how many pages it has.
pub struct Made {
    /// The site.
    pub site: Site,
    /// How many pages were made.
    pub pages: usize,
    /// What the next build should know of this one, if any will ask.
    pub left: Option<Closed>,
}

/// Counts what goes through it.
struct Counted<'a> {
    inner: &'a dyn Output,
    pages: AtomicUsize,
    /// How many bytes small files have together.
    small: AtomicU64,
    large: Mutex<Vec<(String, u64)>>,
}

/// Below this, a file alone is nobody's trouble.
const SMALL: u64 = 1_000_000;

impl<'a> Counted<'a> {
    fn new(inner: &'a dyn Output) -> Self {
        Counted {
            inner,
            pages: AtomicUsize::new(0),
            small: AtomicU64::new(0),
            large: Mutex::default(),
        }
    }

    fn count(&self, path: &str, size: u64) {
        self.pages
            .fetch_add(usize::from(media_type(path).starts_with("text/html")), Ordering::Relaxed);
        if size < SMALL {
            self.small.fetch_add(size, Ordering::Relaxed);
        } else {
            let mut large = self.large.lock().unwrap_or_else(PoisonError::into_inner);
            large.push((path.to_owned(), size));
        }
    }

    /// How many pages there were, and the sizes of files: large ones by path, all small ones as one.
    fn sizes(&self) -> (usize, Vec<(String, u64)>) {
        let mut sizes = self.large.lock().unwrap_or_else(PoisonError::into_inner).clone();
        sizes.sort();
        for part in chunks(self.small.load(Ordering::Relaxed)) {
            sizes.push((String::new(), part));
        }
        (self.pages.load(Ordering::Relaxed), sizes)
    }
}

/// A sum as parts none of which is large.
fn chunks(sum: u64) -> impl Iterator<Item = u64> {
    (0..sum.div_ceil(SMALL)).map(move |it| SMALL.min(sum - it * SMALL))
}

impl Output for Counted<'_> {
    fn add(&self, file: &OutputFile) -> Result<Seal, WriteError> {
        self.count(&file.path, file.bytes.len() as u64);
        self.inner.add(file)
    }

    fn is_as_left(&self, path: &str, seal: &Seal) -> bool {
        self.inner.is_as_left(path, seal)
    }

    fn keep(&self, path: &str, seal: &Seal) {
        self.count(path, seal.length);
        self.inner.keep(path, seal);
    }

    fn add_parts(&self, path: &str, parts: Parts<'_>) -> Result<Seal, WriteError> {
        let seal = self.inner.add_parts(path, parts)?;
        self.count(path, seal.length);
        Ok(seal)
    }

    fn copy(&self, path: &str, from: &Path) -> Result<(), WriteError> {
        self.count(path, from.metadata().map_or(0, |it| it.len()));
        self.inner.copy(path, from)
    }
}

/// Takes files and forgets them.
pub struct Nowhere;

impl Output for Nowhere {
    fn add(&self, file: &OutputFile) -> Result<Seal, WriteError> {
        Ok(Seal::unwritten(file))
    }

    fn copy(&self, _: &str, _: &Path) -> Result<(), WriteError> {
        Ok(())
    }
}
