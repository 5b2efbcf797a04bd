//! Folders to a signal that something in them has changed, and what.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf, absolute};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::commands::memory::FOLDER;
use crate::pipeline::read::again::Changes;

/// Editors write a file in several steps; what follows each other within this time is one change.
///
/// An editor renames, writes and removes within a few milliseconds; the time is by judgement, not measured. A step that comes
/// later makes one more build, which shows no less.
const TOGETHER: Duration = Duration::from_millis(10);
/// What goes on changing for longer than this is shown as it is by then.
const PATIENCE: Duration = Duration::from_millis(500);

/// Watches the inputs of a site.
pub(super) struct Watch {
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
    /// Each folder as the site names it, and as events do.
    watched: BTreeSet<(PathBuf, PathBuf)>,
}

impl Watch {
    /// Watches nothing yet.
    pub(super) fn new() -> Result<Self, notify::Error> {
        let (sender, events) = channel();
        Ok(Watch {
            watcher: notify::recommended_watcher(sender)?,
            events,
            watched: BTreeSet::new(),
        })
    }

    /// Watches the files in `root` and everything below `folders`, as far as they are there now.
    pub(super) fn cover(&mut self, root: &Path, folders: &[PathBuf]) {
        let there = folders.iter().filter(|it| it.is_dir());
        let named = |it: &Path| (it.to_owned(), absolute(it).unwrap_or_else(|_| it.to_owned()));
        let wanted: BTreeSet<_> = there.map(|it| named(it)).chain([named(root)]).collect();
        for (folder, path) in wanted.difference(&self.watched) {
            let mode =
                if folder == root { RecursiveMode::NonRecursive } else { RecursiveMode::Recursive };
            // A folder that has just gone is seen again by the watch on the folder above it.
            let _gone = self.watcher.watch(path, mode);
        }
        self.watched = wanted;
    }

    /// Whether nothing is watched yet.
    pub(super) fn is_idle(&self) -> bool {
        self.watched.is_empty()
    }

    /// Waits for a change, and for those that follow it at once; nothing when nothing is watched any more.
    pub(super) fn wait(&mut self) -> Option<Changes> {
        let found = self.found()?;
        // A folder that was put in the place of another is not the one that is watched.
        self.watched.retain(|it| !found.paths.contains(&it.0));
        Some(found.changes())
    }

    fn found(&self) -> Option<Found> {
        let mut found = Found::default();
        while !found.any() {
            self.add(&mut found, self.events.recv().ok()?);
        }
        let begun = Instant::now();
        let mut last = begun;
        loop {
            let rest = TOGETHER.min((begun + PATIENCE).saturating_duration_since(last));
            match self.events.recv_timeout((last + rest).saturating_duration_since(Instant::now()))
            {
                // Reading is an event too; it prolongs nothing.
                Ok(event) => {
                    if self.add(&mut found, event) {
                        last = Instant::now();
                    }
                }
                Err(RecvTimeoutError::Timeout) => return Some(found),
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    }

    /// Takes in what an event tells; false if it tells nothing.
    fn add(&self, found: &mut Found, event: notify::Result<Event>) -> bool {
        let Ok(event) = event else {
            found.unclear = true;
            return true;
        };
        if event.need_rescan() {
            found.unclear = true;
            return true;
        }
        // Reading is an event too, and building reads: only what writes counts.
        let writes = !matches!(event.kind, EventKind::Access(_) | EventKind::Other);
        // So does what a build remembers, which changes nothing.
        let ours = event.paths.iter().all(|it| it.ends_with(FOLDER));
        if !writes || ours {
            return false;
        }
        for path in &event.paths {
            match self.named(path) {
                Some(path) => drop(found.paths.insert(path)),
                None => found.unclear = true,
            }
        }
        true
    }

    /// A path as the site names it; the longest way round if it is in two of its folders.
    fn named(&self, path: &Path) -> Option<PathBuf> {
        let below = self.watched.iter().filter(|it| path.starts_with(&it.1));
        let nearest = below.max_by_key(|it| it.1.components().count())?;
        let rest = path.strip_prefix(&nearest.1).ok()?;
        Some(if rest.as_os_str().is_empty() { nearest.0.clone() } else { nearest.0.join(rest) })
    }
}

/// What events tell.
#[derive(Default)]
struct Found {
    paths: BTreeSet<PathBuf>,
    unclear: bool,
}

impl Found {
    fn any(&self) -> bool {
        self.unclear || !self.paths.is_empty()
    }

    fn changes(self) -> Changes {
        if self.unclear { Changes::Anything } else { Changes::At(self.paths) }
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the test puts files on the disk")]
mod tests {
    use super::*;

    #[test]
    fn changes_are_told_as_the_site_names_them() {
        let home = tempfile::tempdir().unwrap();
        let (root, seeds) = (home.path().join("x/.."), home.path().join("x/../seeds"));
        std::fs::create_dir_all(home.path().join("x")).unwrap();
        std::fs::create_dir_all(&seeds).unwrap();
        let mut watch = Watch::new().unwrap();
        watch.cover(&root, std::slice::from_ref(&seeds));
        std::fs::write(seeds.join("a.txt"), "a").unwrap();
        let paths = [seeds.join("a.txt")].into();
        let told = watch.wait().unwrap();
        assert!(told == Changes::At(paths) || told == Changes::Anything, "{told:?}");
    }
}
