//! Document to the view of its page.

mod facts;
mod named;

use serde::Serialize;

use crate::pipeline::collate::DocumentIndex;
use crate::pipeline::render::body::{self, HeadingLink};
use crate::pipeline::render::cite;
use crate::pipeline::render::frame::Frame;
use crate::pipeline::render::html::Html;
use crate::pipeline::render::page::{Address, Page};
use crate::pipeline::render::standpoint::{DocumentItem, NameLink, Standpoint};

/// A document's page. Templates see it as `document`; its text is `page.content`, its title `page.title`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DocumentView {
    /// What it is: press release, speech; may be empty.
    pub kind: String,
    /// Its number as its issuer counts; may be empty.
    pub symbol: String,
    /// The language of its text.
    pub language: String,
    /// What is known of it, each with how we know.
    pub facts: Vec<Fact>,
    /// Its headings.
    pub headings: Vec<HeadingLink>,
    /// Whether a name is marked in its text.
    pub has_names: bool,
    /// Who and what it names, by kind.
    pub named: Vec<NamedGroup>,
    /// Years that it speaks of, with the number of passages.
    pub years: Vec<NameLink>,
    /// Its themes, each with the words that put it there.
    pub themes: Vec<ThemeLine>,
    /// How to cite it, in plain words.
    pub citation: String,
    /// Files to cite it with: BibTeX, RIS, CSL-JSON, Markdown.
    pub files: Vec<NameLink>,
    /// Related documents; their `note` is the reason.
    pub related: Vec<DocumentItem>,
    /// Documents that link to it.
    pub backlinks: Vec<DocumentItem>,
    /// The document before it.
    pub earlier: Option<DocumentItem>,
    /// The document after it.
    pub later: Option<DocumentItem>,
    /// Lines that are no part of the text, as list items.
    pub set_apart: Html,
    /// How many, in words; empty if none.
    pub set_apart_note: String,
    /// Where a wrong tag can be reported; empty without a repository.
    pub report: String,
}

/// Something known of a document, as templates see it.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Fact {
    /// What: "Issued by".
    pub label: String,
    /// The values.
    pub values: Vec<FactValue>,
    /// How we know; empty where nothing was inferred.
    pub how: Vec<Evidence>,
    /// What the evidence is of, for those who hear the page.
    pub how_label: String,
}

/// A value of a fact, as templates see it.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct FactValue {
    /// As it is read.
    pub text: String,
    /// Where it leads; may be empty.
    pub href: String,
    /// More to say: an office, bounds; may be empty.
    pub note: String,
    /// For `<time datetime>`; may be empty.
    pub iso: String,
}

/// Why we think so, as templates see it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evidence {
    /// The passage, with its line.
    pub evidence: String,
    /// The rule, in words.
    pub rule: String,
}

/// The names of a kind in a document, as templates see them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NamedGroup {
    /// `organization`, …
    pub kind: String,
    /// "Organizations".
    pub title: String,
    /// `<li>` for each: mark, link, count, and the line that previews show.
    pub items: Html,
}

/// A theme of a document, as templates see it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ThemeLine {
    /// The theme.
    pub link: NameLink,
    /// "a main theme", "touched on".
    pub weight: String,
    /// "because of ceasefire (4), talks (2)".
    pub evidence: String,
}

/// Makes the view of a document's page.
pub(crate) fn view(from: &Standpoint<'_>, document: DocumentIndex) -> (Frame, DocumentView) {
    let body = body::encode(from, document);
    let entry = from.edition.entry(document);
    let description = &from.edition.reading(document).description;
    let items = |all: &[DocumentIndex]| all.iter().map(|it| from.item(*it)).collect();
    let set_apart_note = match body.set_apart_lines {
        0 => String::new(),
        n => from.words().count("set_apart_note", n),
    };
    let text = |it: &Option<_>| {
        it.as_ref().map(|it: &crate::pipeline::describe::Inferred<String>| it.value.clone())
    };
    let view = DocumentView {
        kind: text(&description.kind).unwrap_or_default(),
        symbol: text(&description.symbol).unwrap_or_default(),
        language: description.language.value.clone(),
        facts: facts::facts(from, document),
        has_names: !body.first.is_empty(),
        named: named::groups(from, document, &body.first),
        years: years(from, document),
        themes: themes(from, document),
        citation: cite::plain(from, document),
        files: files(),
        related: from.edition.related(document).iter().map(|it| related(from, it)).collect(),
        backlinks: items(&entry.backlinks),
        earlier: entry.earlier.map(|it| from.item(it)),
        later: entry.later.map(|it| from.item(it)),
        set_apart: body.set_apart,
        set_apart_note,
        report: report(from, &description.title.value),
        headings: body.headings,
    };
    (facts::frame(from, document, body.html), view)
}

fn files() -> Vec<NameLink> {
    let files = [
        ("BibTeX", "cite.bib"),
        ("RIS", "cite.ris"),
        ("CSL-JSON", "cite.json"),
        ("Markdown", "index.md"),
    ];
    let link = |(name, href): (&str, &str)| NameLink {
        name: name.into(),
        href: href.into(),
        ..NameLink::default()
    };
    files.map(link).to_vec()
}

fn years(from: &Standpoint<'_>, document: DocumentIndex) -> Vec<NameLink> {
    let years = from.edition.entry(document).years.iter();
    let years = years.filter(|it| from.edition.has_year(it.0));
    let link = |(year, passages): &(i16, u32)| NameLink {
        name: year.to_string(),
        href: from.to_page(&Page::Year(*year, 0)),
        count: from.words().count("passages", *passages as usize),
        ..NameLink::default()
    };
    years.map(link).collect()
}

fn themes(from: &Standpoint<'_>, document: DocumentIndex) -> Vec<ThemeLine> {
    let scores = &from.edition.reading(document).annotations.themes;
    let line = |(theme, score): &(u32, u32)| {
        let score = &scores[*score as usize];
        ThemeLine {
            link: from.theme(*theme),
            weight: from
                .words()
                .get(if score.core { "theme_core" } else { "theme_touched" })
                .to_owned(),
            evidence: evidence(from, &score.evidence),
        }
    };
    from.edition.entry(document).themes.iter().map(line).collect()
}

/// "because of ceasefire (4), talks (2)".
pub(crate) fn evidence(from: &Standpoint<'_>, terms: &[(Box<str>, u32)]) -> String {
    if terms.is_empty() {
        return String::new();
    }
    let terms: Vec<String> = terms
        .iter()
        .take(8)
        .map(|(term, n)| [term, " (", itoa::Buffer::new().format(*n), ")"].concat())
        .collect();
    from.words().fill("theme_evidence", &[("terms", &terms.join(", "))])
}

fn related(from: &Standpoint<'_>, related: &crate::pipeline::collate::Related) -> DocumentItem {
    let words = from.words();
    let mut reasons = Vec::new();
    if !related.entities.is_empty() {
        let names: Vec<&str> =
            related.entities.iter().map(|it| from.edition.name(*it).name).collect();
        reasons.push(words.fill("also_names", &[("names", &names.join(", "))]));
    }
    if !related.themes.is_empty() {
        let themes: Vec<&str> =
            related.themes.iter().map(|it| from.edition.theme(*it).name.as_str()).collect();
        reasons
            .push(words.count("same_theme", themes.len()).replace("{themes}", &themes.join(", ")));
    }
    DocumentItem { note: reasons.join("; "), ..from.item(related.document) }
}

/// Where a wrong tag on this page can be reported, with the form filled in.
pub(crate) fn report(from: &Standpoint<'_>, title: &str) -> String {
    let repository = from.edition.config().repository.trim_end_matches('/');
    if repository.is_empty() {
        return String::new();
    }
    let encode = |text: &str| crate::pipeline::render::html::percent_encode_query(text);
    let subject = encode(&format!("Wrong tag: {title}"));
    let text = encode(&format!("Page: {}\n\nWhat is wrong:\n", from.permalink()));
    format!("{repository}/issues/new?title={subject}&body={text}")
}

/// The address of a file beside a document's page.
pub(crate) fn beside(document: &Address, file: &str) -> String {
    [&document.0, file].concat()
}
