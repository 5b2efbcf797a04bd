//! A record to what it was made from.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, FileName};
use crate::pipeline::annotate::{Annotations, Mention, MentionRule, Name, ThemeScore, rules};
use crate::pipeline::calendar::{DATE_RULES, DateMention, DateRule};
use crate::pipeline::inspect::sketch::sketch;
use crate::pipeline::parse::{Document, parse};
use crate::pipeline::read::Source;
use crate::pipeline::{Inputs, Read, Reading};
use crate::standoff::names::{entry_of, rule_of, theme_of};
use crate::standoff::{
    DateRecord, Finding, Found, Maker, MentionRecord, NameRecord, Record, Refused, ThemeRecord,
};
use crate::vocabulary::Vocabulary;

/// What the record was made from: findings, and what was read if `source` is there.
pub fn recall(
    record: Record,
    (source, files): (Option<&Source>, &(FileName, FileName)),
    inputs: &Inputs,
) -> Result<(Vec<Diagnostic>, Option<Read>), Refused> {
    Maker::of(inputs).accept(&record.made_by)?;
    let findings = record.findings.into_iter();
    let diagnostics: Vec<_> = findings.map(|it| diagnostic(it, files)).collect();
    match (source, record.found) {
        (None, None) => Ok((diagnostics, None)),
        (Some(source), Some(found)) => {
            let reading = Arc::new(reading(found, source, &inputs.vocabulary)?);
            let sketch = Arc::new(sketch(&reading));
            let is_verbatim = Arc::ptr_eq(&reading.document.text, &source.text);
            let read = Read { postings: None, reading, is_verbatim, sketch, diagnostics };
            Ok((Vec::new(), Some(read)))
        }
        _ => Err(Refused::Unfit),
    }
}

fn diagnostic(it: Finding, (text, metadata): &(FileName, FileName)) -> Diagnostic {
    let file = Arc::clone(if it.in_metadata { metadata } else { text });
    let Finding { rule, start, end, message, help, .. } = it;
    Diagnostic { file, span: start..end, rule, message, help }
}

/// Parsing is cheap beside all else, so that the structure of a document is made again and needs no public form.
fn reading(found: Found, source: &Source, vocabulary: &Vocabulary) -> Result<Reading, Refused> {
    let document = parse(source).value;
    if !fits(&found, &document) {
        return Err(Refused::Unfit);
    }
    let description = found.outline.clone();
    let annotations = annotations(found, vocabulary).ok_or(Refused::Unfit)?;
    Ok(Reading { document, description, annotations })
}

/// Whether every place is in the text, and has the words that it should have.
fn fits(found: &Found, document: &Document) -> bool {
    let text = &*document.text;
    let stands = |start: u32, end: u32, surface: &str| {
        text.get(start as usize..end as usize) == Some(surface)
    };
    let mention = |it: &MentionRecord| {
        stands(it.start, it.end, &it.surface)
            && usize::from(it.name) < found.names.len()
            && it.nested_in.is_none_or(|it| usize::from(it) < found.mentions.len())
    };
    found.reading == text
        && found.outline.roles.len() == document.blocks.len()
        && found.mentions.iter().all(mention)
        && found.dates.iter().all(|it| stands(it.start, it.end, &it.surface))
        && found.sentences.iter().all(|it| text.is_char_boundary(*it as usize))
}

fn annotations(found: Found, vocabulary: &Vocabulary) -> Option<Annotations> {
    let names = found.names.into_iter().map(|it| name(it, vocabulary));
    let themes = found.themes.into_iter().map(|it| theme(it, vocabulary));
    Some(Annotations {
        names: names.collect::<Option<_>>()?,
        mentions: found.mentions.iter().map(mention).collect::<Option<_>>()?,
        dates: found.dates.iter().map(date).collect::<Option<_>>()?,
        themes: themes.collect::<Option<_>>()?,
        sentences: found.sentences,
    })
}

fn name(it: NameRecord, vocabulary: &Vocabulary) -> Option<Name> {
    let entry = match &it.entry {
        Some(id) => Some(entry_of(id, vocabulary)?),
        None => None,
    };
    let NameRecord { name: text, kind, acronym, office, standing, evidence, .. } = it;
    let evidence = (&*evidence).into();
    Some(Name { text, kind, entry, acronym, office, standing, evidence })
}

fn mention(it: &MentionRecord) -> Option<Mention> {
    let rule = MentionRule(rule_of(&it.rule, rules::RULES)?);
    Some(Mention { start: it.start, end: it.end, name: it.name, nested_in: it.nested_in, rule })
}

fn date(it: &DateRecord) -> Option<DateMention> {
    let DateRecord { start, end, from, to, precision, .. } = *it;
    let rule = DateRule(rule_of(&it.rule, DATE_RULES)?);
    Some(DateMention { start, end, from, to, precision, rule })
}

fn theme(it: ThemeRecord, vocabulary: &Vocabulary) -> Option<ThemeScore> {
    let theme = theme_of(&it.theme, vocabulary)?;
    Some(ThemeScore { theme, score: it.score, core: it.core, evidence: it.evidence })
}
