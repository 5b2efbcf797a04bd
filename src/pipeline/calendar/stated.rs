//! Days, months, seasons and quarters, with the year that stands behind them or without.

use crate::pipeline::calendar::meaning::{Meaning, Part, Toward, YearOf};
use crate::pipeline::calendar::scope::Scope;
use crate::pipeline::calendar::tense::tense;
use crate::pipeline::calendar::{DateRule, Expression, numeric, rules, seasons};
use crate::pipeline::words::Shape;
use crate::vocabulary::lexicon::list;

/// Words behind which a bare month is one, although it is also a verb or a given name.
const BEFORE_MONTH: &[&str] = &[
    "in",
    "of",
    "since",
    "by",
    "until",
    "till",
    "during",
    "early",
    "late",
    "mid",
    "from",
    "to",
    "through",
    "between",
    "and",
    "for",
    "before",
    "after",
    "or",
    "-",
    "–",
    "earlier",
    "later",
    "throughout",
];

/// Words behind which nothing is a date of its own: "every March".
pub(super) const REPEATED: &[&str] = &["every", "each", "annual", "any"];

/// The expression recognised by token `at`: a weekday with a date, a day, a month, a season, a quarter.
pub(super) fn find(scope: Scope<'_>, at: usize) -> Option<Expression> {
    let facts = scope.facts(at)?;
    if facts.weekday > 0 {
        return with_weekday(scope, at);
    }
    day_first(scope, at)
        .or_else(|| month_first(scope, at))
        .or_else(|| seasons::season(scope, at))
        .or_else(|| seasons::quarter(scope, at))
}

/// "Tuesday, 19 November 2019", "Tuesday the 19th of November".
fn with_weekday(scope: Scope<'_>, at: usize) -> Option<Expression> {
    let mut next = at + 1;
    while matches!(scope.surface(next), "," | ".") || scope.any(next, &["the", "on"]) {
        next += 1;
    }
    let found = day_first(scope, next)
        .or_else(|| month_first(scope, next))
        .or_else(|| numeric::find(scope, next))?;
    let of_day = found.rule <= rules::AMBIGUOUS
        || found.rule == rules::DAY_AND_MONTH
        || found.rule == rules::DAYS
        || matches!(found.meaning, Meaning::Part(Part::Day(..), _));
    (of_day && found.first as usize == next).then_some(Expression { first: at as u32, ..found })
}

/// "19 November 2019", "19th of November, 2019", "17-18 August", "28 October – 2 November 2019".
fn day_first(scope: Scope<'_>, at: usize) -> Option<Expression> {
    if numeric::is_inside(scope, at) {
        return None;
    }
    let (day, next) = scope.day(at)?;
    let month_at = |at: usize| {
        let at = at
            + usize::from(
                scope.is(at, "of") || (scope.dash(at) && scope.glued(at)) || (scope.is(at, ",")),
            );
        scope.month(at).filter(|_| scope.capital(at))
    };
    if let Some((month, next)) = month_at(next) {
        return until(scope, at, (month, day), next)
            .or_else(|| Some(on_day(scope, at, (month, day), next)));
    }
    let (last, next) = joined(scope, next).and_then(|it| scope.day(it))?;
    let (month, next) = month_at(next).filter(|_| last > day)?;
    Some(days(scope, at, ((month, day), (month, last)), next))
}

/// Behind the joint of a span of days: "-", "–", "and", "to".
fn joined(scope: Scope<'_>, at: usize) -> Option<usize> {
    (scope.dash(at) || scope.any(at, &["and", "to", "&", "/"])).then_some(at + 1)
}

/// "28 October – 2 November 2019": a second day and month behind a dash.
fn until(scope: Scope<'_>, at: usize, from: (u8, u8), next: usize) -> Option<Expression> {
    let behind = joined(scope, next).filter(|_| scope.dash(next) || scope.is(next, "to"))?;
    let (day, month_at) = scope.day(behind)?;
    let (month, end) = scope.month(month_at)?;
    ((month, day) > from).then(|| days(scope, at, (from, (month, day)), end))
}

/// "November 19, 2019", "November 19", "August 17-18, 2019", "November 2019", "June of this year", "in June".
fn month_first(scope: Scope<'_>, at: usize) -> Option<Expression> {
    let (month, next) = scope.month(at).filter(|_| scope.capital(at))?;
    let of_the = next + usize::from(scope.is(next, "the"));
    if let Some((day, behind)) = scope.day(of_the).filter(|it| !is_count(scope, it.1)) {
        let last = joined(scope, behind)
            .filter(|_| !scope.is(behind, "and") || scope.shape(behind + 1).is(Shape::NUMBER));
        let last = last
            .and_then(|it| scope.day(it))
            .filter(|it| it.0 > day && !is_count(scope, it.1) && scope.month(it.1).is_none());
        if let Some((last, end)) = last {
            return Some(days(scope, at, ((month, day), (month, last)), end));
        }
        if scope.month(behind).is_none() || !scope.dash(next) {
            return Some(on_day(scope, at, (month, day), behind));
        }
    }
    if let Some((year, end)) = year_behind(scope, next) {
        let rule = if matches!(year, YearOf::Given(_)) {
            rules::MONTH_AND_YEAR
        } else {
            rules::MONTH_OF_YEAR
        };
        return Some(part(scope, at..end, rule, (Part::Month(month), year)));
    }
    bare_month(scope, at, month, next)
}

/// Whether what stands at `at` is counted by the number before it: "by May 20 people".
fn is_count(scope: Scope<'_>, at: usize) -> bool {
    scope.listed(at, list::COUNTED) || scope.surface(at) == "%"
}

fn bare_month(scope: Scope<'_>, at: usize, month: u8, next: usize) -> Option<Expression> {
    let toward = match () {
        () if scope.follows(at, &["last", "past"]) => Toward::Last,
        () if scope.follows(at, &["next"]) => Toward::Next,
        () if scope.follows(at, &["this"]) => Toward::This,
        () => Toward::Verb(tense(scope.words, at, next)),
    };
    let shifted = !matches!(toward, Toward::Verb(_));
    let doubtful =
        scope.abbreviated_month(at) || scope.any(at, &["may", "march", "april", "june", "august"]);
    let expected = shifted || scope.follows(at, BEFORE_MONTH);
    let named = scope.capital(next)
        && !scope.listed(next, list::STOP)
        && !scope.glued(next)
        && next == at + 1;
    let free = expected || (!doubtful && !named);
    let dot = next > at + 1;
    if !free
        || scope.follows(at, REPEATED)
        || scope.follows(at, &["black"])
        || (scope.abbreviated_month(at) && !dot && !expected)
    {
        return None;
    }
    let rule = if shifted { rules::MONTH_OF_YEAR } else { rules::BARE_MONTH };
    Some(part(
        scope,
        at - usize::from(shifted)..next,
        rule,
        (Part::Month(month), YearOf::Nearest(toward)),
    ))
}

fn on_day(scope: Scope<'_>, at: usize, (month, day): (u8, u8), next: usize) -> Expression {
    let day = Part::Day(month, day);
    let (year, end) = year_behind(scope, next).unwrap_or_else(|| nearest(scope, at, next));
    let last = scope.follows(at, &["last", "next", "this"]) && matches!(year, YearOf::Nearest(_));
    let toward = if scope.follows(at, &["last"]) { Toward::Last } else { Toward::Next };
    if last && !scope.follows(at, &["this"]) {
        return part(scope, at - 1..end, rules::MONTH_OF_YEAR, (day, YearOf::Nearest(toward)));
    }
    let rule = match year {
        YearOf::Given(_) => rules::FULL_DATE,
        YearOf::Shifted(_) => rules::MONTH_OF_YEAR,
        YearOf::Nearest(_) => rules::DAY_AND_MONTH,
    };
    part(scope, at..end, rule, (day, year))
}

fn days(scope: Scope<'_>, at: usize, (from, to): ((u8, u8), (u8, u8)), next: usize) -> Expression {
    let (year, end) = year_behind(scope, next).unwrap_or_else(|| nearest(scope, at, next));
    Expression::new(at..end, rules::DAYS, Meaning::Part(Part::Days(from, to), year))
}

pub(super) fn nearest(scope: Scope<'_>, at: usize, end: usize) -> (YearOf, usize) {
    (YearOf::Nearest(Toward::Verb(tense(scope.words, at, end))), end)
}

/// An expression, with "early", "late", "earlier in" before it taken in.
pub(super) fn part(
    scope: Scope<'_>,
    range: std::ops::Range<usize>,
    rule: DateRule,
    (part, year): (Part, YearOf),
) -> Expression {
    let start = super::bare_year::prefixed(scope, range.start);
    Expression::new(start..range.end, rule, Meaning::Part(part, year))
}

/// The year that begins at `at`, and what comes behind it: "2019", ", 2019", "of 2019", "of this year", "last year".
pub(super) fn year_behind(scope: Scope<'_>, at: usize) -> Option<(YearOf, usize)> {
    let dash = scope.dash(at) && scope.glued(at) && scope.glued(at + 1);
    let between = usize::from(scope.any(at, &["of", ","]) || dash);
    let behind = at + between;
    let comma = scope.surface(at) == ",";
    if let Some((year, end)) = scope.year(behind) {
        return (!is_count(scope, end)).then_some((YearOf::Given(year), end));
    }
    if comma {
        return None;
    }
    let the = behind + usize::from(scope.is(behind, "the"));
    if scope.unit(the + 1) != Some(7) || scope.surface(the + 1).ends_with(['s', 'S']) {
        return None;
    }
    let shift = match () {
        () if scope.any(the, &["this", "current"]) => 0,
        () if scope.any(the, &["last", "previous", "past"]) => -1,
        () if scope.any(the, &["next", "coming"]) => 1,
        () => return None,
    };
    Some((YearOf::Shifted(shift), the + 2))
}
