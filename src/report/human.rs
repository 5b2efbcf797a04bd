//! Records to text for a person: what is wrong in full, what is only worth knowing in short.

use std::collections::BTreeMap;
use std::fmt;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};

use crate::policy::Severity;
use crate::report::record::{Record, in_text};
use crate::report::{Color, Files, Notes, Style};

/// How many findings of one rule are shown in full.
const SHOWN: usize = 20;
/// How many notes of one rule are listed.
const SAMPLED: usize = 3;
/// How much of a line is shown before and behind the beginning of a finding, in characters.
const WINDOW: (usize, usize) = (40, 80);

/// Errors and warnings with the line of the file, at most [`SHOWN`] of each rule; then notes by rule.
pub(super) fn human(records: &[Record<'_>], files: &Files<'_>, style: Style) -> String {
    let handler = handler(style.color);
    let (notes, wrong): (Vec<_>, Vec<_>) =
        records.iter().partition::<Vec<&Record<'_>>, _>(|it| it.severity == Severity::Note.name());
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut text = String::new();
    for record in wrong {
        let count = seen.entry(record.rule).or_default();
        *count += 1;
        if *count <= SHOWN {
            let shown = Shown { record, excerpt: excerpt(record, files) };
            handler
                .render_report(&mut text, &shown)
                .expect("a string takes all that is written to it");
            text.push('\n');
        }
    }
    for (rule, count) in seen.iter().filter(|it| *it.1 > SHOWN) {
        let more = count - SHOWN;
        text.extend([format!("… and {more} more of `{rule}`; `--format short` lists them all\n")]);
    }
    text + &noted(&notes, style.notes)
}

fn handler(color: Color) -> GraphicalReportHandler {
    let styles = match color {
        Color::Ansi => ThemeStyles::ansi(),
        Color::Plain => ThemeStyles::none(),
    };
    GraphicalReportHandler::new_themed(GraphicalTheme {
        characters: ThemeCharacters::unicode(),
        styles,
    })
    .without_primary_span_start()
    .with_wrap_lines(false)
    .with_links(false)
}

fn noted(notes: &[&Record<'_>], detail: Notes) -> String {
    let mut by_rule: BTreeMap<&str, Vec<&Record<'_>>> = BTreeMap::new();
    for note in notes {
        by_rule.entry(note.rule).or_default().push(note);
    }
    match detail {
        _ if notes.is_empty() => String::new(),
        Notes::Counted => {
            let counts: Vec<_> =
                by_rule.iter().map(|(rule, notes)| format!("{} {rule}", notes.len())).collect();
            format!("noted: {}\n", counts.join(", "))
        }
        Notes::Sampled => by_rule.iter().map(|(rule, notes)| sampled(rule, notes)).collect(),
    }
}

fn sampled(rule: &str, notes: &[&Record<'_>]) -> String {
    let first = notes
        .iter()
        .take(SAMPLED)
        .map(|it| format!("  {}:{}:{}: {}\n", it.file, it.line, it.column, it.message));
    let more = if notes.len() > SAMPLED { "  …\n" } else { "" };
    format!("noted: {} {rule}\n{}{more}", notes.len(), first.collect::<String>())
}

/// The line of a file that a finding begins in, cut to what fits a screen.
#[derive(Debug)]
struct Excerpt {
    /// `path:line:col`
    name: String,
    /// The number of the line, from 0.
    line: usize,
    text: String,
    /// What is underlined, in `text`.
    span: (usize, usize),
}

/// Nothing for findings about a whole file.
fn excerpt(record: &Record<'_>, files: &Files<'_>) -> Option<Excerpt> {
    let file = files(record.file).filter(|_| record.end > 0)?;
    let (start, end) = (in_text(file, record.start), in_text(file, record.end));
    let from = file.text[..start].rfind('\n').map_or(0, |it| it + 1);
    let line = file.text[from..].lines().next().unwrap_or_default();
    let at = (start - from).min(line.len());
    let cut = line[..at].char_indices().rev().nth(WINDOW.0).map_or(0, |it| it.0);
    let stop = line[at..].char_indices().nth(WINDOW.1).map_or(line.len(), |it| at + it.0);
    let (before, behind) =
        (if cut > 0 { "…" } else { "" }, if stop < line.len() { "…" } else { "" });
    let shift = |offset: usize| offset.clamp(cut, stop) - cut + before.len();
    Some(Excerpt {
        name: format!("{}:{}:{}", record.file, record.line, record.column),
        line: record.line - 1,
        text: format!("{before}{}{behind}", &line[cut..stop]),
        span: (shift(at), shift(end.saturating_sub(from).max(at))),
    })
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        behind: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let inner = self.text.read_span(span, before, behind)?;
        let (name, line) = (self.name.clone(), self.line + inner.line());
        Ok(Box::new(MietteSpanContents::new_named(
            name,
            inner.data(),
            *inner.span(),
            line,
            inner.column(),
            inner.line_count(),
        )))
    }
}

/// A record as `miette` takes it.
#[derive(Debug)]
struct Shown<'a> {
    record: &'a Record<'a>,
    excerpt: Option<Excerpt>,
}

impl std::error::Error for Shown<'_> {}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.excerpt {
            Some(_) => f.write_str(self.record.message),
            None => write!(f, "{}: {}", self.record.file, self.record.message),
        }
    }
}

impl miette::Diagnostic for Shown<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(format!("{}: {}", self.record.severity, self.record.rule)))
    }

    fn severity(&self) -> Option<miette::Severity> {
        let warning = self.record.severity == Severity::Warning.name();
        Some(if warning { miette::Severity::Warning } else { miette::Severity::Error })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.record.help))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.as_ref().map(|it| it as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let (start, end) = self.excerpt.as_ref()?.span;
        Some(Box::new(std::iter::once(LabeledSpan::underline(start..end))))
    }
}
