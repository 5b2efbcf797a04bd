//! Findings to records: the same with lines and columns, as published in `data/findings.json`.

use std::ops::Range;

use serde::Serialize;

use crate::pipeline::read::OffsetMap;
use crate::report::{FileText, Files, Finding};

/// A finding as others read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Record<'a> {
    /// The path of the file, with `/`.
    pub file: &'a str,
    /// The id of the document, if the file is one that is published.
    pub document: Option<&'a str>,
    /// Where it begins: the line, from 1.
    pub line: usize,
    /// And the column, in characters, from 1.
    pub column: usize,
    /// Where it ends: the line.
    pub end_line: usize,
    /// And the column behind its last character.
    pub end_column: usize,
    /// Where it begins: bytes of the file on disk.
    pub start: usize,
    /// Where it ends: bytes of the file on disk.
    pub end: usize,
    /// The rule: `broken-link`.
    pub rule: &'static str,
    /// How bad it is: `error`, `warning` or `note`.
    pub severity: &'static str,
    /// What was found.
    pub message: &'a str,
    /// What to do about it.
    pub help: &'a str,
}

/// Findings as records, in their order. Findings of one file should stand together: its lines are then counted once.
pub fn records<'a, 'f: 'a>(findings: &'a [Finding], files: &Files<'f>) -> Vec<Record<'a>> {
    let of_one_file = findings.chunk_by(|a, b| a.1.file == b.1.file);
    of_one_file
        .flat_map(|group| {
            let lines = files(&group[0].1.file).map(Lines::of);
            group.iter().map(move |finding| record(finding, lines.as_ref())).collect::<Vec<_>>()
        })
        .collect()
}

fn record<'a, 'f: 'a>((severity, finding): &'a Finding, lines: Option<&Lines<'f>>) -> Record<'a> {
    let span = &finding.span;
    let [(line, column), (end_line, end_column)] = ends(lines, span);
    Record {
        file: &finding.file,
        document: lines.and_then(|it| it.file.document),
        line,
        column,
        end_line,
        end_column,
        start: span.start,
        end: span.end,
        rule: finding.rule.name(),
        severity: severity.name(),
        message: &finding.message,
        help: finding.help.as_deref().unwrap_or(&finding.rule.text().help),
    }
}

/// Line and column of both ends of a span of bytes on disk; the file's beginning where its text is not known.
pub(crate) fn ends(lines: Option<&Lines<'_>>, span: &Range<usize>) -> [(usize, usize); 2] {
    [span.start, span.end].map(|offset| lines.map_or((1, 1), |it| it.place(offset)))
}

/// Where the lines of a file begin.
pub(crate) struct Lines<'a> {
    file: FileText<'a>,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Counts the lines of a file.
    pub(crate) fn of(file: FileText<'a>) -> Self {
        let ends = memchr::memchr_iter(b'\n', file.text.as_bytes());
        let starts = std::iter::once(0).chain(ends.map(|it| it + 1)).collect();
        Lines { file, starts }
    }

    /// The line and column of a byte on disk, from 1.
    fn place(&self, offset: usize) -> (usize, usize) {
        let offset = in_text(self.file, offset);
        let line = self.starts.partition_point(|it| *it <= offset);
        (line, self.file.text[self.starts[line - 1]..offset].chars().count() + 1)
    }
}

/// Where a byte on disk is in the text.
pub(super) fn in_text(file: FileText<'_>, offset: usize) -> usize {
    let offset = file.origin.map_or(offset, |it| undone(it, file.text.len(), offset));
    file.text.floor_char_boundary(offset)
}

/// The first offset of a text of `length` bytes that was made from `origin` or from what stands behind it.
fn undone(map: &OffsetMap, length: usize, origin: usize) -> usize {
    let (mut low, mut high) = (0, length);
    while low < high {
        let middle = usize::midpoint(low, high);
        if map.start(middle) < origin { low = middle + 1 } else { high = middle }
    }
    low
}
