//! Dates and spans of years in figures.

use crate::pipeline::calendar::meaning::{Meaning, Part, YearOf};
use crate::pipeline::calendar::scope::{Scope, of_two_figures};
use crate::pipeline::calendar::{Expression, PartialDate, rules};
use crate::pipeline::words::Shape;

/// The date or span of years in figures that begins at token `at`.
pub(super) fn find(scope: Scope<'_>, at: usize) -> Option<Expression> {
    if !scope.shape(at).is(Shape::NUMBER) || is_inside(scope, at) {
        return None;
    }
    three_parts(scope, at).or_else(|| year_and_month(scope, at)).or_else(|| year_span(scope, at))
}

/// Whether the figures at `at` go on a longer symbol: "A/RES/2019", "555-2019", "$2019".
pub(super) fn is_inside(scope: Scope<'_>, at: usize) -> bool {
    scope.glued(at)
        && at > scope.start
        && !matches!(
            scope.surface(at - 1),
            "(" | "[" | "\"" | "“" | "‘" | "'" | "«" | "–" | "—" | "," | ";" | ":"
        )
}

/// Figures, a joint, and figures, without blanks: `(figures, how many digits)` of the part behind the joint at `at`.
fn part(scope: Scope<'_>, at: usize, joint: &str) -> Option<(u32, usize)> {
    if scope.surface(at) != joint || !scope.glued(at) || !scope.glued(at + 1) {
        return None;
    }
    let surface = scope.surface(at + 1);
    // "2019-10-30T12:00": the hour is of no interest.
    let surface = surface.split_once('T').map_or(surface, |it| it.0);
    let figures = surface.parse().ok().filter(|_| surface.len() <= 4)?;
    Some((figures, surface.len()))
}

fn three_parts(scope: Scope<'_>, at: usize) -> Option<Expression> {
    let first = (scope.figures(at)?, scope.surface(at).len());
    let joint = scope.surface(at + 1);
    if !matches!(joint, "." | "/" | "-") {
        return None;
    }
    let second = part(scope, at + 1, joint)?;
    let third = part(scope, at + 3, joint)?;
    let more = scope.surface(at + 5);
    let goes_on = scope.glued(at + 5) && (more == joint || more == "/" || more == "-");
    if goes_on && scope.shape(at + 6).is(Shape::NUMBER | Shape::WORD) && scope.glued(at + 6) {
        return None;
    }
    let (rule, meaning) = match (first.1, third.1) {
        (4, 1 | 2) => year_first(first.0, second.0, third.0)?,
        (1 | 2, 4) => year_last(first.0, second.0, i16::try_from(third.0).ok()?, joint)?,
        (1 | 2, 2) if joint == "/" && second.1 <= 2 => {
            year_last(first.0, second.0, of_two_figures(third.0), joint)?
        }
        // With dots, two figures for the year are as often a number of a section: only on a line of its own.
        (2, 2) if joint == "." && second.1 == 2 && is_line(scope, at..at + 5) => {
            year_last(first.0, second.0, of_two_figures(third.0), "/")?
        }
        _ => return None,
    };
    Some(Expression::new(at..at + 5, rule, meaning))
}

fn is_line(scope: Scope<'_>, tokens: std::ops::Range<usize>) -> bool {
    let end = tokens.end >= scope.end || scope.shape(tokens.end).is(Shape::LINE_START);
    scope.shape(tokens.start).is(Shape::LINE_START) && end
}

fn day(year: i16, month: u32, day: u32) -> Option<Meaning> {
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    PartialDate::of(year, Some(month), Some(day)).civil()?;
    Some(Meaning::Part(Part::Day(month, day), YearOf::Given(year)))
}

fn year_first(year: u32, month: u32, last: u32) -> Option<(super::DateRule, Meaning)> {
    let year = i16::try_from(year).ok().filter(|it| (1000..2200).contains(it))?;
    Some((rules::NUMERIC, day(year, month, last)?))
}

/// Dots are day.month.year everywhere; strokes and hyphens differ between countries, so they count only if one reading is possible.
fn year_last(one: u32, two: u32, year: i16, joint: &str) -> Option<(super::DateRule, Meaning)> {
    if !(1000..2200).contains(&year) {
        return None;
    }
    let day_first = day(year, two, one);
    let month_first = if joint == "." { None } else { day(year, one, two) };
    match (day_first, month_first) {
        (Some(_), Some(_)) if one != two => {
            Some((rules::AMBIGUOUS, Meaning::Year(YearOf::Given(year))))
        }
        (Some(it), _) | (None, Some(it)) => Some((rules::NUMERIC, it)),
        (None, None) => None,
    }
}

/// "2019-06", where 06 cannot be the end of a span.
fn year_and_month(scope: Scope<'_>, at: usize) -> Option<Expression> {
    let (year, _) = scope.year(at).filter(|it| it.1 == at + 1)?;
    let (month, figures) = part(scope, at + 1, "-")?;
    let month = u8::try_from(month).ok().filter(|it| figures == 2 && (1..=12).contains(it))?;
    let behind_span = i16::from(month) <= year % 100;
    let meaning = Meaning::Part(Part::Month(month), YearOf::Given(year));
    behind_span.then(|| Expression::new(at..at + 3, rules::MONTH_AND_YEAR, meaning))
}

/// "2010-2015", "2016–17": without blanks, for with blanks each year is named by itself.
fn year_span(scope: Scope<'_>, at: usize) -> Option<Expression> {
    let (first, next) = scope.year(at).filter(|it| (1500..=2100).contains(&it.0))?;
    let stroke = scope.surface(next) == "/";
    if !scope.glued(next) || !scope.glued(next + 1) || !(scope.dash(next) || stroke) {
        return None;
    }
    let figures = scope.figures(next + 1)?;
    let last = match scope.surface(next + 1).len() {
        4 if !stroke => i16::try_from(figures).ok()?,
        2 => first / 100 * 100 + i16::try_from(figures).ok()?,
        _ => return None,
    };
    // Two figures behind a stroke number something unless they are the next year's: "2016/17".
    let fits = if stroke { last == first + 1 } else { last > first && last <= 2100 };
    let more = scope.glued(next + 2) && (scope.dash(next + 2) || scope.surface(next + 2) == "/");
    let span = Meaning::Span(PartialDate::of(first, None, None), PartialDate::of(last, None, None));
    (fits && !more).then(|| Expression::new(at..next + 2, rules::YEAR_SPAN, span))
}
