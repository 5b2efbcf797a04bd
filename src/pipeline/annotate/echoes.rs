//! Names found to their later short forms and to where capitals alone could not be trusted: surnames, given names, headlines.

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
    let mut by_first: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (at, span) in spans
        .iter()
        .enumerate()
        .filter(|(_, it)| it.kind.is_some() && it.entry.is_none() && it.end - it.start > 1)
    {
        by_first.entry(fold(reader.words.surface(span.start)).into_owned()).or_default().push(at);
    }
    if by_first.is_empty() {
        return;
    }
    let mut again = Vec::new();
    for (block, _) in trust.iter().filter(|it| it.1 == Trust::Known) {
        for at in
            block.clone().filter(|it| !taken[*it] && reader.words.shape(*it).is(Shape::CAPITAL))
        {
            let Some(candidates) = by_first.get(fold(reader.words.surface(at)).as_ref()) else {
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
            fold(reader.words.surface(model.start + it)) == fold(reader.words.surface(at + it))
        })
}

/// Surnames, and given names, of the only person who has them.
fn short(reader: Reader<'_>, spans: &mut Vec<Span>, taken: &[bool]) {
    let words = reader.words;
    let (surnames, given) = forms(reader, spans);
    if surnames.is_empty() {
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
        let (model, rule) = match (surnames.get(key.as_ref()), given.get(key.as_ref())) {
            (Some(&model), _) => (model, rules::SURNAME),
            (_, Some(&model)) if words.listed(at, list::FIRST_NAME | list::FIRST_NAME_WEAK) => {
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

/// People by surname and by given name, each folded; a form of two people is left out.
fn forms(
    reader: Reader<'_>,
    spans: &[Span],
) -> (FxHashMap<String, usize>, FxHashMap<String, usize>) {
    let mut surnames: FxHashMap<String, Option<usize>> = FxHashMap::default();
    let mut given: FxHashMap<String, Option<usize>> = FxHashMap::default();
    let text = |span: &Span| fold(reader.words.slice(span.tokens())).into_owned();
    for (at, span) in spans.iter().enumerate().filter(|(_, it)| it.kind == Some(Kind::Person)) {
        let put = |table: &mut FxHashMap<String, Option<usize>>, token: usize| {
            let place =
                table.entry(fold(reader.words.surface(token)).into_owned()).or_insert(Some(at));
            if place.is_some_and(|it| {
                text(&spans[it]) != text(span) && it != at && spans[it].end - spans[it].start > 1
            }) {
                *place = None;
            } else if place.is_some_and(|it| spans[it].end - spans[it].start == 1) {
                *place = Some(at);
            }
        };
        put(&mut surnames, span.end - 1);
        if span.end - span.start > 1 {
            put(&mut given, span.start);
        }
    }
    let only = |table: FxHashMap<String, Option<usize>>| {
        table.into_iter().filter_map(|(key, at)| Some((key, at?))).collect()
    };
    (only(surnames), only(given))
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
