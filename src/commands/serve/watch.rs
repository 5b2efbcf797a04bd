//! Folders to a signal that something in them has changed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use crate::commands::memory::FOLDER;
use notify_debouncer_full::notify::{self, EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};

/// Editors write a file in several steps; what follows within this time is one change.
const TOGETHER: Duration = Duration::from_millis(25);

/// Watches the inputs of a site.
pub(super) struct Watch {
    debouncer: Debouncer<RecommendedWatcher, RecommendedCache>,
    changes: Receiver<()>,
    watched: BTreeSet<PathBuf>,
}

impl Watch {
    /// Watches nothing yet.
    pub(super) fn new() -> Result<Self, notify::Error> {
        let (sender, changes) = channel();
        let debouncer = new_debouncer(TOGETHER, None, move |it| signal(&it, &sender))?;
        Ok(Watch { debouncer, changes, watched: BTreeSet::new() })
    }

    /// Watches the files in `root` and everything below `folders`, as far as they are there now.
    pub(super) fn cover(&mut self, root: &Path, folders: &[PathBuf]) {
        let there = folders.iter().filter(|it| it.is_dir());
        let wanted: BTreeSet<PathBuf> = there.cloned().chain([root.to_owned()]).collect();
        for path in wanted.difference(&self.watched) {
            let mode =
                if path == root { RecursiveMode::NonRecursive } else { RecursiveMode::Recursive };
            // A folder that has just gone is seen again by the watch on the folder above it.
            let _gone = self.debouncer.watch(path, mode);
        }
        self.watched = wanted;
    }

    /// Waits for a change; false when nothing is watched any more.
    pub(super) fn wait(&self) -> bool {
        let changed = self.changes.recv().is_ok();
        while self.changes.try_recv().is_ok() {}
        changed
    }
}

fn signal(events: &DebounceEventResult, changes: &Sender<()>) {
    // Reading is an event too, and building reads: only what writes counts.
    let counts = |kind: &EventKind| !matches!(kind, EventKind::Access(_) | EventKind::Other);
    // So does what a build remembers, which changes nothing.
    let ours = |paths: &[PathBuf]| paths.iter().all(|it| it.ends_with(FOLDER));
    let count = |event: &notify::Event| counts(&event.kind) && !ours(&event.paths);
    let unclear = events.is_err();
    if unclear || events.as_ref().is_ok_and(|it| it.iter().any(|event| count(event))) {
        let _nobody_waits = changes.send(());
    }
}
