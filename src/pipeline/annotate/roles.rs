//! Offices without a name to the people who hold them in the document: "the SCO Secretary-General", "the Minister".

use rustc_hash::FxHashMap;

use crate::pipeline::annotate::rules;
use crate::pipeline::annotate::scan::Reader;
use crate::pipeline::annotate::span::Span;
use crate::pipeline::words::Shape;
use crate::vocabulary::lexicon::{fold, list};
use crate::vocabulary::{EntryId, Title};

/// An office as people hold it: its words, and where it is held, if a list knows that.
type Office = (String, Option<EntryId>);

/// Adds, for each office that stands without a name, the only person of the document who holds it.
pub(crate) fn roles(reader: Reader<'_>, spans: &mut Vec<Span>) {
    if spans.iter().all(|it| it.office.is_none()) {
        return;
    }
    let places = Places::of(reader, spans);
    let holders = holders(reader, spans, &places);
    let alone = |at: &usize| {
        reader.words.listed(*at, list::OFFICE_WORD)
            && reader.words.shape(*at).is(Shape::CAPITAL)
            && !places.taken[*at]
    };
    let mut found = Vec::new();
    for at in (0..reader.words.tokens.len()).filter(alone) {
        let title = reader.vocabulary.titles.longest(reader.words, at, reader.words.tokens.len());
        let Some((end, Title::Office)) = title else { continue };
        if places.taken[at..end].contains(&true) {
            continue;
        }
        let of = places.held_at(reader, at, end);
        let title = fold(reader.words.slice(at..end)).into_owned();
        let qualified = of.is_some();
        let holder = if qualified { holders.get(&(title, of)) } else { bare(&holders, &title) };
        let before = at.checked_sub(1).is_some_and(|it| reader.words.is_word(it, "the"));
        if let Some(Some(model)) = holder.filter(|_| qualified || before) {
            found.push(Span::short_of(&spans[*model], at..end, rules::ROLE));
        }
    }
    spans.extend(found);
}

/// Where names stand, so that each question about a token is asked once.
struct Places {
    /// For each token, whether a name or the office of a named person stands there.
    taken: Vec<bool>,
    /// Who is known by the names that begin at a token, and that end before one; the first of several.
    begins: FxHashMap<usize, EntryId>,
    ends: FxHashMap<usize, EntryId>,
}

impl Places {
    fn of(reader: Reader<'_>, spans: &[Span]) -> Places {
        let taken = vec![false; reader.words.tokens.len()];
        let (begins, ends) = (FxHashMap::default(), FxHashMap::default());
        let mut places = Places { taken, begins, ends };
        for span in spans {
            places.taken[span.tokens()].fill(true);
            if let Some(office) = &span.office {
                places.taken[office.clone()].fill(true);
            }
            if let Some(entry) = span.entry {
                places.begins.entry(span.start).or_insert(entry);
                places.ends.entry(span.end).or_insert(entry);
            }
        }
        places
    }

    /// The body named right before an office ("SCO Secretary-General") or behind it ("Secretary-General of the SCO").
    fn held_at(&self, reader: Reader<'_>, start: usize, end: usize) -> Option<EntryId> {
        let words = reader.words;
        let possessor = || {
            let before = start.checked_sub(1)?;
            self.ends.get(&before).filter(|_| words.shape(before).is(Shape::POSSESSIVE))
        };
        let behind = || {
            let of = words.is_word(end, "of");
            let body = end + 1 + usize::from(words.is_word(end + 1, "the"));
            self.begins.get(&body).filter(|_| of)
        };
        self.ends.get(&start).or_else(possessor).or_else(behind).copied()
    }
}

/// Who holds each office in the document; `None` where two people do.
fn holders(
    reader: Reader<'_>,
    spans: &[Span],
    places: &Places,
) -> FxHashMap<Office, Option<usize>> {
    let mut holders: FxHashMap<Office, Option<usize>> = FxHashMap::default();
    for (at, span) in spans.iter().enumerate() {
        let Some(office) = &span.office else { continue };
        let of = places.held_at(reader, office.start, office.end);
        let key = (fold(reader.words.slice(office.clone())).into_owned(), of);
        let surname = |it: usize| fold(reader.words.surface(spans[it].end - 1));
        let place = holders.entry(key).or_insert(Some(at));
        if place.is_some_and(|it| surname(it) != surname(at)) {
            *place = None;
        }
    }
    holders
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
