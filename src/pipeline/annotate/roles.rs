//! Offices without a name to the people who hold them in the document: "the SCO Secretary-General", "the Minister".

use rustc_hash::FxHashMap;

use crate::pipeline::annotate::scan::Reader;
use crate::pipeline::annotate::span::Span;
use crate::pipeline::words::{Shape, Words};
use crate::vocabulary::lexicon::{fold, list};
use crate::vocabulary::{EntryId, Title};

/// An office as people hold it: its words, and where it is held, if a list knows that.
type Office = (String, Option<EntryId>);

/// Adds, for each office that stands without a name, the only person of the document who holds it.
pub(crate) fn roles(reader: Reader<'_>, spans: &mut Vec<Span>) {
    let holders = holders(reader, spans);
    if holders.is_empty() {
        return;
    }
    let mut found = Vec::new();
    for at in 0..reader.words.tokens.len() {
        if !reader.words.listed(at, list::OFFICE_WORD) || !reader.words.shape(at).is(Shape::CAPITAL)
        {
            continue;
        }
        let Some((end, Title::Office)) =
            reader.vocabulary.titles.longest(reader.words, at, reader.words.tokens.len())
        else {
            continue;
        };
        if spans.iter().any(|it| {
            it.overlaps(&(at..end))
                || it.office.as_ref().is_some_and(|o| o.start <= at && at < o.end)
        }) {
            continue;
        }
        let of = held_at(spans, at, end, reader.words);
        let title = fold(reader.words.slice(at..end)).into_owned();
        let qualified = of.is_some();
        let holder = if qualified { holders.get(&(title, of)) } else { bare(&holders, &title) };
        let before = at.checked_sub(1).is_some_and(|it| reader.words.is_word(it, "the"));
        if let Some(Some(model)) = holder.filter(|_| qualified || before) {
            found.push(Span::short_of(&spans[*model], at..end, "role"));
        }
    }
    spans.extend(found);
}

/// Who holds each office in the document; `None` where two people do.
fn holders(reader: Reader<'_>, spans: &[Span]) -> FxHashMap<Office, Option<usize>> {
    let mut holders: FxHashMap<Office, Option<usize>> = FxHashMap::default();
    for (at, span) in spans.iter().enumerate() {
        let Some(office) = &span.office else { continue };
        let of = held_at(spans, office.start, office.end, reader.words);
        let key = (fold(reader.words.slice(office.clone())).into_owned(), of);
        let surname = |it: usize| fold(reader.words.surface(spans[it].end - 1));
        let place = holders.entry(key).or_insert(Some(at));
        if place.is_some_and(|it| surname(it) != surname(at)) {
            *place = None;
        }
    }
    holders
}

/// The body named right before an office ("SCO Secretary-General") or behind it ("Secretary-General of the SCO").
fn held_at(spans: &[Span], start: usize, end: usize, words: &Words<'_>) -> Option<EntryId> {
    let behind = if words.is_word(end, "of") {
        end + 1 + usize::from(words.is_word(end + 1, "the"))
    } else {
        usize::MAX
    };
    let before = |it: &&Span| {
        it.end == start || (it.end + 1 == start && words.shape(it.end).is(Shape::POSSESSIVE))
    };
    spans
        .iter()
        .filter(|it| it.entry.is_some())
        .find(|it| before(it) || it.start == behind)
        .and_then(|it| it.entry)
}

/// The only holder of an office, wherever it is held.
fn bare<'a>(
    holders: &'a FxHashMap<Office, Option<usize>>,
    title: &str,
) -> Option<&'a Option<usize>> {
    let mut of_title = holders.iter().filter(|it| it.0.0 == title).map(|it| it.1);
    let first = of_title.next()?;
    of_title.next().is_none().then_some(first)
}
