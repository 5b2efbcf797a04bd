//! Acronyms to the long names that they stand for: in brackets in both orders, then by initials.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::pipeline::annotate::rules;
use crate::pipeline::annotate::scan::Reader;
use crate::pipeline::annotate::span::Span;
use crate::pipeline::annotate::unknown;
use crate::pipeline::words::Shape;
use crate::vocabulary::Kind;
use crate::vocabulary::lexicon::{fold, list};

/// For each acronym of the document, the tokens of the long name that it stands for.
///
/// Rule: Schwartz and Hearst 2003 for brackets, held to whole words; without brackets an acronym must equal the initials
/// of the content words of one long name. What a list knows is not inferred.
pub(crate) fn acronyms(
    reader: Reader<'_>,
    spans: &mut Vec<Span>,
) -> FxHashMap<String, Range<usize>> {
    let mut definitions = Definitions::of(spans);
    for at in 0..reader.words.tokens.len() {
        if reader.words.is_mark(at, b'(')
            && is_acronym(reader, at + 1)
            && reader.words.is_mark(at + 2, b')')
        {
            definitions.define(reader, at, spans);
        }
    }
    let mut meanings = definitions.settle(spans);
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

/// The definitions of a document, while they are being read.
struct Definitions {
    meanings: FxHashMap<String, Range<usize>>,
    /// The spans by where they end: the end, and the place in the list.
    by_end: Vec<(usize, usize)>,
    /// For each span, whether a definition has taken its place.
    replaced: Vec<bool>,
    found: Vec<Span>,
}

impl Definitions {
    fn of(spans: &[Span]) -> Definitions {
        let mut by_end: Vec<_> = spans.iter().enumerate().map(|(at, it)| (it.end, at)).collect();
        by_end.sort_unstable();
        let replaced = vec![false; spans.len()];
        Definitions { meanings: FxHashMap::default(), by_end, replaced, found: Vec::new() }
    }

    /// The spans that end before token `end`, in their order.
    fn ending(&self, end: usize) -> impl Iterator<Item = usize> + '_ {
        let first = self.by_end.partition_point(|it| it.0 < end);
        self.by_end[first..].iter().take_while(move |it| it.0 == end).map(|it| it.1)
    }

    /// Defines the acronym in the bracket at token `open` by the name before it.
    fn define(&mut self, reader: Reader<'_>, open: usize, spans: &mut [Span]) {
        let acronym = reader.words.surface(open + 1).to_owned();
        let before = self.ending(open).find(|it| !spans[*it].tokens().is_empty());
        let why = || format!("“{acronym}” in brackets behind it");
        if let Some(long) = before
            .filter(|it| stands_for(reader, &acronym, &spans[*it]) || spans[*it].entry.is_some())
        {
            self.meanings.entry(acronym.clone()).or_insert(spans[long].tokens());
            let long = &mut spans[long];
            if long.kind.is_none() && long.entry.is_none() && !unknown::is_generic_acronym(&acronym)
            {
                let rule = rules::ACRONYM_DEFINITION;
                *long = Span::ruled(long.tokens(), Kind::Organization, rule, why());
            }
            return;
        }
        let Some(start) = long_form(reader, &acronym, open) else { return };
        let unlisted = |it: &usize| spans[*it].start >= start && spans[*it].entry.is_none();
        let inner = self.ending(open).find(unlisted).and_then(|it| spans[it].kind);
        let kind = inner.unwrap_or(Kind::Organization);
        self.found.push(Span::ruled(start..open, kind, rules::ACRONYM_DEFINITION, why()));
        self.replace(start..open, spans);
        self.meanings.insert(acronym, start..open);
    }

    /// Marks what no list knows inside `tokens` as replaced.
    fn replace(&mut self, tokens: Range<usize>, spans: &[Span]) {
        let behind = self.by_end.partition_point(|it| it.0 <= tokens.end);
        let inside = self.by_end[..behind].iter().rev().take_while(|it| it.0 > tokens.start);
        for &(_, at) in inside.filter(|it| spans[it.1].start >= tokens.start) {
            self.replaced[at] |= spans[at].entry.is_none();
        }
    }

    /// Puts what was found into the place of what it replaces; gives the meanings.
    fn settle(self, spans: &mut Vec<Span>) -> FxHashMap<String, Range<usize>> {
        let mut replaced = self.replaced.iter();
        spans.retain(|_| !replaced.next().expect("one for each span"));
        spans.extend(self.found);
        self.meanings
    }
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
    let text = |at: usize| fold(reader.words.slice(spans[at].tokens())).into_owned();
    let mut long: FxHashMap<String, Option<usize>> = FxHashMap::default();
    for (at, span) in spans
        .iter()
        .enumerate()
        .filter(|(_, it)| it.end - it.start > 1 && it.kind != Some(Kind::Person))
    {
        let letters = initials(reader, span);
        if letters.len() > 1 {
            let only = long.entry(letters).or_insert(Some(at));
            *only = only.filter(|it| *it == at || text(*it) == text(at));
        }
    }
    for span in spans
        .iter()
        .filter(|it| it.end == it.start + 1 && it.entry.is_none() && is_acronym(reader, it.start))
    {
        let acronym = reader.words.surface(span.start);
        if let Some(Some(only)) = long.get(acronym) {
            meanings.entry(acronym.to_owned()).or_insert(spans[*only].tokens());
        }
    }
}
