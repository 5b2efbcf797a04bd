//! What the preview shows at a moment, and who is told when that changes.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use serde::Serialize;
use tokio::sync::watch;

use crate::commands::serve::stock::Stock;
use crate::pipeline::Site;

/// A build, as the preview shows it.
#[derive(Default)]
pub(super) struct Shown {
    /// The site and its files; nothing before the first build that went through.
    pub(super) stock: Option<Arc<Stock>>,
    /// What is wrong with the files as they are on disk now.
    pub(super) trouble: Vec<Trouble>,
}

impl Shown {
    /// The site that is shown.
    pub(super) fn site(&self) -> Option<&Site> {
        self.stock.as_ref().map(|it| &it.site)
    }

    /// Whether a reader sees no difference to `other`.
    fn is_as(&self, other: &Shown) -> bool {
        let same = self.stock.as_ref().zip(other.stock.as_ref());
        same.is_some_and(|it| Arc::ptr_eq(it.0, it.1) || it.0.is_as(it.1))
            && self.trouble == other.trouble
    }
}

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Trouble {
    /// `seeds/a.md:3:1`, or nothing.
    pub(super) place: String,
    /// What was found.
    pub(super) message: String,
    /// The same with the line of the file and what to do.
    pub(super) report: String,
    /// Whether the preview shows the last good build because of it.
    pub(super) kept: bool,
}

/// The build that is shown, shared by the builder and the server.
pub(super) struct Preview {
    shown: RwLock<Arc<Shown>>,
    version: watch::Sender<u64>,
    /// What a correction must bring; nothing where corrections are off.
    pub(super) token: Option<String>,
    /// Texts of the vocabulary before and after each correction, the latest last.
    pub(super) undo: Mutex<Vec<(String, String)>>,
}

impl Preview {
    /// Shows nothing yet.
    pub(super) fn new(token: Option<String>) -> Self {
        let (version, _) = watch::channel(0);
        Preview { shown: RwLock::default(), version, token, undo: Mutex::default() }
    }

    /// Shows another build; nobody is told of one that is the same as the last.
    pub(super) fn show(&self, shown: Shown) {
        let same = self.shown().is_as(&shown);
        *self.shown.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(shown);
        if !same {
            self.version.send_modify(|it| *it += 1);
        }
    }

    /// Shows the last build still, with what is wrong now.
    pub(super) fn keep(&self, mut trouble: Vec<Trouble>) {
        let last = self.shown();
        for it in &mut trouble {
            it.kept = true;
        }
        self.show(Shown { stock: last.stock.clone(), trouble });
    }

    /// What is shown.
    pub(super) fn shown(&self) -> Arc<Shown> {
        Arc::clone(&self.shown.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// How often it has changed.
    pub(super) fn version(&self) -> u64 {
        *self.version.borrow()
    }

    /// Tells when it changes.
    pub(super) fn changes(&self) -> watch::Receiver<u64> {
        self.version.subscribe()
    }
}

/// A number that nobody can guess: the standard library seeds its hashers from the system's entropy.
pub(super) fn token() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", random(), random())
}
