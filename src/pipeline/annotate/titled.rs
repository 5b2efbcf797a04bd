//! Tokens to agreements and events that are named by a pattern rather than by capitals: resolutions by number, summits by
//! place, sessions by ordinal, quoted titles.

use std::ops::Range;

use crate::pipeline::annotate::cues::Cue;
use crate::pipeline::annotate::gazetteer;
use crate::pipeline::annotate::rules;
use crate::pipeline::annotate::scan::Reader;
use crate::pipeline::annotate::span::Span;
use crate::pipeline::words::Shape;
use crate::vocabulary::Kind;
use crate::vocabulary::lexicon::list;

/// How many words may stand between an occasion and its title where nothing names it.
const REACH: usize = 14;
/// How many words a title has at most.
const LONGEST: usize = 40;

/// Adds what patterns name in `block`.
pub(crate) fn titled(reader: Reader<'_>, block: Range<usize>, found: &mut Vec<Span>) {
    for at in block.clone() {
        let shape = reader.words.shape(at);
        if shape.is(Shape::NUMBER) {
            resolution(reader, at, &block, found);
        } else if !shape.is(Shape::WORD) {
            if is_opening(reader, at) {
                quoted(reader, at, &block, found);
            }
        } else if reader.words.is_word(at, "summit") || reader.words.is_word(at, "session") {
            meeting(reader, at, &block, found);
        }
    }
}

/// "resolution 2482 (2019)", "Security Council resolution 1540", "resolution 72/284".
fn resolution(reader: Reader<'_>, at: usize, block: &Range<usize>, found: &mut Vec<Span>) {
    let words = reader.words;
    let named = at > block.start
        && (words.is_word(at - 1, "resolution")
            || words.is_word(at - 1, "resolutions")
            || words.is_word(at - 1, "decision"));
    if !named {
        return;
    }
    let mut end = at + 1;
    if words.is_mark(end, b'/') && words.shape(end + 1).is(Shape::NUMBER) {
        end += 2;
    } else if words.is_mark(end, b'(')
        && words.is_mark(end + 2, b')')
        && year(words.surface(end + 1))
    {
        end += 3;
    } else if words.surface(at).len() < 3 {
        return;
    }
    let why = format!("“{}” and a number", words.surface(at - 1));
    found.push(Span::ruled(at - 1..end, Kind::Agreement, rules::NUMBERED, why));
}

fn year(text: &str) -> bool {
    text.len() == 4
        && text.bytes().all(|it| it.is_ascii_digit())
        && (text.starts_with("19") || text.starts_with("20"))
}

/// "SCO summit in Bishkek", "Qingdao summit", "62nd session of the Commission on Narcotic Drugs".
fn meeting(reader: Reader<'_>, at: usize, block: &Range<usize>, found: &mut Vec<Span>) {
    let words = reader.words;
    let before = name_before(reader, at, block.start);
    let ordinal = at > block.start
        && (words.facts(at - 1).ordinal > 0 || words.shape(at - 1).is(Shape::MIXED));
    if words.is_word(at, "session") {
        let Some(end) = body_behind(reader, at, block.end).filter(|_| ordinal) else { return };
        found.push(Span::ruled(
            at - 1..end,
            Kind::Event,
            rules::MEETING,
            "an ordinal, “session” and a body".to_owned(),
        ));
        return;
    }
    let place =
        words.is_word(at + 1, "in").then(|| gazetteer::at(reader, at + 2, block.end)).flatten();
    let place = place.filter(|it| it.kind == Kind::Place && !it.demonym);
    let end = place.as_ref().map_or(at + 1, |it| it.end);
    let start = before.unwrap_or(at);
    if start < at || place.is_some() {
        found.push(Span::ruled(
            start..end,
            Kind::Event,
            rules::MEETING,
            "“summit” with who meets or where".to_owned(),
        ));
    }
}

/// Where the known name that ends right before `at` begins.
fn name_before(reader: Reader<'_>, at: usize, first: usize) -> Option<usize> {
    let ends = |start: usize| {
        gazetteer::at(reader, start, at).is_some_and(|it| it.end == at && !it.demonym && !it.weak)
    };
    (at.saturating_sub(6).max(first)..at).find(|it| ends(*it))
}

/// Where the known body behind "of the" at `at` ends.
fn body_behind(reader: Reader<'_>, at: usize, end: usize) -> Option<usize> {
    let words = reader.words;
    let behind = at + 2 + usize::from(words.is_word(at + 2, "the"));
    if !words.is_word(at + 1, "of") || behind >= end {
        return None;
    }
    let known = gazetteer::at(reader, behind, end).filter(|it| it.kind == Kind::Organization)?;
    Some(known.end)
}

fn is_opening(reader: Reader<'_>, at: usize) -> bool {
    matches!(reader.words.surface(at), "“" | "\"" | "«") && !reader.words.shape(at).is(Shape::GLUED)
}

/// The quotation that opens at token `at`, if an occasion before it has it for a title.
fn quoted(reader: Reader<'_>, at: usize, block: &Range<usize>, found: &mut Vec<Span>) {
    let words = reader.words;
    let close = if words.surface(at) == "“" { "”" } else { words.surface(at) };
    let limit = block.end.min(at + 2 + LONGEST);
    let Some(end) = (at + 2..limit).find(|it| words.mark(*it) == close) else { return };
    let title = at + 1..end;
    let count = title.clone().filter(|it| words.shape(*it).is(Shape::WORD)).count();
    let capital = words.shape(title.start).is(Shape::CAPITAL)
        || title.clone().any(|it| words.shape(it).is(Shape::CAPITAL));
    let sentence = matches!(words.surface(end - 1), "." | "," | "!" | "?");
    if !(2..=LONGEST).contains(&count) || !capital || sentence {
        return;
    }
    if let Some(occasion) = occasion_before(reader, at, block.start) {
        let why = format!("the title of a “{}”", words.surface(occasion).to_lowercase());
        found.push(Span::ruled(title, Kind::Event, rules::QUOTED_TITLE, why));
    }
}

/// The word for an occasion before the quotation mark at `at`: right before it, or with nothing but its description between.
fn occasion_before(reader: Reader<'_>, at: usize, first: usize) -> Option<usize> {
    let words = reader.words;
    let start = words.sentence(at.saturating_sub(1)).start.max(first).max(at.saturating_sub(REACH));
    let is_occasion = |it: usize| reader.is_cue(it, Cue::Occasion);
    let direct = at.checked_sub(1)?;
    if is_occasion(direct) {
        return Some(direct);
    }
    let named = reader.is_cue(direct, Cue::Naming) || words.is_mark(direct, b',');
    let body = words.shape(direct).is(Shape::CAPITAL) && !words.listed(direct, list::SAYING);
    if !named && !body {
        return None;
    }
    let occasion = (start..at).rev().find(|it| is_occasion(*it))?;
    // "She spoke at a conference entitled": what is said before a title's "entitled" is not the quotation.
    let entitled = reader.is_cue(direct, Cue::Entitling);
    let from = if entitled { occasion } else { start };
    (!(from..at).any(|it| words.listed(it, list::SAYING))).then_some(occasion)
}
