//! Document and vocabulary to annotations: mentions, dates, themes; stand-off, the text untouched.

use serde::{Deserialize, Serialize};

use crate::pipeline::calendar::DateMention;
use crate::vocabulary::{EntryId, Kind, ThemeId};

/// Everything found in one document.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Annotations {
    /// Every place where a name stands, by start; an outer mention comes before those inside it.
    pub mentions: Vec<Mention>,
    /// Who or what the mentions mean, as far as this document alone can tell.
    pub names: Vec<Name>,
    /// Calendar expressions, by start.
    pub dates: Vec<DateMention>,
    /// Themes, the strongest first.
    pub themes: Vec<ThemeScore>,
}

/// A place where a name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Where it begins in the text.
    pub start: u32,
    /// Where it ends in the text.
    pub end: u32,
    /// Which of [`Annotations::names`] it means.
    pub name: u16,
    /// Which of [`Annotations::mentions`] it stands inside, if any.
    pub nested_in: Option<u16>,
    /// Why it was tagged: an index into [`RULES`].
    pub rule: MentionRule,
}

/// Why a name was tagged; an index into [`RULES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MentionRule(pub u8);

/// Every rule: its name as published, and what it means in one line.
pub const RULES: &[(&str, &str)] = &[
    ("vocabulary", "a name or alias from the site's vocabulary/entities.yaml"),
    ("gazetteer", "a name or alias from the built-in gazetteer"),
];

impl MentionRule {
    /// The published name.
    pub fn name(self) -> &'static str {
        RULES[self.0 as usize].0
    }
}

/// Someone or something named in a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// The fullest form in this document.
    pub text: Box<str>,
    /// What it is.
    pub kind: Kind,
    /// The entry of the vocabulary or gazetteer, if it is known there.
    pub entry: Option<EntryId>,
    /// Its acronym, where the document gives one.
    pub acronym: Option<Box<str>>,
    /// For a person, the office that the document gives: ("Secretary-General", "SCO").
    pub office: Option<Box<Office>>,
    /// Whether one document is enough to publish it, or only others that name it too.
    pub standing: Standing,
    /// Why it has the kind that it has: `head noun "Committee"`, `honorific "Mr"`.
    pub evidence: Box<str>,
}

/// An office, and where it is held.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Office {
    /// "Secretary-General", as written.
    pub title: Box<str>,
    /// The organization or country, as written; may be empty.
    pub of: Box<str>,
}

/// How sure it is that a name is one, and of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Standing {
    /// Evidence of its own: published even if named once.
    Evident,
    /// Published if named twice or in two documents.
    Likely,
    /// A candidate only: goes to the findings.
    Doubtful,
}

/// A theme of a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ThemeScore {
    /// Which theme.
    pub theme: ThemeId,
    /// From 0 to 1.
    pub score: f32,
    /// Whether the document is about it, rather than touching it.
    pub core: bool,
    /// The terms that put it there, with how often each occurs, the most telling first.
    pub evidence: Vec<(Box<str>, u32)>,
}

/// The part of a document that others may depend on.
#[derive(Debug, Clone, Copy)]
pub struct Outline<'a> {
    /// Its source, front matter, headings and links.
    pub document: &'a crate::pipeline::parse::Document,
    /// What it is.
    pub description: &'a crate::pipeline::describe::Description,
    /// Who and what it names, how often, and which years and themes.
    pub annotations: &'a Annotations,
}
