//! Texts with what a person found in them.

use std::ops::Range;
use std::sync::Arc;

use crate::pipeline::read::{OffsetMap, Source};
use crate::vocabulary::Kind;

/// A text, and what should be found in it; every range is in bytes of the source's file.
#[derive(Debug, Clone)]
pub(super) struct Text {
    /// The text as if read from a file.
    pub(super) source: Source,
    /// Where it stands, for the list of errors.
    pub(super) at: String,
    /// Its names.
    pub(super) mentions: Vec<(Range<usize>, Kind)>,
    /// Its calendar expressions with their values; `None` if nobody looked for them.
    pub(super) dates: Option<Vec<(Range<usize>, String)>>,
    /// Its title, if that is to be judged.
    pub(super) title: Option<String>,
    /// Its date, if that is to be judged.
    pub(super) date: Option<String>,
}

/// What is wrong with a file of annotations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unclear {
    /// In which line.
    pub(super) line: usize,
    /// What.
    pub(super) message: String,
}

/// A source that is in no file of the site; `date` is what its front matter would say.
pub(super) fn source(id: &str, text: String, date: Option<&str>) -> Source {
    let sidecar = date.map(|it| (Arc::from("gold.yaml"), format!("date: {it}\n")));
    let text = text.into();
    Source { id: Arc::from(id), file: Arc::from(id), text, origin: OffsetMap::default(), sidecar }
}

/// The kind of this name.
pub(super) fn kind(name: &str) -> Option<Kind> {
    Kind::ALL.into_iter().find(|it| it.name() == name)
}
