//! Findings to text: the only module that knows `miette`.

mod human;
pub mod record;

use std::fmt::Write;

use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::pipeline::read::OffsetMap;
use crate::policy::Severity;
use crate::report::record::{Record, records};

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For reading: each with the line of the file, notes counted.
    Human,
    /// A line each: `path:line:col: severity: rule: message`.
    Short,
    /// An array of records, as in `data/findings.json`.
    Json,
    /// Annotations of a pull request, as GitHub's runners read them.
    Github,
}

/// How much is said of notes where they are read by a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notes {
    /// How many of each rule.
    Counted,
    /// And the first few of each.
    Sampled,
}

/// Whether the terminal shows colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Color {
    /// It does.
    Ansi,
    /// It does not, or is none.
    Plain,
}

/// How a report looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// How findings are written.
    pub format: Format,
    /// How much is said of notes; for [`Format::Human`].
    pub notes: Notes,
    /// Whether colours are used; for [`Format::Human`].
    pub color: Color,
}

/// A file that findings speak of.
#[derive(Debug, Clone, Copy)]
pub struct FileText<'a> {
    /// Its text.
    pub text: &'a str,
    /// From `text` to the bytes on disk, which spans count in; `None` where they are the same.
    pub origin: Option<&'a OffsetMap>,
    /// The id of the document, if it is one that is published.
    pub document: Option<&'a str>,
}

/// Gives the file of a name, if it is text and known.
pub type Files<'a> = dyn Fn(&str) -> Option<FileText<'a>> + Sync + 'a;

/// A finding that was judged.
pub type Finding = (Severity, Diagnostic);

/// Writes findings, which must be sorted, as text that ends with a line end; nothing gives nothing, but for JSON an empty array.
pub fn report(findings: &[Finding], files: &Files<'_>, style: Style) -> String {
    let records = records(findings, files);
    match style.format {
        Format::Human => human::human(&records, files, style),
        Format::Short => lines(&records, short),
        Format::Json => json(&records),
        Format::Github => lines(&records, github),
    }
}

/// An array with one item a line, so that two of them can be compared by line.
pub fn json(items: &[impl Serialize]) -> String {
    let lines: Vec<_> = items
        .iter()
        .map(|it| serde_json::to_string(it).expect("records have text for keys"))
        .collect();
    if lines.is_empty() { "[]\n".to_owned() } else { format!("[\n{}\n]\n", lines.join(",\n")) }
}

fn lines(records: &[Record<'_>], line: fn(&Record<'_>, &mut String) -> std::fmt::Result) -> String {
    let mut text = String::new();
    for record in records {
        line(record, &mut text).expect("writing to a string cannot fail");
    }
    text
}

fn short(it: &Record<'_>, text: &mut String) -> std::fmt::Result {
    let Record { file, line, column, severity, rule, message, .. } = it;
    writeln!(text, "{file}:{line}:{column}: {severity}: {rule}: {}", message.replace('\n', " "))
}

/// <https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions#setting-a-warning-message>
fn github(it: &Record<'_>, text: &mut String) -> std::fmt::Result {
    let command = if it.severity == Severity::Note.name() { "notice" } else { it.severity };
    let (file, title) = (property(it.file), property(it.rule));
    write!(text, "::{command} file={file},line={},endLine={}", it.line, it.end_line)?;
    // GitHub takes columns only where the finding stays on its line.
    if it.line == it.end_line {
        write!(text, ",col={},endColumn={}", it.column, it.end_column)?;
    }
    writeln!(text, ",title={title}::{}", escaped(&format!("{}\n{}", it.message, it.help)))
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests;
