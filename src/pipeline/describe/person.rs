//! Tokens to a person: office and name, in either order.

use std::ops::Range;

use crate::pipeline::describe::Speaker;
use crate::pipeline::describe::letterhead::has_verb;
use crate::pipeline::describe::page::{Page, squeeze};
use crate::pipeline::words::Shape;
use crate::vocabulary::lexicon::list;
use crate::vocabulary::{Kind, Title};

/// Tokens with which a person's name and office end.
const STOPS: &[&str] = &[
    "at",
    "on",
    "in",
    "to",
    "during",
    "before",
    "told",
    "said",
    "says",
    "following",
    "after",
    "with",
    "regarding",
    "about",
    "remarks",
    "statement",
    "speech",
    "address",
    "delivered",
    "as",
    "concerning",
    "upon",
    "under",
    "was",
    "is",
];

/// Where the office and name that begin with `tokens` end.
pub(super) fn run_end(page: Page<'_>, tokens: Range<usize>) -> usize {
    let stop = |it: &usize| {
        let surface = page.words.surface(*it);
        let sentence = surface == "." && !page.words.abbreviates(*it - 1);
        let mark =
            matches!(surface, "(" | ")" | ":" | ";" | "\"" | "“" | "–" | "—" | "?" | "!" | "|");
        sentence
            || mark
            || page.words.shape(*it).is(Shape::POSSESSIVE | Shape::NUMBER)
            || STOPS.iter().any(|word| page.words.is_word(*it, word))
    };
    tokens.clone().take(30).find(stop).unwrap_or(tokens.end.min(tokens.start + 30))
}

/// The office and name in `tokens`: "UN Secretary-General X", "Mr. X, Minister of Y", "the President of Y, X".
pub(super) fn person(page: Page<'_>, tokens: Range<usize>) -> Option<(Speaker, Range<usize>)> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut start = tokens.start;
    for at in tokens.clone().chain([tokens.end]) {
        if at == tokens.end || page.words.is_mark(at, b',') {
            parts.push(start..at);
            start = at + 1;
        }
    }
    let first = parts.first()?.clone();
    let (role, name) = office_and_name(page, first.clone());
    let text = |it: Range<usize>| squeeze(&page.document.text[page.bytes(it)]);
    if let Some(name) = name {
        let behind = parts
            .get(1)
            .filter(|it| role.is_empty() && !office_and_name(page, (*it).clone()).0.is_empty())
            .cloned();
        let role = if role.is_empty() { behind.clone().unwrap_or(role) } else { role };
        let end = behind.map_or(name.end, |it| it.end);
        let span = name.start.min(role.start.max(tokens.start)).min(first.start)..end;
        return Some((Speaker { name: text(name), role: text(without_article(page, role)) }, span));
    }
    let next = parts.get(1).filter(|_| !role.is_empty())?.clone();
    let (_, name) = office_and_name(page, next.clone());
    let role = without_article(page, first.clone());
    name.map(|name| (Speaker { name: text(name.clone()), role: text(role) }, first.start..name.end))
}

fn without_article(page: Page<'_>, role: Range<usize>) -> Range<usize> {
    let article = !role.is_empty() && page.words.is_word(role.start, "the");
    role.start + usize::from(article)..role.end
}

/// The office in `tokens` (empty if none) and the name behind it.
pub(super) fn office_and_name(
    page: Page<'_>,
    tokens: Range<usize>,
) -> (Range<usize>, Option<Range<usize>>) {
    let (mut office, mut at, mut titled) = (tokens.start..tokens.start, tokens.start, tokens.start);
    let mut honoured = false;
    while at < tokens.end {
        let Some((end, title)) = page.vocabulary.titles.longest(page.words, at, tokens.end) else {
            at += 1;
            continue;
        };
        match title {
            Title::Plural => return (tokens.start..tokens.start, None),
            Title::Honorific => honoured = true,
            Title::Office => office = tokens.start..end,
        }
        let dot = end < tokens.end && page.words.is_mark(end, b'.');
        at = end + usize::from(dot);
        titled = at;
    }
    let rest = titled..tokens.end;
    let name = (!rest.is_empty() && is_name(page, rest.clone(), honoured || !office.is_empty()))
        .then_some(rest);
    (office, name)
}

/// Whether `tokens` can be a person's name.
pub(super) fn is_name(page: Page<'_>, tokens: Range<usize>, titled: bool) -> bool {
    let words = tokens.clone().filter(|it| page.is_word(*it));
    let count = words.clone().count();
    let capital = |it: usize| {
        page.words.shape(it).is(Shape::CAPITAL) || page.words.listed(it, list::PARTICLE)
    };
    let plain = words.clone().all(capital) && page.words.shape(tokens.start).is(Shape::CAPITAL);
    let known = page
        .vocabulary
        .name_at(page.words, tokens.start, tokens.end)
        .filter(|it| it.0 == tokens.end);
    let other = known
        .is_some_and(|(_, owners)| page.vocabulary.entry(owners.form.entry).kind != Kind::Person);
    let headed = words.clone().any(|it| {
        page.words.listed(it, list::HEAD)
            && !page.words.listed(it, list::HEAD_WEAK | list::ANY_SURNAME)
    });
    let stops = words
        .clone()
        .filter(|it| !page.words.listed(*it, list::PARTICLE))
        .any(|it| page.words.listed(it, list::STOP));
    plain && !other && !headed && !stops && count <= 5 && (count >= 2 || titled)
}

/// Whether block `at` is nothing but a person's name or office: "The Hon. Jane Doe", "Minister for Roads".
pub(super) fn is_person(page: Page<'_>, at: usize) -> bool {
    let tokens = page.tokens(at);
    if tokens.is_empty()
        || page.length(at) > 8
        || has_verb(page, at)
        || page.text(at).contains([':', '?', '"', '“'])
    {
        return false;
    }
    let known = |it: Range<usize>| it.clone().any(|at| page.words.listed(at, list::PERSON));
    let (office, name) = office_and_name(page, tokens.clone());
    if let Some(name) = name {
        return name.len() <= 3 && known(name);
    }
    let first = page.words.listed(tokens.start, list::FIRST_NAME | list::FIRST_NAME_WEAK);
    let bare = first && tokens.len() <= 4 && is_name(page, tokens.clone(), false);
    bare || (!office.is_empty() && office.end == tokens.end)
}
