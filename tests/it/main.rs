//! Black-box tests.
#![expect(clippy::disallowed_methods, reason = "tests make folders and look into them")]

mod site;
mod cli;
mod mistakes;
mod serve;
mod search;
mod regression;
mod rules;
