//! The first sentence to a title, for documents that have none.

use std::ops::Range;

use crate::pipeline::describe::page::{Page, squeeze};
use crate::pipeline::describe::titled::Title;
use crate::pipeline::describe::{Inferred, rules};
use crate::vocabulary::lexicon::list;

/// A title made from the first sentence, cut where a clause ends.
pub(super) fn made(page: Page<'_>, furniture: &[bool]) -> Title {
    let blocks = 0..page.document.blocks.len();
    let open = |it: &usize| !furniture[*it] && page.length(*it) > 0;
    let prose = blocks.clone().find(|it| open(it) && page.is_prose(*it));
    let Some(block) = prose.or_else(|| blocks.clone().find(open)) else {
        let name = page.document.id.rsplit('/').next().unwrap_or("").to_owned();
        let evidence = "no text; the file's name".to_owned();
        return Title {
            title: Inferred { value: name, rule: rules::MADE.into(), span: None, evidence },
            blocks: 0..0,
        };
    };
    let tokens = page.tokens(block);
    let start = behind_dateline(page, block);
    let start = if start < tokens.end { start } else { tokens.start };
    let sentence = start..page.words.sentence(start).end.min(tokens.end).max(start + 1);
    let end = cut(page, sentence.clone());
    let mut value = capitalised(&squeeze(&page.document.text[page.bytes(sentence.start..end)]));
    let whole = end == sentence.end;
    value.truncate(value.trim_end_matches(['.', ',', ';', ':', '–', '—', ' ']).len());
    if !whole {
        value.push('…');
    }
    Title { title: page.inferred_by(value, rules::MADE, sentence.start..end), blocks: 0..0 }
}

/// With a capital at the start: what stood before it was cut off.
fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |it| it.to_uppercase().chain(letters).collect())
}

/// Where the sentence begins behind "On 17 August, " or "LONDON, 5 May 2014 (Reuters) – ".
fn behind_dateline(page: Page<'_>, block: usize) -> usize {
    let tokens = page.tokens(block);
    let Some(expression) = page.expressions(block).first() else { return tokens.start };
    let near = page.count(tokens.start..expression.first as usize) <= 4;
    let dash = (tokens.start..tokens.end.min(tokens.start + 16))
        .find(|it| matches!(page.words.surface(*it), "–" | "—") && *it > expression.end as usize);
    let comma = page.words.is_mark(expression.end as usize, b',')
        && near
        && expression.stated().is_some_and(|it| it.day.is_some());
    match dash {
        Some(dash) if near => dash + 1,
        _ if comma => expression.end as usize + 1,
        _ => tokens.start,
    }
}

/// Where to cut a sentence so that about twelve words are left.
fn cut(page: Page<'_>, sentence: Range<usize>) -> usize {
    const WANTED: usize = 12;
    if page.count(sentence.clone()) <= WANTED + 4 {
        return sentence.end;
    }
    let mut words = 0_usize;
    let mut best = (usize::MAX, sentence.end);
    for at in sentence.clone() {
        if words >= 6 && !page.words.listed(at.saturating_sub(1), list::STOP) {
            let cost = words.abs_diff(WANTED) + break_cost(page, at);
            best = best.min((cost, at));
        }
        words += usize::from(page.is_word(at));
        if words > WANTED + 10 {
            break;
        }
    }
    best.1
}

/// How bad it is to break a sentence before token `at`.
fn break_cost(page: Page<'_>, at: usize) -> usize {
    let word = page.words.surface(at);
    let is = |words: &[&str]| words.iter().any(|it| word.eq_ignore_ascii_case(it));
    match () {
        () if matches!(word, "," | ";" | "–" | "—" | "(" | ":") => 0,
        () if is(&[
            "which", "who", "while", "after", "before", "but", "because", "although", "as",
        ]) =>
        {
            1
        }
        () if is(&[
            "and", "that", "to", "with", "by", "in", "at", "on", "for", "from", "during",
        ]) =>
        {
            3
        }
        () if is(&["of"]) => 5,
        () => 9,
    }
}
