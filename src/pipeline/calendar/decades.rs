//! A number or a word to a decade or a century: "1990s", "the nineties", "the 19th century".

use crate::pipeline::calendar::bare_year::prefixed;
use crate::pipeline::calendar::meaning::Meaning;
use crate::pipeline::calendar::scope::{Scope, ordinal};
use crate::pipeline::calendar::{Expression, rules};
use crate::pipeline::words::Shape;

/// The decade or century recognised by token `at`.
pub(super) fn find(scope: Scope<'_>, at: usize) -> Option<Expression> {
    decade(scope, at).or_else(|| decade_in_words(scope, at)).or_else(|| century(scope, at))
}

/// "1990s", "the '90s", "the nineties".
fn decade(scope: Scope<'_>, at: usize) -> Option<Expression> {
    let surface = scope.surface(at);
    let (year, end) = if let Some(figures) = surface.strip_suffix(['s', 'S']) {
        let figures = figures.trim_end_matches(['\'', '’']);
        let year: i16 = figures.parse().ok().filter(|it| it % 10 == 0)?;
        match figures.len() {
            4 if (1500..=2090).contains(&year) => (year, at + 1),
            2 if year >= 20 && short_decade(scope, at) => (1900 + year, at + 1),
            _ => return None,
        }
    } else if scope.shape(at + 1).is(Shape::POSSESSIVE)
        && scope.follows(at, &["the", "early", "late", "mid", "-"])
    {
        let year = scope
            .year(at)
            .map(|it| it.0)
            .filter(|it| it % 10 == 0 && (1500..=2090).contains(it))?;
        (year, at + 2)
    } else {
        return None;
    };
    let first =
        if scope.follows(at, &["'", "’", "‘"]) && scope.glued(at) { at - 1 } else { at };
    Some(Expression::new(prefixed(scope, first)..end, rules::DECADE, Meaning::Decade(year)))
}

/// Decades of the twentieth century by their names.
const TENS: &[(&str, i16)] = &[
    ("twenties", 1920),
    ("thirties", 1930),
    ("forties", 1940),
    ("fifties", 1950),
    ("sixties", 1960),
    ("seventies", 1970),
    ("eighties", 1980),
    ("nineties", 1990),
];

/// "the nineties", "the late seventies", not "in his nineties".
fn decade_in_words(scope: Scope<'_>, at: usize) -> Option<Expression> {
    let year = TENS.iter().find(|it| scope.is(at, it.0))?.1;
    let start = prefixed(scope, at);
    let said = scope.follows(start, &["the"]) || (start < at && scope.follows(start, &["in"]));
    said.then(|| Expression::new(start..at + 1, rules::DECADE, Meaning::Decade(year)))
}

/// Whether "90s" at `at` speaks of years: "the 90s", "'90s", not "in her 90s".
fn short_decade(scope: Scope<'_>, at: usize) -> bool {
    scope.follows(at, &["the", "early", "late", "mid", "'", "’", "‘"])
}

/// "the 19th century", "the nineteenth century"; not in a name ("21st Century Maritime Silk Road").
fn century(scope: Scope<'_>, at: usize) -> Option<Expression> {
    let named = ordinal(scope.surface(at)).and_then(|it| i16::try_from(it).ok());
    let number = named.or_else(|| scope.facts(at).map(|it| i16::from(it.ordinal)))?;
    let word = at + 1 + usize::from(scope.dash(at + 1));
    let known = (10..=22).contains(&number) && scope.any(word, &["century", "centuries"]);
    let in_name = scope.capital(word) && scope.capital(word + 1);
    (known && !in_name).then(|| {
        Expression::new(
            prefixed(scope, at)..word + 1,
            rules::CENTURY,
            Meaning::Century((number - 1) * 100 + 1),
        )
    })
}
