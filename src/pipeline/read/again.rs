//! Folder to sources once more: a file that has not changed since is not read again.
//!
//! Two witnesses tell that a file has changed: its stamp (size and time of change, to the nanosecond), and whoever watches the
//! folder. Neither is enough. A stamp misses a file that was written twice within one tick of the clock of its disk; a watch
//! misses what lies behind a link. So every file whose stamp differs is read again, and so is every file that the watch names,
//! whatever its stamp. Since the watch began before the first reading, a write that the stamp hides is always named. No clock
//! is asked, as it would have to be if stamps alone were to be trusted.

use std::collections::BTreeSet;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::walk::{Found, Walk, walk};
use super::{OffsetMap, ReadError, Seeds, Source, admitted, folder, sidecar_owners, skipped, stem};
use crate::diagnostic::{Diagnostic, Outcome};
use crate::policy::Rule;

/// What may have changed since a folder was read last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Changes {
    /// Anything.
    #[default]
    Anything,
    /// What stands at these paths, and nothing else.
    At(BTreeSet<PathBuf>),
}

/// A folder as it was read last.
#[derive(Debug, Default)]
pub struct Earlier {
    /// Which folder, and how findings name it.
    place: (PathBuf, String),
    walk: Walk,
    files: FxHashMap<PathBuf, File>,
}

/// A file as it was read last.
#[derive(Debug)]
struct File {
    stamp: Option<Stamp>,
    text: Option<(Arc<str>, OffsetMap)>,
    diagnostics: Vec<Diagnostic>,
}

/// What changes with a file, unless it is written twice in one moment.
#[derive(Debug, PartialEq, Eq)]
struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
    /// On systems that have them: when it was changed in any way, by the clock of the disk, and which file it is.
    changed: (i64, i64, u64),
}

impl Stamp {
    fn of(path: &Path) -> Option<Stamp> {
        let it = std::fs::metadata(path).ok()?;
        Some(Stamp { size: it.len(), modified: it.modified().ok(), changed: changed(&it) })
    }
}

#[cfg(unix)]
fn changed(it: &Metadata) -> (i64, i64, u64) {
    use std::os::unix::fs::MetadataExt;
    (it.ctime(), it.ctime_nsec(), it.ino())
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> (i64, i64, u64) {
    (0, 0, 0)
}

impl Earlier {
    /// Every document below `root`, which findings name `shown_as`.
    ///
    /// # Errors
    /// There is no such folder, or it cannot be read.
    pub fn read(
        &mut self,
        root: &Path,
        shown_as: &str,
        changes: &Changes,
    ) -> Result<Outcome<Seeds>, ReadError> {
        folder(root)?;
        if (&*self.place.0, &*self.place.1) != (root, shown_as) {
            *self = Earlier { place: (root.to_owned(), shown_as.to_owned()), ..Earlier::default() };
        }
        match changes {
            Changes::At(paths) if self.knows(paths) => self.reread(paths),
            Changes::At(paths) => self.walk(paths),
            Changes::Anything => self.walk(&BTreeSet::new()),
        }
        Ok(self.seeds())
    }

    /// Whether no file came or went: each of these is one that was read, and still there, or is nothing.
    fn knows(&self, paths: &BTreeSet<PathBuf>) -> bool {
        let suits = |path: &PathBuf| {
            let is_file = std::fs::symlink_metadata(path).map(|it| it.is_file());
            is_file.map_or_else(|_| !self.is_known(path), |it| it && self.files.contains_key(path))
        };
        !self.files.is_empty() && paths.iter().filter(|it| it.starts_with(&self.place.0)).all(suits)
    }

    /// Whether something was found at a path or below it.
    fn is_known(&self, path: &Path) -> bool {
        let mut assets = self.walk.assets.iter().map(|it| &it.1);
        self.files.contains_key(path)
            || self.walk.below(path)
            || assets.any(|it| it.starts_with(path))
    }

    fn reread(&mut self, paths: &BTreeSet<PathBuf>) {
        for path in paths {
            if let Some(found) = self.walk.file(path) {
                let file = File::read(found);
                self.files.insert(path.clone(), file);
            }
        }
    }

    /// Looks for files again, and reads those that are new, have another stamp or are among `changed`.
    fn walk(&mut self, changed: &BTreeSet<PathBuf>) {
        self.walk = walk(&self.place.0, &self.place.1);
        let mut known = std::mem::take(&mut self.files);
        let found = self.walk.documents.iter().chain(&self.walk.sidecars);
        let found: Vec<_> = found.map(|it| (it, known.remove(&it.path))).collect();
        let read = |(found, known): (&Found, Option<File>)| {
            let fresh = |it: &File| {
                it.stamp.is_some()
                    && it.stamp == Stamp::of(&found.path)
                    && !changed.contains(&found.path)
            };
            let file = known.filter(fresh).unwrap_or_else(|| File::read(found));
            (found.path.clone(), file)
        };
        self.files = found.into_par_iter().map(read).collect::<Vec<_>>().into_iter().collect();
    }

    /// The sources of the files as they are known.
    fn seeds(&self) -> Outcome<Seeds> {
        let Walk { documents, sidecars, assets, diagnostics } = &self.walk;
        let mut diagnostics = diagnostics.clone();
        let mut notes = FxHashMap::default();
        for (owner, sidecar) in sidecar_owners(documents, sidecars, &mut diagnostics) {
            let file = &self.files[&sidecar.path];
            diagnostics.extend(file.diagnostics.iter().cloned());
            let text = file.text.as_ref();
            notes.extend(text.map(|it| (owner, (Arc::clone(&sidecar.file), it.0.to_string()))));
        }
        let mut sources = Vec::with_capacity(documents.len());
        for found in documents {
            let file = &self.files[&found.path];
            diagnostics.extend(file.diagnostics.iter().cloned());
            if let Some((text, origin)) = &file.text {
                sources.push(Source {
                    id: Arc::clone(&found.id),
                    file: Arc::clone(&found.file),
                    text: Arc::clone(text),
                    origin: origin.clone(),
                    sidecar: notes.get(stem(&found.id)).cloned(),
                });
            }
        }
        Outcome { value: Seeds { sources, assets: assets.clone() }, diagnostics }
    }
}

impl File {
    /// The decoded text of one file, unless it cannot be a document.
    fn read(found: &Found) -> File {
        // Taken first: what is written behind it is read again, rather than never.
        let stamp = Stamp::of(&found.path);
        let Outcome { value, diagnostics } = match std::fs::read(&found.path) {
            Ok(bytes) => admitted(&found.file, bytes),
            Err(cause) => {
                skipped(Rule::UnreadableFile, format!("cannot be read: {cause}"), &found.file)
            }
        };
        File { stamp, text: value.map(|it| (it.text.into(), it.origin)), diagnostics }
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the test puts files on the disk")]
mod tests {
    use super::*;

    struct Home {
        home: tempfile::TempDir,
        earlier: Earlier,
    }

    impl Home {
        fn of(files: &[(&str, &str)]) -> Home {
            let home = Home { home: tempfile::tempdir().unwrap(), earlier: Earlier::default() };
            files.iter().for_each(|it| drop(home.put(it.0, it.1)));
            home
        }

        fn path(&self, file: &str) -> PathBuf {
            self.home.path().join(file)
        }

        fn put(&self, file: &str, text: &str) -> PathBuf {
            let path = self.path(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, text).unwrap();
            path
        }

        /// What is read after `changes`, which must be what a first reading gives.
        fn read(&mut self, changes: &Changes) -> Vec<String> {
            let read = self.earlier.read(self.home.path(), "seeds", changes).unwrap();
            assert_eq!(read, super::super::read(self.home.path(), "seeds").unwrap());
            let noted = |it: &Source| it.sidecar.as_ref().map_or(String::new(), |it| it.1.clone());
            read.value
                .sources
                .iter()
                .map(|it| format!("{} {}{}", it.id, it.text, noted(it)))
                .collect()
        }
    }

    fn at(paths: &[PathBuf]) -> Changes {
        Changes::At(paths.iter().cloned().collect())
    }

    #[test]
    fn a_file_that_is_named_is_read_again_even_if_its_stamp_is_the_same() {
        let mut home = Home::of(&[("a.txt", "one"), ("b.txt", "two")]);
        assert_eq!(home.read(&Changes::Anything), ["a.txt one", "b.txt two"]);
        let path = home.put("a.txt", "six");
        home.earlier.files.get_mut(&path).unwrap().stamp = Stamp::of(&path);
        assert_eq!(home.read(&at(std::slice::from_ref(&path))), ["a.txt six", "b.txt two"]);
        let other = home.put("c.txt", "new");
        home.put("a.txt", "ten");
        home.earlier.files.get_mut(&path).unwrap().stamp = Stamp::of(&path);
        assert_eq!(home.read(&at(&[path, other])), ["a.txt ten", "b.txt two", "c.txt new"]);
    }

    #[test]
    fn a_file_with_another_stamp_is_read_again_even_if_nobody_names_it() {
        let mut home = Home::of(&[("a.txt", "one"), ("b.txt", "two")]);
        home.read(&Changes::Anything);
        home.put("a.txt", "seven");
        assert_eq!(home.read(&Changes::Anything), ["a.txt seven", "b.txt two"]);
    }

    #[test]
    fn what_has_not_changed_is_the_text_that_was_read_before() {
        let mut home = Home::of(&[("a.txt", "one"), ("b.txt", "two"), ("b.yaml", "title: B")]);
        let text = |home: &mut Home, changes| {
            let read = home.earlier.read(home.home.path(), "", &changes).unwrap();
            Arc::clone(&read.value.sources[0].text)
        };
        let first = text(&mut home, Changes::Anything);
        let path = home.put("b.txt", "three");
        assert!(Arc::ptr_eq(&first, &text(&mut home, Changes::Anything)));
        assert!(Arc::ptr_eq(&first, &text(&mut home, at(&[path]))));
    }

    #[test]
    fn files_come_and_go() {
        let mut home = Home::of(&[("a.txt", "one"), ("b/c.txt", "two"), ("map.png", "")]);
        home.read(&Changes::Anything);
        let sidecar = home.put("a.yaml", "title: A");
        assert_eq!(
            home.read(&at(std::slice::from_ref(&sidecar))),
            ["a.txt onetitle: A", "b/c.txt two"]
        );
        home.put("a.yaml", "title: X");
        assert_eq!(home.read(&at(&[sidecar])), ["a.txt onetitle: X", "b/c.txt two"]);
        let gone = home.path("b");
        std::fs::remove_dir_all(&gone).unwrap();
        assert_eq!(home.read(&at(&[gone])), ["a.txt onetitle: X"]);
        let (from, to) = (home.path("a.txt"), home.path("z.txt"));
        std::fs::rename(&from, &to).unwrap();
        assert_eq!(home.read(&at(&[from, to])), ["z.txt one"]);
        let picture = home.path("map.png");
        std::fs::remove_file(&picture).unwrap();
        home.read(&at(&[picture, home.path("b.txt~")]));
    }

    #[test]
    fn a_file_that_an_editor_puts_in_the_place_of_the_old_one_is_read_again() {
        let mut home = Home::of(&[("a.txt", "one"), ("b.txt", "two")]);
        home.read(&Changes::Anything);
        let (new, path) = (home.put("a.txt.tmp", "1st"), home.path("a.txt"));
        std::fs::rename(&new, &path).unwrap();
        assert_eq!(home.read(&at(&[new, path])), ["a.txt 1st", "b.txt two"]);
    }
}
