//! What the author of a document said about it.

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::extra;
use crate::pipeline::calendar::PartialDate;

/// The fields at the head of a document, or in the sidecar beside it; synonyms of other generators already understood.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FrontMatter {
    /// The title.
    pub title: Option<String>,
    /// When it was issued.
    pub date: Option<PartialDate>,
    /// When it was last changed.
    pub updated: Option<PartialDate>,
    /// Who published it.
    pub issuer: Option<String>,
    /// What it is: press release, speech, letter, …
    pub kind: Option<String>,
    /// Who speaks in it.
    pub speakers: Vec<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// A BCP 47 language tag.
    pub language: Option<String>,
    /// The last part of its address.
    pub slug: Option<String>,
    /// Earlier addresses, which lead to it.
    pub aliases: Vec<String>,
    /// Not to be published.
    pub draft: bool,
    /// What it is about, in a sentence.
    pub description: Option<String>,
    /// Where the text comes from: a URL or words.
    pub source: Option<String>,
    /// Who may do what with it.
    pub rights: Option<String>,
    /// Themes that the author gave it.
    pub themes: Vec<String>,
    /// Names that it is about, whether or not its text has them.
    pub entities: Vec<String>,
    /// Everything else, for templates.
    #[serde(with = "extra")]
    pub extra: BTreeMap<String, serde_json::Value>,
    /// Where in `file` each known field stands, for evidence: `(field, line from 1)`.
    pub lines: BTreeMap<String, u32>,
}

/// The fields of a document; takes no room where there are none, as in most.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Head(Option<Box<FrontMatter>>);

impl From<FrontMatter> for Head {
    fn from(fields: FrontMatter) -> Self {
        Head((fields != FrontMatter::default()).then(|| Box::new(fields)))
    }
}

impl Deref for Head {
    type Target = FrontMatter;

    fn deref(&self) -> &FrontMatter {
        static NONE: LazyLock<FrontMatter> = LazyLock::new(FrontMatter::default);
        self.0.as_deref().unwrap_or(&NONE)
    }
}

impl DerefMut for Head {
    fn deref_mut(&mut self) -> &mut FrontMatter {
        self.0.get_or_insert_default()
    }
}
