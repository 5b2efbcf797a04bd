//! A few new files into a site that else stays as it is: by a list, so that what a killed build left half done can be completed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use walkdir::WalkDir;

use super::swap::{Places, REPOSITORY};
use super::{Seal, WriteError, unwritable};

/// What stands between the paths in the list of files that go.
const BETWEEN: char = '\0';

/// What is known of the build that made the present site.
#[derive(Debug)]
pub struct Last {
    /// All its files that are not among those that stay as they are.
    pub others: Vec<String>,
    /// When it was complete, by the clock of its disk.
    pub time: u64,
}

impl Places {
    /// Moves the new files into the present site, of whose old ones only those of `kept` stay.
    pub(super) fn move_into(
        &self,
        kept: &FxHashSet<String>,
        last: Option<&Last>,
    ) -> Result<(), WriteError> {
        self.list(kept, last)?;
        self.complete()
    }

    /// Writes down which files go; from here on the new site is certain.
    pub(super) fn list(
        &self,
        kept: &FxHashSet<String>,
        last: Option<&Last>,
    ) -> Result<(), WriteError> {
        let stays = |it: &String| kept.contains(it) || self.new.join(it).is_file();
        let files = match last.filter(|it| self.marked() == Some(it.time)) {
            Some(last) => self.others(kept, last)?,
            None => self.files("")?,
        };
        let gone: Vec<String> = files.into_iter().filter(|it| !stays(it)).collect();
        let list = gone.join(&BETWEEN.to_string());
        let beside = self.gone.with_extension("new");
        let written = fs::write(&beside, list).and_then(|()| fs::rename(&beside, &self.gone));
        written.map_err(|cause| unwritable(&self.gone, cause))
    }

    /// Does what is left of moving, if a list says that it has begun.
    pub(super) fn complete(&self) -> Result<(), WriteError> {
        let list = match fs::read_to_string(&self.gone) {
            Ok(list) => list,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(cause) => return Err(unwritable(&self.gone, cause)),
        };
        // What goes, goes first: there may be a folder now where there was a file.
        list.split(BETWEEN).filter(|it| !it.is_empty()).try_for_each(|it| self.remove_old(it))?;
        for entry in WalkDir::new(&self.new) {
            let entry = entry.map_err(|it| unwritable(&self.new, it.into()))?;
            if !entry.file_type().is_dir() {
                self.move_new(entry.path())?;
            }
        }
        fs::remove_file(&self.gone).map_err(|cause| unwritable(&self.gone, cause))
    }

    /// The files of the present site beside those of `kept`. Who puts one in a folder changes the folder's time, so that only
    /// those that are no older than the last build need to be looked into.
    fn others(&self, kept: &FxHashSet<String>, last: &Last) -> Result<Vec<String>, WriteError> {
        let known: FxHashSet<&str> = kept.iter().chain(&last.others).map(String::as_str).collect();
        let mut folders = FxHashSet::from_iter([""]);
        for mut path in known.iter().copied() {
            while let Some((folder, _)) = path.rsplit_once('/')
                && folders.insert(folder)
            {
                path = folder;
            }
        }
        let is_young = |it: &&str| {
            fs::symlink_metadata(self.output.join(it))
                .is_ok_and(|it| it.is_dir() && Seal::of(&it).modified >= last.time)
        };
        let strangers = folders
            .par_iter()
            .copied()
            .filter(is_young)
            .map(|it| self.strangers(it, &known, &folders));
        let strangers: Vec<Vec<String>> = strangers.collect::<Result<_, _>>()?;
        Ok(strangers.into_iter().flatten().chain(last.others.iter().cloned()).collect())
    }

    /// Files in a folder of the present site, or in folders below that are not `known` either.
    fn strangers(
        &self,
        folder: &str,
        known: &FxHashSet<&str>,
        folders: &FxHashSet<&str>,
    ) -> Result<Vec<String>, WriteError> {
        let whole = self.output.join(folder);
        let failed = |cause| unwritable(&whole, cause);
        let mut files = Vec::new();
        for entry in fs::read_dir(&whole).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            if !entry.file_type().map_err(failed)?.is_dir() {
                files.extend(Some(path).filter(|it| !known.contains(it.as_str())));
            } else if path != REPOSITORY && !folders.contains(path.as_str()) {
                files.extend(self.files(&path)?);
            }
        }
        Ok(files)
    }

    /// Every file of the present site below a folder of it, by its path with `/`.
    fn files(&self, folder: &str) -> Result<Vec<String>, WriteError> {
        let repository = self.output.join(REPOSITORY);
        let ours = |it: &walkdir::DirEntry| it.path() != repository;
        let mut files = Vec::new();
        for entry in WalkDir::new(self.output.join(folder)).into_iter().filter_entry(ours) {
            let entry = entry.map_err(|it| unwritable(&self.output, it.into()))?;
            if !entry.file_type().is_dir()
                && let Ok(path) = entry.path().strip_prefix(&self.output)
            {
                files.push(path.to_string_lossy().replace('\\', "/"));
            }
        }
        Ok(files)
    }

    /// Removes a file of the present site, and the folders that it leaves empty.
    fn remove_old(&self, path: &str) -> Result<(), WriteError> {
        let path = self.output.join(path);
        match fs::remove_file(&path) {
            Err(cause)
                if !matches!(
                    cause.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
                ) =>
            {
                return Err(unwritable(&path, cause));
            }
            _ => {}
        }
        let mut folder: PathBuf = path;
        while folder.pop() && folder != self.output && fs::remove_dir(&folder).is_ok() {}
        Ok(())
    }

    fn move_new(&self, from: &Path) -> Result<(), WriteError> {
        let Ok(path) = from.strip_prefix(&self.new) else { return Ok(()) };
        let to = self.output.join(path);
        let failed = |cause| unwritable(&to, cause);
        match fs::rename(from, &to) {
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
                to.parent().map_or(Ok(()), fs::create_dir_all).map_err(failed)?;
                fs::rename(from, &to).map_err(failed)
            }
            moved => moved.map_err(failed),
        }
    }
}
