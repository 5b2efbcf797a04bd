//! A date in its line to whether the line says when the document was issued.

use std::ops::Range;

use crate::pipeline::calendar::meaning::Meaning;
use crate::pipeline::calendar::{Expression, PartialDate};
use crate::pipeline::describe::furniture;
use crate::pipeline::describe::page::{Page, plain};
use crate::pipeline::words::Shape;
use crate::vocabulary::Kind;

/// Words that may stand in a line that only says when.
const LABELS: &str = "date dated published posted issued released release on of the for immediate \
    updated created issue publication posting publish time am pm a p m gmt utc est edt cet cest \
    bst pst pdt et at hrs hours h ist pt last press news";

/// Words with which a line tells when the page was fetched or changed, not when the text was issued.
const FETCHED: &[&str] = &[
    "printed",
    "retrieved",
    "accessed",
    "download",
    "last updated",
    "last modified",
    "last revised",
    "today is",
    "page updated",
    "modified",
    "updated",
    "revised",
    "last reviewed",
    "last update",
    "last changed",
    "page last",
    "date modified",
    "archived",
    "captured",
    "expires",
    "valid until",
];

/// Those of them that tell when the text itself was changed.
const CHANGED: &[&str] =
    &["last", "page updated", "page last", "modified", "updated", "revised", "date modified"];

/// Words with which a line begins that says when it was published.
const PUBLISHED: &str = "posted published issued released release created date dated uploaded \
    submitted embargoed embargo publication first filed for";

/// What may stand behind them.
const BEHIND_PUBLISHED: &str = "by on at in until till date published release immediate of";

/// Words in small letters that names of places and agencies have, and labels.
const SMALL: &str = "of the and for de la del du release immediate on in at le las los";

/// Words behind which a date is that of an event.
const OF_EVENTS: &str = "of since until by after before to from till";

/// What is held, delivered or adopted on a day.
const HELD: &str = "held convened meeting session delivered adopted";

/// How a date stands in its block.
pub(super) struct Place<'e> {
    pub(super) block: usize,
    pub(super) expression: &'e Expression,
    pub(super) date: PartialDate,
}

impl Place<'_> {
    /// Whether the date is known to the day.
    pub(super) fn is_full(&self) -> bool {
        self.date.civil().is_some()
    }

    /// The tokens of its block before it.
    fn before(&self, page: Page<'_>) -> Range<usize> {
        page.tokens(self.block).start..self.expression.tokens().start
    }

    /// The tokens of its block behind it.
    fn behind(&self, page: Page<'_>) -> Range<usize> {
        self.expression.tokens().end..page.tokens(self.block).end
    }
}

fn is_any(page: Page<'_>, at: usize, words: &str) -> bool {
    let surface = page.words.surface(at);
    words.split_ascii_whitespace().any(|it| surface.eq_ignore_ascii_case(it))
}

/// A line that holds the date and next to nothing else.
pub(super) fn is_alone(page: Page<'_>, place: &Place<'_>) -> bool {
    let others = place.before(page).chain(place.behind(page)).filter(|it| page.is_word(*it));
    let mut count = 0;
    for token in others {
        let number = page.words.shape(token).is(Shape::NUMBER | Shape::MIXED)
            || page.words.facts(token).weekday > 0;
        count += 1;
        if count > 6 || !(number || is_any(page, token, LABELS)) {
            return false;
        }
    }
    let tokens = place.expression.tokens().len();
    !(matches!(place.expression.meaning, Meaning::Year(_)) && tokens == 1)
}

/// Whether a line tells when the page was fetched or changed.
pub(super) fn is_fetched(page: Page<'_>, block: usize) -> bool {
    begins(page, block, FETCHED)
}

/// Whether a line tells when the text was last changed.
pub(super) fn is_changed(page: Page<'_>, block: usize) -> bool {
    is_fetched(page, block) && begins(page, block, CHANGED)
}

fn begins(page: Page<'_>, block: usize, phrases: &[&str]) -> bool {
    let text = page.text(block);
    text.len() < 120 && {
        let line = plain(text.trim_start_matches(|it: char| !it.is_alphanumeric()));
        phrases.iter().any(|it| line.starts_with(it))
    }
}

/// "Posted by Jane Doe on 5 May 2014", "Embargoed until 00:01 GMT, 5 May 2014".
pub(super) fn is_published(page: Page<'_>, place: &Place<'_>) -> bool {
    let first = page.tokens(place.block).start;
    let date = place.expression.first as usize;
    let second = first + 1;
    let led = second >= date
        || !page.is_word(second)
        || is_any(page, second, BEHIND_PUBLISHED)
        || page.words.facts(second).weekday > 0;
    is_any(page, first, PUBLISHED)
        && led
        && page.length(place.block) <= 20
        && !page.ends_sentence(place.block)
}

/// "Date: Tue, 19 Nov 2019 10:00:00 +0000 (Central European Time)" among the headers of a message.
pub(super) fn is_header(page: Page<'_>, place: &Place<'_>) -> bool {
    let first = page.tokens(place.block).start;
    let label = is_any(page, first, "date sent");
    label && page.words.is_mark(first + 1, b':') && page.length(place.block) <= 16
}

/// "LONDON, 5 May 2014 (Reuters) –", "Xinhua, November 23, 2016", "FOR IMMEDIATE RELEASE: May 5, 2014".
pub(super) fn is_dateline(page: Page<'_>, place: &Place<'_>) -> bool {
    let before = place.before(page);
    if page.count(before.clone()) > 8 {
        return false;
    }
    let named = before.clone().all(|it| {
        let shape = page.words.shape(it);
        let weekday = page.words.facts(it).weekday > 0;
        !shape.is(Shape::WORD) || shape.is(Shape::CAPITAL) || weekday || is_any(page, it, SMALL)
    });
    let opened = before.start < before.end && is_any(page, before.start, SMALL);
    named && !opened && is_set_off(page, place) && ends_dateline(page, place)
}

/// Whether a mark, a label or a place's name stands right before a date, so that it is no part of a phrase.
pub(super) fn is_set_off(page: Page<'_>, place: &Place<'_>) -> bool {
    let before = place.before(page);
    let Some(last) = before.clone().next_back() else { return true };
    let mark = !page.is_word(last) && !page.words.shape(last).is(Shape::POSSESSIVE);
    let weekday = page.words.facts(last).weekday > 0;
    mark || weekday || is_any(page, last, "release dated on") || ends_in_place(page, before)
}

/// Whether the last of `tokens` are the name of a place: "Moscow 30 October 2019".
fn ends_in_place(page: Page<'_>, tokens: Range<usize>) -> bool {
    let first = tokens.end.saturating_sub(4).max(tokens.start);
    (first..tokens.end).any(|at| is_place(page, at..tokens.end))
}

/// Whether `tokens` are the name of a place and nothing else.
pub(super) fn is_place(page: Page<'_>, tokens: Range<usize>) -> bool {
    let known = page.vocabulary.name_at(page.words, tokens.start, tokens.end);
    known.is_some_and(|(end, owners)| {
        end == tokens.end && page.vocabulary.entry(owners.form.entry).kind == Kind::Place
    })
}

/// Whether a dateline can end behind the date: with the block, a dash, a bracket, or a full stop behind a place.
fn ends_dateline(page: Page<'_>, place: &Place<'_>) -> bool {
    let behind = place.behind(page);
    let Some(at) = behind.clone().next() else { return true };
    let mark = page.words.surface(at);
    let placed = !place.before(page).is_empty();
    match mark {
        "-" | "–" | "—" | "/" | "|" | ":" | "•" | "·" | "(" => true,
        // "GENEVA (3 March 2014) – …", not "Report of the Council (3 March 2014)".
        ")" => placed && behind.len() > 1,
        "," => leads_to_dash(page, behind),
        "." => placed,
        _ => {
            let start = page.words.tokens[at].start as usize;
            let rest = page.document.text[start..page.range(place.block).end].trim();
            rest.len() < 80 && furniture::tail(rest)
        }
    }
}

/// ", Washington, D.C. –" behind a date.
fn leads_to_dash(page: Page<'_>, tokens: Range<usize>) -> bool {
    let near = tokens.start..tokens.end.min(tokens.start + 10);
    let dash = near.clone().find(|it| matches!(page.words.surface(*it), "–" | "—" | "--"));
    let small = |it: usize| page.is_word(it) && !page.words.shape(it).is(Shape::CAPITAL);
    dash.is_some_and(|dash| !(near.start..dash).any(small))
}

/// "announced today, 5 May 2014", "today (May 5, 2014)".
pub(super) fn is_today(page: Page<'_>, place: &Place<'_>) -> bool {
    let mut before = place.before(page).rev().filter(|it| page.is_word(*it));
    before.next().is_some_and(|it| page.words.is_word(it, "today"))
}

/// "(Moscow, October 30, 2019)".
pub(super) fn is_bracketed(page: Page<'_>, place: &Place<'_>) -> bool {
    let text = page.text(place.block);
    text.starts_with(['(', '[']) && text.ends_with([')', ']']) && page.length(place.block) <= 15
}

/// A short line that ends in the date: "Speech by … 30.10.2019", "Hearing on roads, Geneva, 5 March 2014".
pub(super) fn closes_line(page: Page<'_>, place: &Place<'_>) -> bool {
    let figures = page.words.shape(place.expression.first as usize).is(Shape::NUMBER)
        && place.expression.tokens().len() == 5;
    let set_off = figures || is_set_off(page, place) || is_held(page, place);
    let of_event = place.before(page).next_back().is_some_and(|it| is_any(page, it, OF_EVENTS));
    set_off
        && !of_event
        && page.count(place.behind(page)) == 0
        && page.length(place.block) <= 40
        && !page.is_prose(place.block)
        && !page.ends_sentence(place.block)
}

/// "Minutes of the meeting held on Monday, 3 March 2014 in the library".
pub(super) fn is_held(page: Page<'_>, place: &Place<'_>) -> bool {
    let before = place.before(page);
    let near = before.start.max(before.end.saturating_sub(12))..before.end;
    near.clone().any(|it| is_any(page, it, HELD)) && !page.is_prose(place.block)
}

/// A date alone or behind a place, below a signature.
pub(super) fn is_closing(page: Page<'_>, place: &Place<'_>) -> bool {
    page.length(place.block) <= 10
        && !is_fetched(page, place.block)
        && (is_alone(page, place) || is_dateline(page, place) || is_bracketed(page, place))
}
