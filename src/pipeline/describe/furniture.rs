//! Blocks at head and foot to page furniture: what belongs to the web page and not to the text.

use std::ops::Range;
use std::sync::LazyLock;

use crate::pipeline::describe::datelines;
use crate::pipeline::describe::page::{Page, plain};
use crate::pipeline::describe::phrases::{Telling, Where};

static PHRASES: LazyLock<Telling> = LazyLock::new(|| Telling::read(include_str!("furniture.tsv")));

/// How many blocks at the foot may be furniture.
const FOOT: usize = 40;

/// A line with more words is no furniture by a phrase that it begins with or holds.
const SHORT: usize = 12;

/// For each block, whether it is furniture.
pub(super) fn furniture(page: Page<'_>) -> Vec<bool> {
    let mut furniture = vec![false; page.document.blocks.len()];
    let head = page.head();
    let foot = foot(page);
    for at in head.clone().filter(|it| !foot.contains(it)) {
        furniture[at] = is_furniture(page, at, Where::Head)
            || is_trail(page.text(at))
            || (at < page.body && is_banner(page.text(at)));
    }
    for at in foot.clone() {
        furniture[at] |= is_furniture(page, at, Where::Foot);
    }
    cut(page, foot.clone(), &mut furniture);
    menu(page, foot, &mut furniture);
    if furniture.iter().all(|it| *it) {
        furniture.fill(false);
    }
    furniture
}

/// The blocks at the foot: those behind the first running text, at most [`FOOT`].
fn foot(page: Page<'_>) -> Range<usize> {
    let blocks = page.document.blocks.len();
    blocks.saturating_sub(FOOT).max(page.body + 1).min(blocks)..blocks
}

fn is_furniture(page: Page<'_>, at: usize, place: Where) -> bool {
    let text = page.text(at);
    if text.is_empty() || text.len() > 200 || page.length(at) >= SHORT {
        return false;
    }
    // "Xinhua, November 23, 2016 Adjust font size:" is a dateline with debris behind it.
    let tokens = page.tokens(at);
    let dated = page.expressions(at).iter().any(|it| {
        let day = it.stated().is_some_and(|it| it.day.is_some() && it.year.is_some());
        day && page.count(tokens.start..it.first as usize) <= 8
    });
    PHRASES.find(&plain(text), place).is_some()
        && !(dated && place == Where::Head && !datelines::is_fetched(page, at))
}

/// What block `at` has of furniture at its end: "Xinhua, November 23, 2016 Adjust font size:".
pub(super) fn tail(text: &str) -> bool {
    PHRASES.find(&plain(text), Where::Head).is_some()
}

/// "We use cookies to make this site work better. By going on you agree …": whole sentences, but none of the text.
pub(super) fn is_banner(text: &str) -> bool {
    const ASKED: &[&str] = &["we use", "site uses", "you agree", "your browser", "your consent"];
    text.len() < 600 && text.contains("cookies") && {
        let line = plain(text);
        ASKED.iter().any(|it| line.contains(it))
    }
}

/// "Home > News > Speeches".
fn is_trail(text: &str) -> bool {
    let parts = [" > ", " » ", " › ", " / ", " | "].iter().map(|it| text.split(it));
    text.len() < 120
        && parts.into_iter().any(|parts| {
            let parts: Vec<_> = parts.collect();
            let short = parts.iter().all(|it| (1..=4).contains(&it.split_whitespace().count()));
            parts.len() >= 3 && short
                || (parts.len() == 2 && parts[0].trim().eq_ignore_ascii_case("home"))
        })
}

/// Everything behind a mark at the foot is furniture, if no running text comes any more.
fn cut(page: Page<'_>, foot: Range<usize>, furniture: &mut [bool]) {
    let last_prose = foot.clone().rev().find(|it| is_long(page, *it) && !furniture[*it]);
    let from = last_prose.map_or(foot.start, |it| it + 1);
    if let Some(mark) = (from..foot.end).find(|it| furniture[*it] && is_mark(page, *it)) {
        furniture[mark..].fill(true);
    }
}

/// Whether the furniture at `at` ends the text: it offers something, rather than standing in for a line of it.
fn is_mark(page: Page<'_>, at: usize) -> bool {
    let text = plain(page.text(at));
    !text.starts_with("end") && text.chars().any(char::is_alphabetic)
}

fn is_long(page: Page<'_>, at: usize) -> bool {
    let length = page.length(at);
    length >= 40 || (length >= SHORT && page.text(at).ends_with(['.', '"', '”']))
}

/// Three or more short last lines that begin alike: "For business", "For students".
fn menu(page: Page<'_>, foot: Range<usize>, furniture: &mut [bool]) {
    let first = |at: usize| page.text(at).split_whitespace().next().unwrap_or("");
    let end = foot.clone().rev().find(|it| !furniture[*it]).map_or(foot.start, |it| it + 1);
    let alike = (foot.start..end).rev().take_while(|it| {
        page.length(*it) <= 3 && !page.ends_sentence(*it) && first(*it) == first(end - 1)
    });
    let count = alike.count();
    if count >= 3 {
        furniture[end - count..end].fill(true);
    }
}
