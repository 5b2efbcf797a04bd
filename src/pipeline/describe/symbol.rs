//! The lines of a page to the number that the document has with its issuer.

use std::ops::Range;

use crate::pipeline::describe::page::Page;
use crate::pipeline::describe::{Inferred, rules};
use crate::pipeline::words::Shape;

/// The document's own number: in a short line at the top.
pub(super) fn symbol(page: Page<'_>) -> Option<Inferred<String>> {
    page.head().take(10).find_map(|block| {
        let tokens =
            symbol_in(page, block).filter(|_| page.length(block) <= 24 && !page.is_prose(block))?;
        let text = &page.document.text[page.bytes(tokens.clone())];
        Some(page.inferred_by(text.to_owned(), rules::SYMBOL, tokens))
    })
}

/// The tokens of a symbol in block `at`: "A/RES/2482", "SG/SM/19857", "COM(2018) 640".
pub(super) fn symbol_in(page: Page<'_>, at: usize) -> Option<Range<usize>> {
    let tokens = page.tokens(at);
    if tokens.len() > 60 {
        return None;
    }
    let mut start = tokens.start;
    while start < tokens.end {
        let end = (start + 1..tokens.end)
            .find(|it| !page.words.shape(*it).is(Shape::GLUED))
            .unwrap_or(tokens.end);
        let end = trimmed(page, start, end);
        let chunk = page.bytes(start..end.max(start + 1));
        let chunk = &page.document.text[chunk];
        if is_symbol(chunk) {
            return Some(start..end);
        }
        if is_series(chunk) && page.words.shape(end).is(Shape::NUMBER) && end < tokens.end {
            return Some(start..end + 1);
        }
        start = end.max(start + 1);
    }
    None
}

/// Leaves out the marks behind a chunk.
fn trimmed(page: Page<'_>, start: usize, mut end: usize) -> usize {
    while end > start + 1 && matches!(page.words.surface(end - 1), "." | "," | ";" | ":" | "*") {
        end -= 1;
    }
    end
}

/// Capitals, figures and strokes, with at least one of each.
fn is_symbol(chunk: &str) -> bool {
    let chars = || chunk.chars();
    chunk.len() >= 5
        && chunk.starts_with(|it: char| it.is_ascii_uppercase())
        && chars().all(|it| {
            it.is_ascii_uppercase()
                || it.is_ascii_digit()
                || matches!(it, '/' | '.' | '-' | '(' | ')')
        })
        && chars().any(|it| it == '/')
        && chars().any(|it| it.is_ascii_digit())
        && !chunk.ends_with('/')
}

/// "COM(2018)": a series and a year, before a number.
fn is_series(chunk: &str) -> bool {
    let Some((series, rest)) = chunk.split_once('(') else { return false };
    let year = rest.strip_suffix(')').unwrap_or("");
    (2..=5).contains(&series.len())
        && series.chars().all(|it| it.is_ascii_uppercase())
        && year.len() == 4
        && year.chars().all(|it| it.is_ascii_digit())
}
