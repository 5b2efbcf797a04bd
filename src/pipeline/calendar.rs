//! Tokens to calendar expressions, and expressions to dates: what running text says of days, months and years.
//!
//! Finding is one pass over the tokens and knows no document date. Normalising needs the document's date for all that is
//! relative, and leaves open what it cannot know.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A date as far as it is known. At least one field is given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
pub const DATE_RULES: &[(&str, &str)] = &[
    ("full-date", "day, month and year"),
];

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
