//! A number to a year, a decade or a century, unless it counts or numbers something.

use crate::pipeline::calendar::meaning::{Meaning, YearOf};
use crate::pipeline::calendar::numeric::is_inside;
use crate::pipeline::calendar::scope::{Scope, of_two_figures};
use crate::pipeline::calendar::{Expression, decades, rules};
use crate::pipeline::words::Shape;
use crate::vocabulary::lexicon::list;

/// A number behind one of these is its number or an amount.
const NUMBERING: &[&str] = &[
    "resolution",
    "resolutions",
    "no",
    "nos",
    "number",
    "numbers",
    "page",
    "pages",
    "p",
    "pp",
    "room",
    "flight",
    "paragraph",
    "paragraphs",
    "article",
    "articles",
    "section",
    "line",
    "iso",
    "route",
    "highway",
    "box",
    "suite",
    "directive",
    "regulation",
    "act",
    "res",
    "approximately",
    "nearly",
    "over",
    "than",
    "almost",
    "some",
    "roughly",
    "least",
    "most",
    "$",
    "€",
    "£",
    "¥",
    "usd",
    "eur",
    "rs",
    "us$",
    "#",
    "+",
    "windows",
    "psalm",
    "lot",
    "id",
    "code",
    "top",
    "totalling",
    "totaling",
    "up to",
    "figure",
    "table",
    "case",
    "version",
    "unit",
    "model",
    "every",
    "channel",
];

/// A number behind one of these is a year, even before a plural.
const DATING: &[&str] = &[
    "in", "since", "by", "until", "till", "during", "from", "to", "between", "before", "after",
    "early", "late", "mid", "the", "and", "year", "years", "of", "through", "(", "circa", "fiscal",
    "this", "that", "earlier", "later",
];

/// "of" behind one of these comes before an amount: "a total of 1709 children".
const AMOUNTS: &[&str] = &[
    "total",
    "number",
    "sample",
    "group",
    "out",
    "population",
    "crowd",
    "force",
    "army",
    "maximum",
    "minimum",
    "average",
    "survey",
    "study",
];

/// A word glued by a hyphen to the year behind it: "mid-2019".
const BEFORE: &[&str] = &["mid", "pre", "post", "early", "late", "end", "since"];

/// The last words of addresses: "1600 Pennsylvania Avenue".
const STREETS: &[&str] =
    &["avenue", "ave", "street", "st", "road", "rd", "drive", "boulevard", "blvd", "lane", "way"];

/// The year, decade or century recognised by token `at`.
pub(super) fn find(scope: Scope<'_>, at: usize) -> Option<Expression> {
    decades::find(scope, at).or_else(|| year(scope, at))
}

fn year(scope: Scope<'_>, at: usize) -> Option<Expression> {
    if let Some(year) = fiscal(scope, at) {
        return Some(Expression::new(at..at + 1, rules::YEAR, Meaning::Year(YearOf::Given(year))));
    }
    let (year, next) =
        scope.year(at).filter(|it| (1500..=2100).contains(&it.0) || is_long_ago(scope, at, it))?;
    if next > at + 1 {
        // "'98" is a year only where one is expected; else it may open a quotation.
        let expected = scope.follows(at, DATING) && !scope.listed(next, list::COUNTED);
        return expected
            .then(|| Expression::new(at..next, rules::YEAR, Meaning::Year(YearOf::Given(year))));
    }
    let first = begins(scope, at)?;
    let free = !numbers(scope, first)
        && !counts(scope, at)
        && !is_address(scope, next)
        && !is_symbol(scope, next);
    free.then(|| Expression::new(first..next, rules::YEAR, Meaning::Year(YearOf::Given(year))))
}

/// Words behind which four figures below 1500 can be a year.
const LONG_AGO: &[&str] = &["in", "since", "until", "year", "circa", "after", "before", "ad"];

/// A year of the Middle Ages: "in 1206", "1066 AD"; not "in 1200 villages".
fn is_long_ago(scope: Scope<'_>, at: usize, (year, next): &(i16, usize)) -> bool {
    let (behind, era) = (*next, &["ad", "ce"]);
    let small = scope.shape(behind).is(Shape::WORD)
        && !scope.capital(behind)
        && !scope.listed(behind, list::STOP);
    let before_christ = scope.any(behind, &["bc", "bce", "b"]);
    let figures = scope.shape(behind).is(Shape::NUMBER);
    (1000..1500).contains(year)
        && (scope.follows(at, LONG_AGO) || scope.any(behind, era))
        && !(small || before_christ || figures)
}

/// "FY2017", "FY17".
fn fiscal(scope: Scope<'_>, at: usize) -> Option<i16> {
    let surface = scope.surface(at);
    let figures =
        surface.strip_prefix("FY").filter(|it| it.bytes().all(|it| it.is_ascii_digit()))?;
    match figures.len() {
        4 => figures.parse().ok().filter(|it| (1900..2100).contains(it)),
        2 => figures.parse().ok().map(of_two_figures),
        _ => None,
    }
}

/// Where the expression begins: at the year, or at "mid-" before it. `None` inside a symbol.
fn begins(scope: Scope<'_>, at: usize) -> Option<usize> {
    if !is_inside(scope, at) {
        let glued_comma = scope.glued(at) && matches!(scope.surface(at - 1), "," | ":" | ";");
        let behind_figures =
            glued_comma && at >= 2 + scope.start && scope.shape(at - 2).is(Shape::NUMBER);
        return (!behind_figures || scope.surface(at - 1) == ",").then_some(at);
    }
    let prefixed = at >= scope.start + 2 && scope.dash(at - 1) && scope.any(at - 2, BEFORE);
    prefixed.then(|| at - 2)
}

/// Whether what stands before token `at` makes it a number or an amount.
fn numbers(scope: Scope<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).filter(|it| *it >= scope.start) else { return false };
    let before = if scope.is(before, ".") && before > scope.start { before - 1 } else { before };
    if scope.any(before, &["about", "around"]) {
        return !scope.follows(before, &["in", "by", "since", "until", "from", "to"]);
    }
    scope.any(before, NUMBERING)
}

/// Whether what stands behind the year at `at` is counted by it.
fn counts(scope: Scope<'_>, at: usize) -> bool {
    let next = at + 1;
    if scope.surface(next) == "%" || scope.unit(next).is_some() || scope.listed(next, list::COUNTED)
    {
        return true;
    }
    if scope.any(
        next,
        &[
            "GMT", "UTC", "BC", "BCE", "hours", "hrs", "local", "million", "billion", "thousand",
            "percent",
        ],
    ) {
        return true;
    }
    if scope.shape(next).is(Shape::HYPHEN) && scope.glued(next) && scope.glued(next + 1) {
        return !scope.any(next + 1, &["era", "present", "vintage"]);
    }
    let amount = scope.follows(at, &["of"]) && scope.follows(at - 1, AMOUNTS);
    let dated = scope.follows(at, DATING) || at == scope.start;
    let people = is_plural(scope, next) && !scope.surface(next).ends_with('s');
    amount || people || (!dated && is_plural(scope, next))
}

/// Whether token `at` is a plural in small letters.
fn is_plural(scope: Scope<'_>, at: usize) -> bool {
    let surface = scope.surface(at);
    if ["children", "women", "people"].iter().any(|it| surface.ends_with(it)) {
        return true;
    }
    !scope.capital(at)
        && surface.len() > 3
        && surface.ends_with('s')
        && !surface.ends_with("ss")
        && !scope.listed(at, list::STOP)
        && scope.words.lexicon.singular(scope.words.tokens[at].word).is_some()
}

fn is_address(scope: Scope<'_>, next: usize) -> bool {
    scope.capital(next) && (next..next + 3).any(|it| scope.capital(it) && scope.any(it, STREETS))
}

/// "1989 (2011)" is a number with its year, "2019/1" a symbol.
fn is_symbol(scope: Scope<'_>, next: usize) -> bool {
    let stroke =
        scope.surface(next) == "/" && scope.glued(next) && scope.shape(next + 1).is(Shape::NUMBER);
    let dotted = scope.surface(next) == "."
        && scope.glued(next)
        && scope.glued(next + 1)
        && scope.shape(next + 1).is(Shape::NUMBER);
    let year_behind = scope.surface(next) == "("
        && scope.year(next + 1).is_some_and(|it| scope.surface(it.1) == ")");
    stroke || dotted || year_behind
}

/// Takes "early", "late", "mid-" before token `at` in.
pub(super) fn prefixed(scope: Scope<'_>, at: usize) -> usize {
    let joint = usize::from(at > scope.start && scope.dash(at - 1) && scope.glued(at));
    let before = at.saturating_sub(joint);
    if scope.follows(before, &["early", "late", "mid", "earlier", "later"]) {
        before - 1
    } else {
        at
    }
}
