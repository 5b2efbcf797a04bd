//! A date in figures that can be read in two ways, and the rest of the text, to the one that the text bears out.

use crate::pipeline::calendar::{Expression, PartialDate};
use crate::pipeline::describe::page::Page;
use crate::pipeline::words::Shape;

/// The days that lie no further apart than this speak of the same week.
const NEAR: i32 = 10;

/// Day first or month first: as another date in the text says, by its figures or by naming one of the two days.
pub(super) fn settle(page: Page<'_>, expression: &Expression) -> Option<PartialDate> {
    if expression.tokens().len() != 5 {
        return None;
    }
    let readings @ [day_first, month_first] = readings(page, expression)?;
    let others = || page.expressions.iter().filter(|it| it.first != expression.first);
    let stated: Vec<_> = others().filter_map(|it| named(page, it, day_first.year?)).collect();
    let borne_out = readings.map(|it| stated.iter().any(|other| is_near(it, *other)));
    match borne_out {
        [true, false] => Some(day_first),
        [false, true] => Some(month_first),
        _ => others()
            .find_map(|it| custom(page, it))
            .or_else(|| habit(page))
            .map(|it| readings[usize::from(it)]),
    }
}

/// The figures of a date as it stands: "05/06/2019" gives 5 and 6.
fn figures(page: Page<'_>, expression: &Expression) -> Option<(u8, u8)> {
    let [first, joint, second, _, _] = expression.tokens().collect::<Vec<_>>()[..] else {
        return None;
    };
    let strokes = page.words.is_mark(joint, b'/')
        || page.words.is_mark(joint, b'-')
        || page.words.is_mark(joint, b'.');
    let figure = |at: usize| page.words.surface(at).parse().ok();
    if strokes { Some((figure(first)?, figure(second)?)) } else { None }
}

fn readings(page: Page<'_>, expression: &Expression) -> Option<[PartialDate; 2]> {
    let year = expression.stated()?.year?;
    let (one, two) = figures(page, expression)?;
    let dates = [(one, two), (two, one)].map(|it| PartialDate::of(year, Some(it.1), Some(it.0)));
    dates.iter().all(|it| it.civil().is_some()).then_some(dates)
}

/// The day that another expression names in words, in the year given where it names none.
fn named(page: Page<'_>, expression: &Expression, year: i16) -> Option<PartialDate> {
    let date =
        expression.stated().filter(|it| it.day.is_some() && it.year.is_none_or(|it| it == year))?;
    figures(page, expression).is_none().then_some(PartialDate { year: Some(year), ..date })
}

fn is_near(one: PartialDate, other: PartialDate) -> bool {
    let days = one.civil().zip(other.civil()).map(|it| (it.0 - it.1).get_days());
    days.is_some_and(|it| it.abs() <= NEAR)
}

/// Whether another date in figures puts the month first; `None` if it cannot be told.
fn custom(page: Page<'_>, expression: &Expression) -> Option<bool> {
    let (first, second) = figures(page, expression)?;
    match (first > 12, second > 12) {
        (true, false) => Some(false),
        (false, true) => Some(true),
        _ => None,
    }
}

/// Words of a country that writes the month first, and of those that write the day first.
const MONTH_FIRST: &[&str] =
    &["est", "edt", "cst", "cdt", "pst", "pdt", "labor", "center", "program"];
const DAY_FIRST: &[&str] =
    &["gmt", "bst", "cet", "cest", "ist", "labour", "centre", "programme", "£", "€"];

/// Whether the writer puts the month first, by the dates in words and by the country's clocks, money and spelling.
fn habit(page: Page<'_>) -> Option<bool> {
    let mut balance = 0;
    for expression in
        page.expressions.iter().filter(|it| it.stated().is_some_and(|it| it.day.is_some()))
    {
        let first = expression.first as usize;
        if page.words.facts(first).month > 0 {
            balance += 1;
        } else if (first..expression.end as usize).any(|it| page.words.facts(it).month > 0) {
            balance -= 1;
        }
    }
    for token in 0..page.words.tokens.len() {
        let is = |words: &[&str]| words.iter().any(|it| page.words.is_word(token, it));
        balance += i32::from(is(MONTH_FIRST) || is_phone(page, token)) - i32::from(is(DAY_FIRST));
    }
    (balance != 0).then_some(balance > 0)
}

/// "(202) 555-0100", "202-555-0100".
fn is_phone(page: Page<'_>, at: usize) -> bool {
    let figures = |at: usize, many: usize| {
        at < page.words.tokens.len()
            && page.words.shape(at).is(Shape::NUMBER)
            && page.words.surface(at).len() == many
    };
    figures(at, 3)
        && page.words.is_mark(at + 1, b'-')
        && figures(at + 2, 4)
        && at.checked_sub(2).is_some_and(|it| figures(it, 3))
}
