//! Dates that are joined and share a year: "between June and August 2019".

use crate::pipeline::calendar::meaning::{Meaning, Part, Toward, YearOf};
use crate::pipeline::calendar::{Expression, PartialDate};
use crate::pipeline::words::Words;

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
    let (Part::Month(month) | Part::Day(month, _)) = first else { return None };
    let year = if last.month.is_some_and(|it| month > it) { year - 1 } else { year };
    PartialDate::of(year, Some(month), None).precision()?;
    Some(Meaning::Part(first, YearOf::Given(year)))
}
