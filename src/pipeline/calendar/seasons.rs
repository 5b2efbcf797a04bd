//! Seasons, quarters and halves of a year.

use crate::pipeline::calendar::meaning::{Part, Toward, YearOf};
use crate::pipeline::calendar::scope::Scope;
use crate::pipeline::calendar::stated::{nearest, part, year_behind};
use crate::pipeline::calendar::{Expression, rules};

/// "summer 2018", "the summer of last year", "last summer"; a season by itself is no date.
pub(super) fn season(scope: Scope<'_>, at: usize) -> Option<Expression> {
    let season = Some(scope.facts(at)?.season).filter(|it| *it > 0)?;
    if let Some((year, end)) = year_behind(scope, at + 1) {
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
pub(super) fn quarter(scope: Scope<'_>, at: usize) -> Option<Expression> {
    if let Some(number) = quarter_symbol(scope.surface(at)) {
        let (year, end) = year_behind(scope, at + 1)?;
        return Some(part(scope, at..end, rules::QUARTER, (Part::Quarter(number), year)));
    }
    let number = Some(scope.facts(at)?.ordinal).filter(|it| (1..=4).contains(it))?;
    let word = at + 1 + usize::from(scope.dash(at + 1));
    let year = year_behind(scope, word + 1).or_else(|| year_of_the(scope, word + 1));
    if scope.is(word, "quarter") && !scope.follows(at, &["a"]) {
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
