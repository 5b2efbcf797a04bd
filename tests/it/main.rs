//! Black-box tests.

mod regression;
mod rules;
