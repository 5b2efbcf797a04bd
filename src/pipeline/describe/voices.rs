//! The lines of a page to who speaks in the document and who wrote it.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::pipeline::describe::page::Page;
use crate::pipeline::describe::{Inferred, Speaker, issued, rules};
use crate::pipeline::words::Shape;
use crate::vocabulary::lexicon::list;
use crate::vocabulary::{Kind, Title};

/// What people give: "Speech by …".
const SPEECHES: &[&str] = &[
    "speech",
    "remarks",
    "statement",
    "address",
    "message",
    "lecture",
    "keynote",
    "intervention",
    "briefing",
    "toast",
    "comments",
    "testimony",
    "speeches",
    "statements",
    "greetings",
    "presentation",
    "eulogy",
];

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

/// The closing words of a letter.
const CLOSINGS: &[&str] = &[
    "yours sincerely",
    "sincerely",
    "sincerely yours",
    "yours faithfully",
    "yours truly",
    "best regards",
    "kind regards",
    "regards",
    "respectfully",
    "respectfully yours",
    "best wishes",
    "warm regards",
    "with best regards",
    "yours",
    "with kind regards",
    "cordially",
    "yours respectfully",
    "very truly yours",
];

/// How many labels a transcript has at least.
const TRANSCRIPT: usize = 2;

/// How many speakers are named at most.
const MOST: usize = 30;

/// Who speaks, each once, in the order of the evidence.
pub(super) fn speakers(page: Page<'_>, title: Option<usize>) -> Vec<Inferred<Speaker>> {
    let mut found: Vec<Inferred<Speaker>> = Vec::new();
    let head = page.head().take_while(|it| *it <= page.body + 3);
    let lines = title.into_iter().chain(head.clone().filter(|it| Some(*it) != title));
    for block in lines {
        if block <= page.body {
            found.extend(remarks_of(page, block));
        }
        if !page.is_prose(block) {
            found.extend(speech_by(page, block));
        }
        found.extend(told(page, block));
    }
    found.extend(labels(page));
    let mut names = Vec::new();
    found.retain(|it| {
        let new = !names.contains(&it.value.name);
        names.push(it.value.name.clone());
        new
    });
    found.truncate(MOST);
    found
}

/// "Following are UN Secretary-General X's remarks", "Following is the text of remarks by X".
fn remarks_of(page: Page<'_>, block: usize) -> Option<Inferred<Speaker>> {
    let tokens = page.tokens(block);
    if !page.words.is_word(tokens.start, "following") {
        return None;
    }
    let near = tokens.start..tokens.end.min(tokens.start + 40);
    let owner = near.clone().find(|it| page.words.shape(*it).is(Shape::POSSESSIVE));
    let by = near
        .clone()
        .find(|it| page.words.is_word(*it, "by"))
        .filter(|it| owner.is_none_or(|owner| *it < owner));
    let (start, end) = match (by, owner) {
        (Some(by), _) => (by + 1, tokens.end),
        (None, Some(owner)) => {
            let small = [
                "following",
                "is",
                "are",
                "the",
                "text",
                "full",
                "transcript",
                "of",
                "a",
                "unofficial",
            ];
            let start =
                near.clone().find(|it| !small.iter().any(|word| page.words.is_word(*it, word)))?;
            (start, owner)
        }
        (None, None) => return None,
    };
    speaker(page, start..end, rules::REMARKS_OF)
}

/// "Speech by X", "Remarks of X", "Interview with X".
fn speech_by(page: Page<'_>, block: usize) -> Option<Inferred<Speaker>> {
    let tokens = page.tokens(block);
    let is = |at: usize, words: &[&str]| words.iter().any(|it| page.words.is_word(at, it));
    let preposition = tokens.clone().find(|it| {
        let before = it.saturating_sub(4).max(tokens.start)..*it;
        let speech = before.clone().any(|it| is(it, SPEECHES));
        (is(*it, &["by"]) && speech)
            || (is(*it, &["of", "from"]) && *it > tokens.start && is(*it - 1, SPEECHES))
            || (is(*it, &["with"])
                && before.clone().any(|it| is(it, &["interview", "conversation"])))
    })?;
    speaker(page, preposition + 1..tokens.end, rules::SPEECH_BY)
}

/// "X told Y in an exclusive interview".
fn told(page: Page<'_>, block: usize) -> Option<Inferred<Speaker>> {
    let tokens = page.tokens(block);
    let interview = tokens.clone().find(|it| page.words.is_word(*it, "interview"))?;
    let told = (tokens.start..interview)
        .rev()
        .take(16)
        .find(|it| ["told", "said"].iter().any(|word| page.words.is_word(*it, word)))?;
    let mut start = told;
    while start > tokens.start && belongs(page, start - 1) {
        start -= 1;
    }
    speaker(page, start..told, rules::TOLD)
}

/// Whether token `at` can be part of an office and name.
fn belongs(page: Page<'_>, at: usize) -> bool {
    let shape = page.words.shape(at);
    shape.is(Shape::CAPITAL | Shape::HYPHEN)
        || page.words.listed(at, list::PARTICLE | list::OFFICE_WORD)
        || ["of", "for", "the"].iter().any(|it| page.words.is_word(at, it))
        || (page.words.is_mark(at, b'.') && page.words.abbreviates(at - 1))
}

fn speaker(page: Page<'_>, tokens: Range<usize>, rule: &str) -> Option<Inferred<Speaker>> {
    let end = run_end(page, tokens.clone());
    let (value, span) = person(page, tokens.start..end)?;
    Some(page.inferred_by(value, rule, span))
}

/// Where the office and name that begin with `tokens` end.
fn run_end(page: Page<'_>, tokens: Range<usize>) -> usize {
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
fn person(page: Page<'_>, tokens: Range<usize>) -> Option<(Speaker, Range<usize>)> {
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
    let text = |it: Range<usize>| {
        page.document.text[page.bytes(it)].split_whitespace().collect::<Vec<_>>().join(" ")
    };
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
fn office_and_name(page: Page<'_>, tokens: Range<usize>) -> (Range<usize>, Option<Range<usize>>) {
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
fn is_name(page: Page<'_>, tokens: Range<usize>, titled: bool) -> bool {
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
            && !page.words.listed(it, list::HEAD_WEAK | list::SURNAME | list::SURNAME_WEAK)
    });
    let stops = words
        .clone()
        .filter(|it| !page.words.listed(*it, list::PARTICLE))
        .any(|it| page.words.listed(it, list::STOP));
    plain && !other && !headed && !stops && count <= 5 && (count >= 2 || titled)
}

/// Labels before what is said, where there are several: "THE CHAIRMAN:", "Mr. SMITH (France):".
fn labels(page: Page<'_>) -> Vec<Inferred<Speaker>> {
    let labels: Vec<_> = (0..page.document.blocks.len()).filter_map(|it| label(page, it)).collect();
    if labels.len() < TRANSCRIPT {
        return Vec::new();
    }
    let mut times: FxHashMap<&str, (u32, Range<usize>)> = FxHashMap::default();
    for label in labels {
        times.entry(page.words.slice(label.clone())).or_insert((0, label)).0 += 1;
    }
    let mut labels: Vec<_> = times.into_values().collect();
    labels.sort_unstable_by_key(|it| it.1.start);
    let sure = labels.into_iter().filter(|(times, label)| *times > 1 || is_label(page, label));
    sure.filter_map(|(_, label)| of_label(page, label)).collect()
}

/// Whether a label that stands only once is one: it has an honorific or office, or is all in capitals.
fn is_label(page: Page<'_>, label: &Range<usize>) -> bool {
    let mut words = label.clone().filter(|it| page.words.shape(*it).is(Shape::WORD));
    page.vocabulary.titles.longest(page.words, label.start, label.end).is_some()
        || words.all(|it| page.words.shape(it).is(Shape::ALL_CAPITALS))
}

/// The tokens of the label that block `at` begins with.
fn label(page: Page<'_>, at: usize) -> Option<Range<usize>> {
    let tokens = page.tokens(at);
    let colon = tokens.clone().take(12).find(|it| page.words.is_mark(*it, b':'))?;
    let label = tokens.start..colon;
    let named = label.clone().filter(|it| page.words.shape(*it).is(Shape::WORD)).all(|it| {
        page.words.shape(it).is(Shape::CAPITAL)
            || page.words.listed(it, list::PARTICLE)
            || ["of", "and", "the"].iter().any(|word| page.words.is_word(it, word))
    });
    (named && page.count(label.clone()) > 0 && page.words.shape(tokens.start).is(Shape::CAPITAL))
        .then_some(label)
}

fn of_label(page: Page<'_>, label: Range<usize>) -> Option<Inferred<Speaker>> {
    let bracket = label.clone().find(|it| page.words.is_mark(*it, b'(')).unwrap_or(label.end);
    let (mut speaker, _) = person(page, label.start..bracket)?;
    if bracket + 1 < label.end {
        let inside = bracket + 1..label.end - 1;
        page.words.slice(inside).clone_into(&mut speaker.role);
    }
    Some(page.inferred_by(speaker, rules::LABEL, label))
}

/// Who wrote it, each once.
pub(super) fn authors(page: Page<'_>) -> Vec<Inferred<String>> {
    let mut found: Vec<Inferred<String>> = Vec::new();
    for block in page.head() {
        let owner = blog_owner(page, block).map(|it| (it, rules::BLOG));
        let lines = byline(page, block).into_iter().flatten().map(|it| (it, rules::BYLINE));
        for (name, rule) in owner.into_iter().chain(lines) {
            let value =
                page.words.slice(name.clone()).split_whitespace().collect::<Vec<_>>().join(" ");
            found.push(page.inferred_by(value, rule, name));
        }
    }
    found.extend(signature(page));
    found.extend(of_sender(page));
    let mut names = Vec::new();
    found.retain(|it| {
        let new = !names.contains(&it.value);
        names.push(it.value.clone());
        new
    });
    found
}

/// The name in "Jane Doe's Blog".
pub(super) fn blog_owner(page: Page<'_>, block: usize) -> Option<Range<usize>> {
    let tokens = page.tokens(block);
    let blog = tokens
        .end
        .checked_sub(1)
        .filter(|it| *it > tokens.start && page.words.is_word(*it, "blog"))?;
    let owner = (tokens.start..blog).find(|it| page.words.shape(*it).is(Shape::POSSESSIVE))?;
    let name = tokens.start..owner;
    (owner + 1 == blog && is_name(page, name.clone(), false)).then_some(name)
}

/// The names in "By Jane Doe and John Roe, Geneva".
pub(super) fn byline(page: Page<'_>, block: usize) -> Option<Vec<Range<usize>>> {
    let tokens = page.tokens(block);
    let is = |at: usize, word: &str| at < tokens.end && page.words.is_word(at, word);
    let first = tokens.start;
    let start = match () {
        () if is(first, "by") => first + 1,
        () if (is(first, "author") || is(first, "authors"))
            && page.words.is_mark(first + 1, b':') =>
        {
            first + 2
        }
        () if is(first + 1, "by")
            && ["written", "posted", "story", "text"].iter().any(|it| is(first, it)) =>
        {
            first + 2
        }
        () => return None,
    };
    if page.length(block) > 14 || page.ends_sentence(block) {
        return None;
    }
    let mut names = Vec::new();
    let mut from = start;
    for at in start..=tokens.end {
        let joint = at == tokens.end
            || page.words.is_mark(at, b',')
            || is(at, "and")
            || is(at, "for")
            || is(at, "in")
            || is(at, "on")
            || matches!(page.words.surface(at), "|" | "&" | "–" | "-" | "(")
                && !page.words.shape(at).is(Shape::GLUED);
        if joint {
            let name = from..at;
            if name.is_empty() || !is_name(page, name.clone(), false) {
                break;
            }
            names.push(name);
            from = at + 1;
        }
    }
    (!names.is_empty()).then_some(names)
}

/// The name below "Yours sincerely".
fn signature(page: Page<'_>) -> Option<Inferred<String>> {
    let blocks = page.document.blocks.len();
    let closes = |it: &usize| {
        let line = page
            .text(*it)
            .lines()
            .next()
            .unwrap_or("")
            .trim_end_matches([',', '.', ' '])
            .to_lowercase();
        CLOSINGS.contains(&line.as_str())
    };
    let closing = (blocks.saturating_sub(14)..blocks).rev().find(closes)?;
    let inside = page.tokens(closing);
    let line = inside.clone().skip(1).find(|it| page.words.shape(*it).is(Shape::LINE_START));
    let start = match line {
        Some(line) => line,
        None => page.tokens((closing + 1 < blocks).then_some(closing + 1)?).start,
    };
    let block = page.tokens(page.words.block_of(start));
    let end = (start + 1..block.end)
        .find(|it| page.words.shape(*it).is(Shape::LINE_START) || page.words.is_mark(*it, b','))
        .unwrap_or(block.end);
    let (_, name) = office_and_name(page, start..end);
    let name = name?;
    Some(page.inferred_by(page.words.slice(name.clone()).to_owned(), rules::SIGNATURE, name))
}

/// The name in the From line of a message, and its block.
pub(super) fn sender(page: Page<'_>) -> Option<(usize, &str)> {
    let headers = page.head().filter(|it| {
        ["To:", "Subject:", "Date:", "Sent:"].iter().any(|label| page.text(*it).contains(label))
    });
    if headers.count() == 0 {
        return None;
    }
    page.head().find_map(|block| {
        let rest = page.text(block).lines().find_map(|it| it.trim().strip_prefix("From:"))?.trim();
        let name =
            rest[..rest.find(['<', '[', '(']).unwrap_or(rest.len())].trim().trim_matches('"');
        (!name.is_empty() && !name.contains('@')).then_some((block, name))
    })
}

fn of_sender(page: Page<'_>) -> Option<Inferred<String>> {
    let (block, name) = sender(page).filter(|_| issued::sender(page).is_none())?;
    let words = name.split_whitespace().count();
    let start = page.range(block).start + page.text(block).find(name)?;
    let tokens = page.words.at(start)..page.words.at(start + name.len());
    ((2..=4).contains(&words) && is_name(page, tokens, false))
        .then(|| page.inferred(name.to_owned(), rules::SENDER, start..start + name.len()))
}
