//! Names found to their later short forms and to where capitals alone could not be trusted: surnames, given names, headlines.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::pipeline::annotate::rules;
use crate::pipeline::annotate::scan::{Reader, Trust};
use crate::pipeline::annotate::span::Span;
use crate::pipeline::words::Shape;
use crate::vocabulary::Kind;
use crate::vocabulary::lexicon::{fold, list};

/// Adds the places where a name already found stands again: whole in headlines, by surname or given name anywhere.
pub(crate) fn echoes(
    reader: Reader<'_>,
    trust: &[(std::ops::Range<usize>, Trust)],
    spans: &mut Vec<Span>,
) {
    let mut taken = vec![false; reader.words.tokens.len()];
    for span in spans.iter().filter(|it| it.kind.is_some()) {
        taken[span.tokens()].fill(true);
    }
    whole(reader, trust, spans, &mut taken);
    short(reader, spans, &taken);
}

/// Whole names of several words, again in headlines and at the start of sentences.
fn whole(
    reader: Reader<'_>,
    trust: &[(std::ops::Range<usize>, Trust)],
    spans: &mut Vec<Span>,
    taken: &mut [bool],
) {
    if trust.iter().all(|it| it.1 == Trust::Full) {
        return;
    }
    let mut by_first: FxHashMap<Cow<'_, str>, Vec<usize>> = FxHashMap::default();
    for (at, span) in spans
        .iter()
        .enumerate()
        .filter(|(_, it)| it.kind.is_some() && it.entry.is_none() && it.end - it.start > 1)
    {
        by_first.entry(fold(reader.words.surface(span.start))).or_default().push(at);
    }
    if by_first.is_empty() {
        return;
    }
    let mut again = Vec::new();
    for (block, _) in trust.iter().filter(|it| it.1 == Trust::Known) {
        for at in
            block.clone().filter(|it| !taken[*it] && reader.words.shape(*it).is(Shape::CAPITAL))
        {
            let Some(candidates) = by_first.get(&fold(reader.words.surface(at))) else {
                continue;
            };
            let longest = candidates
                .iter()
                .filter(|it| same(reader, &spans[**it], at, block.end))
                .max_by_key(|it| spans[**it].end - spans[**it].start);
            if let Some(model) = longest.map(|it| &spans[*it]) {
                let end = at + (model.end - model.start);
                again.push(Span::short_of(model, at..end, rules::FOUND_ELSEWHERE));
            }
        }
    }
    for span in again {
        if !taken[span.tokens()].contains(&true) {
            taken[span.tokens()].fill(true);
            spans.push(span);
        }
    }
}

/// Whether the words of `model` stand at token `at` too.
fn same(reader: Reader<'_>, model: &Span, at: usize, end: usize) -> bool {
    let count = model.end - model.start;
    at + count <= end
        && (0..count).all(|it| {
            are_one(reader.words.surface(model.start + it), reader.words.surface(at + it))
        })
}

/// Whether two texts differ at most in what folding leaves out.
fn are_one(one: &str, other: &str) -> bool {
    one == other || fold(one) == fold(other)
}

/// Surnames, and given names, of the only person who has them.
fn short(reader: Reader<'_>, spans: &mut Vec<Span>, taken: &[bool]) {
    let words = reader.words;
    let (surnames, given) = forms(reader, spans);
    if surnames.values().all(Option::is_none) {
        return;
    }
    let mut found = Vec::new();
    for (at, shape) in words.tokens.iter().map(|it| it.shape).enumerate() {
        if taken[at]
            || !shape.is(Shape::CAPITAL)
            || !shape.is(Shape::WORD)
            || reader.dated[at]
            || reader.goes_on_with_capital(at)
        {
            continue;
        }
        let key = fold(words.surface(at));
        let opens = shape.is(Shape::FIRST) && words.listed(at, list::COMMON);
        let of = |forms: &Forms<'_>| forms.get(&key).copied().flatten();
        let (model, rule) = match (of(&surnames), of(&given)) {
            (Some(model), _) => (model, rules::SURNAME),
            (_, Some(model)) if words.listed(at, list::FIRST_NAME | list::FIRST_NAME_WEAK) => {
                (model, rules::GIVEN_NAME)
            }
            _ => continue,
        };
        if !opens {
            found.push(Span::short_of(&spans[model], at..at + 1, rule));
        }
    }
    let mut shortened = vec![false; words.tokens.len()];
    for span in &found {
        shortened[span.start] = true;
    }
    spans.retain(|it| it.kind.is_some() || !shortened[it.tokens()].contains(&true));
    spans.extend(found);
}

/// For each word, which of the spans is the only person whom it names; nothing if there are two.
type Forms<'a> = FxHashMap<Cow<'a, str>, Option<usize>>;

/// People by surname and by given name, each folded.
fn forms<'a>(reader: Reader<'a>, spans: &[Span]) -> (Forms<'a>, Forms<'a>) {
    let (mut surnames, mut given) = (Forms::default(), Forms::default());
    for (at, span) in spans.iter().enumerate().filter(|(_, it)| it.kind == Some(Kind::Person)) {
        take_in(reader, spans, (at, span.end - 1), &mut surnames);
        if span.end - span.start > 1 {
            take_in(reader, spans, (at, span.start), &mut given);
        }
    }
    (surnames, given)
}

/// Takes in the word at `token` as a form of the person at span `at`.
fn take_in<'a>(
    reader: Reader<'a>,
    spans: &[Span],
    (at, token): (usize, usize),
    forms: &mut Forms<'a>,
) {
    let text = |at: usize| reader.words.slice(spans[at].tokens());
    let place = forms.entry(fold(reader.words.surface(token))).or_insert(Some(at));
    let Some(known) = *place else { return };
    if spans[known].end - spans[known].start == 1 {
        *place = Some(at);
    } else if known != at && !are_one(text(known), text(at)) {
        *place = None;
    }
}

impl Reader<'_> {
    /// Whether a capitalised word or a hyphen follows token `at`, so that it is part of something longer.
    fn goes_on_with_capital(self, at: usize) -> bool {
        let next = self.words.shape(at + 1);
        (next.is(Shape::CAPITAL)
            && !next.is(Shape::FIRST)
            && !next.is(Shape::ALL_CAPITALS)
            && !self.dated.get(at + 1).copied().unwrap_or(false))
            || (next.is(Shape::HYPHEN) && next.is(Shape::GLUED))
    }
}
