//! Output files to disk: the other module that touches the disk. All or nothing, and only what changed.
//!
//! A build writes what is new into a hidden folder beside the output folder. At the end that folder takes the place of the site in one
//! step, with what stays as it was linked into it; or, where little has changed, its files are moved into the site one by one, by a list
//! that is complete before the first of them moves (`write/moves.rs`). So a build that fails or is killed leaves the last good site; what it
//! left lying about or half moved is cleared away or completed by the next one.
#![expect(clippy::disallowed_methods, reason = "this is the module that writes the disk")]

pub mod files;
pub mod staging;
mod parts;
pub mod moves;
mod swap;

use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

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

/// By what a file on the disk is known to be as it was left, without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Seal {
    /// How many bytes it has.
    pub length: u64,
    /// When it was written, in nanoseconds since 1970.
    pub modified: u64,
}

impl Seal {
    /// The seal of a file that goes nowhere where it would be found again.
    pub fn unwritten(file: &OutputFile) -> Seal {
        Seal { length: file.bytes.len() as u64, modified: 0 }
    }

    fn of(metadata: &fs::Metadata) -> Seal {
        let since = metadata.modified().ok().and_then(|it| it.duration_since(UNIX_EPOCH).ok());
        Seal { length: metadata.len(), modified: since.map_or(0, |it| it.as_nanos() as u64) }
    }
}

/// Where the files of a site go: a folder, the memory of a preview, or nowhere.
pub trait Output: Sync {
    /// Takes `file`, and says by what it will be known.
    fn add(&self, file: &OutputFile) -> Result<Seal, WriteError>;
    /// Whether the file at `path` in the present site is as it was left with this seal.
    fn is_as_left(&self, _path: &str, _seal: &Seal) -> bool {
        false
    }
    /// Takes the file at `path` over from the present site, where it is as it was left with this seal.
    fn keep(&self, _path: &str, _seal: &Seal) {}
    /// Takes the file `path` whose content comes in parts, so that a large one need not stand in memory whole.
    fn add_parts(&self, path: &str, parts: Parts<'_>) -> Result<Seal, WriteError> {
        let mut bytes = Vec::new();
        for part in parts {
            match part {
                Part::New(part) => bytes.extend(part),
                Part::Old(_) => unreachable!("nothing was found to be as it was left"),
            }
        }
        self.add(&OutputFile { path: path.to_owned(), bytes })
    }
    /// Takes the file `from` on the disk as `path`.
    fn copy(&self, path: &str, from: &Path) -> Result<(), WriteError>;
}

/// The content of a file, in order.
pub type Parts<'a> = Box<dyn Iterator<Item = Part> + Send + 'a>;

/// A part of a file's content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// These bytes.
    New(Vec<u8>),
    /// What the file of the present site, which is as it was left, has at these of its bytes.
    Old(Range<u64>),
}

fn unwritable(path: &Path, cause: io::Error) -> WriteError {
    WriteError::Unwritable { path: path.to_owned(), cause }
}
