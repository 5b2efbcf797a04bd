use super::*;
use crate::policy::Rule;

const TEXT: &str = "title = \"é\"\r\nauthor = 7\n";

fn findings() -> Vec<Finding> {
    let file = "site.toml".into();
    let seven = TEXT.find('7').unwrap();
    vec![
        (
            Severity::Warning,
            Diagnostic::new(Rule::UndatedDocument, &"seeds/a.txt".into(), 0..0, "no date: 100%"),
        ),
        (
            Severity::Error,
            Diagnostic::new(
                Rule::InvalidConfig,
                &file,
                seven..seven + 1,
                "`author` should be text",
            )
            .with_help("quote it"),
        ),
        (Severity::Note, Diagnostic::new(Rule::UnusedAlias, &file, 9..11, "first")),
    ]
}

fn files(name: &str) -> Option<FileText<'static>> {
    (name == "site.toml").then_some(FileText { text: TEXT, origin: None, document: None })
}

fn shown(format: Format) -> String {
    report(&findings(), &files, Style { format, notes: Notes::Sampled, color: Color::Plain })
}

#[test]
fn a_line_each() {
    assert_eq!(
        shown(Format::Short),
        "seeds/a.txt:1:1: warning: undated-document: no date: 100%\n\
         site.toml:2:10: error: invalid-config: `author` should be text\n\
         site.toml:1:10: note: unused-alias: first\n"
    );
}

#[test]
fn for_programs() {
    let records: serde_json::Value = serde_json::from_str(&shown(Format::Json)).unwrap();
    let record = &records[1];
    assert_eq!((record["line"].as_u64(), record["end_column"].as_u64()), (Some(2), Some(11)));
    assert_eq!(
        (record["rule"].as_str(), record["help"].as_str()),
        (Some("invalid-config"), Some("quote it"))
    );
    assert_eq!(
        report(
            &[],
            &files,
            Style { format: Format::Json, notes: Notes::Counted, color: Color::Plain }
        ),
        "[]\n"
    );
}

#[test]
fn for_github() {
    let text = shown(Format::Github);
    assert!(text.starts_with("::warning file=seeds/a.txt,line=1,endLine=1,col=1,endColumn=1,title=undated-document::no date: 100%25%0A"), "{text}");
    assert!(text.contains("\n::notice file=site.toml"), "{text}");
}

#[test]
fn for_people() {
    let expected = "warning: undated-document

  ⚠ seeds/a.txt: no date: 100%
  help: add a `date` at its head, or in the .yaml file beside it

error: invalid-config

  × `author` should be text
   ╭─[site.toml:2:10]
 2 │ author = 7
   ·          ─
   ╰────
  help: quote it

noted: 1 unused-alias
  site.toml:1:10: first
";
    assert_eq!(shown(Format::Human), expected);
}

#[test]
fn colour_only_if_asked_for() {
    let style = Style { format: Format::Human, notes: Notes::Counted, color: Color::Ansi };
    assert!(report(&findings(), &files, style).contains('\u{1b}'));
    assert!(!shown(Format::Human).contains('\u{1b}'));
}

#[test]
fn many_findings_do_not_flood() {
    let finding = |at: usize| {
        (
            Severity::Warning,
            Diagnostic::new(
                Rule::UndatedDocument,
                &format!("seeds/{at}.txt").into(),
                0..0,
                "no date",
            ),
        )
    };
    let findings: Vec<_> = (100..150).map(finding).collect();
    let text = report(
        &findings,
        &files,
        Style { format: Format::Human, notes: Notes::Counted, color: Color::Plain },
    );
    assert_eq!(text.matches("no date").count(), 20);
    assert!(
        text.ends_with("… and 30 more of `undated-document`; `--format short` lists them all\n"),
        "{text}"
    );
}

#[test]
fn long_lines_are_cut_around_the_place() {
    let text: &'static str = format!("{}[x](y){}", "ä ".repeat(500), " ö".repeat(500)).leak();
    let at = text.find('[').unwrap();
    let finding = (
        Severity::Error,
        Diagnostic::new(Rule::BrokenLink, &"a.md".into(), at..at + 6, "no such document"),
    );
    let files = |_: &str| Some(FileText { text, origin: None, document: None });
    let shown = report(
        &[finding],
        &files,
        Style { format: Format::Human, notes: Notes::Counted, color: Color::Plain },
    );
    let line = shown.lines().find(|it| it.contains("[x](y)")).unwrap();
    assert!(line.chars().count() < 140 && line.contains("│ … ä ") && line.ends_with('…'), "{line}");
    assert!(shown.contains("a.md:1:1001"), "{shown}");
    assert!(shown.contains(" ──────\n") || shown.contains("───┬──"), "{shown}");
}

#[test]
fn spans_count_bytes_on_disk() {
    // As read from a file in windows-1252: é is one byte there and two in the text.
    let mut origin = OffsetMap::default();
    origin.push(2, 1, 1);
    let text = "é\nab";
    let files = |_: &str| Some(FileText { text, origin: Some(&origin), document: Some("a") });
    let finding =
        [(Severity::Error, Diagnostic::new(Rule::BrokenLink, &"a.md".into(), 2..4, "no"))];
    let found = &records(&finding, &files)[0];
    assert_eq!((found.line, found.column, found.end_line, found.end_column), (2, 1, 2, 3));
    assert_eq!((found.start, found.end, found.document), (2, 4, Some("a")));
}
