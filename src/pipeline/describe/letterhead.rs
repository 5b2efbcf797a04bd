//! A line to whether it is an organization's name and nothing else.

use std::ops::Range;

use crate::pipeline::describe::page::Page;
use crate::pipeline::words::Shape;
use crate::vocabulary::lexicon::list;

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
    let first = is_head(page, tokens.start)
        && (page.words.is_word(tokens.start + 1, "of")
            || page.words.is_word(tokens.start + 1, "for"));
    let capital = page.words.shape(tokens.start).is(Shape::CAPITAL);
    !verbal && capital && length <= 10 && (first || ends_in_head(page, tokens))
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
