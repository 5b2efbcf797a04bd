//! Named values to the fields of a document, whatever other generators call them.

use std::collections::BTreeSet;
use std::ops::Range;

use super::date::{self, DateFault};
use super::values::{answer, list, single};
use crate::diagnostic::{Diagnostic, FileName, Outcome, did_you_mean};
use crate::pipeline::calendar::PartialDate;
use crate::pipeline::parse::head::FrontMatter;
use crate::policy::Rule;
use crate::yaml::{Fault, Field, Node, Value};

/// Our name of each field, and what people who come from Zola, Hugo, Jekyll, Obsidian or Dublin Core call it.
const FIELDS: &[(&str, &[&str])] = &[
    ("title", &["headline"]),
    (
        "date",
        &[
            "published",
            "publish_date",
            "publishdate",
            "pubdate",
            "created",
            "issued",
            "date_published",
            "publication_date",
        ],
    ),
    (
        "updated",
        &["lastmod", "modified", "last_modified", "last_modified_at", "date_modified", "revised"],
    ),
    ("issuer", &["publisher", "institution", "agency", "issued_by"]),
    ("kind", &["type", "genre", "document_type", "doctype"]),
    ("speakers", &["speaker", "spoken_by"]),
    ("authors", &["author", "by", "byline", "creator", "written_by"]),
    ("language", &["lang", "locale"]),
    ("slug", &["permalink", "url", "path"]),
    ("aliases", &["alias", "redirect_from"]),
    ("draft", &[]),
    ("description", &["summary", "abstract", "excerpt"]),
    ("source", &["source_url", "canonical_url", "original"]),
    ("rights", &["license", "licence", "copyright"]),
    (
        "themes",
        &[
            "theme",
            "tags",
            "tag",
            "categories",
            "category",
            "topics",
            "topic",
            "subjects",
            "keywords",
        ],
    ),
    (
        "entities",
        &["entity", "names", "people", "persons", "organizations", "organisations", "places"],
    ),
    ("extra", &[]),
    ("taxonomies", &[]),
];

/// A file with fields in it.
pub(super) struct Sheet<'a> {
    /// Its name.
    pub(super) file: &'a FileName,
    /// From a span in the text that the fields were read from to one in the file.
    pub(super) place: &'a dyn Fn(Range<usize>) -> Range<usize>,
    /// From an offset in that text to the line of the file, where that is the document's own.
    pub(super) line: &'a dyn Fn(usize) -> Option<u32>,
}

/// The fields so far, and what was found on the way.
#[derive(Debug, Default)]
pub(super) struct Reader {
    front_matter: FrontMatter,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Our names of the fields that this file has given.
    given: BTreeSet<&'static str>,
    /// Those that an earlier file has given, which is right.
    settled: BTreeSet<&'static str>,
}

impl Reader {
    /// Keeps what is wrong with a file.
    pub(super) fn report(&mut self, sheet: &Sheet<'_>, faults: Vec<Fault>) {
        for fault in faults {
            self.find(sheet, Rule::InvalidFrontMatter, &fault.span, fault.message);
        }
    }

    fn find(
        &mut self,
        sheet: &Sheet<'_>,
        rule: Rule,
        span: &Range<usize>,
        message: impl Into<String>,
    ) {
        self.diagnostics.push(Diagnostic::new(
            rule,
            sheet.file,
            (sheet.place)(span.clone()),
            message,
        ));
    }

    /// Lets nothing that is read from now on change what has been read.
    pub(super) fn settle(&mut self) {
        self.settled.append(&mut self.given);
    }

    pub(super) fn finish(self) -> Outcome<FrontMatter> {
        Outcome { value: self.front_matter, diagnostics: self.diagnostics }
    }

    /// Adds what `fields` say.
    pub(super) fn read(&mut self, sheet: &Sheet<'_>, fields: &[Field]) {
        for field in fields {
            match (canonical(field), &field.node.value) {
                (_, Value::Null) => {}
                (Some("extra"), Value::Map(inner)) => inner.iter().for_each(|it| self.keep(it)),
                // Zola's nest for tags and categories.
                (Some("taxonomies"), Value::Map(inner)) => self.read(sheet, inner),
                (Some("extra" | "taxonomies"), _) => {
                    self.wrong(sheet, field, "a mapping of names to values");
                }
                (Some(name), _) if self.settled.contains(name) => {}
                (Some(name), _) => self.read_known(sheet, field, name),
                (None, _) => self.read_unknown(sheet, field),
            }
        }
    }

    fn read_known(&mut self, sheet: &Sheet<'_>, field: &Field, name: &'static str) {
        let is_first = self.given.insert(name);
        if let Some(so_far) = list_field(&mut self.front_matter, name) {
            let (words, wrong) = list(&field.node, name);
            let outside = words.iter().any(|it| it.split('/').any(|part| part == ".."));
            for word in words {
                if !so_far.contains(&word) {
                    so_far.push(word);
                }
            }
            if name == "aliases" && outside {
                let message =
                    "an alias is an address of this site, such as /old/page/: `..` leads out of it";
                self.find(sheet, Rule::InvalidFrontMatter, &field.node.span, message.to_owned());
            }
            for node in wrong {
                self.wrong_node(sheet, field, node, "words or a list of words");
            }
        } else if !is_first {
            let message =
                format!("`{}` is left out, because `{name}` is given already", field.name);
            return self.find(sheet, Rule::UnknownField, &field.at, message);
        } else {
            self.read_single(sheet, field, name);
        }
        if let Some(line) = (sheet.line)(field.at.start) {
            self.front_matter.lines.entry(name.to_owned()).or_insert(line);
        }
    }

    fn read_single(&mut self, sheet: &Sheet<'_>, field: &Field, name: &str) {
        if name == "draft" {
            match answer(&field.node) {
                Some(it) => self.front_matter.draft = it != is_reversed(field),
                None => self.wrong(sheet, field, "`true` or `false`"),
            }
        } else if let "date" | "updated" = name {
            let date = self.date(sheet, field);
            *date_field(&mut self.front_matter, name) = date;
        } else {
            match single(&field.node) {
                Some(words) => {
                    self.check_address(sheet, (field, name), &words);
                    *word_field(&mut self.front_matter, name) = Some(words);
                }
                None => self.wrong(sheet, field, "words"),
            }
        }
    }

    /// A slug is one step of an address; permalinks of other generators have several, and that is told nobody.
    fn check_address(&mut self, sheet: &Sheet<'_>, (field, name): (&Field, &str), words: &str) {
        let plain = words.chars().all(|it| it.is_alphanumeric() || "-_.".contains(it));
        if name == "slug" && field.name == "slug" && !plain {
            let slug = crate::vocabulary::slug(words);
            let message =
                format!("`slug` can have letters, digits and hyphens only: write `{slug}`");
            self.find(sheet, Rule::InvalidFrontMatter, &field.node.span, message);
        }
    }

    fn date(&mut self, sheet: &Sheet<'_>, field: &Field) -> Option<PartialDate> {
        let Some(words) = field.node.words() else {
            self.wrong(sheet, field, "a date such as 2019-11-19, 2019-11 or 2019");
            return None;
        };
        match date::parse(words) {
            Ok(date) => Some(date),
            Err(DateFault { known, message }) => {
                self.find(sheet, Rule::InvalidDate, &field.node.span, message);
                known
            }
        }
    }

    fn read_unknown(&mut self, sheet: &Sheet<'_>, field: &Field) {
        let name = &field.name;
        let message = format!(
            "`{name}` is not a field that we know, so it is kept for templates as `page.extra.{name}`"
        );
        let span = (sheet.place)(field.at.clone());
        let finding = Diagnostic::new(Rule::UnknownField, sheet.file, span, message);
        let known = FIELDS.iter().flat_map(|it| [it.0].into_iter().chain(it.1.iter().copied()));
        self.diagnostics.push(match did_you_mean(name, known) {
            Some(near) => {
                finding.with_help(format!("did you mean `{near}`? Otherwise put it below `extra:`"))
            }
            None => finding,
        });
        self.keep(field);
    }

    /// Keeps a field for templates, unless an earlier file gave it.
    fn keep(&mut self, field: &Field) {
        self.front_matter.extra.entry(field.name.clone()).or_insert_with(|| field.node.to_json());
    }

    fn wrong(&mut self, sheet: &Sheet<'_>, field: &Field, wanted: &str) {
        self.wrong_node(sheet, field, &field.node, wanted);
    }

    fn wrong_node(&mut self, sheet: &Sheet<'_>, field: &Field, node: &Node, wanted: &str) {
        let span = if node.span.is_empty() { &field.at } else { &node.span };
        self.find(
            sheet,
            Rule::InvalidFrontMatter,
            span,
            format!("`{}` wants {wanted}, not {}", field.name, node.kind()),
        );
    }
}

/// Our name of `field`.
fn canonical(field: &Field) -> Option<&'static str> {
    let name = field.name.trim().to_lowercase().replace(['-', ' '], "_");
    if is_reversed(field) {
        return Some("draft");
    }
    // An address with a host is where the text was found, not where it shall be.
    if let "url" | "permalink" = name.as_str()
        && field.node.words().is_some_and(|it| it.contains("://"))
    {
        return Some("source");
    }
    FIELDS.iter().find(|it| it.0 == name || it.1.contains(&name.as_str())).map(|it| it.0)
}

/// Jekyll's `published: false` and Obsidian's `publish: false` are our `draft: true`.
fn is_reversed(field: &Field) -> bool {
    matches!(field.name.as_str(), "published" | "publish") && answer(&field.node).is_some()
}

fn list_field<'a>(front_matter: &'a mut FrontMatter, name: &str) -> Option<&'a mut Vec<String>> {
    match name {
        "speakers" => Some(&mut front_matter.speakers),
        "authors" => Some(&mut front_matter.authors),
        "aliases" => Some(&mut front_matter.aliases),
        "themes" => Some(&mut front_matter.themes),
        "entities" => Some(&mut front_matter.entities),
        _ => None,
    }
}

fn date_field<'a>(front_matter: &'a mut FrontMatter, name: &str) -> &'a mut Option<PartialDate> {
    if name == "date" { &mut front_matter.date } else { &mut front_matter.updated }
}

fn word_field<'a>(front_matter: &'a mut FrontMatter, name: &str) -> &'a mut Option<String> {
    match name {
        "title" => &mut front_matter.title,
        "issuer" => &mut front_matter.issuer,
        "kind" => &mut front_matter.kind,
        "language" => &mut front_matter.language,
        "slug" => &mut front_matter.slug,
        "description" => &mut front_matter.description,
        "source" => &mut front_matter.source,
        "rights" => &mut front_matter.rights,
        _ => unreachable!("every row of FIELDS has its place"),
    }
}
