//! A date in figures that can be read in two ways, and the rest of the text, to the one that the text bears out.

use crate::pipeline::calendar::{Expression, PartialDate};
use crate::pipeline::describe::page::Page;

/// The days that lie no further apart than this speak of the same week.
const NEAR: i32 = 10;

/// Day first or month first: as another date in the text says, by its figures or by naming one of the two days.
pub(super) fn settle(page: Page<'_>, expression: &Expression) -> Option<PartialDate> {
    let readings @ [day_first, month_first] = readings(page, expression)?;
    let others = || page.expressions.iter().filter(|it| it.first != expression.first);
    let stated: Vec<_> = others().filter_map(|it| named(page, it, day_first.year?)).collect();
    let borne_out = readings.map(|it| stated.iter().any(|other| is_near(it, *other)));
    match borne_out {
        [true, false] => Some(day_first),
        [false, true] => Some(month_first),
        _ => others().find_map(|it| custom(page, it)).map(|it| readings[usize::from(it)]),
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
