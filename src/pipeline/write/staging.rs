//! Files to a site beside the one that it will replace.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::moves::Last;
use super::parts::Parted;
use super::swap::Places;
use super::{Output, OutputFile, Parts, Seal, WriteError, Written, unwritable};

/// Files are moved into the present site one by one if so many times more stay as they are.
const MOVED: usize = 8;

/// A site being written, beside the one that it will replace. Dropped unfinished, it leaves no trace.
#[derive(Debug)]
pub struct Staging {
    places: Places,
    /// Holds other builds off for as long as it is open.
    _lock: File,
    folders: Mutex<FxHashSet<PathBuf>>,
    changed: AtomicUsize,
    /// Files of the present site that stay.
    kept: Mutex<FxHashSet<String>>,
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
            kept: Mutex::default(),
            is_first: !output.exists(),
        };
        staging.places.check()?;
        staging.places.mark()?;
        Ok(staging)
    }

    /// Writes `file`, or keeps the one that is there if it has the same content.
    pub fn add(&self, file: &OutputFile) -> Result<Seal, WriteError> {
        if let Some(seal) = self.has(file) {
            self.leave(&file.path);
            return Ok(seal);
        }
        let path = self.prepare(&file.path)?;
        let failed = |cause| unwritable(&path, cause);
        let mut new = create(&path)?;
        new.write_all(&file.bytes).map_err(failed)?;
        self.changed.fetch_add(1, Ordering::Relaxed);
        Ok(Seal::of(&new.metadata().map_err(failed)?))
    }

    /// Writes the file `path` part by part, or keeps the one that is there if it has the same content.
    pub fn add_parts(&self, path: &str, parts: Parts<'_>) -> Result<Seal, WriteError> {
        let (to, present) = (self.prepare(path)?, self.places.output.join(path));
        let failed = |cause| unwritable(&to, cause);
        let mut file = Parted::begin(create(&to)?, &present);
        for part in parts {
            file.add(&part).map_err(failed)?;
        }
        if file.ends_alike() {
            clear(&to)?;
            self.leave(path);
            return Ok(Seal::of(&fs::metadata(&present).map_err(failed)?));
        }
        self.changed.fetch_add(1, Ordering::Relaxed);
        Ok(Seal::of(&fs::metadata(&to).map_err(failed)?))
    }

    /// Copies the file `from` somewhere else on the disk, with its time, to `path` in the site, unless that has been done before.
    pub fn copy(&self, path: &str, from: &Path) -> Result<(), WriteError> {
        let seal = |it: &Path| fs::metadata(it).ok().map(|it| Seal::of(&it));
        if seal(from).is_some_and(|it| self.is_as_left(path, &it)) {
            self.leave(path);
            return Ok(());
        }
        let to = self.prepare(path)?;
        clear(&to)?;
        copy(from, &to)?;
        self.changed.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// Puts the site where the last one was.
    pub fn finish(self) -> Result<Written, WriteError> {
        self.finish_after(None).map(|it| it.0)
    }

    /// Puts the site where the last one was, of which so much is known. Also tells when it stood there, by the clock of its disk.
    pub fn finish_after(self, last: Option<&Last>) -> Result<(Written, u64), WriteError> {
        let kept = std::mem::take(&mut *self.kept());
        let written = Written { changed: self.changed.load(Ordering::Relaxed), kept: kept.len() };
        if !self.is_first && written.changed * MOVED <= written.kept {
            self.places.move_into(&kept, last)?;
        } else {
            kept.into_par_iter().try_for_each(|it| self.link(&it))?;
            self.places.swap()?;
        }
        Ok((written, self.places.mark_time()?))
    }

    /// Leaves the file at `path` in the present site, even if an attempt that failed had another.
    fn leave(&self, path: &str) {
        if self.folders().contains(folder_of(path)) {
            fs::remove_file(self.places.new.join(path)).ok();
        }
        self.kept().insert(path.to_owned());
    }

    fn folders(&self) -> MutexGuard<'_, FxHashSet<PathBuf>> {
        self.folders.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn kept(&self) -> MutexGuard<'_, FxHashSet<String>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the file at `path` over from the present site into the new one, with its time.
    fn link(&self, path: &str) -> Result<(), WriteError> {
        let (from, to) = (self.places.output.join(path), self.prepare(path)?);
        // Not every file system has hard links.
        if fs::hard_link(&from, &to).is_err() {
            copy(&from, &to)?;
        }
        Ok(())
    }

    /// The seal of the file in the present site, if it has the same content.
    fn has(&self, file: &OutputFile) -> Option<Seal> {
        if self.is_first {
            return None;
        }
        let path = self.places.output.join(&file.path);
        let metadata = fs::symlink_metadata(&path).ok()?;
        let has_length = metadata.is_file() && metadata.len() == file.bytes.len() as u64;
        let is_same = has_length && fs::read(&path).is_ok_and(|it| it == file.bytes);
        is_same.then(|| Seal::of(&metadata))
    }

    /// Where the file at `path` is to be written; its folder is there.
    fn prepare(&self, path: &str) -> Result<PathBuf, WriteError> {
        let relative = Path::new(path);
        if !relative.components().all(|it| matches!(it, Component::Normal(_))) || path.is_empty() {
            return Err(WriteError::Outside(path.to_owned()));
        }
        let folder = folder_of(path);
        let is_known = self.folders().contains(folder);
        if !is_known {
            let whole = self.places.new.join(folder);
            fs::create_dir_all(&whole).map_err(|cause| unwritable(&whole, cause))?;
            self.folders().insert(folder.to_owned());
        }
        if !self.is_first {
            self.kept().remove(path);
        }
        Ok(self.places.new.join(relative))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        self.places.clear();
    }
}

fn folder_of(path: &str) -> &Path {
    Path::new(path).parent().unwrap_or(Path::new(""))
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

impl Output for Staging {
    fn add(&self, file: &OutputFile) -> Result<Seal, WriteError> {
        Staging::add(self, file)
    }

    fn is_as_left(&self, path: &str, seal: &Seal) -> bool {
        let present = fs::symlink_metadata(self.places.output.join(path));
        present.is_ok_and(|it| it.is_file() && Seal::of(&it) == *seal)
    }

    fn keep(&self, path: &str, _: &Seal) {
        self.leave(path);
    }

    fn add_parts(&self, path: &str, parts: Parts<'_>) -> Result<Seal, WriteError> {
        Staging::add_parts(self, path, parts)
    }

    fn copy(&self, path: &str, from: &Path) -> Result<(), WriteError> {
        Staging::copy(self, path, from)
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::super::Part;
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

    /// `3..7` for what stands there in the present file, else the text itself.
    fn part(text: &str) -> Part {
        let range = text
            .split_once("..")
            .map(|(start, end)| start.parse().expect("a number")..end.parse().expect("a number"));
        range.map_or_else(|| Part::New(text.as_bytes().to_vec()), Part::Old)
    }

    #[test]
    fn a_file_in_parts_is_kept_only_if_all_of_it_is_the_same() {
        let home = tempfile::tempdir().unwrap();
        let output = home.path().join("public");
        let build = |parts: &[&str]| {
            let staging = Staging::begin(&output).unwrap();
            let parts: Vec<_> = parts.iter().map(|it| part(it)).collect();
            staging.add_parts("data/a.csv", Box::new(parts.into_iter())).unwrap();
            staging.finish().unwrap().kept
        };
        assert_eq!(build(&["one", "two"]), 0);
        assert_eq!(build(&["onetw", "o"]), 1);
        assert_eq!(build(&["0..3", "two"]), 1);
        assert_eq!(build(&["0..6"]), 1);
        for (parts, whole) in [
            (["one", "twothree"], "onetwothree"),
            (["one", "two"], "onetwo"),
            (["one", "owt"], "oneowt"),
            (["3..6", "0..3"], "owtone"),
            (["0..3", "more"], "owtmore"),
            (["0..7", "0..7"], "owtmoreowtmore"),
            (["0..7", ""], "owtmore"),
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

    /// A site of twenty pages of which a build changes one to `text`, removes one, and adds one.
    fn change(staging: &Staging, text: &str) {
        for it in 0..18 {
            staging.add(&file(&format!("{it}/index.html"), "same")).unwrap();
        }
        staging.add(&file("18/index.html", text)).unwrap();
        staging.add(&file("20/deep/index.html", text)).unwrap();
    }

    #[test]
    fn a_small_change_moves_into_the_site_whole_even_if_it_is_killed() {
        let home = tempfile::tempdir().unwrap();
        let output = home.path().join("public");
        let pages: Vec<_> = (0..20).map(|it| format!("{it}/index.html")).collect();
        build(&output, &pages.iter().map(|it| (it.as_str(), "same")).collect::<Vec<_>>());
        let wanted = {
            let staging = Staging::begin(&home.path().join("clean")).unwrap();
            change(&staging, "new");
            staging.finish().unwrap();
            listing(&home.path().join("clean"))
        };
        // Killed before the list was written, then after some files were moved.
        let staging = Staging::begin(&output).unwrap();
        change(&staging, "never");
        drop(staging);
        assert_eq!(listing(&output).len(), 20);
        let staging = Staging::begin(&output).unwrap();
        change(&staging, "new");
        staging.places.list(&staging.kept(), None).unwrap();
        fs::rename(staging.places.new.join("18/index.html"), output.join("18/index.html")).unwrap();
        drop(staging);
        drop(Staging::begin(&output).unwrap());
        assert_eq!(listing(&output), wanted);
        assert!(!output.join("19").exists() && !home.path().join(".public.seedbed").exists());
        // And not killed at all.
        let staging = Staging::begin(&output).unwrap();
        change(&staging, "newer");
        assert_eq!(staging.finish().unwrap(), Written { changed: 2, kept: 18 });
        assert_eq!(fs::read_to_string(output.join("20/deep/index.html")).unwrap(), "newer");
    }

    #[test]
    fn what_somebody_put_into_the_site_goes_with_a_small_change_too() {
        let home = tempfile::tempdir().unwrap();
        let output = home.path().join("public");
        let pages: Vec<_> = (0..20).map(|it| format!("{it}/index.html")).collect();
        let build = |text: &str, last: Option<&Last>| {
            let staging = Staging::begin(&output).unwrap();
            for it in &pages[1..] {
                staging.add(&file(it, "same")).unwrap();
            }
            staging.add(&file("new.html", text)).unwrap();
            let time = staging.finish_after(last).unwrap().1;
            Last { others: vec!["new.html".to_owned()], time }
        };
        // By a list of the last build, which tells that page 0 was there, and without one.
        let last = Last { others: vec![pages[0].clone()], ..build("1", None) };
        fs::create_dir_all(output.join("0")).unwrap();
        fs::write(output.join(&pages[0]), "old").unwrap();
        for (text, last) in [("2", Some(last)), ("3", None)] {
            for by_hand in ["mine.txt", "4/mine.txt", "5/a/b.txt", "mine/c.txt"] {
                fs::create_dir_all(output.join(by_hand).parent().unwrap()).unwrap();
                fs::write(output.join(by_hand), "by hand").unwrap();
            }
            let last = build(text, last.as_ref());
            assert_eq!(listing(&output).len(), 20, "{:?}", listing(&output));
            assert_eq!(fs::read_to_string(output.join("new.html")).unwrap(), text);
            assert_eq!(fs::read_dir(output.join("5")).unwrap().count(), 1);
            // Somebody else has built since.
            build("4", None);
            fs::write(output.join("new.html"), "by hand").unwrap();
            fs::write(output.join("6/more.html"), "by hand").unwrap();
            build("5", Some(&last));
            assert_eq!(listing(&output).len(), 20);
        }
    }

    #[test]
    fn a_file_is_kept_by_its_seal_alone_and_not_if_somebody_touched_it() {
        let home = tempfile::tempdir().unwrap();
        let output = home.path().join("public");
        let staging = Staging::begin(&output).unwrap();
        let seal = staging.add(&file("a.html", "1")).unwrap();
        staging.finish().unwrap();
        let staging = Staging::begin(&output).unwrap();
        assert!(staging.is_as_left("a.html", &seal) && !staging.is_as_left("b.html", &seal));
        staging.keep("a.html", &seal);
        staging.finish().unwrap();
        assert_eq!(listing(&output), owned(&[("a.html", "1")]));
        fs::write(output.join("a.html"), "by hand").unwrap();
        let staging = Staging::begin(&output).unwrap();
        assert!(!staging.is_as_left("a.html", &seal));
        staging.finish().unwrap();
        assert_eq!(listing(&output), []);
    }

    #[test]
    fn a_file_takes_the_place_of_a_folder_and_a_folder_that_of_a_file() {
        let home = tempfile::tempdir().unwrap();
        let output = home.path().join("public");
        let same: Vec<_> = (0..30).map(|it| it.to_string()).collect();
        let with = |more: &[(&str, &str)]| {
            let staging = Staging::begin(&output).unwrap();
            for (path, text) in same.iter().map(|it| (it.as_str(), "")).chain(more.iter().copied())
            {
                staging.add(&file(path, text)).unwrap();
            }
            staging.finish().unwrap();
            let found = |it: &&(&str, &str)| fs::read_to_string(output.join(it.0)).unwrap() == it.1;
            assert_eq!(more.iter().filter(found).count(), more.len());
            assert_eq!(listing(&output).len(), same.len() + more.len());
        };
        with(&[("x", "file"), ("y/a/b", "deep")]);
        with(&[("x/a/b", "deep"), ("y", "file")]);
        with(&[]);
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
