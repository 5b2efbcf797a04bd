//! Unknown names to kinds: the evidence of all mentions of a name in the document, weighed together.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::pipeline::annotate::Standing;
use crate::pipeline::annotate::rules;
use crate::pipeline::annotate::evidence::{Evidence, Feature};
use crate::pipeline::annotate::scan::Reader;
use crate::pipeline::annotate::span::Span;
use crate::vocabulary::Kind;
use crate::vocabulary::lexicon::fold;

/// The score from which a name is published though named once.
const EVIDENT: f32 = 4.0;
/// The score from which a name has a kind.
const LIKELY: f32 = 1.6;
/// The same for organizations.
const LIKELY_BODY: f32 = 2.2;
/// By how much the first kind must lead the second.
const LEAD: f32 = 0.8;

/// Gives each weighed span its kind by the evidence of all mentions of its name; those without stay without.
pub(crate) fn judge(reader: Reader<'_>, spans: &mut [Span]) {
    let people = people(reader, spans);
    let mut together: FxHashMap<String, Evidence> = FxHashMap::default();
    for span in spans.iter_mut().filter(|it| it.kind.is_none()) {
        let key = key(reader, span);
        let last = fold(reader.words.surface(span.end - 1));
        if people.contains(last.as_ref()) && span.end - span.start < 5 {
            span.evidence.add(Feature::KnownPerson);
        }
        together.entry(key).or_default().merge(&span.evidence);
    }
    for span in spans.iter_mut().filter(|it| it.kind.is_none()) {
        let evidence = &together[&key(reader, span)];
        let (kind, score, lead) = evidence.verdict();
        // Capitals alone make many things look like a body: that takes more.
        let enough = if kind == Kind::Organization { LIKELY_BODY } else { LIKELY };
        if score >= enough && lead >= LEAD {
            span.kind = Some(kind);
            span.why = evidence.reasons(kind);
        }
        span.evidence = evidence.clone();
    }
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

fn key(reader: Reader<'_>, span: &Span) -> String {
    fold(reader.words.slice(span.tokens())).into_owned()
}

/// Surnames of the people that rules found, folded.
fn people(reader: Reader<'_>, spans: &[Span]) -> FxHashSet<String> {
    let people = spans.iter().filter(|it| {
        it.kind == Some(Kind::Person)
            && reader.words.tokens[it.end - 1].end - reader.words.tokens[it.end - 1].start > 2
    });
    people.map(|it| fold(reader.words.surface(it.end - 1)).into_owned()).collect()
}
