//! An index in memory, and the one before it, of which files are kept.

#![expect(clippy::unwrap_used, reason = "memory takes everything")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use seedbed::memo::ledger::{Key, Past};
use seedbed::memo::store::Store;
use seedbed::pipeline::Site;
use seedbed::pipeline::search::index;
use seedbed::pipeline::search::posting::Postings;
use seedbed::pipeline::write::{Output, OutputFile, Seal, WriteError};

/// An index in memory.
#[derive(Default)]
pub(crate) struct Shelf {
    past: Past,
    before: BTreeMap<String, Vec<u8>>,
    now: Mutex<BTreeMap<String, Vec<u8>>>,
    kept: Mutex<usize>,
    left: Option<Vec<u8>>,
    parts: Parts,
}

/// Parts of an index in the order of terms.
#[derive(Debug, Clone, Default)]
struct Parts(Arc<Mutex<BTreeMap<Key, Vec<u8>>>>);

impl Store for Parts {
    fn take(&self, key: &Key) -> Option<Vec<u8>> {
        self.0.lock().unwrap().get(key).cloned()
    }

    fn keep(&self, key: &Key, bytes: &[u8]) {
        self.0.lock().unwrap().insert(*key, bytes.to_vec());
    }

    fn forget_others(&self) {}
}

/// The files of an index that is made from the beginning.
pub(crate) fn made(site: &Site, postings: Vec<Arc<Postings>>) -> Vec<OutputFile> {
    let mut shelf = Shelf::default();
    shelf.index(site, postings);
    shelf.files()
}

impl Shelf {
    /// An empty shelf that leaves something to the next.
    pub(crate) fn first() -> Shelf {
        let parts = Parts::default();
        let past = Past::of("here".to_owned(), None).beside(parts.clone());
        Shelf { past, parts, ..Shelf::default() }
    }

    /// Fills the shelf.
    pub(crate) fn index(&mut self, site: &Site, postings: Vec<Arc<Postings>>) {
        let ledger = self.past.open([0; 16], (Vec::new(), Vec::new()));
        index(site, postings, (self, &ledger)).unwrap();
        self.left = ledger.close().map(|it| it.bytes);
    }

    /// An empty shelf beside this one.
    pub(crate) fn next(self) -> Shelf {
        let past = Past::of("here".to_owned(), self.left.as_deref()).beside(self.parts.clone());
        Shelf {
            past,
            parts: self.parts,
            before: self.now.into_inner().unwrap(),
            ..Shelf::default()
        }
    }

    /// By path.
    pub(crate) fn files(&self) -> Vec<OutputFile> {
        let files = self.now.lock().unwrap().clone();
        files.into_iter().map(|(path, bytes)| OutputFile { path, bytes }).collect()
    }

    /// How many files were taken over.
    pub(crate) fn kept(&self) -> usize {
        *self.kept.lock().unwrap()
    }
}

fn seal(bytes: &[u8]) -> Seal {
    let hash = blake3::hash(bytes).as_bytes()[..8].try_into().unwrap();
    Seal { length: bytes.len() as u64, modified: u64::from_le_bytes(hash) }
}

impl Output for Shelf {
    fn add(&self, file: &OutputFile) -> Result<Seal, WriteError> {
        let twice = self.now.lock().unwrap().insert(file.path.clone(), file.bytes.clone());
        assert!(twice.is_none(), "{} is handed over twice", file.path);
        Ok(seal(&file.bytes))
    }

    fn is_as_left(&self, path: &str, known: &Seal) -> bool {
        self.before.get(path).is_some_and(|it| seal(it) == *known)
    }

    fn keep(&self, path: &str, _: &Seal) {
        self.now.lock().unwrap().insert(path.to_owned(), self.before[path].clone());
        *self.kept.lock().unwrap() += 1;
    }

    fn copy(&self, _: &str, _: &Path) -> Result<(), WriteError> {
        Ok(())
    }
}
