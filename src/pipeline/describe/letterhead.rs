//! A line to whether it is an organization's name and nothing else.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::pipeline::describe::page::Page;
use crate::pipeline::words::Shape;
use crate::vocabulary::lexicon::list;
use crate::vocabulary::lists::rows;

/// What headlines say of bodies, and names of bodies do not have.
static VERBS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    rows(include_str!("headline-verbs.txt")).flat_map(str::split_whitespace).collect()
});

/// Whether a verb of headlines stands in block `at`, not as its first word: "Council Opens Bridge".
pub(super) fn has_verb(page: Page<'_>, at: usize) -> bool {
    let verb = |it: usize| {
        let surface = page.words.surface(it);
        let small = surface.len() > 2 && surface.is_ascii();
        small && VERBS.contains(surface.to_ascii_lowercase().as_str())
    };
    page.tokens(at).skip(1).any(verb)
}

/// An organization's name and nothing else.
pub(super) fn is_letterhead(page: Page<'_>, at: usize) -> bool {
    let tokens = page.tokens(at);
    let length = page.length(at);
    if tokens.is_empty() || length > 14 || page.text(at).contains([':', '?', '"', '“']) {
        return false;
    }
    let known = page.vocabulary.name_at(page.words, tokens.start, tokens.end);
    if known.is_some_and(|(end, _)| page.count(end..tokens.end) <= 1) {
        return true;
    }
    let small = |it: usize| {
        page.words.shape(it).is(Shape::WORD) && !page.words.shape(it).is(Shape::CAPITAL)
    };
    let verbal = tokens.clone().any(|it| small(it) && !page.words.listed(it, list::STOP));
    // "Office" alone says little; "Office of the Governor" is a name.
    let head = is_head(page, tokens.start)
        || (length <= 5 && page.words.listed(tokens.start, list::HEAD_ORGANIZATION));
    let first = head
        && (page.words.is_word(tokens.start + 1, "of")
            || page.words.is_word(tokens.start + 1, "for"));
    let capital = page.words.shape(tokens.start).is(Shape::CAPITAL);
    !verbal
        && capital
        && length <= 10
        && (first || ends_in_head(page, tokens))
        && !has_verb(page, at)
}

fn is_head(page: Page<'_>, at: usize) -> bool {
    page.words.listed(at, list::HEAD_ORGANIZATION) && !page.words.listed(at, list::HEAD_WEAK)
}

/// "Harbour Workers' Association"; not "Mayor Opens New Office", whose verb title case hides.
fn ends_in_head(page: Page<'_>, tokens: Range<usize>) -> bool {
    let words: Vec<_> = tokens.filter(|it| page.is_word(*it)).collect();
    let Some((&last, others)) = words.split_last() else { return false };
    let verbal = |it: &&usize| {
        let surface = page.words.surface(**it);
        (surface.ends_with('s') || surface.ends_with("ed"))
            && !page.words.shape(**it + 1).is(Shape::POSSESSIVE)
    };
    words.len() <= 5 && is_head(page, last) && !others.iter().any(|it| verbal(&it))
}
