//! Acronyms to the long names that they stand for: in brackets in both orders, then by initials.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::pipeline::annotate::scan::Reader;
use crate::pipeline::annotate::span::Span;
use crate::pipeline::annotate::unknown;
use crate::pipeline::words::Shape;
use crate::vocabulary::Kind;
use crate::vocabulary::lexicon::list;

/// For each acronym of the document, the tokens of the long name that it stands for.
///
/// Rule: Schwartz and Hearst 2003 for brackets, held to whole words; without brackets an acronym must equal the initials
/// of the content words of one long name. What a list knows is not inferred.
pub(crate) fn acronyms(
    reader: Reader<'_>,
    spans: &mut Vec<Span>,
) -> FxHashMap<String, Range<usize>> {
    let mut meanings = FxHashMap::default();
    for at in 0..reader.words.tokens.len() {
        if reader.words.is_mark(at, b'(')
            && is_acronym(reader, at + 1)
            && reader.words.is_mark(at + 2, b')')
        {
            define(reader, at, spans, &mut meanings);
        }
    }
    by_initials(reader, spans, &mut meanings);
    meanings
}

/// Whether token `at` may be an acronym.
pub(crate) fn is_acronym(reader: Reader<'_>, at: usize) -> bool {
    let shape = reader.words.shape(at);
    let length = reader.words.tokens.get(at).map_or(0, |it| it.end - it.start);
    shape.is(Shape::WORD)
        && (2..=10).contains(&length)
        && (shape.is(Shape::ALL_CAPITALS)
            || (shape.is(Shape::CAPITAL) && shape.is(Shape::INNER_CAPITAL) && length <= 7))
}

/// Defines the acronym in the bracket at token `open` by the name before it.
fn define(
    reader: Reader<'_>,
    open: usize,
    spans: &mut Vec<Span>,
    meanings: &mut FxHashMap<String, Range<usize>>,
) {
    let acronym = reader.words.surface(open + 1).to_owned();
    let before = spans.iter().position(|it| it.end == open && it.start < it.end);
    if let Some(long) =
        before.filter(|it| stands_for(reader, &acronym, &spans[*it]) || spans[*it].entry.is_some())
    {
        meanings.entry(acronym.clone()).or_insert(spans[long].tokens());
        let long = &mut spans[long];
        if long.kind.is_none() && long.entry.is_none() && !unknown::is_generic_acronym(&acronym) {
            let why = format!("“{acronym}” in brackets behind it");
            *long = Span::ruled(long.tokens(), Kind::Organization, "acronym-definition", why);
        }
        return;
    }
    let Some(start) = long_form(reader, &acronym, open) else { return };
    let mut span = Span::ruled(
        start..open,
        Kind::Organization,
        "acronym-definition",
        format!("“{acronym}” in brackets behind it"),
    );
    if let Some(inner) =
        spans.iter().find(|it| it.start >= start && it.end == open && it.entry.is_none())
    {
        span.kind = inner.kind.or(span.kind);
    }
    spans.retain(|it| it.entry.is_some() || !(it.start >= start && it.end <= open));
    meanings.insert(acronym, span.tokens());
    spans.push(span);
}

/// Where the long form before the bracket begins, if its words' initials are the acronym's letters.
fn long_form(reader: Reader<'_>, acronym: &str, open: usize) -> Option<usize> {
    let words = reader.words;
    let letters: Vec<char> =
        acronym.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let mut wanted = letters.len();
    let mut at = open;
    let first = reader.words.sentence(open).start;
    let mut capitals = 0;
    while wanted > 0 && at > first && open - at < letters.len() * 2 + 4 {
        at -= 1;
        let Some(letter) =
            words.surface(at).chars().next().filter(|_| words.shape(at).is(Shape::WORD))
        else {
            continue;
        };
        capitals += usize::from(words.shape(at).is(Shape::CAPITAL));
        if letter.to_lowercase().eq(std::iter::once(letters[wanted - 1])) {
            wanted -= 1;
        } else if !words.listed(at, list::STOP) {
            return None;
        }
    }
    (wanted == 0 && capitals * 2 >= letters.len() && words.shape(at).is(Shape::CAPITAL))
        .then_some(at)
}

/// The initials of the content words of a span, upper case.
fn initials(reader: Reader<'_>, span: &Span) -> String {
    let content = span.tokens().filter(|it| {
        reader.words.shape(*it).is(Shape::WORD)
            && (reader.words.shape(*it).is(Shape::CAPITAL) || !reader.words.listed(*it, list::STOP))
    });
    content
        .filter_map(|it| reader.words.surface(it).chars().next())
        .flat_map(char::to_uppercase)
        .collect()
}

/// Whether `acronym` is made of the initials of `span`, function words counted or not.
fn stands_for(reader: Reader<'_>, acronym: &str, span: &Span) -> bool {
    let letters: String =
        acronym.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    let every: String = span
        .tokens()
        .filter(|it| reader.words.shape(*it).is(Shape::WORD))
        .filter_map(|it| reader.words.surface(it).chars().next())
        .flat_map(char::to_uppercase)
        .collect();
    letters == initials(reader, span)
        || letters == every
        || (letters.len() >= 3
            && initials(reader, span).starts_with(letters.chars().next().unwrap_or(' '))
            && subsequence(&letters, &reader.words.slice(span.tokens()).to_uppercase()))
}

fn subsequence(letters: &str, text: &str) -> bool {
    let mut rest = text.chars();
    letters.chars().all(|letter| rest.any(|it| it == letter))
}

/// Joins unknown acronyms to the one long name of the document that has their letters as initials.
fn by_initials(reader: Reader<'_>, spans: &[Span], meanings: &mut FxHashMap<String, Range<usize>>) {
    let mut long: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (at, span) in spans
        .iter()
        .enumerate()
        .filter(|(_, it)| it.end - it.start > 1 && it.kind != Some(Kind::Person))
    {
        let letters = initials(reader, span);
        if letters.len() > 1 {
            long.entry(letters).or_default().push(at);
        }
    }
    for span in spans
        .iter()
        .filter(|it| it.end == it.start + 1 && it.entry.is_none() && is_acronym(reader, it.start))
    {
        let acronym = reader.words.surface(span.start);
        let Some(candidates) = long.get(acronym) else { continue };
        let text = |at: usize| {
            crate::vocabulary::lexicon::fold(reader.words.slice(spans[at].tokens())).into_owned()
        };
        if candidates.iter().all(|it| text(*it) == text(candidates[0])) {
            meanings.entry(acronym.to_owned()).or_insert(spans[candidates[0]].tokens());
        }
    }
}
