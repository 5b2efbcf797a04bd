//! The folders that a build changes about, and what a killed build may have left of them.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::{Seal, WriteError, unwritable};

/// Says that a folder is ours to replace.
const MARKER: &str = ".seedbed-site";

/// Somebody publishes the folder from its own repository: that stays when all else is replaced.
pub(super) const REPOSITORY: &str = ".git";

/// Where the site is, and where it is made.
#[derive(Debug)]
pub(super) struct Places {
    /// The site as readers see it.
    pub(super) output: PathBuf,
    /// The site that is being written.
    pub(super) new: PathBuf,
    /// The site that was there before, for the moment between two renamings.
    old: PathBuf,
    /// The list of files that go while new ones are moved into the present site.
    pub(super) gone: PathBuf,
    /// Holds the last three, and the lock.
    work: PathBuf,
}

impl Places {
    /// The places for the folder `output`, which need not be there yet.
    pub(super) fn of(output: &Path) -> Result<Places, WriteError> {
        // A link stays a link: what it leads to is replaced.
        let output = fs::canonicalize(output).or_else(|_| absent(output))?;
        let (Some(parent), Some(name)) = (output.parent(), output.file_name()) else {
            return Err(WriteError::Foreign(output));
        };
        let work = parent.join(format!(".{}.seedbed", name.to_string_lossy()));
        Ok(Places {
            new: work.join("new"),
            old: work.join("old"),
            gone: work.join("gone"),
            work,
            output,
        })
    }

    /// Makes sure that no other build is at work here.
    pub(super) fn lock(&self) -> Result<File, WriteError> {
        let path = self.work.join("lock");
        for _ in 0..100 {
            fs::create_dir_all(&self.work).map_err(|cause| unwritable(&self.work, cause))?;
            let lock = match File::options().create(true).truncate(false).write(true).open(&path) {
                // A build that has just ended took the folder away.
                Err(cause) if cause.kind() == io::ErrorKind::NotFound => continue,
                opened => opened.map_err(|cause| unwritable(&path, cause))?,
            };
            match lock.try_lock() {
                Ok(()) if holds(&path) => return Ok(lock),
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => break,
                Err(TryLockError::Error(cause)) => return Err(unwritable(&path, cause)),
            }
        }
        Err(WriteError::Busy(self.output.clone()))
    }

    /// Undoes or completes what a killed build left half done.
    pub(super) fn repair(&self) -> Result<(), WriteError> {
        self.complete()?;
        if self.old.exists() {
            if self.output.exists() {
                self.move_repository()?;
            } else {
                rename(&self.old, &self.output)?;
            }
        }
        for left in [&self.old, &self.new] {
            remove(left)?;
        }
        Ok(())
    }

    /// Refuses to replace what is not ours.
    pub(super) fn check(&self) -> Result<(), WriteError> {
        let mut entries = match fs::read_dir(&self.output) {
            Ok(entries) => entries,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(cause) if cause.kind() == io::ErrorKind::NotADirectory => {
                return Err(WriteError::NotAFolder(self.output.clone()));
            }
            Err(cause) => return Err(unwritable(&self.output, cause)),
        };
        let is_empty = entries.all(|it| it.is_ok_and(|it| it.file_name() == REPOSITORY));
        if is_empty || self.output.join(MARKER).is_file() {
            Ok(())
        } else {
            Err(WriteError::Foreign(self.output.clone()))
        }
    }

    /// Makes the new folder, and says in it whose it is.
    pub(super) fn mark(&self) -> Result<(), WriteError> {
        fs::create_dir_all(&self.new).map_err(|cause| unwritable(&self.new, cause))?;
        mark(&self.new)
    }

    /// Gives the present site's mark a new time: nothing that the build did is younger.
    pub(super) fn mark_time(&self) -> Result<u64, WriteError> {
        mark(&self.output)?;
        Ok(self.marked().unwrap_or_default())
    }

    /// The time of the present site's mark.
    pub(super) fn marked(&self) -> Option<u64> {
        fs::symlink_metadata(self.output.join(MARKER)).ok().map(|it| Seal::of(&it).modified)
    }

    /// Puts the new site in the place of the old one.
    pub(super) fn swap(&self) -> Result<(), WriteError> {
        if self.output.exists() {
            rename(&self.output, &self.old)?;
        }
        if let Err(error) = rename(&self.new, &self.output) {
            rename(&self.old, &self.output).ok();
            return Err(error);
        }
        self.move_repository()
    }

    /// Takes the repository of the old site over to the present one.
    fn move_repository(&self) -> Result<(), WriteError> {
        let (from, to) = (self.old.join(REPOSITORY), self.output.join(REPOSITORY));
        if from.exists() && !to.exists() { rename(&from, &to) } else { Ok(()) }
    }

    /// Takes away all but the site.
    pub(super) fn clear(&self) {
        // A repository that could not be moved is not thrown away; the next build tries again.
        let is_whole = self.output.exists() || !self.old.exists();
        if !self.old.join(REPOSITORY).exists() && is_whole && !self.gone.exists() {
            fs::remove_dir_all(&self.work).ok();
        }
    }
}

fn mark(folder: &Path) -> Result<(), WriteError> {
    let marker = folder.join(MARKER);
    fs::write(&marker, "Seedbed made this folder and replaces all of it with each build.\n")
        .map_err(|cause| unwritable(&marker, cause))
}

/// The whole path of a folder that is not there yet; its parent is, afterwards.
fn absent(output: &Path) -> Result<PathBuf, WriteError> {
    let whole = std::path::absolute(output).map_err(|cause| unwritable(output, cause))?;
    let (Some(parent), Some(name)) = (whole.parent(), whole.file_name()) else {
        return Err(WriteError::NotAFolder(whole));
    };
    fs::create_dir_all(parent).map_err(|cause| unwritable(parent, cause))?;
    let parent = fs::canonicalize(parent).map_err(|cause| unwritable(parent, cause))?;
    Ok(parent.join(name))
}

/// Whether the file at `path` is the one that we have locked, rather than another that came in its place.
fn holds(path: &Path) -> bool {
    File::open(path).is_ok_and(|it| matches!(it.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

fn rename(from: &Path, to: &Path) -> Result<(), WriteError> {
    fs::rename(from, to).map_err(|cause| unwritable(to, cause))
}

fn remove(folder: &Path) -> Result<(), WriteError> {
    match fs::remove_dir_all(folder) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(unwritable(folder, cause)),
        _ => Ok(()),
    }
}
