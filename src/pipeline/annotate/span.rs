//! What passes find: a span of tokens that names someone or something, and why.

use std::ops::Range;
use std::rc::Rc;

use crate::pipeline::annotate::evidence::Evidence;
use crate::pipeline::annotate::{MentionRule, rules};
use crate::vocabulary::{EntryId, Kind};

/// A span of tokens that names someone or something.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Span {
    /// First token.
    pub(crate) start: usize,
    /// Behind the last token.
    pub(crate) end: usize,
    /// What it is, if the rule says so.
    pub(crate) kind: Option<Kind>,
    /// Who it is, if a list knows.
    pub(crate) entry: Option<EntryId>,
    /// Which rule found it.
    pub(crate) rule: MentionRule,
    /// For names without a kind by rule: what speaks for which.
    pub(crate) evidence: Evidence,
    /// For a person: the tokens of the office before or behind.
    pub(crate) office: Option<Range<usize>>,
    /// The words for the evidence, where a rule of its own decided: `head noun "Committee"`.
    pub(crate) why: Option<Rc<str>>,
    /// For a short form: the tokens of the longer one that it was found for.
    pub(crate) model: Option<(usize, usize)>,
}

impl Span {
    /// A name that a list knows.
    pub(crate) fn known(
        tokens: Range<usize>,
        entry: EntryId,
        kind: Kind,
        rule: MentionRule,
    ) -> Span {
        Span {
            start: tokens.start,
            end: tokens.end,
            kind: Some(kind),
            entry: Some(entry),
            rule,
            evidence: Evidence::default(),
            office: None,
            why: None,
            model: None,
        }
    }

    /// A name whose kind a rule decides.
    pub(crate) fn ruled(
        tokens: Range<usize>,
        kind: Kind,
        rule: MentionRule,
        why: impl Into<Rc<str>>,
    ) -> Span {
        Span {
            start: tokens.start,
            end: tokens.end,
            kind: Some(kind),
            entry: None,
            rule,
            evidence: Evidence::default(),
            office: None,
            why: Some(why.into()),
            model: None,
        }
    }

    /// A name whose kind is to be weighed.
    pub(crate) fn weighed(tokens: Range<usize>, evidence: Evidence) -> Span {
        Span {
            start: tokens.start,
            end: tokens.end,
            kind: None,
            entry: None,
            rule: rules::EVIDENCE,
            evidence,
            office: None,
            why: None,
            model: None,
        }
    }

    /// Its tokens.
    pub(crate) fn tokens(&self) -> Range<usize> {
        self.start..self.end
    }
}
