//! What a stage has to say about its input, as data.
//!
//! Stages *find*; [`crate::policy`] *judges* how bad a finding is; [`crate::report`] *shows* it.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::policy::Rule;

/// The path of a file as the user knows it, with `/`: `seeds/press/000.txt`, `site.toml`.
pub type FileName = Arc<str>;

/// One finding about one place in one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The file it was found in.
    pub file: FileName,
    /// The bytes of that file it is about; empty at 0 when it is about the whole file.
    pub span: Range<usize>,
    /// Which rule was broken.
    pub rule: Rule,
    /// One sentence, lower case, no full stop.
    pub message: String,
    /// What to do about it here, where that is more than the rule's own help.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A finding about `span` of `file`.
    pub fn new(
        rule: Rule,
        file: &FileName,
        span: Range<usize>,
        message: impl Into<String>,
    ) -> Self {
        Diagnostic { file: Arc::clone(file), span, rule, message: message.into(), help: None }
    }

    /// What findings are sorted by: file, place, rule, message.
    pub fn order(&self) -> (&str, usize, usize, Rule, &str) {
        (&self.file, self.span.start, self.span.end, self.rule, &self.message)
    }

    /// The same finding with advice that fits this place.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// A value, and what was found while making it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome<T> {
    /// The best value that could be made.
    pub value: T,
    /// Findings, in source order.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Outcome<T> {
    /// A value about which there is nothing to say.
    pub fn clean(value: T) -> Self {
        Outcome { value, diagnostics: Vec::new() }
    }

    /// Hands over the value and keeps the findings in `into`.
    pub fn split(self, into: &mut Vec<Diagnostic>) -> T {
        into.extend(self.diagnostics);
        self.value
    }
}

/// Joins the outcomes of many inputs, in the order of the inputs.
impl<T> FromIterator<Outcome<T>> for Outcome<Vec<T>> {
    fn from_iter<I: IntoIterator<Item = Outcome<T>>>(outcomes: I) -> Self {
        let mut diagnostics = Vec::new();
        let value = outcomes.into_iter().map(|it| it.split(&mut diagnostics)).collect();
        Outcome { value, diagnostics }
    }
}

/// The name among `known` that `unknown` was probably meant to be.
pub fn did_you_mean<'a>(
    unknown: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let unknown = unknown.to_lowercase();
    let best = known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&unknown, &name.to_lowercase()), name))
        .min()?;
    let length = unknown.chars().count();
    let is_cut_short = length > 3 && best.1.to_lowercase().starts_with(&unknown);
    (best.0 <= 1.max(length / 3) || is_cut_short).then_some(best.1)
}
