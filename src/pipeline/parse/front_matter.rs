//! The head of a source and the sidecar beside it to fields, with a finding for all that is not understood.
//!
//! Where both give a field the sidecar is right: it was written later, by whoever keeps the collection.

mod date;
mod fields;
mod toml;

use std::ops::Range;

use self::fields::{Reader, Sheet};
use super::{Format, FrontMatter};
use crate::diagnostic::{Diagnostic, Outcome};
use crate::pipeline::read::Source;
use crate::policy::Rule;
use crate::yaml;

/// Where the head of a source is, and how it is written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// The lines between the fences.
    fields: Range<usize>,
    /// Where the body begins.
    pub(super) body: usize,
    fence: Fence,
    /// The fence that nothing answers, if there is none at the end.
    unclosed: Option<Range<usize>>,
}

/// What encloses a head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fence {
    /// `---`
    Yaml,
    /// `+++`
    Toml,
}

/// The head of `source`, if it has one.
pub(super) fn head(source: &Source, format: Format) -> Option<Head> {
    let text = source.text.as_str();
    let first = text.split_inclusive('\n').next()?;
    let fence = match first.trim_end() {
        "---" => Fence::Yaml,
        "+++" => Fence::Toml,
        _ => return None,
    };
    let mut offset = first.len();
    let mut until_blank = None;
    for line in text[offset..].split_inclusive('\n') {
        if ends(fence, line.trim_end()) {
            let head = Head {
                fields: first.len()..offset,
                body: offset + line.len(),
                fence,
                unclosed: None,
            };
            return looks_like_fields(&text[head.fields.clone()]).then_some(head);
        }
        if line.trim().is_empty() {
            until_blank = until_blank.or(Some(offset));
        }
        offset += line.len();
    }
    let end = until_blank.unwrap_or(offset);
    let head = Head {
        fields: first.len()..end,
        body: end,
        fence,
        unclosed: Some(0..first.trim_end().len()),
    };
    // In plain text a row of dashes is more likely an ornament.
    (format == Format::Markdown && begins_with_field(&text[head.fields.clone()])).then_some(head)
}

fn ends(fence: Fence, line: &str) -> bool {
    match fence {
        Fence::Yaml => line == "---" || line == "...",
        Fence::Toml => line == "+++",
    }
}

/// Whether the lines are fields, or nothing, rather than a text between two rules.
fn looks_like_fields(lines: &str) -> bool {
    lines.trim().is_empty() || begins_with_field(lines)
}

fn begins_with_field(lines: &str) -> bool {
    let first =
        lines.lines().find(|it| !it.trim().is_empty() && !it.starts_with('#')).unwrap_or("#");
    let name = first
        .split([':', '='])
        .next()
        .filter(|it| it.len() < first.len())
        .unwrap_or(" ")
        .trim_end();
    first.starts_with(['#', '{', '['])
        || (!name.is_empty() && name.split_whitespace().count() <= 2 && name.chars().count() <= 40)
}

/// The fields of `head` and of the sidecar.
pub(super) fn front_matter(source: &Source, head: Option<Head>) -> Outcome<FrontMatter> {
    let mut reader = Reader::default();
    if let Some((file, text)) = &source.sidecar {
        // Its lines are none of the document's file.
        let sheet = Sheet { file, place: &|span| span, line: &|_| None };
        let (fields, faults) = yaml::fields(text);
        reader.report(&sheet, faults);
        reader.read(&sheet, &fields);
        reader.settle();
    }
    if let Some(head) = head {
        read_head(source, &head, &mut reader);
    }
    reader.finish()
}

fn read_head(source: &Source, head: &Head, reader: &mut Reader) {
    let start = head.fields.start;
    let place = |span: Range<usize>| source.origin.span(span.start + start..span.end + start);
    let line =
        |at: usize| source.text[..at + start].bytes().filter(|it| *it == b'\n').count() as u32 + 1;
    let sheet = Sheet { file: &source.file, place: &place, line: &|at| Some(line(at)) };
    let written = &source.text[head.fields.clone()];
    let ((fields, faults), fence) = match head.fence {
        Fence::Yaml => (yaml::fields(written), "---"),
        Fence::Toml => (toml::fields(written), "+++"),
    };
    if let Some(span) = &head.unclosed {
        let finding = Diagnostic::new(
            Rule::UnclosedFrontMatter,
            &source.file,
            source.origin.span(span.clone()),
            "the front matter that begins here never ends",
        );
        reader
            .diagnostics
            .push(finding.with_help(format!("put a line with {fence} behind the last field")));
    }
    reader.report(&sheet, faults);
    reader.read(&sheet, &fields);
}
