//! A few new files into a site that else stays as it is: by a list, so that what a killed build left half done can be completed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;
use walkdir::WalkDir;

use super::swap::{Places, REPOSITORY};
use super::{WriteError, unwritable};

/// What stands between the paths in the list of files that go.
const BETWEEN: char = '\0';

impl Places {
    /// Moves the new files into the present site, of whose old ones only those of `kept` stay.
    pub(super) fn move_into(&self, kept: &FxHashSet<String>) -> Result<(), WriteError> {
        self.list(kept)?;
        self.complete()
    }

    /// Writes down which files go; from here on the new site is certain.
    pub(super) fn list(&self, kept: &FxHashSet<String>) -> Result<(), WriteError> {
        let stays = |it: &String| kept.contains(it) || self.new.join(it).is_file();
        let gone: Vec<String> = self.files()?.into_iter().filter(|it| !stays(it)).collect();
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

    /// Every file of the present site, by its path with `/`.
    fn files(&self) -> Result<Vec<String>, WriteError> {
        let ours = |it: &walkdir::DirEntry| it.depth() != 1 || it.file_name() != REPOSITORY;
        let mut files = Vec::new();
        for entry in WalkDir::new(&self.output).into_iter().filter_entry(ours) {
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
