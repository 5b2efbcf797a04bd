//! The lines above the text to those that can be its title, the lines of one headline joined.

use std::ops::Range;
use std::sync::LazyLock;

use crate::pipeline::describe::datelines::{Place, is_alone, is_dateline, is_place, is_published};
use crate::pipeline::describe::letterhead::is_letterhead;
use crate::pipeline::describe::page::{Page, plain};
use crate::pipeline::describe::phrases::{Telling, Where};
use crate::pipeline::describe::stems::Stems;
use crate::pipeline::describe::{authors, kinds, rules, symbol, voices};
use crate::pipeline::parse::BlockKind;
use crate::pipeline::words::Shape;
use crate::vocabulary::lexicon::list;

static PHRASES: LazyLock<Telling> =
    LazyLock::new(|| Telling::read(include_str!("title-phrases.tsv")));

/// How many lines a headline has at most.
const LINES: usize = 5;

/// How many words a headline has at most.
const WORDS: usize = 70;

/// A line with fewer words is not so long that the next could go on with it.
const FULL: usize = 5;

/// The blocks of each headline above the text, in order.
pub(super) fn headlines(
    page: Page<'_>,
    furniture: &[bool],
    line: Option<usize>,
    text: &Stems,
) -> Vec<Range<usize>> {
    let top = page.head().end.min(page.body.max(1));
    let open = |at: usize| {
        (!furniture[at] || is_of_text(page, at, text)) && Some(at) != line && may_open(page, at)
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < top {
        let mut end = at + 1;
        if open(at) {
            while end < top.min(at + LINES) && open(end) && goes_on(page, at..end) {
                end += 1;
            }
            if may_end(page, at..end) {
                found.push(at..end);
            }
        }
        at = end;
    }
    found
}

/// Whether a line that has a phrase of page furniture speaks of what the text speaks of: "Firm Broke Its Privacy Policy".
fn is_of_text(page: Page<'_>, at: usize, text: &Stems) -> bool {
    let (shared, own) = text.shared(page, page.tokens(at));
    page.length(at) >= FULL && shared > 2 && shared * 2 > own
}

/// What the phrases in a line add to its evidence.
pub(super) fn phrase(page: Page<'_>, at: usize) -> f32 {
    let weight = PHRASES.find(&plain(page.text(at)), Where::Head);
    weight.and_then(|it| it.1.parse().ok()).unwrap_or(0.0)
}

/// Whether block `at` can be a headline or the first line of one.
fn may_open(page: Page<'_>, at: usize) -> bool {
    let text = page.text(at);
    let length = page.length(at);
    let tokens = page.tokens(at);
    let worded = tokens.clone().any(|it| page.words.shape(it).is(Shape::WORD));
    let several = !tokens.is_empty() && page.words.sentence(tokens.start).end < tokens.end;
    let most = if several { 14 } else { 25 };
    let sentence = page.ends_sentence(at) && text.ends_with('.') && length > most;
    let bracketed = text.starts_with('(') && text.ends_with(')');
    worded
        && length <= WORDS
        && !sentence
        && !bracketed
        && page.document.blocks[at].kind != BlockKind::Code
        && !says_other(page, at, &plain(text))
}

fn may_end(page: Page<'_>, blocks: Range<usize>) -> bool {
    let length: usize = blocks.clone().map(|it| page.length(it)).sum();
    length <= WORDS && !page.text(blocks.end - 1).ends_with([',', ':', ';'])
}

/// Whether a headline of these `lines` goes on in the next one.
fn goes_on(page: Page<'_>, lines: Range<usize>) -> bool {
    let at = lines.end - 1;
    let (tokens, next) = (page.tokens(at), page.tokens(at + 1));
    let stops = page.text(at).ends_with(['.', '!', '?', ':', ';']);
    if stops || tokens.is_empty() || next.is_empty() || page.is_set_off(at + 1) {
        return false;
    }
    if is_letterhead(page, at) || is_letterhead(page, at + 1) {
        return false;
    }
    let capitals = page.is_in_capitals(at) && page.is_in_capitals(at + 1);
    let (last, first) = (tokens.end - 1, next.start);
    let open = page.words.listed(last, list::STOP)
        || matches!(page.words.surface(last), "," | "-" | "–" | "—" | "&");
    let small =
        page.words.shape(first).is(Shape::WORD) && !page.words.shape(first).is(Shape::CAPITAL);
    capitals || (page.length(at) >= FULL && (open || small)) || is_full(page, lines)
}

/// Whether the next word would not fit in the last of several `lines`, as wide as the others are.
fn is_full(page: Page<'_>, lines: Range<usize>) -> bool {
    let width = |at: usize| page.text(at).chars().count();
    let last = lines.end - 1;
    let next = page.text(lines.end).split_whitespace().next().unwrap_or("").chars().count();
    lines.len() > 1 && lines.map(width).max().is_some_and(|it| width(last) + 1 + next > it)
}

/// Whether block `at`, in small letters `line`, says something else than what the document is called.
fn says_other(page: Page<'_>, at: usize, line: &str) -> bool {
    PHRASES.find(line, Where::Head).is_some_and(|it| it.1 == "never")
        || line.contains('@')
        || line.contains("http")
        || kinds::is_kind_only(line)
        || authors::blog_owner(page, at).is_some()
        || authors::byline(page, at).is_some()
        || symbol::symbol_in(page, at).is_some_and(|it| page.length(at) <= page.count(it) + 2)
        || is_figures(page, at)
        || is_date_only(page, at)
        || is_place(page, page.tokens(at))
        || voices::is_spoken(page, at)
}

/// A number with a word or two: "RELEASE 16-012", "(202) 555-0100", "10:32 A.M. EST".
fn is_figures(page: Page<'_>, at: usize) -> bool {
    let text = page.text(at);
    let figures = text.bytes().filter(u8::is_ascii_digit).count();
    let letters = text.chars().filter(|it| it.is_alphabetic()).count();
    let mut words = page.tokens(at).filter(|it| page.words.shape(*it).is(Shape::WORD));
    figures >= 3 && (letters < figures || words.all(|it| is_label(page.words.surface(it))))
}

/// Words beside numbers that are not called something: "Release No. 16-012", "OPA 11-463".
fn is_label(word: &str) -> bool {
    const LABELS: &str = "release releases no nos number news press media fax phone tel office at \
        cell hours hrs ext";
    let short = word.len() <= 4 && !word.chars().any(char::is_lowercase);
    short || LABELS.split_ascii_whitespace().any(|it| word.eq_ignore_ascii_case(it))
}

/// Whether block `at` says nothing but when and where: a second date, a place with its date.
fn is_date_only(page: Page<'_>, at: usize) -> bool {
    page.expressions(at).iter().any(|expression| {
        let place = expression.stated().map(|date| Place { block: at, expression, date });
        place.is_some_and(|it| {
            let last = page.count(it.expression.tokens().end..page.tokens(at).end) == 0;
            is_alone(page, &it)
                || is_published(page, &it)
                || (last && is_dateline(page, &it) && page.length(at) <= 8)
        })
    })
}

/// Which rule a title stands for that is at `blocks`, where `date` is the line that holds the date and nothing else.
pub(super) fn rule(
    blocks: &Range<usize>,
    first: &Range<usize>,
    date: Option<usize>,
) -> &'static str {
    match date {
        Some(date) if blocks.start > date => rules::AFTER_DATE,
        Some(_) => rules::BEFORE_DATE,
        None if blocks == first => rules::FIRST_LINE,
        None => rules::BEST_LINE,
    }
}
