//! What the user can ask for: each command composes the pipeline with a disk, a socket, or neither.

pub mod console;
pub mod load;
pub mod make;
pub mod memory;
pub mod told;
pub mod amend;
pub mod annotate;
pub mod build;
mod check;
mod clean;
mod completions;
mod evaluate;
mod explain;
mod external;
mod init;
mod keyness;
mod list;
mod new;
mod serve;
mod suggest;

use std::io;
use std::path::{Path, PathBuf};

use crate::cli::Command;
use crate::commands::amend::AmendError;
use crate::commands::console::Console;
use crate::pipeline::BuildError;
use crate::pipeline::read::ReadError;
use crate::pipeline::write::WriteError;
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
    /// The site has no folder of documents.
    #[error(
        "there is no folder {seeds:?}; to build from the documents in {dir:?} itself: seedbed build --seeds {dir:?}"
    )]
    NoSeeds {
        /// The site's folder.
        dir: PathBuf,
        /// Where its documents should be.
        seeds: PathBuf,
    },
    /// The texts and the site would be in each other's way.
    #[error("{0:?} is the site's own folder: put the texts into a folder below it, such as seeds")]
    TextsInTheMiddle(PathBuf),
    /// A new document would take the place of one that is there.
    #[error("{0:?} is there already")]
    Exists(PathBuf),
    /// Not a date.
    #[error("\"{0}\" is no date: write 2019-11-19, 2019-11 or 2019")]
    Date(String),
    /// Not an address.
    #[error(
        "\"{0}\" is no address on the web: write the whole of it, like https://user.github.io/repository/"
    )]
    BaseUrl(String),
    /// A folder or file could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A file that was asked for could not be written.
    #[error(transparent)]
    File(#[from] FileError),
    /// The site could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The site could not be built.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// A file of annotations cannot be understood.
    #[error("{file}:{line}: {message}")]
    Gold {
        /// Which file.
        file: String,
        /// In which line.
        line: usize,
        /// What is wrong with it.
        message: String,
    },
    /// A line of annotated documents cannot be used.
    #[error("{file:?}:{line}: {message}")]
    Annotated {
        /// Which file.
        file: PathBuf,
        /// In which line.
        line: usize,
        /// What is wrong with it.
        message: String,
    },
    /// A folder has no annotated document.
    #[error(
        "there is no annotated document in {0:?}; to make some: seedbed annotate < documents.jsonl > {path:?}",
        path = .0.join("part-0.jsonl")
    )]
    NothingAnnotated(PathBuf),
    /// Standard input or output fails.
    #[error("cannot go on reading or writing: {0}")]
    Stream(#[from] io::Error),
    /// No document is called that.
    #[error("there is no document \"{0}\"{hint}", hint = .1.as_ref().map_or(String::new(), |it| format!(": did you mean {it}?")))]
    NoDocument(String, Option<String>),
    /// The vocabulary could not be amended.
    #[error(transparent)]
    Amend(#[from] AmendError),
    /// The preview cannot be reached.
    #[error("cannot listen for the browser: {0}")]
    Port(io::Error),
    /// Changes cannot be followed.
    #[error("cannot watch the folders: {0}")]
    Watch(notify::Error),
}

impl Failure {
    /// Why the documents could not be read.
    fn of_seeds(error: ReadError, dir: &Path, seeds: &Path) -> Self {
        match error {
            ReadError::Missing(_) => {
                Failure::NoSeeds { dir: dir.to_owned(), seeds: seeds.to_owned() }
            }
            error => Failure::Read(error),
        }
    }
}

/// Runs a command.
pub fn run(command: Command, console: &mut Console) -> Result<Verdict, Failure> {
    match command {
        Command::Build(it) => build::run(&it, console),
        Command::Annotate(it) => annotate::run(&it, console),
        Command::Check(it) => check::run(&it, console),
        Command::Serve(it) => serve::run(&it, console),
        Command::Init(it) => init::run(&it, console),
        Command::Evaluate(it) => evaluate::run(&it, console),
        Command::Explain(it) => explain::run(&it, console),
        Command::Suggest(it) => suggest::run(&it, console),
        Command::List(it) => list::run(&it, console),
        Command::New(it) => new::run(&it, console),
        Command::Clean(it) => clean::run(&it, console),
        Command::Completions(it) => Ok(completions::run(&it, console)),
    }
}
