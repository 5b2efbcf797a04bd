//! The command line's types to completions for a shell.

use clap::CommandFactory;

use crate::cli::{Cli, Completions};
use crate::commands::Verdict;
use crate::commands::console::Console;

/// Prints them.
pub(super) fn run(args: &Completions, console: &mut Console) -> Verdict {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "seedbed", &mut script);
    console.print(&String::from_utf8_lossy(&script));
    Verdict::Clean
}
