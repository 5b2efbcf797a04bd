//! Black-box tests.

mod search;
