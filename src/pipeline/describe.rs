//! Document to description: title, date, issuer, kind, speakers, each with its evidence.

use serde::{Deserialize, Serialize};

use crate::pipeline::calendar::PartialDate;

/// What a document is, as far as it says so itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Description {
    /// Its title.
    pub title: Inferred<String>,
    /// Its date, partial where the text gives no year.
    pub date: Option<Inferred<PartialDate>>,
    /// Bounds of a date that is not fully known: not before, not after (inclusive).
    pub bounds: (Option<PartialDate>, Option<PartialDate>),
    /// When it was last changed, if it says so.
    pub updated: Option<PartialDate>,
    /// Who issued it: the name as written.
    pub issuer: Option<Inferred<String>>,
    /// What it is: one of the kinds in `describe/kinds.tsv`, or the author's word.
    pub kind: Option<Inferred<String>>,
    /// Who speaks in it.
    pub speakers: Vec<Inferred<Speaker>>,
    /// Who wrote it.
    pub authors: Vec<Inferred<String>>,
    /// Its number as its issuer counts: "A/RES/2482".
    pub symbol: Option<Inferred<String>>,
    /// A BCP 47 language tag.
    pub language: Inferred<String>,
    /// What each block of the document is for, in the order of its blocks.
    pub roles: Vec<BlockRole>,
    /// How many words its text has, without what is set apart.
    pub words: u32,
}

/// A value, and why we think so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inferred<T> {
    /// The value.
    pub value: T,
    /// The rule's published name: `front-matter`, `dateline`, `first-line`, …
    pub rule: Box<str>,
    /// The passage of the text (start, end), where it is in the text.
    pub span: Option<(u32, u32)>,
    /// The evidence in words, with the line of the file: `line 1: "19 November 2019"`.
    pub evidence: String,
}

/// A person who speaks in a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// The name as written.
    pub name: String,
    /// The office as written, may be empty.
    pub role: String,
}

/// What a block is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockRole {
    /// It is read.
    Text,
    /// It is the title; the page shows it once, above the text.
    Title,
    /// A line that only says when, where or by whom; shown, but no prose.
    Dateline,
    /// Page furniture: set apart, neither shown as text nor searched for names.
    Furniture,
}
