//! Single files that a user asked for to disk: a new site, a new document, an amended vocabulary.
#![expect(clippy::disallowed_methods, reason = "writing is this module's job")]

use std::io;
use std::path::{Path, PathBuf};

use super::swap::Places;
use super::{WriteError, unwritable};

/// What happens to a file that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// It stays as it is.
    Keep,
    /// It is replaced.
    Replace,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// It is new, or new again.
    Yes,
    /// It was there and stays.
    Kept,
}

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {path:?}")]
pub struct FileError {
    /// Which.
    pub path: PathBuf,
    /// Why not.
    #[source]
    pub cause: io::Error,
}

/// Writes a file, with the folders above it; whoever reads it meanwhile sees the old one or the new one, never a part.
pub fn write(path: &Path, content: &[u8], existing: Existing) -> Result<Written, FileError> {
    if existing == Existing::Keep && path.exists() {
        return Ok(Written::Kept);
    }
    let fail = |cause| FileError { path: path.to_owned(), cause };
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    folder.map_or(Ok(()), std::fs::create_dir_all).map_err(fail)?;
    let mut name = path.file_name().unwrap_or_default().to_owned();
    // Two runs of the program may write one file.
    name.push(format!(".{}.new", std::process::id()));
    let beside = path.with_file_name(name);
    std::fs::write(&beside, content).and_then(|()| std::fs::rename(&beside, path)).map_err(fail)?;
    Ok(Written::Yes)
}

/// The content of a file, if it can be read.
pub fn content(path: &Path) -> Option<Vec<u8>> {
    std::fs::read(path).ok()
}

/// Removes the files in a folder whose names are not `wanted`.
pub fn thin_out(folder: &Path, wanted: impl Fn(&str) -> bool) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if !wanted(&entry.file_name().to_string_lossy()) {
            std::fs::remove_file(entry.path()).ok();
        }
    }
}

/// Copies a file, with the folders above it.
pub fn copy(from: &Path, to: &Path, existing: Existing) -> Result<Written, FileError> {
    let content = std::fs::read(from).map_err(|cause| FileError { path: to.to_owned(), cause })?;
    write(to, &content, existing)
}

/// Every file below a folder that is not hidden, in the order of paths, relative to it.
pub fn below(folder: &Path) -> Result<Vec<PathBuf>, FileError> {
    let shown = |it: &walkdir::DirEntry| {
        it.depth() == 0 || !it.file_name().to_string_lossy().starts_with('.')
    };
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(shown);
    let mut files = Vec::new();
    for entry in walk {
        let entry = entry.map_err(|it| FileError { path: folder.to_owned(), cause: it.into() })?;
        if entry.file_type().is_file() {
            files.extend(entry.path().strip_prefix(folder).map(Path::to_owned));
        }
    }
    Ok(files)
}

/// Removes a site that a build made; a folder that none made is refused. False if there is nothing.
pub fn remove_site(output: &Path) -> Result<bool, WriteError> {
    if !output.exists() {
        return Ok(false);
    }
    let places = Places::of(output)?;
    let _lock = places.lock()?;
    places.repair()?;
    places.check()?;
    let removed = remove(&places.output);
    places.clear();
    removed
}

/// Removes the folder in which builds remember what they made.
pub fn remove_memos(folder: &Path) -> Result<bool, WriteError> {
    if folder.exists() { remove(folder) } else { Ok(false) }
}

fn remove(folder: &Path) -> Result<bool, WriteError> {
    std::fs::remove_dir_all(folder).map_err(|cause| unwritable(folder, cause))?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_kept_or_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b.txt");
        assert_eq!(write(&path, b"1", Existing::Keep).unwrap(), Written::Yes);
        assert_eq!(write(&path, b"2", Existing::Keep).unwrap(), Written::Kept);
        assert_eq!(std::fs::read(&path).unwrap(), b"1");
        assert_eq!(write(&path, b"2", Existing::Replace).unwrap(), Written::Yes);
        assert_eq!(std::fs::read(&path).unwrap(), b"2");
        assert_eq!(below(folder.path()).unwrap(), [Path::new("a/b.txt")]);
    }
}
