//! Names to the longer names of the document that they are part of, and to the people whom the document's head names.

use rustc_hash::FxHashMap;

use crate::pipeline::annotate::scan::Reader;
use crate::pipeline::annotate::span::Span;
use crate::pipeline::describe::Description;
use crate::pipeline::words::Shape;
use crate::vocabulary::Kind;
use crate::vocabulary::lexicon::{fold, list};

/// Joins a found name of several words to the only longer one of its kind that begins or goes on with its words.
pub(crate) fn shorter(reader: Reader<'_>, spans: &mut [Span]) {
    let words_of = |span: &Span| -> Vec<String> {
        let words =
            span.tokens().filter(|it| reader.words.shape(*it).is(Shape::WORD | Shape::NUMBER));
        words.map(|it| fold(reader.words.surface(it)).into_owned()).collect()
    };
    let body = |span: &Span| {
        matches!(span.rule, "head-noun" | "acronym-definition") && span.entry.is_none()
    };
    let long: Vec<_> = spans
        .iter()
        .filter(|it| body(it))
        .map(|it| (words_of(it), it.kind, (it.start, it.end)))
        .collect();
    for span in spans.iter_mut().filter(|it| body(it)) {
        let own = words_of(span);
        if own.len() < 2 {
            continue;
        }
        let mut longer: Vec<_> = long
            .iter()
            .filter(|it| {
                it.1 == span.kind
                    && it.0.len() > own.len()
                    && it.0.windows(own.len()).any(|part| part == own)
            })
            .collect();
        longer.dedup_by(|a, b| a.0 == b.0);
        if let [(_, _, model)] = longer[..] {
            span.model = Some(*model);
            span.rule = "short-form";
        }
    }
}

/// Adds every place where a person stands whom the document's head names as speaker or author.
pub(crate) fn described(reader: Reader<'_>, description: &Description, spans: &mut Vec<Span>) {
    let speakers = description.speakers.iter().map(|it| it.value.name.as_str());
    let authors = description.authors.iter().map(|it| it.value.as_str());
    let mut by_first: FxHashMap<String, Vec<Vec<String>>> = FxHashMap::default();
    for name in speakers.chain(authors) {
        let parts: Vec<_> = name
            .split([' ', '-'])
            .filter(|it| !it.is_empty())
            .map(|it| fold(it).into_owned())
            .collect();
        let lexicon = reader.words.lexicon;
        let honorific =
            |it: &String| lexicon.facts(lexicon.find(it.trim_end_matches('.'))).is(list::HONORIFIC);
        if parts.len() > 1 && !parts.first().is_some_and(honorific) {
            by_first.entry(parts[0].clone()).or_default().push(parts);
        }
    }
    if by_first.is_empty() {
        return;
    }
    for at in 0..reader.words.tokens.len() {
        let Some(names) = by_first.get(fold(reader.words.surface(at)).as_ref()) else { continue };
        let Some(end) = names.iter().find_map(|it| ends(reader, at, it)) else { continue };
        if spans.iter().any(|it| it.overlaps(&(at..end)) && it.kind.is_some()) {
            continue;
        }
        spans.retain(|it| !it.overlaps(&(at..end)));
        spans.push(Span::ruled(
            at..end,
            Kind::Person,
            "described",
            "the document's head names them".to_owned(),
        ));
    }
}

/// Where the words of `name` that begin at token `at` end; hyphens between them are passed over.
fn ends(reader: Reader<'_>, at: usize, name: &[String]) -> Option<usize> {
    let mut token = at;
    for part in name {
        token += usize::from(token > at && reader.words.shape(token).is(Shape::HYPHEN));
        let same =
            token < reader.words.tokens.len() && fold(reader.words.surface(token)) == part.as_str();
        if !same || !reader.words.shape(at).is(Shape::CAPITAL) {
            return None;
        }
        token += 1;
    }
    Some(token)
}
