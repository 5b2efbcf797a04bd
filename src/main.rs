//! Parse the command line, run a command, print, exit code.

use std::process::ExitCode;

use clap::Parser;
use seedbed::cli::Cli;
use seedbed::commands::{self, Verdict, console::Console};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let mut console = Console::standard();
    match commands::run(Cli::parse().command, &mut console) {
        Ok(Verdict::Clean) => ExitCode::SUCCESS,
        Ok(Verdict::Wrong) => ExitCode::from(1),
        Err(failure) => {
            console.fail(&failure);
            ExitCode::from(2)
        }
    }
}
