//! Documents that must be described right, and look-alikes.

use std::sync::{Arc, LazyLock};

use crate::pipeline::calendar::{find, tests::shared};
use crate::pipeline::describe::{
    BlockRole, DESCRIBE_RULES, Description, Ground, Inferred, THIN_DATE_RULES, describe,
};
use crate::pipeline::parse::{Document, parse};
use crate::pipeline::read::{OffsetMap, Source};
use crate::pipeline::words::words;
use crate::vocabulary::Vocabulary;

/// The built-in lists and gazetteer.
static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::new(Vec::new(), Vec::new()));

fn described(id: &str, text: &str) -> (Description, Document) {
    let source = Source {
        id: Arc::from(id),
        file: Arc::from(id),
        text: text.into(),
        origin: OffsetMap::default(),
        sidecar: None,
    };
    let document = parse(&source).value;
    let words = words(&document, &VOCABULARY.lexicon);
    let expressions = find(&words);
    let ground = Ground { vocabulary: &VOCABULARY, language: "en" };
    let description = describe(&document, &words, &expressions, ground).value;
    (description, document)
}

/// What a description says, line by line, as `cases.txt` writes it.
fn lines(description: &Description, document: &Document) -> Vec<String> {
    let mut lines = Vec::new();
    let mut say =
        |field: &str, value: &str, rule: &str| lines.push(format!("{field}: {value} ({rule})"));
    say("title", &description.title.value, &description.title.rule);
    if let Some(it) = &description.date {
        say("date", &it.value.to_string(), &it.rule);
    }
    let texts = [
        ("issuer", &description.issuer),
        ("kind", &description.kind),
        ("symbol", &description.symbol),
    ];
    for (field, value) in texts {
        if let Some(Inferred { value, rule, .. }) = value {
            say(field, value, rule);
        }
    }
    for it in &description.speakers {
        say("speaker", &format!("{}, {}", it.value.name, it.value.role), &it.rule);
    }
    for it in &description.authors {
        say("author", &it.value, &it.rule);
    }
    say("language", &description.language.value, &description.language.rule);
    lines.extend(description.bounds.0.map(|it| format!("not-before: {it}")));
    let set_apart =
        document.blocks.iter().zip(&description.roles).filter(|it| *it.1 == BlockRole::Furniture);
    lines.extend(set_apart.map(|it| format!("furniture: {}", &document.text[it.0.range()])));
    lines
}

/// What the cases in `file` want and do not get. A value without its rule may come from any.
fn failures(file: &str) -> Vec<String> {
    let mut failures = Vec::new();
    for case in file.split("=== ").skip(1) {
        let (id, rest) = case.split_once('\n').unwrap();
        let (text, expected) = rest.trim_end().rsplit_once("\n---\n").unwrap();
        let (description, document) = described(id, text);
        let found = lines(&description, &document);
        for line in expected.lines() {
            let field = line.split_once(':').unwrap().0;
            let none = line.ends_with(": none")
                && !found.iter().any(|it| it.starts_with(&format!("{field}: ")));
            let is =
                |it: &String| it == line || it.rsplit_once(" (").is_some_and(|it| it.0 == line);
            if !none && !found.iter().any(is) {
                failures.push(format!("{id}: wanted {line}\n  found {found:#?}"));
            }
        }
    }
    failures
}

#[test]
fn cases() {
    let failures = failures(include_str!("cases.txt"));
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// The layouts in which press releases, letters, minutes, talks and posts are found.
#[test]
fn layouts() {
    let failures = failures(include_str!("layouts.txt"));
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_rule_has_a_case() {
    for (rule, _) in DESCRIBE_RULES {
        assert!(include_str!("cases.txt").contains(&format!(" ({rule})\n")), "{rule}");
    }
}

#[test]
fn the_guide_names_every_rule() {
    let guide = include_str!("../../../docs/seeds/what-is-inferred.md");
    for (rule, _) in DESCRIBE_RULES {
        assert!(guide.contains(&format!("`{rule}`")), "{rule}");
    }
    for rule in THIN_DATE_RULES {
        assert!(DESCRIBE_RULES.iter().any(|it| it.0 == *rule), "{rule}");
    }
}

proptest::proptest! {
    /// Any sequence of lines is described without a fault, each block has a role, and evidence lies in the text.
    #[test]
    fn any_lines_are_described(lines in proptest::collection::vec(0..LINES.len(), 0..30)) {
        let text = lines.iter().map(|it| LINES[*it]).collect::<Vec<_>>().join("\n");
        let (description, document) = described("a.txt", &text);
        assert_eq!(description.roles.len(), document.blocks.len());
        let spans = description.speakers.iter().map(|it| it.span).chain([description.title.span]);
        for (start, end) in spans.flatten() {
            assert!(document.text.get(start as usize..end as usize).is_some(), "{text}");
        }
        assert_eq!(description, described("a.txt", &text).0);
    }
}

/// Lines of which documents are made, and broken ones.
const LINES: &[&str] = &[
    "",
    "",
    "19 November 2019",
    "LONDON, 5 May 2014 (Reuters) –",
    "(Moscow, October 30, 2019)",
    "Dear Mr. Smith,",
    "Dear",
    "By",
    "By Jane Doe and",
    "Share this article",
    "For business",
    "Speech by",
    "Speech by the Minister, ",
    "Following are",
    "Following are X's",
    "Mr. SMITH (France): Yes.",
    "THE CHAIRMAN:",
    "Mr. SMITH (:",
    "From: Jane Doe <a@b.c>",
    "Subject:",
    "Subject: Re:",
    "Re: é",
    "Yours sincerely,",
    "Jane Doe",
    "'s Blog",
    "Jane Doe's Blog",
    "© 2019",
    "© 2019 É",
    "A/RES/1/2",
    "COM(2018) 6",
    "COM(2018)",
    "5/6/07",
    "02.02.09",
    "told in an interview",
    "Minister X told Y in an interview.",
    "Source:",
    "Issued by É",
    "###",
    "…",
    "É",
    "Printed on 5 May 2014",
    "Home > News > É",
    "The members of the council heard a report on the state of the dykes on 4 June 1953 and thanked the engineers.",
];

/// Titles and dates of annotated news.
#[test]
fn annotated_news() {
    let Some(gold) = shared("gold/wikinews.json") else { return };
    let gold: serde_json::Value = serde_json::from_str(&gold).unwrap();
    let mut wrong = Vec::new();
    let letters = |it: &str| it.chars().filter(|it| it.is_alphanumeric()).collect::<String>();
    for file in gold["documents"].as_array().unwrap() {
        let name = file["file"].as_str().unwrap();
        let (found, _) = described(name, &shared(&format!("gold/wikinews/{name}")).unwrap());
        let date = found.date.map_or(String::new(), |it| it.value.to_string());
        let titled = letters(&found.title.value) == letters(file["title"].as_str().unwrap());
        if !titled || date != file["date"].as_str().unwrap() {
            wrong.push(format!("{name}: {} {date}", found.title.value));
        }
    }
    // One of them is annotated with the day that it tells of, not the one that it bears.
    assert!(wrong.len() <= 1, "{wrong:#?}");
}
