//! A document's reading to the record of it.

use crate::diagnostic::{Diagnostic, FileName};
use crate::pipeline::annotate::{Mention, Name, ThemeScore};
use crate::pipeline::calendar::DateMention;
use crate::pipeline::parse::Document;
use crate::pipeline::{Inputs, Reading};
use crate::standoff::names::{entry_name, theme_name};
use crate::standoff::{
    DateRecord, Finding, Found, Maker, MentionRecord, NameRecord, Record, Text, ThemeRecord,
};
use crate::vocabulary::Vocabulary;

/// A record of `text` and its reading, which it has unless it cannot be a document; findings about its metadata are about `sidecar`.
pub fn record(
    text: Text,
    reading: Option<&Reading>,
    (findings, sidecar): (&[Diagnostic], &FileName),
    inputs: &Inputs,
) -> Record {
    let Text { id, text, metadata } = text;
    let findings = findings.iter().map(|it| finding(it, sidecar)).collect();
    let found = reading.map(|it| found(it, &inputs.vocabulary));
    Record { made_by: Maker::of(inputs), id, text, metadata, found, findings }
}

fn finding(it: &Diagnostic, sidecar: &FileName) -> Finding {
    Finding {
        rule: it.rule,
        start: it.span.start,
        end: it.span.end,
        in_metadata: it.file == *sidecar,
        message: it.message.clone(),
        help: it.help.clone(),
    }
}

fn found(reading: &Reading, vocabulary: &Vocabulary) -> Found {
    let Reading { document, description, annotations } = reading;
    Found {
        reading: document.text.to_string(),
        outline: description.clone(),
        names: annotations.names.iter().map(|it| name_record(it, vocabulary)).collect(),
        mentions: annotations.mentions.iter().map(|it| mention_record(it, document)).collect(),
        dates: annotations.dates.iter().map(|it| date_record(it, document)).collect(),
        themes: annotations.themes.iter().map(|it| theme_record(it, vocabulary)).collect(),
        sentences: annotations.sentences.clone(),
    }
}

fn name_record(it: &Name, vocabulary: &Vocabulary) -> NameRecord {
    NameRecord {
        name: it.text.clone(),
        kind: it.kind,
        entry: it.entry.map(|it| entry_name(it, vocabulary)),
        acronym: it.acronym.clone(),
        office: it.office.clone(),
        standing: it.standing,
        evidence: (*it.evidence).into(),
    }
}

/// The words at a place of the reading text, and where they are in the text that was handed in.
fn cut(document: &Document, start: u32, end: u32) -> (String, (usize, usize)) {
    let span = start as usize..end as usize;
    let source = document.origin.span(span.clone());
    (document.text[span].to_owned(), (source.start, source.end))
}

fn mention_record(it: &Mention, document: &Document) -> MentionRecord {
    let Mention { start, end, name, nested_in, rule } = *it;
    let (surface, source) = cut(document, start, end);
    MentionRecord { start, end, source, surface, name, nested_in, rule: rule.name().to_owned() }
}

fn date_record(it: &DateMention, document: &Document) -> DateRecord {
    let DateMention { start, end, from, to, precision, rule } = *it;
    let (surface, source) = cut(document, start, end);
    DateRecord { start, end, source, surface, from, to, precision, rule: rule.name().to_owned() }
}

fn theme_record(it: &ThemeScore, vocabulary: &Vocabulary) -> ThemeRecord {
    let (theme, evidence) = (theme_name(it.theme, vocabulary), it.evidence.clone());
    ThemeRecord { theme, score: it.score, core: it.core, evidence }
}
