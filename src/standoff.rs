//! A document and what was found in it, to a record that others can read, and back without loss.
//!
//! One record is one line of JSON; `docs/seeds/many-machines.md` describes it. All places are bytes of UTF-8: `start` and `end` of the
//! reading text, `source` of the text that was handed in.

mod names;
pub mod recall;
pub mod record;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::memo::stages::STAGES;
use crate::pipeline::Inputs;
use crate::pipeline::annotate::{Office, Standing};
use crate::pipeline::calendar::{PartialDate, Precision};
use crate::pipeline::describe::Description;
use crate::policy::Rule;
use crate::vocabulary::Kind;

/// The form of the records; another number means that older programs cannot read them.
const FORM: u32 = 1;

/// A document as it is handed in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// What its path below the folder of documents would be: `press/000.txt`.
    pub id: String,
    /// Its text.
    pub text: String,
    /// What would stand in the YAML file beside it: a mapping, or that file's text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Value>,
}

/// A document with what was found in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Who made it, of what.
    pub made_by: Maker,
    /// What its path below the folder of documents would be.
    pub id: String,
    /// The text that was handed in.
    pub text: String,
    /// What was handed in with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Value>,
    /// What was found; nothing if the text cannot be a document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found: Option<Found>,
    /// What is wrong or doubtful about it.
    pub findings: Vec<Finding>,
}

/// What a record depends on beside its document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Maker {
    /// The form of the record.
    pub form: u32,
    /// The version of the program.
    pub seedbed: String,
    /// A hash of its code, as far as it matters here.
    pub code: String,
    /// A hash of the vocabulary and the default language.
    pub knowledge: String,
}

/// What was found in a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Found {
    /// The text as a reader sees it, without markup.
    pub reading: String,
    /// What the document is, each value with its rule and evidence.
    pub outline: Description,
    /// Who and what is named.
    pub names: Vec<NameRecord>,
    /// Where.
    pub mentions: Vec<MentionRecord>,
    /// What is said of time.
    pub dates: Vec<DateRecord>,
    /// What it is about.
    pub themes: Vec<ThemeRecord>,
    /// Where sentences begin.
    pub sentences: Vec<u32>,
}

/// Someone or something named in a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameRecord {
    /// The fullest form in the document.
    pub name: Box<str>,
    /// What it is.
    pub kind: Kind,
    /// The id in the vocabulary or gazetteer, if it is known there.
    pub entry: Option<String>,
    /// Its acronym.
    pub acronym: Option<Box<str>>,
    /// The office of a person.
    pub office: Option<Box<Office>>,
    /// How sure it is.
    pub standing: Standing,
    /// Why it has its kind.
    pub evidence: Box<str>,
}

/// A place where a name stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MentionRecord {
    /// Where it begins in the reading text.
    pub start: u32,
    /// Where it ends there.
    pub end: u32,
    /// Where both are in the text that was handed in.
    pub source: (usize, usize),
    /// The words themselves.
    pub surface: String,
    /// Which of the names, from 0.
    pub name: u16,
    /// Which of the mentions it stands inside, from 0.
    pub nested_in: Option<u16>,
    /// Why it was tagged.
    pub rule: String,
}

/// A calendar expression.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateRecord {
    /// Where it begins in the reading text.
    pub start: u32,
    /// Where it ends there.
    pub end: u32,
    /// Where both are in the text that was handed in.
    pub source: (usize, usize),
    /// The words themselves.
    pub surface: String,
    /// The date, or where a span of time begins.
    pub from: Option<PartialDate>,
    /// Where a span of time ends.
    pub to: Option<PartialDate>,
    /// How exact it is.
    pub precision: Precision,
    /// Why it was tagged.
    pub rule: String,
}

/// A theme of a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThemeRecord {
    /// Its id.
    pub theme: String,
    /// From 0 to 1.
    pub score: f32,
    /// Whether the document is about it.
    pub core: bool,
    /// The terms that put it there, with how often each occurs.
    pub evidence: Vec<(Box<str>, u32)>,
}

/// What is wrong or doubtful.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// Where it begins: bytes of the text that was handed in, or of the metadata.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Whether it is about the metadata rather than the text.
    pub in_metadata: bool,
    /// One sentence.
    pub message: String,
    /// What to do about it here.
    pub help: Option<String>,
}

/// Why a record cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Refused {
    /// Its numbers would mean something else here.
    #[error(
        "was made by another version ({0}; this is {1}): run this version's `seedbed annotate` again"
    )]
    Version(String, String),
    /// Other names and themes are known here.
    #[error(
        "was made with another vocabulary or default language: run `seedbed annotate --site DIR` with this site again"
    )]
    Knowledge,
    /// Text and annotations do not belong together.
    #[error("its annotations do not fit its text: run `seedbed annotate` again")]
    Unfit,
}

/// What stands in the place of a record where a line cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Broken {
    /// The number of the line that was handed in, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub error: String,
}

impl Text {
    /// A line as a text, or what is wrong with it.
    pub fn of(line: &[u8]) -> Result<Text, String> {
        let text: Text = serde_json::from_slice(line).map_err(|it| it.to_string())?;
        let is_whole = |it: &str| !it.is_empty() && it != "." && it != "..";
        if text.id.contains(['\\', '\0']) || !text.id.split('/').all(is_whole) {
            return Err(format!("the id {:?} is no path below a folder", text.id));
        }
        let extension = text.id.rsplit('/').next().and_then(|it| it.rsplit_once('.'));
        let extension = extension.map_or(String::new(), |it| it.1.to_lowercase());
        if !["txt", "md", "markdown"].contains(&extension.as_str()) {
            return Err(format!("the id {:?} must end in .txt, .md or .markdown", text.id));
        }
        match &text.metadata {
            None | Some(Value::Null | Value::String(_) | Value::Object(_)) => Ok(text),
            Some(_) => Err("`metadata` must be a mapping or a text".to_owned()),
        }
    }
}

impl Maker {
    /// This program, with what `inputs` say beside the documents.
    pub fn of(inputs: &Inputs) -> Maker {
        let mut hasher = blake3::Hasher::new();
        let language = inputs.config.default_language.as_bytes();
        hasher.update(&inputs.vocabulary.fingerprint).update(language);
        Maker {
            form: FORM,
            seedbed: env!("CARGO_PKG_VERSION").to_owned(),
            code: STAGES.to_hex()[..16].to_owned(),
            knowledge: hasher.finalize().to_hex()[..16].to_owned(),
        }
    }

    /// Whether what `other` made can be used where this one is at work.
    fn accept(&self, other: &Maker) -> Result<(), Refused> {
        if (self.form, &self.code) != (other.form, &other.code) {
            let shown = |it: &Maker| format!("{}, code {}", it.seedbed, it.code);
            return Err(Refused::Version(shown(other), shown(self)));
        }
        if self.knowledge == other.knowledge { Ok(()) } else { Err(Refused::Knowledge) }
    }
}

/// The text of the file that would stand beside a document.
pub fn sidecar(metadata: Option<&Value>) -> Option<String> {
    match metadata? {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        mapping => Some(mapping.to_string()),
    }
}
