//! The head of a source and the sidecar beside it to fields, with a finding for all that is not understood.

use super::{Format, FrontMatter};
use crate::diagnostic::Outcome;
use crate::pipeline::read::Source;

/// Where the head of a source is.
#[derive(Debug)]
pub(super) struct Head {
    /// Where the body begins.
    pub(super) body: usize,
}

/// The head of `source`, if it has one.
pub(super) fn head(_source: &Source, _format: Format) -> Option<Head> {
    None
}

/// The fields of `head` and of the sidecar.
pub(super) fn front_matter(_source: &Source, _head: Option<Head>) -> Outcome<FrontMatter> {
    Outcome::clean(FrontMatter::default())
}
