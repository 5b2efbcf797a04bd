//! The head of a source and the sidecar beside it to fields, with a finding for all that is not understood.
//!
//! Where both give a field the sidecar is right: it was written later, by whoever keeps the collection.

mod date;
mod fields;
mod toml;
mod values;

use std::ops::Range;

use self::fields::{Reader, Sheet};
use super::Format;
use super::head::FrontMatter;
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
    let text = &*source.text;
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
            let lines = &text[head.fields.clone()];
            let list = format == Format::Markdown && is_list(lines);
            return (list || looks_like_fields(lines)).then_some(head);
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

/// Whether the lines are a list, with which no document between two rules is likely to begin.
fn is_list(lines: &str) -> bool {
    let mut lines = lines.lines().filter(|it| !it.trim().is_empty()).peekable();
    lines.peek().is_some() && lines.all(|it| it.starts_with("- ") || it.starts_with(' '))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::parse::{Document, parse};
    use crate::pipeline::read::OffsetMap;

    fn read(text: &str, sidecar: Option<&str>) -> Outcome<Document> {
        let sidecar = sidecar.map(|it| ("a.yaml".into(), it.to_owned()));
        parse(&Source {
            id: "a.md".into(),
            file: "a.md".into(),
            text: text.into(),
            origin: OffsetMap::default(),
            sidecar,
        })
    }

    /// The front matter of a document about which there is nothing to say.
    fn fields(text: &str) -> crate::pipeline::parse::head::Head {
        let outcome = read(text, None);
        assert_eq!(outcome.diagnostics, []);
        assert_eq!(&*outcome.value.text, "Body");
        outcome.value.front_matter
    }

    /// Each finding as `rule, what it points at, message`.
    fn findings(text: &str, sidecar: Option<&str>) -> Vec<String> {
        let cut = |it: &Diagnostic| match &*it.file {
            "a.md" => &text[it.span.clone()],
            _ => &sidecar.unwrap()[it.span.clone()],
        };
        let shown = |it: &Diagnostic| {
            let help = it.help.as_ref().map_or(String::new(), |it| format!("; {it}"));
            format!("{} {:?} `{}`: {}{help}", it.file, it.rule, cut(it), it.message)
        };
        read(text, sidecar).diagnostics.iter().map(shown).collect()
    }

    #[test]
    fn knows_the_words_of_other_generators() {
        let ours = fields(
            "---\ntitle: T\ndate: 2019-11\nupdated: 2020\nissuer: I\nkind: K\nspeakers: [S]\nauthors: [A, B]\nlanguage: en\n\
             slug: s\naliases: [/old/]\ndraft: true\ndescription: D\nsource: https://x.org\nrights: R\nthemes: [u, v]\n\
             entities: [E]\nextra:\n  x: 1\n---\nBody\n",
        );
        let others = fields(
            "---\nHeadline: T\npublished: 2019-11\nlastmod: 2020\npublisher: I\ntype: K\nspeaker: S\nby: [A, B]\nlang: en\n\
             permalink: s\nredirect-from: /old/\ndraft: yes\nsummary: D\nurl: https://x.org\nlicense: R\ntags: \"#u, v\"\n\
             people: E\nextra:\n  x: 1\n---\nBody\n",
        );
        assert_eq!(ours, others);
        assert_eq!((ours.lines["title"], ours.lines["authors"]), (2, 8));
        let toml = fields(
            "+++\ntitle = \"T\"\ndate = 2019-11-19\ndraft = false\n[taxonomies]\ntags = [\"u\"]\n[extra]\nx = 1\n+++\nBody",
        );
        assert_eq!(
            (toml.themes.as_slice(), toml.date.unwrap().to_string().as_str()),
            (&["u".to_owned()][..], "2019-11-19")
        );
        assert!(fields("---\npublished: false\n---\nBody").draft);
        assert_eq!(fields("---\ntitle: 1984\nslug: 007\n---\nBody").slug.as_deref(), Some("007"));
    }

    #[test]
    fn a_slip_costs_its_own_field_only() {
        let text = "---\ntitle: Port: a history\ntitel: Port\ndate: May 35\nspeakers: [x, {y: z}]\nissuer: [a, b]\ndraft: maybe\n\
                    extra: 1\nkind: letter\ntype: note\n---\nBody\n";
        let found = [
            "a.md InvalidFrontMatter `:`: a value with `: ` in it needs quotes around it",
            "a.md UnknownField `titel`: `titel` is not a field that we know, so it is kept for templates as \
             `page.extra.titel`; did you mean `title`? Otherwise put it below `extra:`",
            "a.md InvalidDate `May 35`: `May 35` is not a day of the calendar",
            "a.md InvalidFrontMatter `{`: `speakers` wants words or a list of words, not a mapping",
            "a.md InvalidFrontMatter `[`: `issuer` wants words, not a list",
            "a.md InvalidFrontMatter `maybe`: `draft` wants `true` or `false`, not words",
            "a.md InvalidFrontMatter `1`: `extra` wants a mapping of names to values, not a number",
            "a.md UnknownField `type`: `type` is left out, because `kind` is given already",
        ];
        assert_eq!(findings(text, None), found);
        let read = read(text, None).value.front_matter;
        assert_eq!(
            (read.kind.as_deref(), read.speakers.as_slice()),
            (Some("letter"), &["x".to_owned()][..])
        );
    }

    #[test]
    fn the_sidecar_is_right() {
        let text = "---\ntitle: Old\nkind: letter\ntags: [u]\n---\nBody\n";
        let sidecar = "title: New\nthemes: [v]\ntilte: x\n";
        let read = read(text, Some(sidecar)).value.front_matter;
        assert_eq!((read.title.as_deref(), read.kind.as_deref()), (Some("New"), Some("letter")));
        assert_eq!(read.themes, ["v"]);
        assert_eq!(read.lines.get("title"), None);
        assert_eq!(
            findings(text, Some(sidecar))[0].split(':').next(),
            Some("a.yaml UnknownField `tilte`")
        );
    }

    #[test]
    fn a_head_ends() {
        let found = [
            "a.md UnclosedFrontMatter `---`: the front matter that begins here never ends; put a line with --- \
                      behind the last field",
        ];
        assert_eq!(findings("---\ntitle: T\n\nBody\n", None), found);
        let outcome = read("---\ntitle: T\n\nBody\n", None).value;
        assert_eq!((outcome.front_matter.title.as_deref(), &*outcome.text), (Some("T"), "Body"));
        assert_eq!(
            findings("---\ntitle: T\n---\n", None),
            ["a.md EmptyDocument ``: has no text below its front matter"]
        );
        // Two rules are no head.
        assert_eq!(read("---\n\nA line that is no field\n\n---\n", None).value.blocks.len(), 1);
        assert_eq!(fields("---\n---\nBody"), FrontMatter::default().into());
        assert_eq!(fields("---\r\ntitle: T\r\n---\r\nBody").title.as_deref(), Some("T"));
    }
}
