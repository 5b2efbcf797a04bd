//! A made site to what is said of it: its findings, its ledger, the verdict.

use std::time::Duration;

use crate::cli::{Format, ReportArgs};
use crate::commands::Verdict;
use crate::commands::console::Console;
use crate::commands::load::SiteFolder;
use crate::commands::make::Made;
use crate::pipeline::Site;
use crate::policy::Severity;
use crate::report::{self, Color, Finding, Notes, Style, report};

/// Where findings go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// They were asked for: to standard output, notes with examples.
    Findings,
    /// Something else was: to standard error, notes counted. Records for programs still go to standard output.
    Site,
}

/// Tells the findings.
pub fn tell(
    made: &Made,
    folder: &SiteFolder,
    (args, asked): (ReportArgs, Asked),
    console: &mut Console,
) -> Verdict {
    let least = if args.quiet { Severity::Error } else { Severity::Note };
    let shown = made.site.findings.iter().filter(|it| it.0 >= least);
    let findings: Vec<Finding> = shown.cloned().collect();
    let to_out = asked == Asked::Findings || args.format == Format::Json;
    let color = if to_out { console.out_color } else { console.err_color };
    let text = text(&findings, (folder, Some(&made.site)), style(args.format, asked, color));
    if to_out {
        console.print(&text);
    } else {
        console.say(&text);
    }
    verdict(&made.site.findings, args)
}

/// Findings as text, their files named as the user would.
pub fn text(
    findings: &[Finding],
    (folder, site): (&SiteFolder, Option<&Site>),
    style: Style,
) -> String {
    let findings = folder.as_shown(findings);
    let files = folder.catalogue(site).as_shown(folder);
    report(&findings, &|name: &str| files.get(name).copied(), style)
}

fn style(format: Format, asked: Asked, color: Color) -> Style {
    let format = match format {
        Format::Human => report::Format::Human,
        Format::Short => report::Format::Short,
        Format::Json => report::Format::Json,
        Format::Github => report::Format::Github,
    };
    let notes = if asked == Asked::Findings { Notes::Sampled } else { Notes::Counted };
    Style { format, notes, color }
}

fn verdict(findings: &[Finding], args: ReportArgs) -> Verdict {
    let counts = if args.strict { Severity::Warning } else { Severity::Error };
    if findings.iter().any(|it| it.0 >= counts) { Verdict::Wrong } else { Verdict::Clean }
}

/// One line that says what there is.
pub fn ledger((site, pages): (&Site, usize), findings: &[Finding], time: Duration) -> String {
    let collection = &site.collection;
    let mentions: u64 = collection.entities.iter().map(|it| u64::from(it.mentions)).sum();
    let counts = [
        counted(collection.documents.len() as u64, "document", "documents"),
        counted(collection.entities.len() as u64, "entity", "entities"),
        counted(mentions, "mention", "mentions"),
        counted(collection.years.len() as u64, "year", "years"),
        counted(collection.themes.len() as u64, "theme", "themes"),
        counted(pages as u64, "page", "pages"),
    ];
    let found = found(findings);
    format!("{} in {:.1} s; {found}\n", counts.join(", "), time.as_secs_f64())
}

fn found(findings: &[Finding]) -> String {
    let all = counted(findings.len() as u64, "finding", "findings");
    let of = |severity, one, many| {
        let count = findings.iter().filter(|it| it.0 == severity).count() as u64;
        (count > 0).then(|| counted(count, one, many))
    };
    let parts = [
        of(Severity::Error, "error", "errors"),
        of(Severity::Warning, "warning", "warnings"),
        of(Severity::Note, "note", "notes"),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    if parts.is_empty() { all } else { format!("{all}: {}", parts.join(", ")) }
}

/// `1 page`, `2 pages`.
pub fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
