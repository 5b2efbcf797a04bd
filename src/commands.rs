//! What the user can ask for: each command composes the pipeline with a disk, a socket, or neither.

pub mod console;
pub mod amend;
mod completions;

use crate::cli::Command;
use crate::commands::console::Console;

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
    /// Not written yet.
    #[error("`{0}` is not there yet")]
    Missing(&'static str),
}

/// Runs a command.
pub fn run(command: Command, console: &mut Console) -> Result<Verdict, Failure> {
    match command {
        Command::Completions(it) => Ok(completions::run(&it, console)),
        _ => Err(Failure::Missing("this command")),
    }
}
