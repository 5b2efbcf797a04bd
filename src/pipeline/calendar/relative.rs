//! What is counted from the document's date or from a date named before: "yesterday", "last week", "15 years ago".

use crate::pipeline::calendar::meaning::{Meaning, Tense, Unit, YearOf};
use crate::pipeline::calendar::scope::Scope;
use crate::pipeline::calendar::tense::tense;
use crate::pipeline::calendar::{
    DateRule, Expression, PartialDate, Precision, bare_year, days, rules,
};

/// The expression recognised by token `at`; `before` are those found in the block so far.
pub(super) fn find(scope: Scope<'_>, at: usize, before: &[Expression]) -> Option<Expression> {
    let facts = scope.facts(at)?;
    if facts.weekday > 0 {
        return days::weekday(scope, at, facts.weekday);
    }
    match scope.unit(at) {
        Some(unit) => of_unit(scope, at, (unit, before)),
        None => days::day_by_name(scope, at),
    }
}

/// The unit as it counts: how many of which ("fortnight" is two weeks).
fn unit_of(number: u8) -> Option<(Unit, i32)> {
    Some(match number {
        2 => (Unit::Hour, 1),
        3 => (Unit::Day, 1),
        4 => (Unit::Week, 1),
        5 => (Unit::Month, 1),
        6 => (Unit::Quarter, 1),
        7 => (Unit::Year, 1),
        8 => (Unit::Decade, 1),
        9 => (Unit::Decade, 10),
        10 => (Unit::Weekend, 1),
        11 => (Unit::Week, 2),
        _ => return None,
    })
}

fn of_unit(
    scope: Scope<'_>,
    at: usize,
    (number, before): (u8, &[Expression]),
) -> Option<Expression> {
    let (unit, factor) = unit_of(number)?;
    year_end(scope, at)
        .or_else(|| counted(scope, at, (unit, factor, before)))
        .or_else(|| period(scope, at, unit).filter(|_| factor == 1))
        .or_else(|| named_before(scope, at, (unit, before)).filter(|_| factor == 1))
}

/// "year end", "year-end", "the end of the year", "by the beginning of the year".
fn year_end(scope: Scope<'_>, at: usize) -> Option<Expression> {
    if !scope.is(at, "year") {
        return None;
    }
    let dash = usize::from(scope.dash(at + 1));
    let meaning = Meaning::Year(YearOf::Shifted(0));
    if scope.is(at + 1 + dash, "end") {
        return Some(Expression::new(at..at + 2 + dash, rules::YEAR_END, meaning));
    }
    let of_the = scope.follows(at, &["the"]) && at >= scope.start + 3 && scope.is(at - 2, "of");
    let edge = of_the
        && scope.any(at - 3, &["end", "beginning", "start", "rest", "middle", "turn", "remainder"]);
    let start = (at - usize::from(edge) * 3).max(scope.start);
    let start = start - usize::from(edge && scope.follows(start, &["the"]));
    edge.then(|| Expression::new(start..at + 1, rules::YEAR_END, meaning))
}

/// "15 years ago", "a decade ago", "two weeks earlier", "three days from now", "a year later", "year-ago".
fn counted(
    scope: Scope<'_>,
    at: usize,
    (unit, factor, before): (Unit, i32, &[Expression]),
) -> Option<Expression> {
    let next = at + 1 + usize::from(scope.dash(at + 1));
    let (sign, end) = match () {
        () if scope.any(next, &["ago", "earlier"]) => (-1, next + 1),
        () if scope.any(at + 1, &["before"]) => (-1, next + 1),
        () if scope.is(next, "from") && scope.any(next + 1, &["now", "today"]) => (1, next + 2),
        () if scope.any(next, &["later", "hence"]) => (1, next + 1),
        () => return None,
    };
    let bare = scope.any(next, &["ago", "earlier"]).then_some((at, Some(1)));
    let (start, count) = scope.count_before(at).or(bare)?;
    let from_now = scope.any(next, &["ago", "hence"]) || scope.is(next, "from");
    let base = if from_now { None } else { last_named(before, unit) };
    let Some(count) = count.map(|it| it.saturating_mul(factor)) else {
        return Some(Expression::new(
            start..end,
            rule_of(from_now),
            Meaning::Open(precision_of(unit)),
        ));
    };
    let meaning = match base {
        Some(date) => Meaning::Later(date, unit, sign * count),
        None if from_now || scope.is(next, "earlier") => shift(unit, sign * count),
        None if scope.is(at + 1, "before") => return None,
        None => Meaning::Open(precision_of(unit)),
    };
    Some(Expression::new(start..end, rule_of(from_now || base.is_none()), meaning))
}

fn rule_of(from_now: bool) -> DateRule {
    if from_now { rules::AGO } else { rules::LATER }
}

/// Counted back in decades, a year is meant: "a decade ago".
fn shift(unit: Unit, count: i32) -> Meaning {
    if unit == Unit::Decade {
        Meaning::Shift(Unit::Year, count * 10)
    } else {
        Meaning::Shift(unit, count)
    }
}

/// "this week", "last year", "the next month", "the past decade", "the weekend".
fn period(scope: Scope<'_>, at: usize, unit: Unit) -> Option<Expression> {
    if scope.surface(at).ends_with(['s', 'S']) && !is_slip(scope, at) {
        return None;
    }
    let by = match () {
        () if scope.follows(at, &["this", "current"]) => 0,
        () if scope.follows(at, &["last", "past", "previous"]) => -1,
        () if scope.follows(at, &["next", "coming"]) => 1,
        () if unit == Unit::Weekend && scope.follows(at, &["the"]) => -1,
        () => return None,
    };
    let the = at >= scope.start + 2 && scope.is(at - 2, "the");
    // "the next day", "the previous year" are counted from what the story has reached.
    let told = the && scope.follows(at, &["next", "previous"]) && unit != Unit::Weekend;
    if unit == Unit::Hour || unit == Unit::Day || told || (scope.follows(at, &["past"]) && !the) {
        return None;
    }
    let start = bare_year::prefixed(scope, at - 1 - usize::from(the));
    if unit == Unit::Weekend {
        return Some(weekend(scope, start..at + 1, by));
    }
    Some(Expression::new(start..at + 1, rules::PERIOD, year_or(unit, by)))
}

/// "this years theme": an apostrophe forgotten.
fn is_slip(scope: Scope<'_>, at: usize) -> bool {
    scope.follows(at, &["this"]) && scope.is(at, "years")
}

fn year_or(unit: Unit, by: i32) -> Meaning {
    match unit {
        Unit::Year => Meaning::Year(YearOf::Shifted(i16::try_from(by).unwrap_or(0))),
        _ => Meaning::Shift(unit, by),
    }
}

fn weekend(scope: Scope<'_>, range: std::ops::Range<usize>, by: i32) -> Expression {
    let future = tense(scope.words, range.start, range.end) == Tense::Future;
    let by = match by {
        0 if future => 1,
        0 => -1,
        _ if future && scope.is(range.start, "the") => 1,
        by => by,
    };
    Expression::new(range, rules::WEEKEND, Meaning::Shift(Unit::Weekend, by))
}

/// "the following year", "that month", "the next day": counted from the last date named in the paragraph.
fn named_before(
    scope: Scope<'_>,
    at: usize,
    (unit, before): (Unit, &[Expression]),
) -> Option<Expression> {
    let by = match () {
        () if scope.follows(at, &["same", "that"]) => 0,
        () if scope.follows(at, &["following", "next"]) => 1,
        () if scope.follows(at, &["previous", "preceding"]) => -1,
        () => return None,
    };
    let that = scope.follows(at, &["that"]);
    let the = at >= scope.start + 2 && scope.any(at - 2, &["the"]);
    if !(that || the)
        || scope.surface(at).ends_with(['s', 'S'])
        || matches!(unit, Unit::Hour | Unit::Decade | Unit::Weekend)
    {
        return None;
    }
    let base = last_named(before, unit);
    // "that year" without any year named is no date but a word.
    let meaning = match base {
        Some(date) => Meaning::Later(date, unit, by),
        None if that => return None,
        None => Meaning::Open(precision_of(unit)),
    };
    Some(Expression::new(at - 1 - usize::from(the)..at + 1, rules::LATER, meaning))
}

/// The last date in the block that is exact enough to count `unit` from.
fn last_named(before: &[Expression], unit: Unit) -> Option<PartialDate> {
    let exact = |it: &PartialDate| match unit {
        Unit::Year | Unit::Decade => it.year.is_some(),
        Unit::Month => it.year.is_some() && it.month.is_some(),
        _ => it.civil().is_some(),
    };
    before.iter().rev().find_map(|it| it.stated().filter(exact))
}

fn precision_of(unit: Unit) -> Precision {
    match unit {
        Unit::Hour | Unit::Day => Precision::Day,
        Unit::Week | Unit::Weekend | Unit::Quarter => Precision::Part,
        Unit::Month => Precision::Month,
        Unit::Year => Precision::Year,
        Unit::Decade => Precision::Decade,
    }
}
