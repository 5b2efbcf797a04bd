//! Expressions that must be found, look-alikes that must not, and figures on annotated news.

use std::sync::Arc;

use super::{DATE_RULES, DateMention, PartialDate, find, normalise, reasoning, years};
use crate::pipeline::parse::{Block, BlockKind, Document, Format, FrontMatter};
use crate::pipeline::read::OffsetMap;
use crate::pipeline::words::words;
use crate::vocabulary::lexicon::{Lexicon, UNITS, list};

/// A document of plain paragraphs, one for each piece between blank lines.
pub(crate) fn document(id: &str, text: &str) -> Document {
    split(id, text, "\n\n")
}

/// A document of plain paragraphs, one for each piece between separators.
pub(crate) fn split(id: &str, text: &str, separator: &str) -> Document {
    let mut blocks = Vec::new();
    let mut start = 0;
    for piece in text.split(separator) {
        let inner = piece.trim();
        if !inner.is_empty() {
            let first = start + piece.find(inner).unwrap();
            let paragraph = blocks.len() as u32 + 1;
            let (from, to) = (first as u32, (first + inner.len()) as u32);
            blocks.push(Block { kind: BlockKind::Paragraph, start: from, end: to, paragraph });
        }
        start += piece.len() + separator.len();
    }
    Document {
        id: Arc::from(id),
        file: Arc::from(id),
        format: Format::Plain,
        front_matter: FrontMatter::default(),
        text: text.to_owned(),
        origin: OffsetMap::default(),
        blocks,
        body: Vec::new(),
        links: Vec::new(),
    }
}

/// The words of time, and a few others, without the shipped lists.
pub(crate) fn lexicon() -> Lexicon {
    let mut lexicon = Lexicon::default();
    let months =
        "january february march april may june july august september october november december";
    for (at, month) in months.split(' ').enumerate() {
        lexicon.add(month).1.month = at as u8 + 1;
        lexicon.add(&month[..3]).1.month = at as u8 + 1;
        lexicon.add(&month[..3]).1.lists |= list::ABBREVIATION;
    }
    lexicon.add("sept").1.month = 9;
    lexicon.add("sept").1.lists |= list::ABBREVIATION;
    for (at, day) in
        "monday tuesday wednesday thursday friday saturday sunday".split(' ').enumerate()
    {
        lexicon.add(day).1.weekday = at as u8 + 1;
    }
    for (at, season) in "spring summer autumn winter".split(' ').enumerate() {
        lexicon.add(season).1.season = at as u8 + 1;
    }
    lexicon.add("fall").1.season = 3;
    let numbers = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty";
    for (at, number) in numbers.split(' ').enumerate() {
        lexicon.add(number).1.number = at as u8 + 1;
    }
    for (at, tens) in "thirty forty fifty sixty seventy eighty ninety".split(' ').enumerate() {
        lexicon.add(tens).1.number = at as u8 * 10 + 31;
    }
    for (at, ordinal) in "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(' ').enumerate() {
        lexicon.add(ordinal).1.ordinal = at as u8 + 1;
    }
    for (at, unit) in UNITS.iter().enumerate() {
        lexicon.add(unit).1.unit = at as u8 + 1;
        lexicon.add(&format!("{unit}s")).1.unit = at as u8 + 1;
    }
    for word in
        "people men women soldiers delegates rebels tons euros points percent kilometres".split(' ')
    {
        lexicon.add(word).1.lists |= list::COUNTED;
    }
    for word in "said told says noted stressed".split(' ') {
        lexicon.add(word).1.lists |= list::SAYING;
    }
    for word in "the in of on and it is he she we mr they a an".split(' ') {
        lexicon.add(word).1.lists |= list::STOP;
    }
    lexicon.link_plurals();
    lexicon
}

fn date(text: &str) -> Option<PartialDate> {
    let mut parts = text.split('-').map(str::parse::<u16>);
    let year = parts.next()?.ok()?;
    let mut next = || parts.next().and_then(Result::ok).map(|it| it as u8);
    Some(PartialDate { year: Some(year as i16), month: next(), day: next() })
}

fn found(text: &str, document_date: &str) -> Vec<(String, DateMention)> {
    let (document, lexicon) = (document("a.txt", text), lexicon());
    let words = words(&document, &lexicon);
    let mentions = find(&words).into_iter().map(|it| normalise(&it, date(document_date), &words));
    mentions.map(|it| (text[it.start as usize..it.end as usize].to_owned(), it)).collect()
}

/// Checks that in a document of `document_date` exactly these expressions are found: `surface = value (rule)`.
fn check(document_date: &str, text: &str, expected: &[&str]) {
    let found: Vec<_> = found(text, document_date)
        .iter()
        .map(|(surface, it)| format!("{surface} = {} ({})", it.value(), it.rule.name()))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn debug_gold() {
    let Some(shared) = shared() else { return };
    let gold = std::fs::read_to_string(format!("{shared}/gold/wikinews.json")).unwrap();
    let gold: serde_json::Value = serde_json::from_str(&gold).unwrap();
    let (mut right, mut extra, mut missed, mut valued, mut year_right, mut value_right) =
        (0, 0, 0, 0, 0, 0);
    for file in gold["documents"].as_array().unwrap() {
        let name = file["file"].as_str().unwrap();
        let text = std::fs::read_to_string(format!("{shared}/gold/wikinews/{name}")).unwrap();
        let points = |at: u32| text[..at as usize].chars().count() as u64;
        let mut mine: Vec<_> = found(&text, file["date"].as_str().unwrap());
        for want in file["dates"].as_array().unwrap() {
            let (start, end) = (want["start"].as_u64().unwrap(), want["end"].as_u64().unwrap());
            let hit =
                mine.iter().position(|(_, it)| points(it.start) < end && start < points(it.end));
            let Some(hit) = hit.map(|it| mine.remove(it)) else {
                missed += 1;
                eprintln!("{name} missed {}", want["text"]);
                continue;
            };
            right += 1;
            let value = ["when", "from", "notBefore"].iter().find_map(|it| want[it].as_str());
            if let Some(value) = value {
                valued += 1;
                let got = hit.1.value();
                year_right += i32::from(got.get(..4) == value.get(..4));
                value_right += i32::from(got.split('/').next() == Some(value));
                if got.split('/').next() != Some(value) {
                    eprintln!("{name} {} {} gold {value}", hit.0, got);
                }
            }
        }
        extra += mine.len();
        for it in mine {
            eprintln!("{name} extra {} {}", it.0, it.1.value());
        }
    }
    eprintln!(
        "right {right} extra {extra} missed {missed}; valued {valued} year {year_right} value {value_right}"
    );
}

pub(crate) fn shared() -> Option<String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "texts that are not part of the project are found by this variable"
    )]
    let shared = std::env::var("SEEDBED_SHARED").ok();
    if shared.is_none() {
        eprintln!("skipped: SEEDBED_SHARED is not set");
    }
    shared
}
#[test]
fn debug_dump() {
    let Some(path) = shared() else { return };
    for (f, d) in [
        ("000_d2f5fabf38579051", "2019-11-19"),
        ("001_fa9b35e7cb49a45c", "2019-10-30"),
        ("002_703564824255e0f5", "2016-11-23"),
        ("003_6c4b924a8d0e9b30", "2017-12-28"),
        ("004_209da76221da6401", ""),
    ] {
        let text = std::fs::read_to_string(format!("{path}/seeds/{f}.txt")).unwrap();
        for (s, it) in found(&text, d) {
            eprintln!("{f} {s} = {} {}", it.value(), it.rule.name());
        }
    }
}
