//! Output files to disk: the other module that touches the disk. All or nothing, and only what changed.
//!
//! A build writes into a hidden folder beside the output folder and takes its place in one step at the end. So a build that
//! fails or is killed leaves the last good site; what it left lying about is cleared away by the next one.
#![expect(clippy::disallowed_methods, reason = "this is the module that writes the disk")]

mod parts;
mod swap;

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustc_hash::FxHashSet;

use self::parts::Parted;
use self::swap::Places;

pub mod files;

/// A file of the site, not yet anywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Its path below the output folder, with `/`.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Why the site could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The folder has files in it that no build of ours made.
    #[error(
        "{0:?} is not empty and was not made by Seedbed, so it is left alone: empty it or choose another folder"
    )]
    Foreign(PathBuf),
    /// The output is to go where a file is, or to a place that is no folder at all.
    #[error("{0:?} is not a folder")]
    NotAFolder(PathBuf),
    /// Another build is writing there.
    #[error("another build is writing to {0:?}")]
    Busy(PathBuf),
    /// The path of an output file leads out of the output folder.
    #[error("the path {0:?} leads out of the output folder")]
    Outside(String),
    /// The disk says no.
    #[error("cannot write {path:?}: {cause}")]
    Unwritable {
        /// What was to be written.
        path: PathBuf,
        /// Why it was not.
        cause: io::Error,
    },
}

/// How many files a build had to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or have changed.
    pub changed: usize,
    /// Files that are as they were, with their old times.
    pub kept: usize,
}

/// Where the files of a site go: a folder, the memory of a preview, or nowhere.
pub trait Output: Sync {
    /// Takes `file`.
    fn add(&self, file: &OutputFile) -> Result<(), WriteError>;
    /// Takes the file `path` whose content comes in parts, so that a large one need not stand in memory whole.
    fn add_parts(&self, path: &str, parts: Parts<'_>) -> Result<(), WriteError> {
        let mut bytes = Vec::new();
        parts.for_each(|it| bytes.extend(it));
        self.add(&OutputFile { path: path.to_owned(), bytes })
    }
    /// Takes the file `from` on the disk as `path`.
    fn copy(&self, path: &str, from: &Path) -> Result<(), WriteError>;
}

/// The content of a file, in order.
pub type Parts<'a> = Box<dyn Iterator<Item = Vec<u8>> + Send + 'a>;

impl Output for Staging {
    fn add(&self, file: &OutputFile) -> Result<(), WriteError> {
        Staging::add(self, file)
    }

    fn add_parts(&self, path: &str, parts: Parts<'_>) -> Result<(), WriteError> {
        Staging::add_parts(self, path, parts)
    }

    fn copy(&self, path: &str, from: &Path) -> Result<(), WriteError> {
        Staging::copy(self, path, from)
    }
}

/// A site being written, beside the one that it will replace. Dropped unfinished, it leaves no trace.
#[derive(Debug)]
pub struct Staging {
    places: Places,
    /// Holds other builds off for as long as it is open.
    _lock: File,
    folders: Mutex<FxHashSet<PathBuf>>,
    changed: AtomicUsize,
    kept: AtomicUsize,
    /// Whether there is no present site with which anything could be compared.
    is_first: bool,
}

impl Staging {
    /// Begins a site that will take the place of the folder `output`.
    ///
    /// Mends first what a killed build left. Refuses a folder with files in it that no build made.
    pub fn begin(output: &Path) -> Result<Staging, WriteError> {
        let places = Places::of(output)?;
        let lock = places.lock()?;
        places.repair()?;
        let staging = Staging {
            places,
            _lock: lock,
            folders: Mutex::default(),
            changed: AtomicUsize::new(0),
            kept: AtomicUsize::new(0),
            is_first: !output.exists(),
        };
        staging.places.check()?;
        staging.places.mark()?;
        Ok(staging)
    }

    /// Writes `file`, or keeps the one that is there if it has the same content.
    pub fn add(&self, file: &OutputFile) -> Result<(), WriteError> {
        if self.has(file) {
            return self.keep(&file.path);
        }
        let path = self.prepare(&file.path)?;
        create(&path)?.write_all(&file.bytes).map_err(|cause| unwritable(&path, cause))?;
        self.changed.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// Writes the file `path` part by part, or keeps the one that is there if it has the same content.
    pub fn add_parts(&self, path: &str, parts: Parts<'_>) -> Result<(), WriteError> {
        let to = self.prepare(path)?;
        let failed = |cause| unwritable(&to, cause);
        let mut file = Parted::begin(create(&to)?, &self.places.output.join(path));
        for part in parts {
            file.add(&part).map_err(failed)?;
        }
        if file.ends_alike() {
            return self.keep(path);
        }
        self.changed.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// Takes the file at `path` over from the present site, with its time.
    pub fn keep(&self, path: &str) -> Result<(), WriteError> {
        let (from, to) = (self.places.output.join(path), self.prepare(path)?);
        clear(&to)?;
        // Not every file system has hard links.
        if fs::hard_link(&from, &to).is_err() {
            copy(&from, &to)?;
        }
        self.kept.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// Copies the file `from` somewhere else on the disk, with its time, to `path` in the site.
    pub fn copy(&self, path: &str, from: &Path) -> Result<(), WriteError> {
        let to = self.prepare(path)?;
        clear(&to)?;
        copy(from, &to)?;
        self.changed.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// Puts the site where the last one was.
    pub fn finish(self) -> Result<Written, WriteError> {
        self.places.swap()?;
        Ok(Written {
            changed: self.changed.load(Ordering::Relaxed),
            kept: self.kept.load(Ordering::Relaxed),
        })
    }

    /// Whether the present site has the same file.
    fn has(&self, file: &OutputFile) -> bool {
        if self.is_first {
            return false;
        }
        let path = self.places.output.join(&file.path);
        let has_length =
            fs::metadata(&path).is_ok_and(|it| it.is_file() && it.len() == file.bytes.len() as u64);
        has_length && fs::read(&path).is_ok_and(|it| it == file.bytes)
    }

    /// Where the file at `path` is to be written; its folder is there.
    fn prepare(&self, path: &str) -> Result<PathBuf, WriteError> {
        let relative = Path::new(path);
        if !relative.components().all(|it| matches!(it, Component::Normal(_))) || path.is_empty() {
            return Err(WriteError::Outside(path.to_owned()));
        }
        let folder = relative.parent().unwrap_or(Path::new(""));
        let is_known = |folders: &FxHashSet<PathBuf>| folders.contains(folder);
        if !is_known(&self.folders.lock().expect("no thread panics while it holds this")) {
            let whole = self.places.new.join(folder);
            fs::create_dir_all(&whole).map_err(|cause| unwritable(&whole, cause))?;
            self.folders
                .lock()
                .expect("no thread panics while it holds this")
                .insert(folder.to_owned());
        }
        Ok(self.places.new.join(relative))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        self.places.clear();
    }
}

/// A new file. What an attempt that failed has put there gives way: it may be the very file of the present site, by a hard link.
fn create(path: &Path) -> Result<File, WriteError> {
    let create = || File::options().write(true).create_new(true).open(path);
    let created = match create() {
        Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => {
            clear(path)?;
            create()
        }
        created => created,
    };
    created.map_err(|cause| unwritable(path, cause))
}

/// Takes away what an attempt that failed has put there: it may be the very file of the present site, by a hard link.
fn clear(path: &Path) -> Result<(), WriteError> {
    match fs::remove_file(path) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(unwritable(path, cause)),
        _ => Ok(()),
    }
}

/// Copies a file and its time.
fn copy(from: &Path, to: &Path) -> Result<(), WriteError> {
    fs::copy(from, to).map_err(|cause| unwritable(to, cause))?;
    // A file whose time cannot be set is still the right file.
    if let Ok(time) = fs::metadata(from).and_then(|it| it.modified())
        && let Ok(file) = File::options().write(true).open(to)
    {
        file.set_modified(time).ok();
    }
    Ok(())
}

fn unwritable(path: &Path, cause: io::Error) -> WriteError {
    WriteError::Unwritable { path: path.to_owned(), cause }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::*;

    fn file(path: &str, text: &str) -> OutputFile {
        OutputFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() }
    }

    fn build(output: &Path, files: &[(&str, &str)]) -> Written {
        let staging = Staging::begin(output).unwrap();
        for (path, text) in files {
            staging.add(&file(path, text)).unwrap();
        }
        staging.finish().unwrap()
    }

    /// Every file below `folder` with its content, hidden ones too.
    fn listing(folder: &Path) -> Vec<(String, String)> {
        let entries =
            walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
        entries
            .filter(|it| it.file_type().is_file())
            .map(|it| {
                let path =
                    it.path().strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                (path, fs::read_to_string(it.path()).unwrap())
            })
            .filter(|it| it.0 != ".seedbed-site")
            .collect()
    }

    fn owned(files: &[(&str, &str)]) -> Vec<(String, String)> {
        files.iter().map(|it| (it.0.to_owned(), it.1.to_owned())).collect()
    }

    #[test]
    fn replaces_the_whole_site_and_leaves_nothing_else() {
        let home = tempfile::tempdir().unwrap();
        let output = home.path().join("a/public");
        assert_eq!(
            build(&output, &[("index.html", "1"), ("x/y/index.html", "2")]),
            Written { changed: 2, kept: 0 }
        );
        assert_eq!(
            build(&output, &[("index.html", "1"), ("z.html", "3")]),
            Written { changed: 1, kept: 1 }
        );
        assert_eq!(listing(&output), owned(&[("index.html", "1"), ("z.html", "3")]));
        assert_eq!(
            fs::read_dir(home.path().join("a")).unwrap().count(),
            1,
            "something is left beside the site"
        );
    }

    #[test]
    fn unchanged_files_keep_their_time() {
        let home = tempfile::tempdir().unwrap();
        let output = home.path().join("public");
        build(&output, &[("same.html", "1"), ("other.html", "1")]);
        let before = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
        for name in ["same.html", "other.html"] {
            File::options()
                .write(true)
                .open(output.join(name))
                .unwrap()
                .set_modified(before)
                .unwrap();
        }
        build(&output, &[("same.html", "1"), ("other.html", "2")]);
        let time = |name| fs::metadata(output.join(name)).unwrap().modified().unwrap();
        assert_eq!(time("same.html"), before);
        assert_ne!(time("other.html"), before);
    }

    #[test]
    fn a_file_in_parts_is_kept_only_if_all_of_it_is_the_same() {
        let home = tempfile::tempdir().unwrap();
        let output = home.path().join("public");
        let build = |parts: &[&str]| {
            let staging = Staging::begin(&output).unwrap();
            let parts: Vec<_> = parts.iter().map(|it| it.as_bytes().to_vec()).collect();
            staging.add_parts("data/a.csv", Box::new(parts.into_iter())).unwrap();
            staging.finish().unwrap().kept
        };
        assert_eq!(build(&["one", "two"]), 0);
        assert_eq!(build(&["onetw", "o"]), 1);
        for (parts, whole) in [
            (["one", "twothree"], "onetwothree"),
            (["one", "two"], "onetwo"),
            (["one", "owt"], "oneowt"),
            (["", ""], ""),
        ] {
            assert_eq!(build(&parts), 0, "{whole}");
            assert_eq!(listing(&output), owned(&[("data/a.csv", whole)]));
        }
    }

    #[test]
    fn a_build_that_fails_leaves_the_last_site() {
        let home = tempfile::tempdir().unwrap();
        let output = home.path().join("public");
        build(&output, &[("index.html", "good")]);
        let staging = Staging::begin(&output).unwrap();
        staging.add(&file("index.html", "half")).unwrap();
        drop(staging);
        assert_eq!(listing(&output), owned(&[("index.html", "good")]));
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_second_attempt_writes_over_the_first_and_never_over_the_last_site() {
        let home = tempfile::tempdir().unwrap();
        let output = home.path().join("public");
        build(&output, &[("a", "1"), ("b", "1")]);
        let staging = Staging::begin(&output).unwrap();
        for (path, text) in [("a", "1"), ("b", "1"), ("a", "1"), ("b", "2")] {
            staging.add(&file(path, text)).unwrap();
        }
        assert_eq!(listing(&output), owned(&[("a", "1"), ("b", "1")]));
        staging.finish().unwrap();
        assert_eq!(listing(&output), owned(&[("a", "1"), ("b", "2")]));
    }

    #[test]
    fn what_a_killed_build_left_is_mended() {
        let home = tempfile::tempdir().unwrap();
        let output = home.path().join("public");
        let work = home.path().join(".public.seedbed");
        build(&output, &[("index.html", "good")]);
        // Killed between the two renamings.
        fs::create_dir_all(work.join("new")).unwrap();
        fs::write(work.join("new/index.html"), "half").unwrap();
        fs::write(work.join("lock"), "").unwrap();
        fs::rename(&output, work.join("old")).unwrap();
        drop(Staging::begin(&output).unwrap());
        assert_eq!(listing(&output), owned(&[("index.html", "good")]));
        // Killed after them.
        fs::create_dir_all(work.join("old")).unwrap();
        fs::write(work.join("old/index.html"), "older").unwrap();
        drop(Staging::begin(&output).unwrap());
        assert_eq!(listing(&output), owned(&[("index.html", "good")]));
        assert!(!work.exists());
    }

    #[test]
    fn a_folder_that_is_not_ours_is_left_alone() {
        let home = tempfile::tempdir().unwrap();
        let output = home.path().join("thesis");
        fs::create_dir_all(&output).unwrap();
        drop(Staging::begin(&output).unwrap());
        fs::write(output.join("chapter.doc"), "years of work").unwrap();
        assert!(matches!(Staging::begin(&output), Err(WriteError::Foreign(_))));
        assert!(matches!(
            Staging::begin(&output.join("chapter.doc")),
            Err(WriteError::NotAFolder(_))
        ));
        assert!(matches!(Staging::begin(Path::new("/")), Err(WriteError::Foreign(_))));
        assert_eq!(listing(home.path()), owned(&[("thesis/chapter.doc", "years of work")]));
    }

    #[test]
    fn two_builds_at_once_do_not_meet() {
        let home = tempfile::tempdir().unwrap();
        let output = home.path().join("public");
        let first = Staging::begin(&output).unwrap();
        assert!(matches!(Staging::begin(&output), Err(WriteError::Busy(_))));
        first.add(&file("index.html", "first")).unwrap();
        first.finish().unwrap();
        build(&output, &[("index.html", "second")]);
        assert_eq!(listing(&output), owned(&[("index.html", "second")]));
    }

    #[test]
    fn many_threads_write_one_site() {
        let home = tempfile::tempdir().unwrap();
        let output = home.path().join("public");
        let staging = Staging::begin(&output).unwrap();
        std::thread::scope(|scope| {
            for thread in 0..8 {
                let staging = &staging;
                scope.spawn(move || {
                    for it in 0..50 {
                        staging.add(&file(&format!("{}/{it}-{thread}.html", it % 7), "x")).unwrap();
                    }
                });
            }
        });
        assert_eq!(staging.finish().unwrap(), Written { changed: 400, kept: 0 });
        assert_eq!(listing(&output).len(), 400);
    }

    #[test]
    fn no_file_is_written_outside() {
        let home = tempfile::tempdir().unwrap();
        let staging = Staging::begin(&home.path().join("public")).unwrap();
        for path in ["../x", "/x", "a/../../x", "", "."] {
            assert!(
                matches!(staging.add(&file(path, "x")), Err(WriteError::Outside(_))),
                "{path:?}"
            );
        }
    }

    #[test]
    fn a_repository_in_the_output_folder_stays() {
        let home = tempfile::tempdir().unwrap();
        let output = home.path().join("public");
        fs::create_dir_all(output.join(".git")).unwrap();
        fs::write(output.join(".git/HEAD"), "ref").unwrap();
        build(&output, &[("index.html", "1")]);
        build(&output, &[("index.html", "2")]);
        assert_eq!(listing(&output), owned(&[(".git/HEAD", "ref"), ("index.html", "2")]));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_the_output_folder_stays_a_link() {
        let home = tempfile::tempdir().unwrap();
        let (real, link) = (home.path().join("real"), home.path().join("public"));
        fs::create_dir_all(&real).unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        build(&link, &[("index.html", "1")]);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(listing(&real), owned(&[("index.html", "1")]));
    }

    #[test]
    fn assets_are_copied_with_their_time() {
        let home = tempfile::tempdir().unwrap();
        let (asset, output) = (home.path().join("map.png"), home.path().join("public"));
        fs::write(&asset, "png").unwrap();
        let staging = Staging::begin(&output).unwrap();
        staging.copy("press/map.png", &asset).unwrap();
        staging.finish().unwrap();
        let time = |path: &Path| fs::metadata(path).unwrap().modified().unwrap();
        assert_eq!(time(&asset), time(&output.join("press/map.png")));
    }
}
