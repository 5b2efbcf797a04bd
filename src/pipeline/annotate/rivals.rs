//! One document to what lost in it: other spans, other kinds and other entries that its mentions could have been.
//!
//! No build needs this; it is made again from the same passes when somebody asks why.

use rustc_hash::FxHashMap;

use crate::pipeline::annotate::evidence::Evidence;
use crate::pipeline::annotate::nesting::nest;
use crate::pipeline::annotate::scan::Reader;
use crate::pipeline::annotate::span::Span;
use crate::pipeline::annotate::unknown::signs;
use crate::pipeline::annotate::{dated, rules, spans, trust};
use crate::pipeline::calendar;
use crate::pipeline::describe::Description;
use crate::pipeline::parse::Document;
use crate::pipeline::words;
use crate::vocabulary::lexicon::fold;
use crate::vocabulary::{Entry, Kind, Origin, Vocabulary};

/// What a mention was not taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rival {
    /// Where the mention begins in the text.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// What lost, and why.
    pub what: String,
}

/// Everything that lost, by mention.
pub fn rivals(
    document: &Document,
    description: &Description,
    vocabulary: &Vocabulary,
) -> Vec<Rival> {
    let words = words::words(document, &vocabulary.lexicon);
    let expressions = calendar::find(&words);
    let dated = dated(&words, &expressions);
    let reader = Reader { words: &words, vocabulary, dated: &dated };
    let (found, _) = spans(reader, description, &trust::trust(document, description, reader));
    let kept: Vec<Span> = nest(found.clone()).into_iter().map(|it| it.0).collect();
    let entries = entries(vocabulary);
    let mut rivals = Vec::new();
    for span in &kept {
        let mut lost = |what| rivals.push(rival(reader, span, what));
        kinds(reader, span).into_iter().for_each(&mut lost);
        others(reader, span, &entries).into_iter().for_each(&mut lost);
    }
    for span in found.iter().filter(|it| !kept.contains(it)) {
        if let Some(winner) = kept.iter().find(|it| it.start < span.end && span.start < it.end) {
            rivals.push(rival(reader, winner, crossed(reader, span, winner)));
        }
    }
    rivals
}

fn rival(reader: Reader<'_>, span: &Span, what: String) -> Rival {
    let tokens = &reader.words.tokens;
    Rival { start: tokens[span.start].start, end: tokens[span.end - 1].end, what }
}

/// A span that lost against one that it overlaps.
fn crossed(reader: Reader<'_>, span: &Span, winner: &Span) -> String {
    let kind = span.kind.map_or("a name of unknown kind", Kind::name);
    let why = if span.tokens() == winner.tokens() {
        format!("the rule {} goes before", winner.rule.name())
    } else if winner.start <= span.start && span.end <= winner.end {
        "it stands inside this one".to_owned()
    } else {
        "this one begins before it".to_owned()
    };
    format!("\"{}\" as {kind} by {}: {why}", one_line(reader, span), span.rule.name())
}

/// What the words of the name and those beside it say of other kinds.
fn kinds(reader: Reader<'_>, span: &Span) -> Option<String> {
    let weighed = span.rule == rules::EVIDENCE;
    let evidence =
        if weighed { span.evidence.clone() } else { signs::weigh_at(reader, &span.tokens()) };
    let kinds = Kind::ALL.into_iter().zip(evidence.scores);
    let mut kinds: Vec<_> = kinds.filter(|it| Some(it.0) != span.kind && it.1 > 0.0).collect();
    kinds.sort_by(|a, b| b.1.total_cmp(&a.1));
    let own = span.kind.filter(|_| weighed).map(|it| evidence.of(it));
    let shown: Vec<_> = kinds.iter().map(|(kind, score)| other(&evidence, *kind, *score)).collect();
    let against = own.map_or(String::new(), |it| format!("; it has {it:.1} for its own"));
    (!shown.is_empty()).then(|| format!("by weight of evidence: {}{against}", shown.join(", ")))
}

fn other(evidence: &Evidence, kind: Kind, score: f32) -> String {
    format!("{} {score:.1} ({})", kind.name(), evidence.reasons(kind))
}

/// Entries by their names and aliases, folded.
fn entries(vocabulary: &Vocabulary) -> FxHashMap<String, Vec<&Entry>> {
    let mut entries: FxHashMap<String, Vec<&Entry>> = FxHashMap::default();
    for entry in &vocabulary.entries {
        for name in std::iter::once(&entry.name).chain(&entry.aliases) {
            let of_name = entries.entry(fold(name).into_owned()).or_default();
            if of_name.last().is_none_or(|it| it.id != entry.id) {
                of_name.push(entry);
            }
        }
    }
    entries
}

/// Entries of the same name that are not meant: those of a later layer, those held back, those with a context that forbids.
fn others(
    reader: Reader<'_>,
    span: &Span,
    entries: &FxHashMap<String, Vec<&Entry>>,
) -> Vec<String> {
    let chosen = span.entry.map(|it| reader.vocabulary.entry(it));
    let named = entries.get(fold(&one_line(reader, span)).as_ref()).into_iter().flatten();
    let lost = named.filter(|it| chosen.is_none_or(|chosen| chosen.id != it.id));
    let why = |it: &Entry| match (chosen, it.origin) {
        (None, _) if !it.not.is_empty() => {
            "its `not` forbids it here, or two entries claim the name"
        }
        (None, _) => "two entries claim the name, or it is too common a word to be taken here",
        (Some(chosen), origin) if chosen.origin != origin => {
            "the site's own vocabulary goes before"
        }
        (Some(_), _) => "an earlier list has the name",
    };
    let list = |it: &Entry| match it.origin {
        Origin::Vocabulary => "vocabulary/entities.yaml",
        _ => "the gazetteer",
    };
    lost.map(|it| format!("{} {} of {}: {}", it.kind.name(), it.name, list(it), why(it))).collect()
}

fn one_line(reader: Reader<'_>, span: &Span) -> String {
    reader.words.slice(span.tokens()).replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::rivals;
    use crate::pipeline::bare::{inputs, source};
    use crate::pipeline::reading;

    fn lost(text: &str) -> Vec<String> {
        let inputs = inputs();
        let reading = reading(&source("a.txt", text), &inputs).reading;
        rivals(&reading.document, &reading.description, &inputs.vocabulary)
            .into_iter()
            .map(|it| {
                format!(
                    "{}: {}",
                    &reading.document.text[it.start as usize..it.end as usize],
                    it.what
                )
            })
            .collect()
    }

    #[test]
    fn the_weights_of_other_kinds_are_told() {
        let lost =
            lost("They drove from Brindleby to the sea. In Brindleby, Marta Brindleby sang.");
        assert!(lost.iter().any(|it| it.contains("by weight of evidence: ")), "{lost:#?}");
    }

    #[test]
    fn entries_of_later_lists_are_told() {
        let lost = lost("The talks were held in Georgia, and then in Tbilisi.");
        assert!(lost.iter().any(|it| it.starts_with("Georgia: place Georgia")), "{lost:#?}");
    }
}
