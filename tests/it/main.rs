//! Black-box tests: whole small sites, laws that hold for every site, and the command line.
#![expect(clippy::disallowed_methods, reason = "tests put sites on the disk and look at what comes of them")]

mod html;
mod fixtures;
mod laws;
mod edits;
mod cli;
mod scores;
