//! Days by their names: "yesterday", "last night", "Tuesday".

use crate::pipeline::calendar::meaning::{Meaning, Toward, Unit};
use crate::pipeline::calendar::scope::Scope;
use crate::pipeline::calendar::stated::REPEATED;
use crate::pipeline::calendar::tense::tense;
use crate::pipeline::calendar::{Expression, rules};
use crate::pipeline::words::Shape;

/// Days by their names, and how far from the document's they are.
const DAYS: &[(&str, i32)] = &[("today", 0), ("tonight", 0), ("yesterday", -1), ("tomorrow", 1)];

/// Parts of a day: "this morning", "last night".
const PARTS_OF_DAY: &[&str] = &["morning", "afternoon", "evening", "night"];

/// Names that hold a weekday which is no day of the week here.
const NAMED_DAYS: &[&str] = &[
    "black",
    "good",
    "bloody",
    "ash",
    "easter",
    "palm",
    "super",
    "whit",
    "maundy",
    "holy",
    "shrove",
    "cyber",
    "fat",
    "sheffield",
    "girl",
    "man",
];

/// Names that begin with a weekday.
const NAMED_BY_DAY: &[&str] = &[
    "times",
    "telegraph",
    "express",
    "mirror",
    "mail",
    "post",
    "herald",
    "review",
    "club",
    "school",
    "prayers",
    "schools",
];

/// What "today's" stands before when it means nowadays.
const NOWADAYS: &[&str] = &[
    "world",
    "society",
    "economy",
    "generation",
    "youth",
    "technology",
    "market",
    "life",
    "reality",
    "environment",
    "climate",
    "landscape",
    "complex",
    "globalized",
    "interconnected",
    "modern",
    "age",
    "era",
    "globalised",
    "digital",
];

/// Whether token `at` is a word of this file that the lexicon has no fact for.
pub(super) fn may_begin(scope: Scope<'_>, at: usize) -> bool {
    let token = scope.words.tokens[at];
    if !matches!(token.end - token.start, 5 | 7..=9) {
        return false;
    }
    let surface = scope.words.surface(at);
    matches!(surface.as_bytes()[0] | 0x20, b't' | b'y' | b'm' | b'e' | b'n' | b's' | b'f')
        && (DAYS.iter().any(|it| surface.eq_ignore_ascii_case(it.0))
            || PARTS_OF_DAY.iter().any(|it| surface.eq_ignore_ascii_case(it))
            || surface.ends_with("ties"))
}

pub(super) fn day_by_name(scope: Scope<'_>, at: usize) -> Option<Expression> {
    if scope.any(at, PARTS_OF_DAY) {
        let shift = match () {
            () if scope.follows(at, &["this"]) => 0,
            () if scope.follows(at, &["last"]) && scope.is(at, "night") => -1,
            () => return None,
        };
        return Some(Expression::new(
            at - 1..at + 1,
            rules::TODAY,
            Meaning::Shift(Unit::Day, shift),
        ));
    }
    let shift = DAYS.iter().find(|it| scope.is(at, it.0))?.1;
    let possessive = scope.shape(at + 1).is(Shape::POSSESSIVE);
    // "USA Today" and the like are names.
    let in_name = scope.capital(at)
        && at > scope.start
        && scope.capital(at - 1)
        && !scope.shape(at).is(Shape::FIRST);
    if in_name || (possessive && is_nowadays(scope, at + 2)) {
        return None;
    }
    let end = at + 1 + usize::from(scope.any(at + 1, PARTS_OF_DAY));
    Some(Expression::new(at..end, rules::TODAY, Meaning::Shift(Unit::Day, shift)))
}

/// "today's world", "today's complex challenges".
fn is_nowadays(scope: Scope<'_>, at: usize) -> bool {
    // "today's cross-border threats": the noun tells, not the first half of the adjective.
    let behind = at + 2;
    if scope.dash(at + 1) && scope.glued(behind) && behind < scope.end {
        return is_nowadays(scope, behind + 1);
    }
    let surface = scope.surface(at);
    let plural = surface.len() > 3 && surface.ends_with('s') && !surface.ends_with("ss");
    plural || scope.any(at, NOWADAYS)
}

pub(super) fn weekday(scope: Scope<'_>, at: usize, day: u8) -> Option<Expression> {
    let short =
        scope.surface(at).len() <= 5 && !scope.surface(at).to_ascii_lowercase().ends_with("day");
    if !scope.capital(at) || short || scope.follows(at, NAMED_DAYS) || scope.follows(at, REPEATED) {
        return None;
    }
    if scope.capital(at + 1) && scope.any(at + 1, NAMED_BY_DAY) {
        return None;
    }
    let toward = match () {
        () if scope.follows(at, &["last", "past"]) => Some(Toward::Last),
        () if scope.follows(at, &["next", "coming"]) => Some(Toward::Next),
        () if scope.follows(at, &["this"]) => Some(Toward::This),
        () => None,
    };
    let start = at - usize::from(toward.is_some());
    let end = at + 1 + usize::from(scope.any(at + 1, PARTS_OF_DAY));
    let toward = toward.unwrap_or_else(|| Toward::Verb(tense(scope.words, at, end)));
    Some(Expression::new(start..end, rules::WEEKDAY, Meaning::Weekday(day, toward)))
}
