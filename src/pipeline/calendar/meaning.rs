//! What a calendar expression says, before any document date is known.

use crate::pipeline::calendar::{PartialDate, Precision};

/// What a calendar expression says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A year: "2019", "last year".
    Year(YearOf),
    /// A part of a year: "19 November 2019", "last June", "summer of 2018".
    Part(Part, YearOf),
    /// From one date to another, both with years: "2010–2015".
    Span(PartialDate, PartialDate),
    /// A weekday, 1 (Monday) to 7.
    Weekday(u8, Toward),
    /// So many units from the document's date: "yesterday", "15 years ago", "next month".
    Shift(Unit, i32),
    /// So many units from a date named before: "two years later".
    Later(PartialDate, Unit, i32),
    /// Ten years from this one on.
    Decade(i16),
    /// A hundred years from this one on.
    Century(i16),
    /// Known to be a time, but not which.
    Open(Precision),
}

/// A part of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Month and day.
    Day(u8, u8),
    /// From one month and day to another.
    Days((u8, u8), (u8, u8)),
    /// A month.
    Month(u8),
    /// 1 to 4 for spring, summer, autumn, winter.
    Season(u8),
    /// 1 to 4.
    Quarter(u8),
    /// 1 or 2.
    Half(u8),
}

/// Which year is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YearOf {
    /// As written.
    Given(i16),
    /// So many years from the document's.
    Shifted(i16),
    /// Not said: the nearest in this direction.
    Nearest(Toward),
}

/// In which direction from the document's date to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toward {
    /// "last": strictly before.
    Last,
    /// "next": strictly behind.
    Next,
    /// "this".
    This,
    /// As the verbs around it say.
    Verb(Tense),
}

/// Whether verbs speak of what was or of what will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tense {
    /// What was; also where nothing tells.
    Past,
    /// What will be.
    Future,
}

/// A unit that time is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Shorter than a day.
    Hour,
    /// A day.
    Day,
    /// Monday to Sunday.
    Week,
    /// Saturday and Sunday.
    Weekend,
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// A year.
    Year,
    /// Ten years.
    Decade,
}
