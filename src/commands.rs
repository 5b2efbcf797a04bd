//! What the user can ask for: each command composes the pipeline with a disk, a socket, or neither.

pub mod console;
pub mod amend;
mod completions;
mod init;

use std::path::PathBuf;

use crate::cli::Command;
use crate::commands::console::Console;
use crate::pipeline::write::files::FileError;

/// What a command that ran has found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing that counts.
    Clean,
    /// Errors; or warnings, where they were asked to count.
    Wrong,
}

/// Why a command could not run.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A folder that was named is not there.
    #[error("there is no folder {0:?}")]
    NoFolder(PathBuf),
    /// The texts and the site would be in each other's way.
    #[error("{0:?} is the site's own folder: put the texts into a folder below it, such as seeds")]
    TextsInTheMiddle(PathBuf),
    /// A file that was asked for could not be written.
    #[error(transparent)]
    File(#[from] FileError),
    /// Not written yet.
    #[error("`{0}` is not there yet")]
    Missing(&'static str),
}

/// Runs a command.
pub fn run(command: Command, console: &mut Console) -> Result<Verdict, Failure> {
    match command {
        Command::Completions(it) => Ok(completions::run(&it, console)),
        Command::Init(it) => init::run(&it, console),
        _ => Err(Failure::Missing("this command")),
    }
}
