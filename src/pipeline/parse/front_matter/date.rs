//! The value of a date field to a date, in the ways in which people write one by hand.

use crate::pipeline::calendar::PartialDate;

/// Why a value is no date.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct DateFault {
    /// What can be said of it none the less.
    pub(super) known: Option<PartialDate>,
    /// What is wrong.
    pub(super) message: String,
}

impl DateFault {
    fn new(written: &str, known: Option<PartialDate>, why: &str) -> Self {
        DateFault { known, message: format!("`{written}` {why}") }
    }
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The date that `written` names: a day, a month or a year, in figures or in English words.
pub(super) fn parse(written: &str) -> Result<PartialDate, DateFault> {
    let no_date =
        || DateFault::new(written, None, "is not a date: write 2019-11-19, 2019-11 or 2019");
    let date = match parts(written).ok_or_else(no_date)?.as_slice() {
        [Part::Number(year, 4)] => day(Some(*year), None, None),
        [Part::Month(month)] => day(None, Some(*month), None),
        // `--08-17`, as ISO 8601 has it.
        [Part::Number(month, _), Part::Number(d, _)] if written.starts_with("--") => {
            day(None, Some(*month), Some(*d))
        }
        [Part::Number(year, 4), month] => day(Some(*year), Some(month.month()), None),
        [Part::Month(month), Part::Number(year, 4)] => day(Some(*year), Some(*month), None),
        [Part::Month(month), Part::Number(d, _)] | [Part::Number(d, _), Part::Month(month)] => {
            day(None, Some(*month), Some(*d))
        }
        [Part::Number(year, 4), month, Part::Number(d, _)] => {
            day(Some(*year), Some(month.month()), Some(*d))
        }
        [Part::Number(a, _), Part::Number(b, _), Part::Number(year, 4)] => {
            return turned(written, [*a, *b, *year]);
        }
        [Part::Number(d, _), Part::Month(month), Part::Number(year, 4)]
        | [Part::Month(month), Part::Number(d, _), Part::Number(year, 4)] => {
            day(Some(*year), Some(*month), Some(*d))
        }
        _ => return Err(no_date()),
    };
    date.ok_or_else(|| DateFault::new(written, None, "is not a day of the calendar"))
}

/// Day before month, as most of the world writes it, unless it may be the other way round.
fn turned(written: &str, [first, second, year]: [i16; 3]) -> Result<PartialDate, DateFault> {
    if written.contains('.') || first > 12 || first == second {
        return day(Some(year), Some(second), Some(first))
            .ok_or_else(|| DateFault::new(written, None, "is not a day of the calendar"));
    }
    if second > 12 {
        return day(Some(year), Some(first), Some(second))
            .ok_or_else(|| DateFault::new(written, None, "is not a day of the calendar"));
    }
    let why = format!(
        "may be two days: write {year}-{second:02}-{first:02} or {year}-{first:02}-{second:02}"
    );
    Err(DateFault::new(written, day(Some(year), None, None), &why))
}

/// The date, if the calendar has it.
fn day(year: Option<i16>, month: Option<i16>, day: Option<i16>) -> Option<PartialDate> {
    // 2000 was a leap year: a day without a year may be its 29 February.
    let (whole_year, whole_month, whole_day) =
        (year.unwrap_or(2000), month.unwrap_or(1), day.unwrap_or(1));
    let (narrow_month, narrow_day) =
        (i8::try_from(whole_month).ok()?, i8::try_from(whole_day).ok()?);
    jiff::civil::Date::new(whole_year, narrow_month, narrow_day).ok()?;
    let small = |it: i16| u8::try_from(it).ok();
    Some(PartialDate { year, month: month.and_then(small), day: day.and_then(small) })
}

/// A part of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// A number, and how many digits it has.
    Number(i16, usize),
    /// A month by its name.
    Month(i16),
}

impl Part {
    /// The month that it names or counts.
    fn month(self) -> i16 {
        let (Part::Number(month, _) | Part::Month(month)) = self;
        month
    }
}

/// The numbers and months of a date, without the time of day and the day of the week.
fn parts(written: &str) -> Option<Vec<Part>> {
    let date = written.find(['T', 't']).map_or(written, |it| &written[..it]);
    let is_stamp = date.len() >= 10 && date.ends_with(|it: char| it.is_ascii_digit());
    let date = before_time(if is_stamp { date } else { written });
    let words = date.split([' ', '-', '/', '.', ',']).filter(|it| !it.is_empty() && !is_filler(it));
    words.map(part).collect()
}

/// All before the first word with a colon.
fn before_time(written: &str) -> &str {
    let Some(colon) = written.find(':') else { return written };
    written[..colon].rfind(' ').map_or(written, |it| &written[..it])
}

fn part(word: &str) -> Option<Part> {
    let digits = word.trim_end_matches(|it: char| it.is_ascii_alphabetic());
    if !digits.is_empty() {
        let is_ordinal = ["", "st", "nd", "rd", "th"].contains(&&word[digits.len()..]);
        return digits.parse().ok().filter(|_| is_ordinal).map(|it| Part::Number(it, digits.len()));
    }
    let word = word.to_lowercase();
    let named = |it: &(i16, &&str)| word.len() >= 3 && it.1.starts_with(&word);
    (1..).zip(&MONTHS).find(named).map(|it| Part::Month(it.0))
}

/// Whether a word of a date says nothing new.
fn is_filler(word: &str) -> bool {
    let word = word.to_lowercase();
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    word == "of"
        || word == "the"
        || (word.len() >= 3 && days.iter().any(|it| it.starts_with(&word)))
}

#[cfg(test)]
mod tests {
    use super::parse;

    fn shown(written: &str) -> String {
        match parse(written) {
            Ok(date) => date.to_string(),
            Err(fault) => format!(
                "{}; {}",
                fault.known.map_or(String::new(), |it| it.to_string()),
                fault.message
            ),
        }
    }

    #[test]
    fn reads_dates_as_people_write_them() {
        for (written, date) in [
            ("2019-11-19", "2019-11-19"),
            ("2019-11", "2019-11"),
            ("2019", "2019"),
            ("2019/11/19", "2019-11-19"),
            ("20191119", "; `20191119` is not a date: write 2019-11-19, 2019-11 or 2019"),
            ("2019-11-19T10:30:00Z", "2019-11-19"),
            ("2019-11-19 10:30:00 +02:00", "2019-11-19"),
            ("19 November 2019", "2019-11-19"),
            ("November 19, 2019", "2019-11-19"),
            ("Tuesday, 19th of November 2019, 10:30", "2019-11-19"),
            ("Tue Nov 19 2019", "2019-11-19"),
            ("19-Nov-2019", "2019-11-19"),
            ("Sept. 2019", "2019-09"),
            ("17 August", "--08-17"),
            ("--08-17", "--08-17"),
            ("31.12.2019", "2019-12-31"),
            ("12/31/2019", "2019-12-31"),
            ("05/06/2019", "2019; `05/06/2019` may be two days: write 2019-06-05 or 2019-05-06"),
            ("2019-02-30", "; `2019-02-30` is not a day of the calendar"),
            ("29 February", "--02-29"),
            ("soon", "; `soon` is not a date: write 2019-11-19, 2019-11 or 2019"),
            ("2019 2020", "; `2019 2020` is not a day of the calendar"),
            ("", "; `` is not a date: write 2019-11-19, 2019-11 or 2019"),
        ] {
            assert_eq!(shown(written), date, "{written:?}");
        }
    }
}
