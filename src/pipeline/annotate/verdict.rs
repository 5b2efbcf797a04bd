//! Unknown names to kinds: the evidence of all mentions of a name in the document, weighed together.

use std::borrow::Cow;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::pipeline::annotate::Standing;
use crate::pipeline::annotate::evidence::{Evidence, Feature};
use crate::pipeline::annotate::rules;
use crate::pipeline::annotate::scan::Reader;
use crate::pipeline::annotate::span::Span;
use crate::vocabulary::Kind;
use crate::vocabulary::lexicon::{fold, list};

/// The score from which a name is published though named once.
const EVIDENT: f32 = 4.0;
/// The score from which a name has a kind.
const LIKELY: f32 = 1.6;
/// The same for organizations.
const LIKELY_BODY: f32 = 2.2;
/// By how much the first kind must lead the second.
const LEAD: f32 = 0.8;

/// Gives each weighed span its kind by the evidence of all mentions of its name; those without stay without.
///
/// Names of several words come first: they say whose a surname is and which body a word begins. What has no kind in the end and
/// is made of ordinary words only names nothing.
pub(crate) fn judge(reader: Reader<'_>, spans: &mut Vec<Span>) {
    let names = numbered(reader, spans);
    for words in [2, 1] {
        round(reader, spans, &names, words);
    }
    spans.retain(|it| it.kind.is_some() || !it.evidence.has(Feature::AllOrdinary));
}

/// For each span the number of its name, and how many names there are.
type Numbers = (Vec<usize>, usize);

/// For each span without a kind the number of its name, the same for the same words; and how many names there are.
fn numbered(reader: Reader<'_>, spans: &[Span]) -> Numbers {
    let mut known: FxHashMap<Cow<'_, str>, usize> = FxHashMap::default();
    let number = |span: &Span| {
        let new = known.len();
        if span.kind.is_some() {
            return usize::MAX;
        }
        *known.entry(fold(reader.words.slice(span.tokens()))).or_insert(new)
    };
    let numbers = spans.iter().map(number).collect();
    (numbers, known.len())
}

/// Weighs the evidence of each name of so many words that has no kind yet, and gives kinds to those that have enough.
fn round(reader: Reader<'_>, spans: &mut [Span], (numbers, count): &Numbers, words: usize) {
    let open = |span: &Span| span.kind.is_none() && span.end - span.start >= words;
    let people = people(reader, spans);
    let bodies = bodies(reader, spans);
    let mut together = vec![Evidence::default(); *count];
    for (span, number) in spans.iter_mut().zip(numbers).filter(|it| open(it.0)) {
        let last = fold(reader.words.surface(span.end - 1));
        if people.contains(&last) && span.end - span.start < 5 {
            span.evidence.add(Feature::KnownPerson);
        }
        if span.end == span.start + 1 && bodies.contains(&last) {
            span.evidence.add(Feature::BeginsBody);
        }
        together[*number].merge(&span.evidence);
    }
    let kinds: Vec<_> = together.iter().map(kind).collect();
    for (span, number) in spans.iter_mut().zip(numbers).filter(|it| open(it.0)) {
        if let Some((kind, why)) = &kinds[*number] {
            span.kind = Some(*kind);
            span.why = Some(Rc::clone(why));
            span.evidence = together[*number].clone();
        }
    }
}

/// The kind of a name for which there is enough of `evidence`, and the evidence in words.
fn kind(evidence: &Evidence) -> Option<(Kind, Rc<str>)> {
    let (kind, score, lead) = evidence.verdict();
    // Capitals alone make many things look like a body: that takes more.
    let enough = if kind == Kind::Organization { LIKELY_BODY } else { LIKELY };
    (score >= enough && lead >= LEAD).then(|| (kind, evidence.reasons(kind).into()))
}

/// How sure a span is by itself.
pub(crate) fn standing(span: &Span) -> Standing {
    if span.entry.is_some() || span.rule != rules::EVIDENCE {
        return Standing::Evident;
    }
    let (_, score, lead) = span.evidence.verdict();
    match span.kind {
        Some(_) if score >= EVIDENT && lead >= LEAD * 2.0 => Standing::Evident,
        Some(_) => Standing::Likely,
        None => Standing::Doubtful,
    }
}

/// Surnames of the people that rules found, folded.
fn people<'a>(reader: Reader<'a>, spans: &[Span]) -> FxHashSet<Cow<'a, str>> {
    let people = spans.iter().filter(|it| {
        it.kind == Some(Kind::Person)
            && reader.words.tokens[it.end - 1].end - reader.words.tokens[it.end - 1].start > 2
    });
    people.map(|it| fold(reader.words.surface(it.end - 1))).collect()
}

/// The first words of bodies' longer names that rules found, folded; words that mean something else are left out.
fn bodies<'a>(reader: Reader<'a>, spans: &[Span]) -> FxHashSet<Cow<'a, str>> {
    let telling = |it: &&Span| {
        it.kind == Some(Kind::Organization)
            && it.entry.is_none()
            && it.end - it.start > 1
            && !reader.words.listed(it.start, list::COMMON | list::PERSON | list::BEGINS_NAME)
    };
    spans.iter().filter(telling).map(|it| fold(reader.words.surface(it.start))).collect()
}
