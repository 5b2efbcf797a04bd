//! What an expression says, and the document's date, to a date or a span of time.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use crate::pipeline::calendar::meaning::{Meaning, Part, Tense, Toward, Unit, YearOf};
use crate::pipeline::calendar::{PartialDate, Precision};

/// From, to, and how exact.
type Resolved = (Option<PartialDate>, Option<PartialDate>, Precision);

/// A month, and the day in it if one is meant.
type MonthDay = (u8, Option<u8>);

/// How many days after the document's date a day without a year may lie before it is taken to be the year before's.
const AHEAD: i32 = 60;

/// How many days a day that is to come may lie back before it is taken to be the next year's.
const BACK: i32 = 30;

/// What `meaning` comes to in a document of date `document`, of which any part may be missing.
pub(super) fn resolve(meaning: Meaning, document: PartialDate) -> Resolved {
    match meaning {
        Meaning::Year(year) => (self::year(year, document).map(of_year), None, Precision::Year),
        Meaning::Part(part, year) => self::part(part, year, document),
        Meaning::Span(from, to) => (Some(from), Some(to), Precision::Part),
        Meaning::Weekday(day, toward) => weekday(day, toward, document),
        Meaning::Shift(unit, by) => shift(unit, by, document),
        Meaning::Later(date, unit, by) => shift(unit, by, date),
        Meaning::Decade(year) => (Some(of_year(year)), Some(of_year(year + 9)), Precision::Decade),
        Meaning::Century(year) => {
            (Some(of_year(year)), Some(of_year(year + 99)), Precision::Decade)
        }
        Meaning::Open(precision) => (None, None, precision),
    }
}

fn of_year(year: i16) -> PartialDate {
    PartialDate::of(year, None, None)
}

fn year(year: YearOf, document: PartialDate) -> Option<i16> {
    match year {
        YearOf::Given(year) => Some(year),
        YearOf::Shifted(by) => Some(document.year? + by),
        YearOf::Nearest(_) => document.year,
    }
}

fn part(part: Part, of: YearOf, document: PartialDate) -> Resolved {
    let (from, to) = ends(part);
    let year = match of {
        YearOf::Nearest(toward) => nearest(part, toward, document),
        _ => year(of, document),
    };
    let at =
        |(month, day): MonthDay, year: Option<i16>| PartialDate { year, month: Some(month), day };
    match to {
        Some(to) if year.is_some() => {
            // A winter ends in the year behind the one it is named for.
            let last = year.map(|it| it + i16::from(to.0 < from.0));
            (Some(at(from, year)), Some(at(to, last)), Precision::Part)
        }
        Some(_) => (None, None, Precision::Part),
        None => {
            let precision = if from.1.is_some() { Precision::Day } else { Precision::Month };
            (Some(at(from, year)), None, precision)
        }
    }
}

/// The first and, for a span, the last month of a part of a year, with the day where one is meant.
fn ends(part: Part) -> (MonthDay, Option<MonthDay>) {
    let months = |first: u8, last: u8| ((first, None), Some((last, None)));
    match part {
        Part::Day(month, day) => ((month, Some(day)), None),
        Part::Days(from, to) => ((from.0, Some(from.1)), Some((to.0, Some(to.1)))),
        Part::Month(month) => ((month, None), None),
        Part::Season(4) => months(12, 2),
        Part::Season(season) => months(season * 3, season * 3 + 2),
        Part::Quarter(quarter) => months(quarter * 3 - 2, quarter * 3),
        Part::Half(half) => months(half * 6 - 5, half * 6),
    }
}

/// The year in which the part of a year lies that is nearest to the document's date in one direction.
fn nearest(part: Part, toward: Toward, document: PartialDate) -> Option<i16> {
    let year = document.year?;
    let Some(month) = document.month else {
        return Some(year);
    };
    let ((first, day), last) = ends(part);
    let last = last.map_or(first, |it| it.0);
    if let (Some(day), Some(date), Toward::Verb(tense)) = (day, document.civil(), toward) {
        return Some(nearest_day((first, day), tense, date));
    }
    let began = first <= month;
    let ended = last < month && first <= last;
    Some(match toward {
        Toward::This if first > last => year - i16::from(month <= last),
        Toward::This => year,
        Toward::Last if matches!(part, Part::Season(4)) => year - 1 - i16::from(month <= last),
        Toward::Last => year - i16::from(!ended),
        Toward::Next => year + i16::from(began),
        Toward::Verb(Tense::Past) => year - i16::from(!began),
        Toward::Verb(Tense::Future) => year + i16::from(last < month),
    })
}

fn nearest_day((month, day): (u8, u8), tense: Tense, document: Date) -> i16 {
    let year = document.year();
    // 29 February exists in some years only; the first of March is near enough to choose by.
    let Some(day) = PartialDate::of(year, Some(month), Some(day.min(28))).civil() else {
        return year;
    };
    let ahead = (day - document).get_days();
    match tense {
        Tense::Past if ahead > AHEAD => year - 1,
        Tense::Future if ahead < -BACK => year + 1,
        Tense::Future if ahead > 330 => year - 1,
        _ => year,
    }
}

/// As far as a document's date goes that is not known to the day.
fn as_far(document: PartialDate) -> Resolved {
    let precision = document.precision().unwrap_or(Precision::Day);
    (Some(document).filter(|it| it.year.is_some()), None, precision)
}

fn weekday(day: u8, toward: Toward, document: PartialDate) -> Resolved {
    let Some(date) = document.civil() else { return as_far(document) };
    let today = date.weekday().to_monday_one_offset().unsigned_abs();
    let back = i32::from((today + 7 - day) % 7);
    let forth = i32::from((day + 7 - today) % 7);
    let by = match toward {
        Toward::Last => -(if back == 0 { 7 } else { back }),
        Toward::Next => {
            if forth == 0 {
                7
            } else {
                forth
            }
        }
        Toward::This | Toward::Verb(Tense::Future) => forth,
        Toward::Verb(Tense::Past) => -back,
    };
    (moved(date, by.days()).map(PartialDate::from), None, Precision::Day)
}

fn moved(date: Date, by: Span) -> Option<Date> {
    date.checked_add(by).ok()
}

fn shift(unit: Unit, by: i32, document: PartialDate) -> Resolved {
    match unit {
        Unit::Year => (shift_year(by, document).map(of_year), None, Precision::Year),
        Unit::Decade => {
            let first = shift_year(by * 10, document).map(|it| it - it.rem_euclid(10));
            (first.map(of_year), first.map(|it| of_year(it + 9)), Precision::Decade)
        }
        Unit::Month => shift_month(by, document),
        Unit::Quarter => shift_quarter(by, document),
        Unit::Hour | Unit::Day | Unit::Week | Unit::Weekend => shift_days(unit, by, document),
    }
}

fn shift_year(by: i32, document: PartialDate) -> Option<i16> {
    let year = i32::from(document.year?) + by;
    i16::try_from(year).ok().filter(|it| (1..=9999).contains(it))
}

/// The month so many from this one, counted through the years.
fn month_from(year: i16, month: u8, by: i32) -> Option<PartialDate> {
    let months = i32::from(year) * 12 + i32::from(month) - 1 + by;
    let year = i16::try_from(months.div_euclid(12)).ok()?;
    let month = u8::try_from(months.rem_euclid(12) + 1).ok()?;
    Some(PartialDate::of(year, Some(month), None))
}

fn shift_month(by: i32, document: PartialDate) -> Resolved {
    match (document.year, document.month) {
        (Some(year), Some(month)) => (month_from(year, month, by), None, Precision::Month),
        (Some(_), None) if by == 0 => as_far(document),
        _ => (None, None, Precision::Month),
    }
}

fn shift_quarter(by: i32, document: PartialDate) -> Resolved {
    let (Some(year), Some(month)) = (document.year, document.month) else {
        return (None, None, Precision::Part);
    };
    let first = (month - 1) / 3 * 3 + 1;
    (month_from(year, first, by * 3), month_from(year, first, by * 3 + 2), Precision::Part)
}

fn shift_days(unit: Unit, by: i32, document: PartialDate) -> Resolved {
    let Some(date) = document.civil() else {
        let near = by.abs() <= 1;
        return if near { as_far(document) } else { (None, None, Precision::Day) };
    };
    let day = |by: i32| {
        Span::new().try_days(by).ok().and_then(|it| moved(date, it)).map(PartialDate::from)
    };
    let today = i32::from(date.weekday().to_monday_zero_offset());
    match unit {
        Unit::Hour => (day(by / 24), None, Precision::Day),
        Unit::Week => {
            let Some(by) = by.checked_mul(7).map(|it| it - today) else { return as_far(document) };
            (day(by), day(by + 6), Precision::Part)
        }
        Unit::Weekend => {
            let saturday = weekend(by, today);
            (day(saturday), day(saturday + 1), Precision::Part)
        }
        _ => (day(by), None, Precision::Day),
    }
}

/// How many days away the Saturday is: of the last weekend (a Sunday's own included) or of the next.
fn weekend(by: i32, today: i32) -> i32 {
    match (by, today) {
        (-1, 5 | 6) | (0, _) => 5 - today,
        (-1, _) => -2 - today,
        _ => 5 - today,
    }
}
