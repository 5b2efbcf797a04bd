//! Days, months, seasons and quarters, with the year that stands behind them or without.

use crate::pipeline::calendar::scope::Scope;
use crate::pipeline::calendar::tense::tense;
use crate::pipeline::calendar::{
    DateRule, Expression, Meaning, Part, PartialDate, Toward, YearOf, numeric, rules,
};
use crate::pipeline::words::{Shape, Words};
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
        .or_else(|| season(scope, at))
        .or_else(|| quarter(scope, at))
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
    (of_day && found.first as usize == next).then(|| Expression { first: at as u32, ..found })
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
    if let Some((year, end)) = year_behind(scope, next, Gap::Of) {
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
    if !free || scope.follows(at, REPEATED) || (scope.abbreviated_month(at) && !dot && !expected) {
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
    let (year, end) =
        year_behind(scope, next, Gap::Comma).unwrap_or_else(|| nearest(scope, at, next));
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
    let (year, end) =
        year_behind(scope, next, Gap::Comma).unwrap_or_else(|| nearest(scope, at, next));
    Expression::new(at..end, rules::DAYS, Meaning::Part(Part::Days(from, to), year))
}

fn nearest(scope: Scope<'_>, at: usize, end: usize) -> (YearOf, usize) {
    (YearOf::Nearest(Toward::Verb(tense(scope.words, at, end))), end)
}

/// An expression, with "early", "late", "earlier in" before it taken in.
fn part(
    scope: Scope<'_>,
    range: std::ops::Range<usize>,
    rule: DateRule,
    (part, year): (Part, YearOf),
) -> Expression {
    let start = super::bare_year::prefixed(scope, range.start);
    Expression::new(start..range.end, rule, Meaning::Part(part, year))
}

/// What may stand between a date and its year.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// A comma: "November 19, 2019".
    Comma,
    /// "of": "June of 2019".
    Of,
}

/// The year that begins at `at`, and what comes behind it: "2019", ", 2019", "of 2019", "of this year", "last year".
pub(super) fn year_behind(scope: Scope<'_>, at: usize, gap: Gap) -> Option<(YearOf, usize)> {
    let dash = scope.dash(at) && scope.glued(at) && scope.glued(at + 1);
    let between = usize::from(scope.any(at, &["of", ","]) || dash);
    let behind = at + between;
    let comma = scope.surface(at) == ",";
    if let Some((year, end)) = scope.year(behind) {
        let counts = is_count(scope, end) || (comma && gap == Gap::Of && scope.is(end, "("));
        return (!counts).then_some((YearOf::Given(year), end));
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

/// "summer 2018", "the summer of last year", "last summer"; a season by itself is no date.
fn season(scope: Scope<'_>, at: usize) -> Option<Expression> {
    let season = Some(scope.facts(at)?.season).filter(|it| *it > 0)?;
    if let Some((year, end)) = year_behind(scope, at + 1, Gap::Of) {
        return Some(part(scope, at..end, rules::SEASON, (Part::Season(season), year)));
    }
    let toward = match () {
        () if scope.follows(at, &["last"]) => Toward::Last,
        () if scope.follows(at, &["next", "coming"]) => Toward::Next,
        () if scope.follows(at, &["this", "past"]) => Toward::This,
        () => return None,
    };
    // "this fall in prices" is no season.
    let thing = scope.is(at, "fall") && scope.any(at + 1, &["in", "of", "from"]);
    let start = at - 1 - usize::from(scope.follows(at - 1, &["this"]));
    (!thing).then(|| {
        part(scope, start..at + 1, rules::SEASON, (Part::Season(season), YearOf::Nearest(toward)))
    })
}

/// "the first half of 2019", "third-quarter", "Q3 2019".
fn quarter(scope: Scope<'_>, at: usize) -> Option<Expression> {
    if let Some(number) = quarter_symbol(scope.surface(at)) {
        let (year, end) = year_behind(scope, at + 1, Gap::Of)?;
        return Some(part(scope, at..end, rules::QUARTER, (Part::Quarter(number), year)));
    }
    let number = Some(scope.facts(at)?.ordinal).filter(|it| (1..=4).contains(it))?;
    let word = at + 1 + usize::from(scope.dash(at + 1));
    let year = year_behind(scope, word + 1, Gap::Of).or_else(|| year_of_the(scope, word + 1));
    if scope.is(word, "quarter") && !scope.is(at - 1, "a") {
        let other = year.is_none() && scope.is(word + 1, "of");
        let (year, end) = year.unwrap_or_else(|| nearest(scope, at, word + 1));
        return (!other)
            .then(|| part(scope, at..end, rules::QUARTER, (Part::Quarter(number), year)));
    }
    let (year, end) = year.filter(|_| scope.is(word, "half") && number <= 2)?;
    Some(part(scope, at..end, rules::QUARTER, (Part::Half(number), year)))
}

/// "of the year": the document's.
fn year_of_the(scope: Scope<'_>, at: usize) -> Option<(YearOf, usize)> {
    let of_the_year = scope.is(at, "of") && scope.is(at + 1, "the") && scope.is(at + 2, "year");
    of_the_year.then_some((YearOf::Shifted(0), at + 3))
}

fn quarter_symbol(surface: &str) -> Option<u8> {
    match surface.as_bytes() {
        [b'Q' | b'q', figure @ b'1'..=b'4'] => Some(figure - b'0'),
        _ => None,
    }
}

/// Gives a date without a year the year of the one that it is joined to: "between June and August 2019".
pub(super) fn share_years(words: &Words<'_>, found: &mut [Expression]) {
    for at in (1..found.len()).rev() {
        let (before, behind) = (found[at - 1], found[at]);
        let Some(joined) = shared_year(&before, &behind) else { continue };
        let gap = before.end as usize..behind.first as usize;
        let joint = gap.len() <= 2 && gap.clone().all(|it| is_joint(words, it));
        if joint && !gap.is_empty() {
            found[at - 1].meaning = joined;
        }
    }
}

fn is_joint(words: &Words<'_>, at: usize) -> bool {
    let surface = words.surface(at);
    matches!(surface, "," | "-" | "–" | "—" | "/")
        || ["and", "to", "or", "until", "through", "till", "on"]
            .iter()
            .any(|it| surface.eq_ignore_ascii_case(it))
}

fn shared_year(before: &Expression, behind: &Expression) -> Option<Meaning> {
    let Meaning::Part(first @ (Part::Month(_) | Part::Day(..)), YearOf::Nearest(Toward::Verb(_))) =
        before.meaning
    else {
        return None;
    };
    let Meaning::Part(_, YearOf::Given(year)) = behind.meaning else { return None };
    let last = behind.stated()?;
    let month = match first {
        Part::Month(month) | Part::Day(month, _) => month,
        _ => return None,
    };
    let year = if last.month.is_some_and(|it| month > it) { year - 1 } else { year };
    PartialDate::of(year, Some(month), None).precision()?;
    Some(Meaning::Part(first, YearOf::Given(year)))
}
