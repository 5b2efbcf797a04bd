//! The lines of a page to the date of the document.

use crate::pipeline::calendar::meaning::{Meaning, Part, Tense, YearOf};
use crate::pipeline::calendar::{Expression, PartialDate, tense_at};
use crate::pipeline::describe::ambiguous::settle;
use crate::pipeline::describe::datelines::{
    Place, closes_line, is_alone, is_bracketed, is_changed, is_closing, is_dateline, is_fetched,
    is_header, is_held, is_published, is_set_off, is_today,
};
use crate::pipeline::describe::page::Page;
use crate::pipeline::describe::{Inferred, file_name, rules};
use crate::pipeline::words::Shape;

/// How many words a dateline has at most that stands by itself.
const NOTHING_ELSE: usize = 9;

/// How far into the text the first full date may stand to be taken for the document's.
const EARLY: u32 = 1500;

/// A date, the rule that gave it, and where it stands.
pub(super) struct Stamp {
    /// What was found.
    pub(super) date: Inferred<PartialDate>,
    /// The block that it stands in, if in the text.
    pub(super) block: Option<usize>,
}

impl Stamp {
    /// Whether it stands in a line that has nothing else to say; "5 May 2014 – Harbour opened" has.
    pub(super) fn is_line(&self, page: Page<'_>) -> bool {
        let others = |it: usize| !page.is_prose(it) && page.length(it) > NOTHING_ELSE;
        let says_more = self.block.is_some_and(others) && *self.date.rule == *rules::DATELINE;
        !says_more
            && !matches!(
                &*self.date.rule,
                rules::LINE_END | rules::HELD_ON | rules::FIRST_DATE | rules::TODAY
            )
    }
}

/// A rule by its name, and whether it holds for a date in its place.
type Test = (&'static str, fn(Page<'_>, &Place<'_>) -> bool);

/// What makes a date near the top the document's, the surest first.
const HEAD: &[Test] = &[
    (rules::DATE_LINE, |page, it| it.is_full() && near_top(page, it) && is_alone(page, it)),
    (rules::DATE_HEADER, |page, it| it.is_full() && is_header(page, it)),
    (rules::BRACKETS, |page, it| it.is_full() && above(page, it) && is_bracketed(page, it)),
    (rules::DATELINE, |page, it| it.is_full() && above(page, it) && is_dateline(page, it)),
    (rules::PUBLISHED, |page, it| it.is_full() && near_top(page, it) && is_published(page, it)),
    (rules::LINE_END, |page, it| it.is_full() && above(page, it) && closes_line(page, it)),
    (rules::HELD_ON, |page, it| it.is_full() && above(page, it) && is_held(page, it)),
    (rules::DATE_LINE, |page, it| it.is_full() && is_alone(page, it)),
    (rules::TODAY, |page, it| it.is_full() && is_today(page, it)),
    (rules::DATE_LINE, |page, it| it.date.year.is_some() && is_alone(page, it)),
];

/// What is left when no line says by itself when the document was issued.
const TEXT: &[Test] = &[
    (rules::FIRST_DATE, |page, it| it.is_full() && is_early(page, it)),
    (rules::NO_YEAR, |page, it| it.date.year.is_none() && is_early(page, it)),
];

/// The date of the document, the surest evidence first.
pub(super) fn date(page: Page<'_>, furniture: &[bool]) -> Option<Stamp> {
    let open = |it: &Place<'_>| !furniture[it.block] && !is_fetched(page, it.block);
    let head: Vec<_> = places(page, page.head()).into_iter().filter(open).collect();
    first(page, &head, HEAD)
        .or_else(|| file_name::date(page).map(|date| Stamp { date, block: None }))
        .or_else(|| closing(page))
        .or_else(|| without_year(page, &head))
        .or_else(|| in_text(page, &head))
}

/// The first of `places` for which the first possible of `tests` holds.
fn first(page: Page<'_>, places: &[Place<'_>], tests: &[Test]) -> Option<Stamp> {
    tests.iter().find_map(|(rule, holds)| {
        let place = places.iter().find(|it| holds(page, it))?;
        Some(stamp(page, place, place.date, rule))
    })
}

fn stamp(page: Page<'_>, place: &Place<'_>, date: PartialDate, rule: &str) -> Stamp {
    let date = page.inferred_by(date, rule, place.expression.tokens());
    Stamp { date, block: Some(place.block) }
}

/// Every date in `blocks` that states at least a year or a day, in order.
fn places(page: Page<'_>, blocks: std::ops::Range<usize>) -> Vec<Place<'_>> {
    let expressions =
        blocks.flat_map(|block| page.expressions(block).iter().map(move |it| (block, it)));
    expressions
        .filter_map(|(block, expression)| {
            let stated = expression.stated()?;
            let settled = if stated.month.is_none() { settle(page, expression) } else { None };
            Some(Place { block, expression, date: settled.unwrap_or(stated) })
        })
        .collect()
}

/// Whether a date stands above the running text, or in the first paragraph of it.
fn above(page: Page<'_>, place: &Place<'_>) -> bool {
    place.block <= page.body
}

/// Whether a date stands above the running text or not far below its beginning.
fn near_top(page: Page<'_>, place: &Place<'_>) -> bool {
    place.block <= page.body + 2
}

/// The last blocks.
fn foot(page: Page<'_>) -> std::ops::Range<usize> {
    let blocks = page.document.blocks.len();
    blocks.saturating_sub(12).max(page.body + 1).min(blocks)..blocks
}

/// A date by itself among the last lines.
fn closing(page: Page<'_>) -> Option<Stamp> {
    let places = places(page, foot(page));
    let mut closing = places.iter().rev().filter(|it| is_closing(page, it) || is_below(page, it));
    let place = closing
        .clone()
        .find(|it| it.is_full())
        .or_else(|| closing.find(|it| it.date.year.is_some() && is_below(page, it)))?;
    Some(stamp(page, place, place.date, rules::CLOSING))
}

/// Whether a line below the text says when it was published: "Posted on 5 May 2014".
fn is_below(page: Page<'_>, place: &Place<'_>) -> bool {
    is_published(page, place) && !is_fetched(page, place.block)
}

/// How many days a text may be changed behind the day that it first names.
const SOON: i32 = 60;

/// The first date in the text; where it is not near the day on which the text was last changed, that day.
fn in_text(page: Page<'_>, head: &[Place<'_>]) -> Option<Stamp> {
    let first = first(page, head, TEXT);
    let Some(changed) = changed(page) else { return first };
    let days = |it: &Stamp| Some((changed.date.value.civil()? - it.date.value.civil()?).get_days());
    let soon = first.as_ref().and_then(days).is_some_and(|it| (0..=SOON).contains(&it));
    if soon { first } else { Some(changed) }
}

/// The line that says when the text was last changed.
fn changed(page: Page<'_>) -> Option<Stamp> {
    let lines = page.head().chain(foot(page)).filter(|it| is_changed(page, *it));
    let places: Vec<_> = lines.flat_map(|it| places(page, it..it + 1)).collect();
    let place = places.iter().rev().find(|it| it.is_full())?;
    Some(stamp(page, place, place.date, rules::CHANGED))
}

/// Within the first paragraphs, and not of what is to come.
fn is_early(page: Page<'_>, place: &Place<'_>) -> bool {
    let tokens = place.expression.tokens();
    let near = page.words.tokens[tokens.start].start < EARLY;
    let said = page.is_prose(place.block) || is_set_off(page, place);
    near && said && tense_at(page.words, tokens.start, tokens.end) == Tense::Past
}

/// A dateline or line with day and month only; the year from the same day named in full elsewhere, else none.
fn without_year(page: Page<'_>, head: &[Place<'_>]) -> Option<Stamp> {
    let place = head.iter().find(|it| {
        let line = is_alone(page, it) || (above(page, it) && is_dateline(page, it));
        it.date.year.is_none() && line
    })?;
    let same =
        page.expressions.iter().filter_map(Expression::stated).find(|it| {
            it.year.is_some() && it.month == place.date.month && it.day == place.date.day
        });
    let rule = if same.is_some() { rules::DATELINE } else { rules::NO_YEAR };
    Some(stamp(page, place, same.unwrap_or(place.date), rule))
}

/// Words behind which a year may lie ahead of the text.
const AHEAD: &[&str] = &["by", "until", "till", "before", "to", "for", "through"];

/// The latest day or year that the text speaks of as past: the document is not older.
pub(super) fn not_before(page: Page<'_>, furniture: &[bool]) -> Option<PartialDate> {
    let past = |it: &&Expression| {
        let before = it.tokens().start.checked_sub(1);
        let ahead = before.is_some_and(|at| AHEAD.iter().any(|word| page.words.is_word(at, word)));
        let own = matches!(
            it.meaning,
            Meaning::Year(YearOf::Given(_))
                | Meaning::Part(Part::Month(_) | Part::Day(..), YearOf::Given(_))
        );
        let alone =
            it.tokens().start > 0 && !page.words.shape(it.tokens().start - 1).is(Shape::CAPITAL);
        own && alone
            && !ahead
            && !furniture[page.words.block_of(it.tokens().start)]
            && tense_at(page.words, it.tokens().start, it.tokens().end) == Tense::Past
    };
    page.expressions.iter().filter(past).filter_map(Expression::stated).max()
}
