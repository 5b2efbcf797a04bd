//! Tokens to people: an office or honorific and the name behind it, given names, surnames.

use std::ops::Range;

use crate::pipeline::annotate::gazetteer::Known;
use crate::pipeline::annotate::rules;
use crate::pipeline::annotate::scan::Reader;
use crate::pipeline::annotate::span::Span;
use crate::pipeline::words::Shape;
use crate::vocabulary::forms::Claim;
use crate::vocabulary::lexicon::list;
use crate::vocabulary::{Kind, Title};

/// How many words a person's name has at most, particles not counted.
const MOST_WORDS: usize = 4;

/// Takes an office or honorific at token `at` and the person's name behind it; gives where to go on.
///
/// An office without a name is passed over with what it governs ("Minister of Foreign Affairs"), so that it is no name itself.
pub(crate) fn titled(
    reader: Reader<'_>,
    at: usize,
    end: usize,
    known: Option<&Known>,
    found: &mut Vec<Span>,
) -> Option<usize> {
    if !reader.words.listed(at, list::OFFICE_WORD) {
        return None;
    }
    if let Some((next, Title::Plural)) = reader.vocabulary.titles.longest(reader.words, at, end) {
        // "Councillors Judith Marsh and Peter Okafor": it is no part of the name behind it.
        return reader.words.listed(next, list::FIRST_NAME).then_some(next);
    }
    let (title_end, honorific) = titles(reader, at, end)?;
    if known.is_some_and(|it| it.end >= title_end && !it.demonym && !it.weak && it.end > at + 1) {
        return None;
    }
    let name = name_behind(reader, title_end, end);
    match name {
        Some(name) if honorific || proper(reader, at, &name) => {
            let mut span = Span::ruled(
                name.clone(),
                Kind::Person,
                if honorific { rules::HONORIFIC } else { rules::OFFICE },
                format!("“{}” stands before it", reader.words.slice(at..title_end)),
            );
            span.office = (!honorific).then_some(at..title_end);
            found.push(span);
            Some(name.end)
        }
        _ => office_alone(reader, at, title_end, end),
    }
}

/// Where the honorifics and offices from token `at` on end, and whether one of them is an honorific.
fn titles(reader: Reader<'_>, at: usize, end: usize) -> Option<(usize, bool)> {
    let mut last = at;
    let mut honorific = false;
    while last < end {
        let longest = reader.vocabulary.titles.longest(reader.words, last, end);
        let Some((next, title)) = longest else { break };
        match title {
            Title::Plural => return None,
            // "lord" or "general" in small letters is a word; "Mr" is not.
            Title::Honorific => honorific |= addresses(reader, last),
            Title::Office => {}
        }
        last = next;
        let dot = reader.words.is_mark(last, b'.')
            && reader.words.shape(last).is(Shape::GLUED)
            && reader.words.abbreviates(last - 1);
        last += usize::from(dot);
    }
    (last > at).then_some((last, honorific))
}

/// Whether an honorific has its capital, and is not the "MS" of "MS Windows".
fn addresses(reader: Reader<'_>, at: usize) -> bool {
    let shouts = |it: usize| reader.words.shape(it).is(Shape::ALL_CAPITALS);
    let acronym = reader.words.is_word(at, "ms") && shouts(at) && !shouts(at + 1);
    reader.words.shape(at).is(Shape::CAPITAL) && !acronym
}

/// An office that stands in small letters, or with a name that is not the rest of a longer phrase.
fn proper(reader: Reader<'_>, at: usize, name: &Range<usize>) -> bool {
    let words = reader.words;
    // "film director Quentin Tarantino" is good; "the president Friday" is caught by the calendar.
    let common = |it: usize| words.listed(it, list::COMMON) && !words.listed(it, list::PERSON);
    let ordinary = name.clone().filter(|it| words.shape(*it).is(Shape::WORD)).all(common);
    let opens = words.shape(at).is(Shape::FIRST) && name.len() == 1 && common(name.start);
    !ordinary && !opens
}

/// The words of a name from token `at` on.
pub(crate) fn name_behind(reader: Reader<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    (at < end && name_word(reader, at)).then(|| name_words(reader, at, end)).flatten()
}

/// The same, where the first word may begin a sentence.
pub(crate) fn name_words(reader: Reader<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    if reader.is_body(at, end) {
        return None;
    }
    let mut last = at + 1;
    let mut count = 1;
    while last < end && count < MOST_WORDS {
        match next_name_word(reader, last, end) {
            Some(next) => last = next,
            None => break,
        }
        count += 1;
    }
    let head = |it: usize| {
        let facts = reader.words.facts(it);
        facts.is(list::HEAD) && !facts.is(list::HEAD_WEAK | list::ANY_SURNAME)
    };
    // "Bishop Garrigan High School", "owner Southern Cross Broadcasting"
    let body = last - at > 2
        && reader.words.listed(last - 1, list::HEAD)
        && !reader.words.listed(last - 1, list::PERSON)
        && !reader.words.listed(at, list::FIRST_NAME);
    (!body && !(at + 1..last).any(head)).then_some(at..last)
}

/// A single capital letter: an initial, or a king's "I".
fn is_letter(reader: Reader<'_>, at: usize) -> bool {
    let token = reader.words.tokens[at];
    token.end - token.start == 1
}

/// Where the name goes on behind `at`: a capital, an initial with its dot, a hyphen, a particle before a capital.
fn next_name_word(reader: Reader<'_>, at: usize, end: usize) -> Option<usize> {
    let words = reader.words;
    let shape = words.shape(at);
    if words.is_mark(at, b'.') && shape.is(Shape::GLUED) && initial(reader, at - 1) {
        return name_word_or_particle(reader, at + 1, end);
    }
    if shape.is(Shape::HYPHEN) && shape.is(Shape::GLUED) && words.shape(at + 1).is(Shape::WORD) {
        return Some(at + 2);
    }
    if shape.is(Shape::POSSESSIVE) || (shape.is(Shape::GLUED) && !shape.is(Shape::WORD)) {
        return None;
    }
    name_word_or_particle(reader, at, end)
}

fn name_word_or_particle(reader: Reader<'_>, at: usize, end: usize) -> Option<usize> {
    if at >= end {
        return None;
    }
    if reader.is_particle(at) {
        let behind = if reader.words.shape(at + 1).is(Shape::HYPHEN) { at + 2 } else { at + 1 };
        let second = reader.words.listed(behind, list::PARTICLE)
            && !reader.words.shape(behind).is(Shape::CAPITAL);
        let behind = behind + usize::from(second);
        return (behind < end && name_word(reader, behind)).then_some(behind + 1);
    }
    (name_word(reader, at) && !stops(reader, at, end)).then_some(at + 1)
}

/// Whether token `at` may be a word of a person's name.
fn name_word(reader: Reader<'_>, at: usize) -> bool {
    let (shape, facts) = (reader.words.shape(at), reader.words.facts(at));
    shape.is(Shape::CAPITAL)
        && shape.is(Shape::WORD)
        && !shape.is(Shape::FIRST | Shape::MIXED | Shape::DOTTED)
        && facts.weekday == 0
        && !reader.dated[at]
        && !reader.is_next_entry(at)
        && (!facts.is(list::STOP) || is_letter(reader, at))
}

/// Whether a name ends before the capital at token `at`: an honorific, a known body or a country begins there.
fn stops(reader: Reader<'_>, at: usize, end: usize) -> bool {
    let words = reader.words;
    if words.listed(at, list::HONORIFIC) && !words.listed(at, list::ANY_SURNAME) {
        return true;
    }
    reader.is_body(at, end)
        || (words.shape(at).is(Shape::ALL_CAPITALS)
            && !words.shape(at - 1).is(Shape::ALL_CAPITALS)
            && words.tokens[at].end - words.tokens[at].start < 4
            && !words.is_mark(at + 1, b'.'))
}

fn initial(reader: Reader<'_>, at: usize) -> bool {
    let token = reader.words.tokens[at];
    (token.end - token.start <= 2 && token.shape.is(Shape::CAPITAL))
        || reader.words.listed(at, list::ABBREVIATION)
}

/// Passes over an office without a name and what it governs in capitals: "Minister of Foreign Affairs".
fn office_alone(reader: Reader<'_>, at: usize, title_end: usize, end: usize) -> Option<usize> {
    let words = reader.words;
    if !words.shape(at).is(Shape::CAPITAL) || reader.run(at, end).end > title_end {
        return None;
    }
    let mut last = title_end;
    while words.is_word(last, "of")
        || words.is_word(last, "for")
        || (last > title_end && (words.is_word(last, "and") || words.is_mark(last, b',')))
    {
        let run = reader.run(last + 1, end);
        let ordinary = !run.is_empty()
            && run.end <= end
            && run
                .clone()
                .all(|it| words.listed(it, list::COMMON) && words.shape(it).is(Shape::CAPITAL));
        if !ordinary || reader.is_body(last + 1, end) {
            break;
        }
        last = run.end;
    }
    Some(last)
}

/// Whether a run looks like a person's name by its words alone.
pub(crate) fn looks_like_name(reader: Reader<'_>, run: Range<usize>) -> bool {
    let words = reader.words;
    let last = run.end - 1;
    run.len() >= 2
        && run.len() <= 5
        && words.listed(last, list::ANY_SURNAME) | !words.listed(last, list::COMMON | list::HEAD)
        && !words.listed(last, list::HEAD)
}

impl Reader<'_> {
    /// Whether token `at` may join the words of a person's name; "as" and "at" only with a hyphen, as in "at-Tayeb".
    pub(crate) fn is_particle(self, at: usize) -> bool {
        let words = self.words;
        let english = ["as", "at", "an"].iter().any(|it| words.is_word(at, it));
        words.listed(at, list::PARTICLE)
            && !words.shape(at).is(Shape::CAPITAL)
            && (!english || words.shape(at + 1).is(Shape::HYPHEN))
    }

    /// Whether a name that is surely no person's begins at token `at`.
    pub(crate) fn is_body(self, at: usize, end: usize) -> bool {
        if !self.words.listed(at, list::BEGINS_NAME) {
            return false;
        }
        let Some((stop, owners)) = self.vocabulary.name_at(self.words, at, end) else {
            return false;
        };
        let kind = self.vocabulary.entry(owners.form.entry).kind;
        let person_word = self.words.listed(at, list::PERSON);
        match owners.form.claim {
            Claim::Demonym => !person_word,
            Claim::Doubtful => false,
            _ => kind != Kind::Person && !(stop == at + 1 && person_word),
        }
    }
}
