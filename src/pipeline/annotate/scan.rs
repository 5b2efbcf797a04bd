//! Tokens to spans, from left to right: what a list knows, who has an office, runs with a head noun, and unknown runs.

use std::ops::Range;

use crate::pipeline::annotate::cues::Cue;
use crate::pipeline::annotate::gazetteer::{self, Known};
use crate::pipeline::annotate::span::Span;
use crate::pipeline::annotate::{heads, people, rules, teams, unknown};
use crate::pipeline::words::{Shape, Words};
use crate::vocabulary::lexicon::list;
use crate::vocabulary::{Kind, Vocabulary};

/// From how many bytes on a line may be one of running text.
const ENTRY: u32 = 60;

/// What every pass over a document sees.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'a> {
    /// The tokens.
    pub(crate) words: &'a Words<'a>,
    /// What is known before.
    pub(crate) vocabulary: &'a Vocabulary,
    /// For each token: whether it stands in a calendar expression.
    pub(crate) dated: &'a [bool],
}

/// How far the capitals of a block can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trust {
    /// A capital is a name, or begins a sentence.
    Full,
    /// A headline: names that a list knows, and those found elsewhere in the text.
    Known,
}

/// Finds the names in `block`.
pub(crate) fn scan(reader: Reader<'_>, block: Range<usize>, trust: Trust, found: &mut Vec<Span>) {
    let mut at = block.start;
    while at < block.end {
        at = match trust {
            Trust::Full => step(reader, at, block.end, found),
            Trust::Known => known_only(reader, at, block.end, found),
        };
    }
}

/// Takes what begins at token `at`; gives where to go on.
fn step(reader: Reader<'_>, at: usize, end: usize, found: &mut Vec<Span>) -> usize {
    let words = reader.words;
    let (shape, facts) = (words.shape(at), words.facts(at));
    // Nearly every token goes no further than this.
    let begins = shape.is(Shape::CAPITAL | Shape::MIXED | Shape::INNER_CAPITAL)
        || facts.is(list::OFFICE_WORD)
        || (shape.is(Shape::NUMBER) && facts.is(list::BEGINS_NAME));
    if !begins {
        return at + 1;
    }
    let known = gazetteer::at(reader, at, end);
    if let Some(next) = people::titled(reader, at, end, known.as_ref(), found) {
        return next;
    }
    if !shape.is(Shape::CAPITAL | Shape::MIXED | Shape::INNER_CAPITAL | Shape::NUMBER) {
        return at + 1;
    }
    if let Some(next) = qualified_place(reader, at, end, found) {
        return next;
    }
    // "The" begins the sentence, not the name behind it.
    let opens = shape.is(Shape::FIRST) && facts.is(list::STOP) && !shape.is(Shape::ALL_CAPITALS);
    if opens && known.is_none() {
        return at + 1;
    }
    let run = reader.run(at, end);
    // "Horn of Africa Water Conference": what follows a known name may be one name with it.
    let behind = known.as_ref().map(|it| it.end).filter(|it| *it > run.end && *it < end);
    let goes_on = |it: &usize| {
        words.shape(*it).is(Shape::CAPITAL) && !reader.breaks(*it) && !reader.dated[*it]
    };
    if let Some(behind) = behind.filter(goes_on)
        && let Some(next) = heads::headed(reader, at..reader.run(behind, end).end, end, found)
    {
        return next;
    }
    if let Some(known) = &known
        && let Some(next) = known_or_longer(reader, known, &run, end, found)
    {
        return next;
    }
    let compound = at > 0 && shape.is(Shape::GLUED) && words.shape(at - 1).is(Shape::HYPHEN);
    if reader.dated[at] || !shape.is(Shape::CAPITAL) || compound {
        return at + 1;
    }
    if let Some(next) = heads::coordinated(reader, at, end, found)
        .or_else(|| heads::possessed(reader, run.clone(), end, found))
    {
        return next;
    }
    if let Some(next) = heads::headed(reader, run.clone(), end, found) {
        return next;
    }
    unknown::unknown(reader, run, end, found)
}

/// Takes a known name, unless a longer one with a head noun begins at the same place.
fn known_or_longer(
    reader: Reader<'_>,
    known: &Known,
    run: &Range<usize>,
    end: usize,
    found: &mut Vec<Span>,
) -> Option<usize> {
    if known.end < run.end
        && !known.demonym
        && let Some(next) = heads::headed(reader, run.clone(), end, found)
    {
        return Some(next);
    }
    if known.demonym {
        let longer = heads::headed(reader, run.clone(), end, found);
        return longer.or_else(|| known.take(found));
    }
    if let Some(next) = unknown::grown(reader, known, run, end, found) {
        return Some(next);
    }
    if !known.weak
        && known.end >= run.end
        && let Some(next) = teams::team(reader, known, known.start..known.end, found)
    {
        return Some(next);
    }
    // "Washington Irving", "Chelsea Clinton": a place that begins a longer run is a person's name if the next word is one.
    let given = reader.words.listed(known.start, list::FIRST_NAME | list::FIRST_NAME_WEAK)
        && known.end == known.start + 1
        && reader.words.listed(known.end, list::FIRST_NAME | list::ANY_SURNAME);
    if known.end < run.end && (known.weak || given) && people::looks_like_name(reader, run.clone())
    {
        return None;
    }
    known.take(found)
}

/// "Old Goa", "North Vancouver": a direction or an age before a known place is part of its name.
fn qualified_place(
    reader: Reader<'_>,
    at: usize,
    end: usize,
    found: &mut Vec<Span>,
) -> Option<usize> {
    let words = reader.words;
    let first = words.shape(at).is(Shape::CAPITAL) && reader.is_cue(at, Cue::Qualifier);
    let behind = at + 1 + usize::from(words.shape(at + 1).is(Shape::HYPHEN));
    if !first || behind >= end || reader.vocabulary.name_at(words, at, end).is_some() {
        return None;
    }
    let place = gazetteer::at(reader, behind, end)
        .filter(|it| it.kind == Kind::Place && !it.demonym && !it.weak)?;
    if reader.run(at, end).end > place.end {
        return None;
    }
    if let Some(next) = teams::team(reader, &place, at..place.end, found) {
        return Some(next);
    }
    let why = format!("“{}” before a known place", words.surface(at));
    found.push(Span::ruled(at..place.end, Kind::Place, rules::QUALIFIED_PLACE, why));
    Some(place.end)
}

/// In a headline: names that a list knows.
fn known_only(reader: Reader<'_>, at: usize, end: usize, found: &mut Vec<Span>) -> usize {
    let known = gazetteer::at(reader, at, end).filter(|it| !it.weak);
    known.and_then(|it| it.take(found)).unwrap_or(at + 1)
}

impl<'a> Reader<'a> {
    /// How token `at` is written; nothing behind the last token.
    pub(crate) fn surface(self, at: usize) -> &'a str {
        if at < self.words.tokens.len() { self.words.surface(at) } else { "" }
    }

    /// The words with a capital from token `at` on, in one piece: hyphens, initials' dots and `&` inside it.
    pub(crate) fn run(self, at: usize, end: usize) -> Range<usize> {
        let mut last = at + 1;
        while last < end {
            match self.goes_on(last, end) {
                Some(next) => last = next,
                None => break,
            }
        }
        at..last
    }

    /// Where the run goes on behind token `at`, which is the first not yet in it.
    fn goes_on(self, at: usize, end: usize) -> Option<usize> {
        let words = self.words;
        let shape = words.shape(at);
        let capital =
            |it: usize| it < end && words.shape(it).is(Shape::CAPITAL) && !self.breaks(it);
        if shape.is(Shape::HYPHEN)
            && shape.is(Shape::GLUED)
            && at + 1 < end
            && words.shape(at + 1).is(Shape::GLUED)
        {
            return words
                .shape(at + 1)
                .is(Shape::WORD | Shape::NUMBER | Shape::MIXED)
                .then_some(at + 2);
        }
        if words.is_mark(at, b'.') && shape.is(Shape::GLUED) && words.abbreviates(at - 1) {
            return capital(at + 1).then_some(at + 2);
        }
        if words.is_mark(at, b'&') {
            return (capital(at + 1) && !words.listed(at + 1, list::FIRST_NAME)).then_some(at + 2);
        }
        capital(at).then_some(at + 1)
    }

    /// Whether token `at` begins a line behind one too short to be a line of running text: another entry of a list.
    pub(crate) fn is_next_entry(self, at: usize) -> bool {
        if at == 0 || !self.words.shape(at).is(Shape::LINE_START) {
            return false;
        }
        let begins = |it: &usize| self.words.shape(*it).is(Shape::LINE_START);
        let line = (0..at).rev().find(begins).unwrap_or(0);
        self.words.tokens[at - 1].end - self.words.tokens[line].start < ENTRY
    }

    /// Whether token `at` is a function word, and neither an acronym nor an initial that looks like one ("T.").
    pub(crate) fn is_function_word(self, at: usize) -> bool {
        let token = self.words.tokens[at];
        if !self.words.listed(at, list::STOP) || token.shape.is(Shape::ALL_CAPITALS) {
            return false;
        }
        let letter = token.end - token.start == 1 && token.shape.is(Shape::CAPITAL);
        let dotted = self.words.is_mark(at + 1, b'.') && self.words.shape(at + 1).is(Shape::GLUED);
        !(letter && (dotted || !matches!(self.words.surface(at), "I" | "A")))
    }

    /// Whether a run ends before token `at` although it has a capital.
    fn breaks(self, at: usize) -> bool {
        let facts = self.words.facts(at);
        self.words.shape(at).is(Shape::FIRST)
            || self.is_next_entry(at)
            || facts.weekday > 0
            || (facts.month > 0 && self.dated[at])
            || (self.is_function_word(at) && facts.ordinal == 0)
    }
}
