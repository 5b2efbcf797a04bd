//! The rules that find calendar expressions, by number.

use crate::pipeline::calendar::DateRule;

/// Their names and what they mean, in the order of the numbers below.
pub(super) const RULES: &[(&str, &str)] = &[
    ("full-date", "day, month and year: \"19 November 2019\""),
    ("numeric-date", "a date in figures: \"30.10.2019\", \"2019-10-30\""),
    ("ambiguous-date", "figures that may be day and month or month and day: the year only"),
    ("month-and-year", "a month of a stated year: \"June 2019\""),
    ("day-and-month", "a day without a year: the nearest one that the verbs allow"),
    (
        "bare-month",
        "a month without a year: the last one before the document's date, the next one after \"will\"",
    ),
    (
        "month-of-year",
        "a day or month of this, the last or the next year: \"June of this year\", \"last June\"",
    ),
    ("season", "a season of a year: \"summer 2018\", \"last summer\""),
    ("quarter", "a quarter or half of a year: \"the first half of 2019\""),
    ("year", "four figures that count nothing and number nothing"),
    ("year-span", "from one year to another: \"2010-2015\""),
    ("decade", "ten years: \"1990s\", \"the nineties\""),
    ("century", "a hundred years: \"the 19th century\""),
    ("today", "today, yesterday, tomorrow, tonight, last night"),
    ("weekday", "a weekday: the last one up to the document's date, the next one after \"will\""),
    ("this-last-next", "this, last or next week, month or year"),
    ("ago", "so many units before or behind the document's date: \"15 years ago\""),
    ("weekend", "this, last, next or the weekend"),
    ("year-end", "the end of the year"),
    ("later", "counted from a date named before: \"two years later\", \"the following year\""),
    ("days", "from one day to another: \"17-18 August 2019\""),
];

pub(super) const FULL_DATE: DateRule = DateRule(0);
pub(super) const NUMERIC: DateRule = DateRule(1);
pub(super) const AMBIGUOUS: DateRule = DateRule(2);
pub(super) const MONTH_AND_YEAR: DateRule = DateRule(3);
pub(super) const DAY_AND_MONTH: DateRule = DateRule(4);
pub(super) const BARE_MONTH: DateRule = DateRule(5);
pub(super) const MONTH_OF_YEAR: DateRule = DateRule(6);
pub(super) const SEASON: DateRule = DateRule(7);
pub(super) const QUARTER: DateRule = DateRule(8);
pub(super) const YEAR: DateRule = DateRule(9);
pub(super) const YEAR_SPAN: DateRule = DateRule(10);
pub(super) const DECADE: DateRule = DateRule(11);
pub(super) const CENTURY: DateRule = DateRule(12);
pub(super) const TODAY: DateRule = DateRule(13);
pub(super) const WEEKDAY: DateRule = DateRule(14);
pub(super) const PERIOD: DateRule = DateRule(15);
pub(super) const AGO: DateRule = DateRule(16);
pub(super) const WEEKEND: DateRule = DateRule(17);
pub(super) const YEAR_END: DateRule = DateRule(18);
pub(super) const LATER: DateRule = DateRule(19);
pub(super) const DAYS: DateRule = DateRule(20);

/// Whether the rule needs no document date.
pub(super) fn is_absolute(rule: DateRule) -> bool {
    rule <= MONTH_AND_YEAR || (YEAR..=CENTURY).contains(&rule)
}
