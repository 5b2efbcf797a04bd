//! The stages of a build, in order.
//!
//! Dear stages see one document and run in parallel: `parse`, `describe`, `annotate`, `render`. The stage that sees the whole
//! collection, `collate`, is cheap and sees [`annotate::Outline`]s only.

pub mod read;
pub mod parse;
pub mod words;
pub mod calendar;
pub mod describe;
pub mod annotate;
pub mod collate;
pub mod render;
pub mod search;
pub mod export;
pub mod write;
