//! Document to description: title, date, issuer, kind, speakers, each with its evidence.

mod page;
mod phrases;
mod furniture;
mod datelines;
mod file_name;
mod ambiguous;
mod dated;
mod letterhead;
mod made;
mod titled;
mod headlines;
mod weights;
mod stems;
mod symbol;
mod issued;
mod kinds;
mod person;
mod authors;
mod voices;
mod tongue;
mod rules;
#[cfg(test)]
mod tests;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use self::dated::Stamp;
use self::page::Page;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::pipeline::calendar::{Expression, PartialDate};
use crate::pipeline::parse::{BlockKind, Document};
use crate::pipeline::words::{Shape, Words};
use crate::policy::Rule;
use crate::vocabulary::Vocabulary;

/// Every rule: its name as published, and what it means in one line.
pub const DESCRIBE_RULES: &[(&str, &str)] = rules::RULES;

/// The rules among them whose dates may well be of something else.
pub const THIN_DATE_RULES: &[&str] = rules::THIN;

/// The rule of what a document's author has written at its head or beside it.
pub const FRONT_MATTER: &str = rules::FRONT_MATTER;

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

/// What is known before any document is described.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// Names, offices and word lists.
    pub vocabulary: &'a Vocabulary,
    /// The language of documents that show none.
    pub language: &'a str,
}

/// Describes `document`, of which `words` are the tokens and `expressions` the calendar expressions.
pub fn describe(
    document: &Document,
    words: &Words<'_>,
    expressions: &[Expression],
    ground: Ground<'_>,
) -> Outcome<Description> {
    let page = Page::new(document, words, expressions, ground.vocabulary);
    let furniture = furniture::furniture(page);
    let stamp = dated::date(page, &furniture);
    let title = titled::title(page, &furniture, stamp.as_ref());
    let front = &document.front_matter;
    let shown =
        title.blocks.clone().filter(|_| says_title(page, &title.blocks, front.title.as_deref()));
    let shown: Vec<usize> = shown.collect();
    let roles = roles(page, &furniture, stamp.as_ref(), &shown);
    let top = title.block();
    let own_title = stated(front.title.clone(), "title", document).unwrap_or(title.title);
    let date = stated(front.date, "date", document).or(stamp.map(|it| it.date));
    let undated = date.as_ref().is_none_or(|it| it.value.year.is_none());
    let not_before = if undated { dated::not_before(page, &furniture) } else { None };
    let agency = issued::agency(page, &furniture);
    let description = Description {
        issuer: stated(front.issuer.clone(), "issuer", document)
            .or_else(|| issued::issuer(page, &furniture, top, agency.as_ref())),
        kind: stated(front.kind.clone(), "kind", document)
            .or_else(|| kinds::kind(page, &own_title, agency.as_ref())),
        speakers: speakers(page, top),
        authors: authors(page),
        symbol: symbol::symbol(page),
        language: stated(front.language.clone(), "language", document)
            .unwrap_or_else(|| tongue::language(words, ground.language)),
        words: count(page, &roles),
        title: own_title,
        date,
        bounds: (not_before, None),
        updated: front.updated,
        roles,
    };
    let diagnostics = findings(page, &description);
    Outcome { value: description, diagnostics }
}

/// Whether `blocks` only say the title. Where the front matter has another one, what looks like a title is text.
fn says_title(page: Page<'_>, blocks: &Range<usize>, stated: Option<&str>) -> bool {
    let first = &page.document.blocks[blocks.start];
    let is_first_heading = matches!(first.kind, BlockKind::Heading(1, _));
    is_first_heading || stated.is_none_or(|it| page::plain(it) == page::plain(page.passage(blocks)))
}

/// A value of the front matter, with its line as evidence.
fn stated<T>(value: Option<T>, field: &str, document: &Document) -> Option<Inferred<T>> {
    let line = document.front_matter.lines.get(field);
    let evidence =
        line.map_or(format!("front matter: {field}"), |it| format!("line {it}: {field}"));
    value.map(|value| Inferred { value, rule: rules::FRONT_MATTER.into(), span: None, evidence })
}

/// What each block is for.
fn roles(
    page: Page<'_>,
    furniture: &[bool],
    stamp: Option<&Stamp>,
    title: &[usize],
) -> Vec<BlockRole> {
    let dated =
        stamp.and_then(|it| it.block).filter(|it| !page.is_prose(*it) && !title.contains(it));
    let body = page.body;
    (0..page.document.blocks.len())
        .map(|at| match () {
            () if title.contains(&at) => BlockRole::Title,
            () if dated == Some(at) => BlockRole::Dateline,
            () if furniture[at] => BlockRole::Furniture,
            () if at < body && is_dateline(page, at, title) => BlockRole::Dateline,
            () => BlockRole::Text,
        })
        .collect()
}

/// Whether a line above the text only says when, where or by whom.
fn is_dateline(page: Page<'_>, at: usize, title: &[usize]) -> bool {
    let repeats = title.first().is_some_and(|title| {
        let title = *title;
        title != at
            && page.text(at).starts_with(page.text(title))
            && page.length(at) <= page.length(title) + 4
    });
    let dated =
        page.expressions(at).iter().any(|it| it.stated().is_some_and(|it| it.day.is_some()));
    repeats
        || (dated && page.length(at) <= 8)
        || authors::byline(page, at).is_some()
        || authors::blog_owner(page, at).is_some()
}

fn speakers(page: Page<'_>, title: Option<usize>) -> Vec<Inferred<Speaker>> {
    let stated = &page.document.front_matter.speakers;
    if stated.is_empty() {
        return voices::speakers(page, title);
    }
    let split = |it: &String| match it.split_once(',') {
        Some((name, role)) => {
            Speaker { name: name.trim().to_owned(), role: role.trim().to_owned() }
        }
        None => Speaker { name: it.clone(), role: String::new() },
    };
    stated
        .iter()
        .filter_map(|it| self::stated(Some(split(it)), "speakers", page.document))
        .collect()
}

fn authors(page: Page<'_>) -> Vec<Inferred<String>> {
    let authors = &page.document.front_matter.authors;
    if authors.is_empty() {
        return authors::authors(page);
    }
    authors.iter().filter_map(|it| stated(Some(it.clone()), "authors", page.document)).collect()
}

/// How many words there are outside of what is set apart.
fn count(page: Page<'_>, roles: &[BlockRole]) -> u32 {
    let read = (0..roles.len()).filter(|it| roles[*it] != BlockRole::Furniture);
    let words = read.map(|block| page.tokens(block).filter(|it| is_word(page.words, *it)).count());
    words.sum::<usize>() as u32
}

fn is_word(words: &Words<'_>, at: usize) -> bool {
    words.shape(at).is(Shape::WORD | Shape::NUMBER | Shape::MIXED)
}

fn findings(page: Page<'_>, description: &Description) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let file = &page.document.file;
    if description.date.as_ref().is_none_or(|it| it.value.year.is_none()) {
        let message = match &description.date {
            Some(date) => format!("the year is not stated: {}", date.value),
            None => "no date found".to_owned(),
        };
        findings.push(Diagnostic::new(Rule::UndatedDocument, file, 0..0, message));
    }
    if &*description.title.rule == rules::MADE {
        let message =
            format!("no title found; made from the text: \"{}\"", description.title.value);
        findings.push(Diagnostic::new(Rule::UntitledDocument, file, 0..0, message));
    }
    findings
}
