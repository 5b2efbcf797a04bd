//! The lines of a page to the date of the document.

use std::ops::Range;

use crate::pipeline::calendar::{Expression, Meaning, Part, PartialDate, Tense, YearOf, tense_at};
use crate::pipeline::describe::page::{Page, plain};
use crate::pipeline::describe::{Inferred, rules};
use crate::pipeline::words::Shape;

/// Words that may stand in a line that only says when.
const LABELS: &[&str] = &[
    "date",
    "dated",
    "published",
    "posted",
    "issued",
    "released",
    "release",
    "on",
    "of",
    "the",
    "for",
    "immediate",
    "updated",
    "created",
    "issue",
    "publication",
    "posting",
    "publish",
    "time",
    "am",
    "pm",
    "a",
    "p",
    "m",
    "gmt",
    "utc",
    "est",
    "edt",
    "cet",
    "cest",
    "bst",
    "pst",
    "pdt",
    "et",
    "at",
    "hrs",
    "hours",
    "h",
    "ist",
    "pt",
    "last",
    "press",
    "news",
];

/// Words with which a line tells when the page was fetched or changed, not when the text was issued.
const FETCHED: &[&str] = &[
    "printed",
    "retrieved",
    "accessed",
    "downloaded",
    "last updated",
    "last modified",
    "last revised",
    "today is",
    "page updated",
    "modified",
    "updated",
    "last reviewed",
    "archived",
    "captured",
    "expires",
    "valid until",
];

/// A date, the rule that gave it, and where it stands.
pub(super) struct Stamp {
    /// What was found.
    pub(super) date: Inferred<PartialDate>,
    /// The block that it stands in, if in the text.
    pub(super) block: Option<usize>,
}

/// How a date stands in its block.
struct Place<'e> {
    block: usize,
    expression: &'e Expression,
    date: PartialDate,
}

/// The date of the document, the surest evidence first.
pub(super) fn date(page: Page<'_>, furniture: &[bool]) -> Option<Stamp> {
    let places = places(page);
    let open = |it: &&Place<'_>| !furniture[it.block] && !is_fetched(page, it.block);
    let find = |fits: &dyn Fn(&Place<'_>) -> bool| places.iter().find(|it| fits(it));
    let full = |it: &Place<'_>| it.date.civil().is_some();
    let in_head = |it: &Place<'_>| it.block < page.head().end;
    let by = |rule: &str, place: &Place<'_>| Stamp {
        date: page.inferred_by(place.date, rule, place.expression.tokens()),
        block: Some(place.block),
    };
    let line = |it: &Place<'_>| in_head(it) && !is_fetched(page, it.block) && is_alone(page, it);
    find(&|it| line(it) && full(it))
        .map(|it| by(rules::DATE_LINE, it))
        .or_else(|| {
            find(&|it| in_head(it) && is_header(page, it.block))
                .map(|it| by(rules::DATE_HEADER, it))
        })
        .or_else(|| {
            find(&|it| full(it) && in_head(it) && open(&it) && is_dateline(page, it))
                .map(|it| by(rules::DATELINE, it))
        })
        .or_else(|| {
            find(&|it| full(it) && in_head(it) && open(&it) && is_bracketed(page, it.block))
                .map(|it| by(rules::BRACKETS, it))
        })
        .or_else(|| {
            find(&|it| full(it) && in_head(it) && open(&it) && closes_line(page, it))
                .map(|it| by(rules::LINE_END, it))
        })
        .or_else(|| {
            find(&|it| full(it) && in_head(it) && open(&it) && is_held(page, it))
                .map(|it| by(rules::HELD_ON, it))
        })
        .or_else(|| {
            find(&|it| line(it) && it.date.year.is_some()).map(|it| by(rules::DATE_LINE, it))
        })
        .or_else(|| file_name(page))
        .or_else(|| {
            places
                .iter()
                .rev()
                .find(|it| full(it) && is_closing(page, it))
                .map(|it| by(rules::CLOSING, it))
        })
        .or_else(|| without_year(page, &places, furniture))
        .or_else(|| {
            find(&|it| full(it) && in_head(it) && open(&it) && early(page, it))
                .map(|it| by(rules::FIRST_DATE, it))
        })
        .or_else(|| {
            find(&|it| in_head(it) && it.date.year.is_none() && open(&it) && early(page, it))
                .map(|it| by(rules::NO_YEAR, it))
        })
}

/// Every date that states at least a year or a day, in order.
fn places<'e>(page: Page<'e>) -> Vec<Place<'e>> {
    let near = page.head().chain(
        page.document.blocks.len().saturating_sub(12).max(page.head().end)
            ..page.document.blocks.len(),
    );
    near.flat_map(|block| page.expressions(block).iter().map(move |it| (block, it)))
        .filter_map(|(block, expression)| {
            Some(Place { block, expression, date: expression.stated()? })
        })
        .collect()
}

/// A line that holds the date and next to nothing else.
fn is_alone(page: Page<'_>, place: &Place<'_>) -> bool {
    let tokens = page.tokens(place.block);
    let inside = place.expression.tokens();
    let others = tokens.filter(|it| !inside.contains(it) && page.is_word(*it));
    let mut count = 0;
    for token in others {
        let word = page.words.surface(token);
        let number = page.words.shape(token).is(Shape::NUMBER | Shape::MIXED)
            || page.words.facts(token).weekday > 0;
        if !number && !LABELS.iter().any(|it| word.eq_ignore_ascii_case(it)) {
            return false;
        }
        count += 1;
    }
    let bare_year = matches!(place.expression.meaning, Meaning::Year(_))
        && place.expression.tokens().len() == 1;
    count <= 6 && !bare_year
}

fn is_fetched(page: Page<'_>, block: usize) -> bool {
    let text = page.text(block);
    text.len() < 120 && {
        let line = plain(text);
        FETCHED.iter().any(|it| line.starts_with(it))
    }
}

/// "Date: Tue, 19 Nov 2019 10:00:00 +0000" among the headers of a message.
fn is_header(page: Page<'_>, block: usize) -> bool {
    let first = page.tokens(block).start;
    let label = ["date", "sent"].iter().any(|it| page.words.is_word(first, it));
    label && page.words.is_mark(first + 1, b':') && page.length(block) <= 16
}

/// "LONDON, 5 May 2014 (Reuters) –", "Xinhua, November 23, 2016", "FOR IMMEDIATE RELEASE: May 5, 2014".
fn is_dateline(page: Page<'_>, place: &Place<'_>) -> bool {
    let tokens = page.tokens(place.block);
    let inside = place.expression.tokens();
    let before = tokens.start..inside.start;
    if page.count(before.clone()) > 8 {
        return false;
    }
    let named = before.clone().all(|it| {
        let shape = page.words.shape(it);
        !shape.is(Shape::WORD)
            || shape.is(Shape::CAPITAL)
            || page.words.facts(it).weekday > 0
            || is_small(page.words.surface(it))
    });
    let opened = page.words.shape(tokens.start).is(Shape::WORD)
        && is_small(page.words.surface(tokens.start));
    named && !opened && ends_dateline(page, inside.end, tokens.end, !before.is_empty())
}

/// Words in small letters that names of places and agencies have, and labels.
fn is_small(word: &str) -> bool {
    ["of", "the", "and", "for", "de", "la", "del", "release", "immediate", "on", "in", "at"]
        .iter()
        .any(|it| word.eq_ignore_ascii_case(it))
}

/// Whether a dateline can end with token `at`: with the block, a dash, a bracket, or a full stop behind a place.
fn ends_dateline(page: Page<'_>, at: usize, end: usize, placed: bool) -> bool {
    if at >= end {
        return true;
    }
    let mark = page.words.surface(at);
    let dash = matches!(mark, "-" | "–" | "—" | "/" | "|" | ":" | "•" | "·");
    let stop = matches!(mark, "." | "(" | "," | ";") && placed && page.count(at..end) > 0;
    let agency = (mark == "(" || mark == "/") && page.count(at..end.min(at + 6)) > 0;
    let debris = page.words.tokens[at].start as usize;
    let rest =
        &page.document.text[debris..page.document.blocks[page.words.block_of(at)].end as usize];
    dash || agency
        || (stop && mark == ".")
        || (rest.len() < 80 && super::furniture::tail(rest.trim()))
}

fn is_bracketed(page: Page<'_>, block: usize) -> bool {
    let text = page.text(block);
    text.starts_with(['(', '[']) && text.ends_with([')', ']']) && page.length(block) <= 15
}

/// A short line that ends in the date: "Speech by … 30.10.2019", "Geneva, Wednesday, 5 March 2014, at 10 a.m.".
fn closes_line(page: Page<'_>, place: &Place<'_>) -> bool {
    let tokens = page.tokens(place.block);
    let behind = place.expression.tokens().end..tokens.end;
    let preposition =
        place.expression.tokens().start.checked_sub(1).filter(|it| *it >= tokens.start);
    let event = preposition.is_some_and(|it| {
        ["of", "since", "until", "by", "after", "before", "to", "from"]
            .iter()
            .any(|word| page.words.is_word(it, word))
    });
    !page.is_prose(place.block)
        && page.length(place.block) <= 40
        && page.count(behind) == 0
        && !event
        && !page.ends_sentence(place.block)
}

/// "Minutes of the meeting held on Monday, 3 March 2014".
fn is_held(page: Page<'_>, place: &Place<'_>) -> bool {
    let start = place.expression.tokens().start;
    let before = page.tokens(place.block).start.max(start.saturating_sub(12))..start;
    let held = before.clone().any(|it| {
        ["held", "convened", "meeting", "session", "delivered", "adopted"]
            .iter()
            .any(|word| page.words.is_word(it, word))
    });
    held && !page.is_prose(place.block)
}

/// A date alone or behind a place among the last lines: below a signature.
fn is_closing(page: Page<'_>, place: &Place<'_>) -> bool {
    let foot = page.document.blocks.len().saturating_sub(12);
    place.block >= foot.max(page.body() + 1)
        && page.length(place.block) <= 10
        && !is_fetched(page, place.block)
        && (is_alone(page, place) || is_dateline(page, place))
}

/// Within the first paragraphs, and not of what is to come.
fn early(page: Page<'_>, place: &Place<'_>) -> bool {
    let tokens = place.expression.tokens();
    let near = page.words.tokens[tokens.start].start < 1500;
    near && tense_at(page.words, tokens.start, tokens.end) == Tense::Past
}

/// A dateline or line with day and month only; the year from the same day named in full elsewhere, else none.
fn without_year(page: Page<'_>, places: &[Place<'_>], furniture: &[bool]) -> Option<Stamp> {
    let place = places.iter().find(|it| {
        it.date.year.is_none()
            && it.block < page.head().end
            && !furniture[it.block]
            && (is_alone(page, it) || is_dateline(page, it))
    })?;
    let same =
        page.expressions.iter().filter_map(Expression::stated).find(|it| {
            it.year.is_some() && it.month == place.date.month && it.day == place.date.day
        });
    let date = page.inferred_by(
        same.unwrap_or(place.date),
        if same.is_some() { rules::DATELINE } else { rules::NO_YEAR },
        place.expression.tokens(),
    );
    Some(Stamp { date, block: Some(place.block) })
}

/// The date in the file's name: "2019-11-19-foo", "20191119".
fn file_name(page: Page<'_>) -> Option<Stamp> {
    let id: &str = &page.document.id;
    let name = id.rsplit('/').next().unwrap_or(id);
    let figures: Vec<(usize, &str)> = runs(name).map(|it| (it.start, &name[it])).collect();
    let date = figures.iter().find_map(|(_, it)| compact(it)).or_else(|| {
        figures.windows(3).find_map(|it| {
            let joined = it.windows(2).all(|pair| pair[0].0 + pair[0].1.len() + 1 == pair[1].0);
            joined.then(|| parts(it[0].1, it[1].1, it[2].1)).flatten()
        })
    })?;
    let evidence = format!("the file's name: \"{name}\"");
    let date = Inferred { value: date, rule: rules::FILE_NAME.into(), span: None, evidence };
    Some(Stamp { date, block: None })
}

/// The runs of figures in a name.
fn runs(name: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + name[at..].find(|it: char| it.is_ascii_digit())?;
        at =
            name[start..].find(|it: char| !it.is_ascii_digit()).map_or(name.len(), |it| start + it);
        Some(start..at)
    })
}

fn compact(figures: &str) -> Option<PartialDate> {
    if figures.len() != 8 { None } else { parts(&figures[..4], &figures[4..6], &figures[6..]) }
}

fn parts(year: &str, month: &str, day: &str) -> Option<PartialDate> {
    let year = year.parse().ok().filter(|it| year.len() == 4 && (1500..2200).contains(it))?;
    let date = PartialDate::of(year, month.parse().ok(), day.parse().ok());
    date.civil().map(|_| date)
}

/// The latest day or year that the text speaks of as past: the document is not older.
pub(super) fn not_before(page: Page<'_>, furniture: &[bool]) -> Option<PartialDate> {
    let past = |it: &&Expression| {
        let before = it.tokens().start.checked_sub(1);
        let ahead = before.is_some_and(|at| {
            ["by", "until", "till", "before", "to", "for", "through"]
                .iter()
                .any(|word| page.words.is_word(at, word))
        });
        let own = matches!(
            it.meaning,
            Meaning::Year(YearOf::Given(_))
                | Meaning::Part(Part::Month(_) | Part::Day(..), YearOf::Given(_))
        );
        let alone =
            it.tokens().start > 0 && !page.words.shape(it.tokens().start - 1).is(Shape::CAPITAL);
        own && alone
            && !ahead
            && !furniture[page.words.block_of(it.tokens().start)]
            && tense_at(page.words, it.tokens().start, it.tokens().end) == Tense::Past
    };
    page.expressions.iter().filter(past).filter_map(Expression::stated).max()
}
