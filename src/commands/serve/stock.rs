//! A site that is understood to its files, each made when somebody asks for it: a change is seen before all pages could be made.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::commands::Failure;
use crate::commands::load::SiteFolder;
use crate::commands::make::{add, together};
use crate::commands::serve::answer::Files;
use crate::memo::ledger::Past;
use crate::pipeline::collate::DocumentIndex;
use crate::pipeline::inspect::inspect;
use crate::pipeline::render::assets::Assets;
use crate::pipeline::render::edition::Edition;
use crate::pipeline::render::edition::listings::Listings;
use crate::pipeline::render::html::escape_into;
use crate::pipeline::render::page::Page;
use crate::pipeline::render::templates::{TemplateError, Templates};
use crate::pipeline::render::words::Words;
use crate::pipeline::write::files::content;
use crate::pipeline::write::{Output, OutputFile, Seal, WriteError};
use crate::pipeline::{BuildError, Site, export, render, search};
use crate::report::Finding;

/// A site, and what of it has been asked for so far.
pub(super) struct Stock {
    pub(super) folder: SiteFolder,
    /// Its findings are those that need no other documents; see [`Stock::findings`].
    pub(super) site: Site,
    assets: Arc<Assets>,
    listings: Listings,
    findings: OnceLock<Vec<Finding>>,
    /// Pages by their files.
    pages: OnceLock<BTreeMap<String, Page>>,
    /// Files that are copied, by their paths in the site.
    copied: BTreeMap<String, PathBuf>,
    made: Mutex<Files>,
    datasets: OnceLock<Files>,
    index: OnceLock<Files>,
}

impl Stock {
    /// Takes stock of `site`. A template that does not suit its first page is left out.
    ///
    /// What `last` knows is not worked out again: its assets, and that these templates have been tried.
    pub(super) fn new(
        folder: SiteFolder,
        site: Site,
        last: Option<&Stock>,
    ) -> Result<Stock, Failure> {
        let dressed = |it: &&Stock| {
            let (one, other) = (&it.site.config, &site.config);
            (one.font, &one.theme_files) == (other.font, &other.theme_files)
        };
        let assets = last.filter(dressed).map(|it| Arc::clone(&it.assets));
        let assets = assets.unwrap_or_else(|| Arc::new(render::assets(&site.config)));
        let made = Mutex::new(assets.files().iter().cloned().map(kept).collect());
        let copied = folder.inputs.assets.iter().cloned().collect();
        let listings = Listings::new(&site);
        let (findings, pages) = (OnceLock::new(), OnceLock::new());
        let (datasets, index) = (OnceLock::new(), OnceLock::new());
        #[rustfmt::skip]
        let mut stock = Stock { folder, site, assets, listings, findings, pages, copied, made, datasets, index };
        if last.is_none_or(|it| it.folder.templates.hash() != stock.folder.templates.hash()) {
            stock.try_templates()?;
        }
        Ok(stock)
    }

    /// Makes one page of each kind, and leaves out the templates that do not suit theirs.
    fn try_templates(&mut self) -> Result<(), Failure> {
        while let Err(error) = tried(&self.edition(), &self.folder.templates) {
            match self.folder.without(&error) {
                Some(found) => add(&mut self.site, vec![found]),
                None => return Err(BuildError::Template(error).into()),
            }
            self.listings = Listings::new(&self.site);
        }
        Ok(())
    }

    /// How many pages there are.
    pub(super) fn pages(&self) -> usize {
        self.planned().len()
    }

    /// Everything that is doubtful: what only all documents together tell is found when somebody asks.
    pub(super) fn findings(&self) -> &[Finding] {
        self.findings.get_or_init(|| {
            let found = inspect(&self.site, self.folder.entities());
            together(self.site.findings.clone(), found, &self.site.config)
        })
    }

    fn planned(&self) -> &BTreeMap<String, Page> {
        self.pages.get_or_init(|| {
            let edition = self.edition();
            let plan = render::plan(&edition).into_iter();
            plan.map(|it| (edition.address(&it).file(), it)).collect()
        })
    }

    /// The page at `path`. The pages of documents are asked for before anybody needs all the others.
    fn page_at(&self, path: &str) -> Option<Page> {
        let is_at = |slug: &str| {
            let rest = path.strip_prefix("documents/").and_then(|it| it.strip_prefix(slug));
            rest == Some("/index.html")
        };
        match self.site.collection.documents.iter().position(|it| is_at(&it.slug)) {
            Some(at) if self.pages.get().is_none() => {
                Some(Page::Document(DocumentIndex(at as u32)))
            }
            _ => self.planned().get(path).copied(),
        }
    }

    /// Whether `other` was made from just the same.
    pub(super) fn is_as(&self, other: &Stock) -> bool {
        let (one, two) = (&self.site, &other.site);
        one.readings.len() == two.readings.len()
            && one.readings.iter().zip(&two.readings).all(|it| Arc::ptr_eq(it.0, it.1))
            && one.vocabulary.fingerprint == two.vocabulary.fingerprint
            && one.config == two.config
            && one.findings == two.findings
            // What else is found follows from the same and from the vocabulary's text.
            && self.folder.entities() == other.folder.entities()
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
        let bytes = match self.page_at(path) {
            Some(page) => Some(Arc::new(self.page(&page))),
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
        let edition = match page {
            Page::About => self.edition().with_findings(self.findings()),
            _ => self.edition(),
        };
        let view = render::view(page, &edition);
        let made = render::render(&view, &self.folder.templates);
        made.map_or_else(|error| failed(&error), |it| it.bytes)
    }

    fn beside(&self, path: &str) -> Option<Arc<Vec<u8>>> {
        if let Some(from) = self.copied.get(path) {
            return content(from).map(Arc::new);
        }
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        if let Some(page) = self.page_at(&format!("{folder}/index.html")) {
            let files = render::companions(&page, &self.edition());
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
        let (postings, to) = (self.site.postings(), (&shelf as &dyn Output, &past.unasked()));
        search::index(&self.site, postings, to).expect("memory takes everything");
        shelf.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn exported(&self) -> Files {
        let shelf = Shelf::default();
        let catalogue = self.folder.catalogue(Some(&self.site));
        let (past, files) = (Past::default(), |name: &str| catalogue.file(name));
        let (ledger, found) = (past.unasked(), (&self.site, self.findings()));
        let taken = export::export(&self.site, &shelf, &ledger)
            .and_then(|()| export::findings(found, &files, (&shelf, &ledger)));
        taken.expect("memory takes everything");
        shelf.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

fn words<'a>(folder: &'a SiteFolder, site: &Site) -> &'a Words {
    folder.templates.words(&site.config.default_language)
}

/// Makes one page of each kind.
fn tried(edition: &Edition<'_>, templates: &Templates) -> Result<(), TemplateError> {
    let mut kinds = Vec::new();
    for page in render::plan(edition) {
        let kind = std::mem::discriminant(&page);
        if !kinds.contains(&kind) {
            kinds.push(kind);
            render::render(&render::view(&page, edition), templates)?;
        }
    }
    Ok(())
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
    use crate::commands::load::kept::Kept;
    use crate::commands::load::{Request, load};
    use crate::commands::make::make;
    use crate::pipeline::{Memos, understand};

    #[test]
    fn every_file_has_the_bytes_of_a_build() {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).to_owned();
        let request = Request { dir, ..Request::default() };
        let mut folder = load(&request, &mut Kept::default()).unwrap();
        let (shelf, memos) = (Shelf::default(), Memos::default());
        make(&mut folder, &memos, &shelf).unwrap();
        let site = understand(&folder.inputs, &memos);
        let stock = Stock::new(folder, site, None).unwrap();
        let built = shelf.0.into_inner().unwrap();
        assert!(built.len() > 150 && stock.pages() > 50);
        for (path, bytes) in built.iter().filter(|it| !it.0.starts_with('.')) {
            assert!(stock.file(path).as_ref() == Some(bytes), "{path}");
        }
        assert!(stock.file("people/nobody/index.html").is_none());
        assert!(stock.file("data/nothing.csv").is_none());
    }
}
