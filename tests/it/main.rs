//! Black-box tests: whole small sites, laws that hold for every site, and the command line.
#![expect(clippy::disallowed_methods, reason = "tests make folders and look into them")]

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
mod edits;
mod output;
mod scores;
