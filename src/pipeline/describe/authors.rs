//! The lines of a page to who wrote the document.

use std::ops::Range;

use crate::pipeline::describe::page::{Page, squeeze};
use crate::pipeline::describe::person::{is_name, office_and_name};
use crate::pipeline::describe::{Inferred, issued, rules};
use crate::pipeline::words::Shape;

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

/// A line of more bytes is none of them, whatever its capitals.
const CLOSING: usize = 60;

/// Who wrote it, each once.
pub(super) fn authors(page: Page<'_>) -> Vec<Inferred<String>> {
    let mut found: Vec<Inferred<String>> = Vec::new();
    for block in page.head() {
        let owner = blog_owner(page, block).map(|it| (it, rules::BLOG));
        let lines = byline(page, block).into_iter().flatten().map(|it| (it, rules::BYLINE));
        for (name, rule) in owner.into_iter().chain(lines) {
            let value = squeeze(page.words.slice(name.clone()));
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
        () if is(first, "posted") || is(first, "published") => {
            tokens.clone().take(14).find(|it| is(*it, "by"))? + 1
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
        let line = page.text(*it).lines().next().unwrap_or("").trim_end_matches([',', '.', ' ']);
        line.len() <= CLOSING && CLOSINGS.contains(&line.to_lowercase().as_str())
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

/// Whether block `at` is the From line of a message: among other headers, not "From: Department for Islands" on a page.
pub(super) fn is_sender(page: Page<'_>, at: usize) -> bool {
    let from = |it: &str| it.get(..5).is_some_and(|it| it.eq_ignore_ascii_case("from:"));
    from(page.text(at)) && has_headers(page)
}

fn has_headers(page: Page<'_>) -> bool {
    const HEADERS: &[&str] = &["to:", "subject:", "date:", "sent:", "cc:"];
    const HEADER: usize = "subject:".len();
    let is = |line: &str| {
        let begins =
            |it: &&str| line.get(..it.len()).is_some_and(|own| own.eq_ignore_ascii_case(it));
        line.bytes().take(HEADER).any(|it| it == b':') && HEADERS.iter().any(begins)
    };
    page.head().any(|it| page.text(it).lines().any(is))
}

/// The name in the From line of a message, and its block.
pub(super) fn sender(page: Page<'_>) -> Option<(usize, &str)> {
    if !has_headers(page) {
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
