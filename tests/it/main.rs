//! Black-box tests: whole small sites, laws that hold for every site, and the command line.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "tests put sites on the disk, look at what comes of them, and may fail"
)]

mod site;
mod cli;
mod mistakes;
mod serve;
mod search;
mod regression;
mod rules;
mod html;
mod fixtures;
mod laws;
mod memos;
mod edits;
mod output;
mod scores;
