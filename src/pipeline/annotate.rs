//! Document and vocabulary to annotations: mentions, dates, themes; stand-off, the text untouched.

pub mod rules;
mod cues;
mod trust;
mod teams;
pub(crate) mod evidence;
mod span;
mod scan;
mod gazetteer;
mod people;
mod heads;
mod titled;
mod shorter;
mod surroundings;
mod unknown;
mod acronyms;
mod verdict;
mod echoes;
mod roles;
mod nesting;
mod names;
pub mod reason;
pub mod rivals;
mod themes;

use std::ops::Range;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::pipeline::annotate::reason::Reason;
use crate::pipeline::annotate::scan::{Reader, Trust};
use crate::pipeline::annotate::span::Span;
use crate::pipeline::calendar::{DateMention, Expression, normalise};
use crate::pipeline::describe::Description;
use crate::pipeline::parse::Document;
use crate::pipeline::words::Words;
use crate::vocabulary::{EntryId, Kind, ThemeId, Vocabulary};

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
    /// Where sentences begin in the text, ascending.
    pub sentences: Vec<u32>,
}

impl Annotations {
    /// The sentence that stands at `offset`, as its place in the list of sentences, and its bytes in `text`.
    pub fn sentence(&self, offset: u32, text: &str) -> (usize, Range<usize>) {
        let behind = self.sentences.partition_point(|it| *it <= offset);
        let start = behind.checked_sub(1).map_or(0, |it| self.sentences[it] as usize);
        let end = self.sentences.get(behind).map_or(text.len(), |it| *it as usize);
        (behind, start..end)
    }
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
    /// Why it was tagged: an index into [`rules::RULES`].
    pub rule: MentionRule,
}

/// Why a name was tagged; an index into [`rules::RULES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MentionRule(pub u8);

impl MentionRule {
    /// The published name.
    pub fn name(self) -> &'static str {
        rules::RULES[usize::from(self.0)].0
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
    pub evidence: Reason,
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

/// Finds everything in `document`; `expressions` are its calendar expressions.
pub fn annotate(
    document: &Document,
    description: &Description,
    reading: (&Words<'_>, &[Expression]),
    vocabulary: &Vocabulary,
) -> Annotations {
    let (words, expressions) = reading;
    let dated = dated(words, expressions);
    let reader = Reader { words, vocabulary, dated: &dated };
    let trust = trust::trust(document, description, reader);
    let (spans, acronyms) = spans(reader, description, &trust);
    let tree = nesting::nest(spans);
    let (names, of_span) = names::names(reader, &tree, &acronyms);
    let mentions = mentions(words, &tree, &of_span);
    let date = description.date.as_ref().map(|it| it.value);
    let dates = expressions.iter().map(|it| normalise(it, date, words)).collect();
    let sentences = words.sentences.iter().map(|it| words.tokens[*it as usize].start).collect();
    let themes = themes::with_authors(themes::themes(reader, &trust), document, vocabulary);
    Annotations { mentions, names, dates, themes, sentences }
}

/// Every span that a pass finds, some over others; and the acronyms that the document defines.
fn spans(
    reader: Reader<'_>,
    description: &Description,
    trust: &[(Range<usize>, Trust)],
) -> (Vec<Span>, FxHashMap<String, Range<usize>>) {
    let mut spans = Vec::new();
    for (block, trust) in trust {
        scan::scan(reader, block.clone(), *trust, &mut spans);
        titled::titled(reader, block.clone(), &mut spans);
    }
    let acronyms = acronyms::acronyms(reader, &mut spans);
    spans.retain(|it| {
        let defined = || acronyms.contains_key(reader.words.slice(it.tokens()));
        it.entry.is_some() || !gazetteer::held_back(reader, it.tokens()) || defined()
    });
    verdict::judge(reader, &mut spans);
    shorter::described(reader, description, &mut spans);
    shorter::shorter(reader, &mut spans);
    echoes::echoes(reader, trust, &mut spans);
    roles::roles(reader, &mut spans);
    spans.retain(|it| !gazetteer::denied(reader, it));
    (spans, acronyms)
}

/// For each token, whether it stands in a calendar expression.
fn dated(words: &Words<'_>, expressions: &[Expression]) -> Vec<bool> {
    let mut dated = vec![false; words.tokens.len()];
    for expression in expressions {
        let tokens = expression.first as usize..expression.end as usize;
        dated[tokens].fill(true);
    }
    dated
}

/// Spans to mentions; those without a kind are candidates and stay in the list, told apart by their name's standing.
fn mentions(words: &Words<'_>, tree: &[(Span, Option<usize>)], of_span: &[u16]) -> Vec<Mention> {
    let mention = |(at, (span, outer)): (usize, &(Span, Option<usize>))| Mention {
        start: words.tokens[span.start].start,
        end: words.tokens[span.end - 1].end,
        name: of_span[at],
        nested_in: outer.and_then(|it| u16::try_from(it).ok()),
        rule: span.rule,
    };
    tree.iter().enumerate().take(usize::from(u16::MAX)).map(mention).collect()
}
