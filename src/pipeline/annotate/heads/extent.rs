//! A head noun to where its name ends: behind it, or behind the phrases that it governs.

use std::ops::Range;

use crate::pipeline::annotate::gazetteer;
use crate::pipeline::annotate::heads::facts;
use crate::pipeline::annotate::scan::Reader;
use crate::pipeline::words::Shape;
use crate::vocabulary::Kind;
use crate::vocabulary::lexicon::list;

/// Where the name ends: behind the head, or behind what it governs.
pub(super) fn extended(
    reader: Reader<'_>,
    head: usize,
    run: &Range<usize>,
    end: usize,
    kind: Kind,
) -> usize {
    if reader.words.listed(head, list::COMPANY) || head + 1 < run.end {
        return run.end.max(head + 1).min(if reader.words.listed(head, list::COMPANY) {
            head + 1
        } else {
            run.end
        });
    }
    let mut last = head + 1;
    while let Some(next) = phrase_behind(reader, last, end, kind, last > head + 1) {
        last = next;
    }
    last
}

/// The end of the prepositional phrase or coordination that goes on at token `at`.
fn phrase_behind(
    reader: Reader<'_>,
    at: usize,
    end: usize,
    kind: Kind,
    inside: bool,
) -> Option<usize> {
    let words = reader.words;
    let is = |word: &str| words.is_word(at, word);
    let preposition = is("of")
        || is("on")
        || is("for")
        || is("against")
        || is("to")
        || (is("in") && kind == Kind::Agreement)
        || (is("between") && inside);
    let coordinates = inside
        && (is("and")
            || (words.is_mark(at, b',') && kind == Kind::Agreement && listed_on(reader, at, end)));
    if !preposition && !coordinates {
        return None;
    }
    let mut behind = at + 1;
    while behind < end
        && behind < at + 4
        && (words.is_word(behind, "the")
            || words.is_word(behind, "of")
            || words.is_word(behind, "and"))
    {
        behind += 1;
    }
    if behind >= end
        || !words.shape(behind).is(Shape::CAPITAL)
        || words.shape(behind).is(Shape::FIRST)
        || reader.dated[behind]
    {
        return None;
    }
    let run = reader.run(behind, end);
    if kind == Kind::Place && inside_known_place(reader, behind, end) {
        return None;
    }
    if coordinates && stands_alone(reader, &run, behind > at + 1, end) {
        return None;
    }
    // "Ministry of Defence of Russia", "University of Oxford": a known place or body may close the name, once.
    let known = gazetteer::at(reader, behind, end).filter(|it| !it.demonym);
    if is("for") && known.as_ref().is_some_and(|it| it.kind == Kind::Organization) {
        return None;
    }
    Some(
        known
            .filter(|it| it.end < run.end && it.kind == Kind::Place && coordinates)
            .map_or(run.end, |it| it.end),
    )
}

/// Whether a known place stands at token `at`: it has a name of its own.
fn inside_known_place(reader: Reader<'_>, at: usize, end: usize) -> bool {
    gazetteer::at(reader, at, end).is_some_and(|it| it.kind == Kind::Place && !it.demonym)
}

/// "A, B and C" inside an agreement's subject.
fn listed_on(reader: Reader<'_>, at: usize, end: usize) -> bool {
    let words = reader.words;
    let item = reader.run((at + 1).min(end), end);
    let next = item.end;
    let behind = next + usize::from(words.is_mark(next, b','));
    item.start < end
        && words.shape(item.start).is(Shape::CAPITAL)
        && words.is_word(behind, "and")
        && words.shape(behind + 1).is(Shape::CAPITAL)
}

/// Whether what follows "and" is a name of its own: "and the X", a head noun, a known name.
fn stands_alone(reader: Reader<'_>, run: &Range<usize>, article: bool, end: usize) -> bool {
    let headed = run
        .clone()
        .any(|it| facts(reader, it).is(list::HEAD) && !facts(reader, it).is(list::HEAD_WEAK));
    let known =
        gazetteer::at(reader, run.start, end).is_some_and(|it| it.end >= run.end && !it.demonym);
    article || headed || known
}
