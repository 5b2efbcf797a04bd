//! Findings and figures to the view of the page about the collection.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::pipeline::annotate;
use crate::pipeline::collate::DocumentIndex;
use crate::pipeline::describe::BlockRole;
use crate::pipeline::render::frame::Frame;
use crate::pipeline::render::metadata::{self, Thing};
use crate::pipeline::render::page::Page;
use crate::pipeline::render::standpoint::{NameLink, Standpoint};
use crate::policy::{Rule, Severity};

/// How many findings of a rule are listed; the rest is in the file of findings.
const LISTED: usize = 40;

/// The files of `data/` that the page offers.
const DATASETS: &[(&str, &str)] = &[
    ("data/documents.json", "application/json"),
    ("data/documents.csv", "text/csv"),
    ("data/entities.json", "application/json"),
    ("data/entities.csv", "text/csv"),
    ("data/mentions.csv", "text/csv"),
    ("data/candidates.csv", "text/csv"),
    ("data/dates.csv", "text/csv"),
    ("data/years.json", "application/json"),
    ("data/themes.json", "application/json"),
    ("data/links.csv", "text/csv"),
    ("data/findings.json", "application/json"),
    ("datapackage.json", "application/json"),
];

/// The page about the collection. Templates see it as `about`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AboutView {
    /// Figures: what was read, published, inferred, doubted.
    pub ledger: Vec<NameLink>,
    /// Findings by rule, the worst first.
    pub findings: Vec<FindingGroup>,
    /// The rules by which names are found: name and meaning.
    pub rules: Vec<(String, String)>,
    /// Files of data.
    pub datasets: Vec<NameLink>,
    /// The version of Seedbed.
    pub version: String,
}

/// Findings of one rule, as templates see them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FindingGroup {
    /// The rule, in words.
    pub rule: String,
    /// `error`, `warning`, `note`.
    pub severity: String,
    /// How many.
    pub count: usize,
    /// What and where: message, and the document's page or the file.
    pub findings: Vec<NameLink>,
    /// Whether some are left out.
    pub more: bool,
}

/// Makes the view of the page about the collection.
pub(crate) fn view(from: &Standpoint<'_>) -> (Frame, AboutView) {
    let words = from.words();
    let view = AboutView {
        ledger: ledger(from),
        findings: findings(from),
        rules: annotate::rules::RULES
            .iter()
            .map(|it| (it.0.replace('-', " "), it.1.to_owned()))
            .collect(),
        datasets: DATASETS.iter().map(|it| dataset(from, it.0)).collect(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    let mut frame = Frame::new(from, words.get("about_title"), words.get("about_lead").to_owned());
    let config = &from.edition.config();
    let description =
        if config.description.is_empty() { words.get("home_lead") } else { &config.description };
    let file = |(path, kind): &(&str, &str)| {
        let file = Thing::of("DataDownload").text("contentUrl", from.absolute(path));
        file.text("encodingFormat", *kind)
    };
    let author = || Thing::of("Organization").text("name", &config.author);
    let id = format!("{}#dataset", from.edition.base_url());
    let thing = Thing::of("Dataset").text("@id", id).text("name", &config.title);
    let thing = thing.text("description", description).text("url", &frame.page.permalink);
    let thing = thing.text("license", &config.license).text("inLanguage", &config.default_language);
    let thing = thing
        .thing("creator", (!config.author.is_empty()).then(author))
        .things("distribution", DATASETS.iter().map(file).collect());
    metadata::describe(&mut frame, from, thing);
    (frame, view)
}

fn dataset(from: &Standpoint<'_>, path: &str) -> NameLink {
    NameLink {
        name: path.to_owned(),
        href: format!("{}{path}", from.root()),
        ..NameLink::default()
    }
}

fn ledger(from: &Standpoint<'_>) -> Vec<NameLink> {
    let (edition, words) = (from.edition.everything(), from.words());
    let readings = &edition.site.readings;
    let text: usize = readings.iter().map(|it| it.description.words as usize).sum();
    let roles = readings.iter().flat_map(|it| &it.description.roles);
    let set_apart = roles.filter(|it| **it == BlockRole::Furniture).count();
    let undated = edition.undated.len();
    let lines = [
        ("ledger_read", readings.len(), Some(Page::Documents(0))),
        ("ledger_words", text, None),
        ("ledger_dated", readings.len() - undated, Some(Page::Years)),
        ("ledger_undated", undated, Some(Page::Undated(0))),
        ("ledger_set_apart", set_apart, None),
        ("ledger_entities", edition.site.collection.entities.len(), None),
        ("ledger_mentions", edition.mentions as usize, None),
    ];
    let line = |(key, n, page): (&str, usize, Option<Page>)| NameLink {
        name: words.get(key).to_owned(),
        count: words.number(n),
        href: page.filter(|_| n > 0).map(|it| from.to_page(&it)).unwrap_or_default(),
        ..NameLink::default()
    };
    lines.into_iter().map(line).collect()
}

fn findings(from: &Standpoint<'_>) -> Vec<FindingGroup> {
    let readings = from.edition.site().readings.iter().enumerate();
    let pages: FxHashMap<&str, DocumentIndex> =
        readings.map(|(at, it)| (&*it.document.file, DocumentIndex(at as u32))).collect();
    let mut groups: BTreeMap<(std::cmp::Reverse<Severity>, Rule), Vec<&Diagnostic>> =
        BTreeMap::new();
    for (severity, finding) in from.edition.everything().findings {
        groups.entry((std::cmp::Reverse(*severity), finding.rule)).or_default().push(finding);
    }
    let group =
        |((severity, rule), all): ((std::cmp::Reverse<Severity>, Rule), Vec<&Diagnostic>)| {
            FindingGroup {
                rule: word(&rule).replace('-', " "),
                severity: word(&severity.0),
                count: all.len(),
                more: all.len() > LISTED,
                findings: all
                    .into_iter()
                    .take(LISTED)
                    .map(|it| finding(from, it, &pages))
                    .collect(),
            }
        };
    groups.into_iter().map(group).collect()
}

fn finding(
    from: &Standpoint<'_>,
    it: &Diagnostic,
    pages: &FxHashMap<&str, DocumentIndex>,
) -> NameLink {
    let page = pages.get(&*it.file);
    NameLink {
        name: it.message.clone(),
        count: page.map_or_else(|| it.file.to_string(), |page| from.item(*page).title),
        href: page.map(|page| from.to_document(*page)).unwrap_or_default(),
        ..NameLink::default()
    }
}

/// The published name of a rule or severity.
fn word(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).expect("a plain name");
    value.as_str().unwrap_or_default().to_owned()
}
