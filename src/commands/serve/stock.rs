//! A site that is understood to its files, each made when somebody asks for it: a change is seen before all pages could be made.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::commands::Failure;
use crate::commands::load::SiteFolder;
use crate::commands::make::add;
use crate::commands::serve::answer::Files;
use crate::memo::ledger::Past;
use crate::pipeline::render::assets::Assets;
use crate::pipeline::render::edition::Edition;
use crate::pipeline::render::edition::listings::Listings;
use crate::pipeline::render::html::escape_into;
use crate::pipeline::render::page::Page;
use crate::pipeline::render::templates::TemplateError;
use crate::pipeline::render::words::Words;
use crate::pipeline::write::files::content;
use crate::pipeline::write::{Output, OutputFile, Seal, WriteError};
use crate::pipeline::{BuildError, Site, export, render, search};

/// A site, and what of it has been asked for so far.
pub(super) struct Stock {
    pub(super) folder: SiteFolder,
    pub(super) site: Site,
    assets: Assets,
    listings: Listings,
    /// Pages by their files.
    pages: BTreeMap<String, Page>,
    /// Files that are copied, by their paths in the site.
    copied: BTreeMap<String, PathBuf>,
    made: Mutex<Files>,
    datasets: OnceLock<Files>,
    index: OnceLock<Files>,
}

impl Stock {
    /// Takes stock of `site`. A template that does not suit its first page is left out.
    pub(super) fn new(mut folder: SiteFolder, mut site: Site) -> Result<Stock, Failure> {
        let assets = render::assets(&site.config);
        let (listings, pages) = loop {
            let listings = Listings::new(&site, words(&folder, &site));
            let edition = Edition::new(&site, words(&folder, &site), (&assets, &listings));
            match tried(&folder, &edition) {
                Ok(pages) => break (listings, pages),
                Err(error) => match folder.without(&error) {
                    Some(found) => add(&mut site, vec![found]),
                    None => return Err(BuildError::Template(error).into()),
                },
            }
        };
        let made = assets.files().iter().cloned().map(kept).collect();
        let copied = folder.inputs.assets.iter().cloned().collect();
        let (datasets, index) = (OnceLock::new(), OnceLock::new());
        let made = Mutex::new(made);
        Ok(Stock { folder, site, assets, listings, pages, copied, made, datasets, index })
    }

    /// How many pages there are.
    pub(super) fn pages(&self) -> usize {
        self.pages.len()
    }

    /// Whether `other` was made from just the same.
    pub(super) fn is_as(&self, other: &Stock) -> bool {
        let (one, two) = (&self.site, &other.site);
        one.readings.len() == two.readings.len()
            && one.readings.iter().zip(&two.readings).all(|it| Arc::ptr_eq(it.0, it.1))
            && one.vocabulary.fingerprint == two.vocabulary.fingerprint
            && one.config == two.config
            && one.findings == two.findings
            && self.folder.templates.hash() == other.folder.templates.hash()
            // Pictures may have changed under the same name.
            && self.copied.is_empty()
            && other.copied.is_empty()
    }

    /// The file at `path`, if the site has one.
    pub(super) fn file(&self, path: &str) -> Option<Arc<Vec<u8>>> {
        if let Some(known) = self.made().get(path) {
            return Some(Arc::clone(known));
        }
        let bytes = match self.pages.get(path) {
            Some(page) => Some(Arc::new(self.page(page))),
            None => self.beside(path),
        }?;
        self.made().insert(path.to_owned(), Arc::clone(&bytes));
        Some(bytes)
    }

    fn made(&self) -> MutexGuard<'_, Files> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn edition(&self) -> Edition<'_> {
        let words = words(&self.folder, &self.site);
        Edition::new(&self.site, words, (&self.assets, &self.listings))
    }

    /// A page; what is wrong with its template in its place, if that suits other pages only.
    fn page(&self, page: &Page) -> Vec<u8> {
        let view = render::view(page, &self.edition());
        let made = render::render(&view, &self.folder.templates);
        made.map_or_else(|error| failed(&error), |it| it.bytes)
    }

    fn beside(&self, path: &str) -> Option<Arc<Vec<u8>>> {
        if let Some(from) = self.copied.get(path) {
            return content(from).map(Arc::new);
        }
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        if let Some(page) = self.pages.get(&format!("{folder}/index.html")) {
            let files = render::companions(page, &self.edition());
            if let Some(file) = files.into_iter().find(|it| it.path == path) {
                return Some(Arc::new(file.bytes));
            }
        }
        if folder == "search" {
            return self.index.get_or_init(|| self.indexed()).get(path).cloned();
        }
        let is_dataset = [".csv", ".json", ".xml", ".txt"].iter().any(|it| name.ends_with(it));
        is_dataset.then(|| self.datasets.get_or_init(|| self.exported()).get(path).cloned())?
    }

    fn indexed(&self) -> Files {
        let (shelf, past) = (Shelf::default(), Past::default());
        let (postings, to) = (self.site.postings.clone(), (&shelf as &dyn Output, &past.unasked()));
        search::index(&self.site, postings, to).expect("memory takes everything");
        shelf.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn exported(&self) -> Files {
        let shelf = Shelf::default();
        let catalogue = self.folder.catalogue(Some(&self.site));
        let (past, files) = (Past::default(), |name: &str| catalogue.file(name));
        let ledger = past.unasked();
        let taken = export::export(&self.site, &shelf, &ledger)
            .and_then(|()| export::findings(&self.site, &files, (&shelf, &ledger)));
        taken.expect("memory takes everything");
        shelf.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

fn words<'a>(folder: &'a SiteFolder, site: &Site) -> &'a Words {
    folder.templates.words(&site.config.default_language)
}

/// Every page by its file, when one page of each kind has been made.
fn tried(
    folder: &SiteFolder,
    edition: &Edition<'_>,
) -> Result<BTreeMap<String, Page>, TemplateError> {
    let plan = render::plan(edition);
    let mut kinds = Vec::new();
    for page in &plan {
        let kind = std::mem::discriminant(page);
        if !kinds.contains(&kind) {
            kinds.push(kind);
            render::render(&render::view(page, edition), &folder.templates)?;
        }
    }
    Ok(plan.into_iter().map(|it| (edition.address(&it).file(), it)).collect())
}

fn kept(file: OutputFile) -> (String, Arc<Vec<u8>>) {
    (file.path, Arc::new(file.bytes))
}

fn failed(error: &TemplateError) -> Vec<u8> {
    let mut text = String::from("<!doctype html><title>Template</title><body><pre>");
    escape_into(&mut text, &error.to_string());
    text.push_str("</pre></body>");
    text.into_bytes()
}

/// Keeps files in memory.
#[derive(Default)]
struct Shelf(Mutex<Files>);

impl Output for Shelf {
    fn add(&self, file: &OutputFile) -> Result<Seal, WriteError> {
        let (path, bytes) = kept(file.clone());
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(path, bytes);
        Ok(Seal::unwritten(file))
    }

    fn copy(&self, _: &str, _: &std::path::Path) -> Result<(), WriteError> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::commands::load::{Kept, Request, load};
    use crate::commands::make::{make, understood};
    use crate::pipeline::Memos;

    #[test]
    fn every_file_has_the_bytes_of_a_build() {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).to_owned();
        let request = Request { dir, ..Request::default() };
        let mut folder = load(&request, &mut Kept::default()).unwrap();
        let (shelf, memos) = (Shelf::default(), Memos::default());
        make(&mut folder, &memos, &shelf).unwrap();
        let site = understood(&folder, &memos);
        let stock = Stock::new(folder, site).unwrap();
        let built = shelf.0.into_inner().unwrap();
        assert!(built.len() > 150 && stock.pages() > 50);
        for (path, bytes) in built.iter().filter(|it| !it.0.starts_with('.')) {
            assert!(stock.file(path).as_ref() == Some(bytes), "{path}");
        }
        assert!(stock.file("people/nobody/index.html").is_none());
        assert!(stock.file("data/nothing.csv").is_none());
    }
}
