//! A list of annotations in JSON to texts and what should be found in them.

use std::ops::Range;

use serde::Deserialize;

use crate::commands::evaluate::gold::{Text, Unclear, kind, source};
use crate::pipeline::read::Source;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    documents: Vec<Document>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    source: Option<String>,
    text: Option<String>,
    title: Option<String>,
    date: Option<String>,
    #[serde(default)]
    mentions: Vec<Named>,
    dates: Option<Vec<Dated>>,
}

#[derive(Deserialize)]
struct Named {
    kind: String,
    #[serde(flatten)]
    place: Place,
}

#[derive(Deserialize)]
struct Dated {
    value: String,
    #[serde(flatten)]
    place: Place,
}

/// Where a piece of text stands: everywhere, or only the n-th time, or only at this byte of the file.
#[derive(Deserialize)]
struct Place {
    text: String,
    occurrence: Option<usize>,
    start: Option<usize>,
}

/// Reads a file of annotations; documents that it names are among `sources`.
pub(super) fn texts(file: &str, content: &str, sources: &[Source]) -> Result<Vec<Text>, Unclear> {
    let unclear = |it: serde_json::Error| Unclear { line: it.line(), message: it.to_string() };
    let listed: File = serde_json::from_str(content).map_err(unclear)?;
    let documents = listed.documents.into_iter().enumerate();
    documents.map(|(at, it)| text(&format!("{file}#{}", at + 1), it, sources)).collect()
}

fn text(name: &str, document: Document, sources: &[Source]) -> Result<Text, Unclear> {
    let wrong = |message: String| Unclear { line: 1, message };
    let (source, judged) = match (document.source, document.text) {
        (Some(id), None) => {
            let found = sources.iter().find(|it| *it.id == *id);
            (found.ok_or_else(|| wrong(format!("there is no document {id:?}")))?.clone(), true)
        }
        (None, Some(text)) => (source(name, text, document.date.as_deref()), false),
        _ => return Err(wrong(format!("{name}: give either \"source\" or \"text\""))),
    };
    let mut mentions = Vec::new();
    for it in document.mentions {
        let kind = kind(&it.kind).ok_or_else(|| wrong(format!("{:?} is no kind", it.kind)))?;
        mentions
            .extend(places(&source, &it.place).map_err(wrong)?.into_iter().map(|it| (it, kind)));
    }
    let mut dates = document.dates.is_some().then(Vec::new);
    for it in document.dates.into_iter().flatten() {
        let found = places(&source, &it.place).map_err(wrong)?;
        if let Some(all) = &mut dates {
            all.extend(found.iter().map(|at| (at.clone(), it.value.clone())));
        }
    }
    let date = document.date.filter(|_| judged);
    Ok(Text {
        at: source.id.to_string(),
        mentions: outermost(mentions),
        dates,
        title: document.title,
        date,
        source,
    })
}

/// The bytes of the file where `place` says that its text stands.
fn places(source: &Source, place: &Place) -> Result<Vec<Range<usize>>, String> {
    let length = place.text.len();
    let whole = |at: &usize| {
        let letter = |it: Option<char>| it.is_some_and(char::is_alphanumeric);
        !letter(source.text[..*at].chars().next_back())
            && !letter(source.text[at + length..].chars().next())
    };
    let all = source.text.match_indices(&*place.text).map(|it| it.0).filter(whole);
    let in_file = all.map(|it| source.origin.span(it..it + length)).enumerate();
    let wanted = in_file.filter(|(nth, it)| {
        place.occurrence.is_none_or(|wanted| wanted == nth + 1)
            && place.start.is_none_or(|wanted| wanted == it.start)
    });
    let found: Vec<_> = wanted.map(|it| it.1).collect();
    if found.is_empty() {
        return Err(format!("{:?} does not stand there in {}", place.text, source.id));
    }
    Ok(found)
}

/// Leaves out what stands inside a longer name: "Lowick" in "Lowick Parish Council".
fn outermost<T: Copy>(mut spans: Vec<(Range<usize>, T)>) -> Vec<(Range<usize>, T)> {
    spans.sort_by_key(|it| (it.0.start, std::cmp::Reverse(it.0.end)));
    let mut end = 0;
    spans.retain(|it| {
        let outer = it.0.start >= end;
        end = end.max(it.0.end);
        outer
    });
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stands_everywhere_unless_told() {
        let gold = r#"{"documents":[{"text":"Bo met Bob and Bo of Bo Bank.","mentions":[
            {"text":"Bo","kind":"person"},{"text":"Bo Bank","kind":"organization"},{"text":"Bob","kind":"person","occurrence":1}]}]}"#;
        let found = texts("a.json", gold, &[]).unwrap();
        let starts: Vec<_> = found[0].mentions.iter().map(|it| it.0.start).collect();
        assert_eq!((starts, found[0].dates.is_none()), (vec![0, 7, 15, 21], true));
    }

    #[test]
    fn what_is_not_in_the_text_is_an_error() {
        let gold = r#"{"documents":[{"text":"Bo","mentions":[{"text":"Jo","kind":"person"}]}]}"#;
        assert!(texts("a.json", gold, &[]).is_err());
    }
}
