//! Tokens to calendar expressions, and expressions to dates: what running text says of days, months and years.
//!
//! Finding is one pass over the tokens and knows no document date. Normalising needs the document's date for all that is
//! relative, and leaves open what it cannot know.

pub mod meaning;
mod scope;
mod tense;
mod stated;
mod seasons;
mod joined;
mod numeric;
mod bare_year;
mod decades;
mod days;
mod relative;
mod rules;
mod resolve;
#[cfg(test)]
pub(crate) mod tests;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::pipeline::calendar::meaning::{Meaning, Part, Tense, Toward, YearOf};
use crate::pipeline::calendar::scope::Scope;
use crate::pipeline::words::{Shape, Words};

/// A date as far as it is known. At least one field is given.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct PartialDate {
    /// The year, if stated.
    pub year: Option<i16>,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31.
    pub day: Option<u8>,
}

/// ISO 8601 reduced to what is known: `2019-11-19`, `2019-11`, `2019`, `--08-17`, `--08`.
impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let PartialDate { year: Some(year @ 0..=9999), month: Some(month), day: Some(day) } =
            *self
        {
            let digit = |number: i16| b'0' + (number.unsigned_abs() % 10) as u8;
            let (month, day) = (i16::from(month), i16::from(day));
            let date = [
                digit(year / 1000),
                digit(year / 100),
                digit(year / 10),
                digit(year),
                b'-',
                digit(month / 10),
                digit(month),
                b'-',
                digit(day / 10),
                digit(day),
            ];
            return f.write_str(str::from_utf8(&date).expect("digits are ASCII"));
        }
        match (self.year, self.month, self.day) {
            (Some(y), Some(m), Some(d)) => write!(f, "{y:04}-{m:02}-{d:02}"),
            (Some(y), Some(m), None) => write!(f, "{y:04}-{m:02}"),
            (Some(y), None, _) => write!(f, "{y:04}"),
            (None, Some(m), Some(d)) => write!(f, "--{m:02}-{d:02}"),
            (None, Some(m), None) => write!(f, "--{m:02}"),
            (None, None, Some(d)) => write!(f, "---{d:02}"),
            (None, None, None) => Ok(()),
        }
    }
}

/// How much of a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// A day.
    Day,
    /// A month.
    Month,
    /// A season, quarter, half of a year or week: published as a span.
    Part,
    /// A year.
    Year,
    /// A decade or a century.
    Decade,
}

/// A calendar expression in a document's text, normalised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateMention {
    /// Where it begins in the text.
    pub start: u32,
    /// Where it ends in the text.
    pub end: u32,
    /// The date, or where a span of time begins; `None` where it stays open.
    pub from: Option<PartialDate>,
    /// Where a span of time ends, inclusive; `None` for a single date.
    pub to: Option<PartialDate>,
    /// How exact it is.
    pub precision: Precision,
    /// The name of the rule that found it, one of [`DATE_RULES`].
    pub rule: DateRule,
}

/// The name of a rule that finds calendar expressions; an index into [`DATE_RULES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DateRule(pub u8);

/// Every rule: its name as published, and what it means in one line.
pub const DATE_RULES: &[(&str, &str)] = rules::RULES;

impl DateRule {
    /// The published name.
    pub fn name(self) -> &'static str {
        DATE_RULES[usize::from(self.0)].0
    }
}

/// A calendar expression as written: what it says, before any document date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expression {
    /// The first of its tokens.
    pub first: u32,
    /// Behind the last of its tokens.
    pub end: u32,
    /// The rule that found it.
    pub rule: DateRule,
    /// What it says.
    pub meaning: Meaning,
}

/// Finds every calendar expression, in the order of the text; none overlaps another.
pub fn find(words: &Words<'_>) -> Vec<Expression> {
    let mut found = Vec::new();
    for block in words.blocks.windows(2) {
        let scope = Scope { words, start: block[0] as usize, end: block[1] as usize };
        find_in(scope, &mut found);
    }
    found
}

fn find_in(block: Scope<'_>, found: &mut Vec<Expression>) {
    let first = found.len();
    // Tokens of an expression already found belong to no other, so the scope begins behind it.
    let mut scope = block;
    let mut at = block.start;
    while at < block.end {
        let expression =
            if may_date(scope, at) { expression(scope, at, &found[first..]) } else { None };
        at = match expression {
            Some(it) => {
                found.push(it);
                scope.start = (it.end as usize).max(at + 1);
                scope.start
            }
            None => at + 1,
        };
    }
    joined::share_years(block.words, &mut found[first..]);
}

/// Whether an expression can be recognised by token `at`: cheap, for it is asked of every token.
fn may_date(scope: Scope<'_>, at: usize) -> bool {
    let token = scope.words.tokens[at];
    if token.shape.is(Shape::NUMBER | Shape::MIXED) {
        return true;
    }
    if !token.shape.is(Shape::WORD) {
        return scope.dash(at);
    }
    let facts = scope.words.lexicon.facts(token.word);
    let known = facts.month | facts.weekday | facts.season | facts.ordinal | facts.unit;
    known != 0 || days::may_begin(scope, at)
}

/// The expression recognised by token `at`, the longest there is.
fn expression(scope: Scope<'_>, at: usize, before: &[Expression]) -> Option<Expression> {
    numeric::find(scope, at)
        .or_else(|| stated::find(scope, at))
        .or_else(|| relative::find(scope, at, before))
        .or_else(|| bare_year::find(scope, at))
}

impl Expression {
    /// Its tokens.
    pub fn tokens(&self) -> std::ops::Range<usize> {
        self.first as usize..self.end as usize
    }

    fn new(range: std::ops::Range<usize>, rule: DateRule, meaning: Meaning) -> Self {
        Expression { first: range.start as u32, end: range.end as u32, rule, meaning }
    }

    /// The date that it states by itself, as far as it does: year, month or day may be missing.
    pub fn stated(&self) -> Option<PartialDate> {
        match self.meaning {
            Meaning::Year(YearOf::Given(year)) => Some(PartialDate::of(year, None, None)),
            Meaning::Part(Part::Month(month), YearOf::Given(year)) => {
                Some(PartialDate::of(year, Some(month), None))
            }
            Meaning::Part(
                Part::Day(month, day) | Part::Days((month, day), _),
                YearOf::Given(year),
            ) => Some(PartialDate::of(year, Some(month), Some(day))),
            Meaning::Part(Part::Day(month, day), YearOf::Nearest(Toward::Verb(_))) => {
                Some(PartialDate { year: None, month: Some(month), day: Some(day) })
            }
            _ => None,
        }
    }
}

/// Whether what is said at tokens `at..end` lies before or behind the document's date, as far as verbs tell.
pub(crate) fn tense_at(words: &Words<'_>, at: usize, end: usize) -> Tense {
    tense::tense(words, at, end)
}

/// What `expression` means in a document of this date.
pub fn normalise(
    expression: &Expression,
    document_date: Option<PartialDate>,
    words: &Words<'_>,
) -> DateMention {
    let (from, to, precision) =
        resolve::resolve(expression.meaning, document_date.unwrap_or_default());
    DateMention {
        start: words.tokens[expression.first as usize].start,
        end: words.tokens[expression.end as usize - 1].end,
        from,
        to,
        precision,
        rule: expression.rule,
    }
}

/// The years that a mention speaks of: each of a span up to ten years, of a longer one both ends, of a century none.
pub fn years(mention: &DateMention) -> Vec<i16> {
    let Some(first) = mention.from.and_then(|it| it.year) else { return Vec::new() };
    let last = mention.to.and_then(|it| it.year).unwrap_or(first);
    match last - first {
        0..10 => (first..=last).collect(),
        99.. if mention.precision == Precision::Decade => Vec::new(),
        _ => vec![first, last],
    }
}

/// Why a mention has its value: `June of this year, document of 2019-10-30: 2019-06`.
pub fn reasoning(mention: &DateMention, document_date: Option<PartialDate>, text: &str) -> String {
    let surface = text[mention.start as usize..mention.end as usize].replace('\n', " ");
    let value = mention.value();
    match document_date {
        _ if rules::is_absolute(mention.rule) => format!("{surface}: {value}"),
        Some(date) if !value.is_empty() => format!("{surface}, document of {date}: {value}"),
        Some(date) => format!("{surface}, document of {date}: open"),
        None => format!("{surface}, document without a date: open"),
    }
}

impl PartialDate {
    pub(crate) fn of(year: i16, month: Option<u8>, day: Option<u8>) -> Self {
        PartialDate { year: Some(year), month, day }
    }

    /// The day, if it is fully known and exists.
    pub(crate) fn civil(self) -> Option<jiff::civil::Date> {
        let (month, day) = (i8::try_from(self.month?).ok()?, i8::try_from(self.day?).ok()?);
        jiff::civil::Date::new(self.year?, month, day).ok()
    }

    /// How much of it is known; `None` without a year.
    pub fn precision(self) -> Option<Precision> {
        self.year?;
        Some(match (self.month, self.day) {
            (Some(_), Some(_)) => Precision::Day,
            (Some(_), None) => Precision::Month,
            _ => Precision::Year,
        })
    }
}

impl From<jiff::civil::Date> for PartialDate {
    fn from(date: jiff::civil::Date) -> Self {
        PartialDate::of(
            date.year(),
            Some(date.month().unsigned_abs()),
            Some(date.day().unsigned_abs()),
        )
    }
}

impl DateMention {
    /// The published value: `2019-10-30`, `2019-06`, `2019`, `2010/2015`, or nothing.
    pub fn value(&self) -> String {
        match (self.from, self.to) {
            (Some(from), Some(to)) => format!("{from}/{to}"),
            (Some(from), None) if from.year.is_some() => from.to_string(),
            _ => String::new(),
        }
    }
}
