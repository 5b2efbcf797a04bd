//! What is known of a document, and how we know it.

use super::{Evidence, Fact, FactValue};
use crate::pipeline::calendar::PartialDate;
use crate::pipeline::collate::{DocumentIndex, EntityIndex};
use crate::pipeline::describe::{Description, Inferred};
use crate::pipeline::render::frame::Frame;
use crate::pipeline::render::html::Html;
use crate::pipeline::render::metadata::{self, Thing};
use crate::pipeline::render::standpoint::Standpoint;

/// Words that a reader takes in a minute.
const PACE: usize = 230;

pub(super) fn facts(from: &Standpoint<'_>, document: DocumentIndex) -> Vec<Fact> {
    let words = from.words();
    let description = &from.edition.reading(document).description;
    let front_matter = &from.edition.reading(document).document.front_matter;
    let mut facts = vec![
        issuer(from, document),
        date(from, description),
        speakers(from, document),
        plain(from, "authors", description.authors.iter()),
        plain(from, "kind", description.kind.iter()),
        plain(from, "symbol", description.symbol.iter()),
    ];
    let value = |text: String| FactValue { text, ..FactValue::default() };
    let known = |key: &str, value: FactValue| fact(from, key, vec![value], Vec::new());
    if let Some(updated) = description.updated {
        facts.push(known("updated", value(words.date(updated))));
    }
    let minutes = words.count("minutes", (description.words as usize).div_ceil(PACE).max(1));
    let length =
        FactValue { note: minutes, ..value(words.count("words", description.words as usize)) };
    facts.push(known("length", length));
    if let Some(source) = &front_matter.source {
        let href = if source.starts_with("https://") || source.starts_with("http://") {
            source.clone()
        } else {
            String::new()
        };
        facts.push(known("source", FactValue { href, ..value(source.clone()) }));
    }
    if let Some(rights) = &front_matter.rights {
        facts.push(known("rights", value(rights.clone())));
    }
    facts.push(fact(from, "title", Vec::new(), vec![evidence(&description.title)]));
    facts.push(known("file", value(from.edition.reading(document).document.id.to_string())));
    facts.retain(|it| !it.values.is_empty() || !it.how.is_empty());
    facts
}

fn fact(from: &Standpoint<'_>, key: &str, values: Vec<FactValue>, how: Vec<Evidence>) -> Fact {
    let label = from.words().get(key).to_owned();
    let how_label = from.words().fill("how_we_know_this", &[("what", &label)]);
    let mut how = how;
    how.dedup();
    Fact { label, values, how, how_label }
}

fn evidence<T>(inferred: &Inferred<T>) -> Evidence {
    Evidence { evidence: inferred.evidence.clone(), rule: inferred.rule.replace('-', " ") }
}

fn plain<'a>(
    from: &Standpoint<'_>,
    key: &str,
    all: impl Iterator<Item = &'a Inferred<String>>,
) -> Fact {
    let (values, how) = all
        .map(|it| (FactValue { text: it.value.clone(), ..FactValue::default() }, evidence(it)))
        .unzip();
    fact(from, key, values, how)
}

fn issuer(from: &Standpoint<'_>, document: DocumentIndex) -> Fact {
    let Some(issuer) = &from.edition.reading(document).description.issuer else {
        return Fact::default();
    };
    let href = from.edition.entry(document).issuer.map(|it| from.to_entity(it)).unwrap_or_default();
    let value = FactValue { text: from.issuer(document), href, ..FactValue::default() };
    fact(from, "issued_by", vec![value], vec![evidence(issuer)])
}

fn date(from: &Standpoint<'_>, description: &Description) -> Fact {
    let words = from.words();
    let bound = |key: &str, date: Option<PartialDate>| {
        date.map(|it| words.fill(key, &[("date", &words.date(it))]))
    };
    let bounds =
        [bound("not_before", description.bounds.0), bound("not_after", description.bounds.1)];
    let note = bounds.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let Some(date) = &description.date else {
        let value = FactValue {
            text: words.get("undated").to_owned(),
            href: from.to_year(None),
            note,
            iso: String::new(),
        };
        return fact(from, "date", vec![value], Vec::new());
    };
    let stamp = crate::pipeline::render::standpoint::stamp(Some(date.value), words);
    let text = match date.value.year {
        Some(_) => stamp.text,
        None => words.fill("undated_as", &[("date", &stamp.text)]),
    };
    let note = if date.value.year.is_some() { String::new() } else { note };
    let value = FactValue { text, href: from.to_year(date.value.year), note, iso: stamp.iso };
    fact(from, "date", vec![value], vec![evidence(date)])
}

fn speakers(from: &Standpoint<'_>, document: DocumentIndex) -> Fact {
    let entities = &from.edition.entry(document).speakers;
    let speakers = &from.edition.reading(document).description.speakers;
    let value = |(at, it): (usize, &Inferred<crate::pipeline::describe::Speaker>)| {
        let entity = entities.get(at).copied().flatten();
        FactValue {
            text: entity
                .map_or_else(|| it.value.name.clone(), |it| from.edition.name(it).name.to_owned()),
            href: entity.map(|it| from.to_entity(it)).unwrap_or_default(),
            note: it.value.role.clone(),
            iso: String::new(),
        }
    };
    let values = speakers.iter().enumerate().map(value).collect();
    fact(from, "speakers", values, speakers.iter().map(evidence).collect())
}

/// The frame of a document's page, with what machines read of it.
pub(super) fn frame(from: &Standpoint<'_>, document: DocumentIndex, content: Html) -> Frame {
    let reading = from.edition.reading(document);
    let description = &reading.description;
    let summary = reading
        .document
        .front_matter
        .description
        .clone()
        .unwrap_or_else(|| summary(from, document));
    let mut frame = Frame::new(from, &description.title.value, summary);
    frame.page.date = description.date.as_ref().map(|_| from.stamp(document));
    frame.page.content = content;
    frame.page.citation = super::cite::meta(from, document);
    let thing = thing(from, document, &frame);
    metadata::describe(&mut frame, from, thing);
    frame
}

/// What a document is, in a sentence: kind, issuer, date, length, names.
fn summary(from: &Standpoint<'_>, document: DocumentIndex) -> String {
    let words = from.words();
    let item = from.item(document);
    let kind = if item.kind.is_empty() { words.get("document").to_owned() } else { item.kind };
    let names = from.edition.entry(document).named.len();
    let length = words.count("words", from.edition.reading(document).description.words as usize);
    let parts = [kind, item.issuer, item.date.text, length, words.count("names", names)];
    let mut text = parts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ");
    if let Some(first) = text.get(..1) {
        text = format!("{}{}", first.to_uppercase(), &text[1..]);
    }
    text.push('.');
    text
}

fn thing(from: &Standpoint<'_>, document: DocumentIndex, frame: &Frame) -> Thing {
    let (edition, description) = (&from.edition, &from.edition.reading(document).description);
    let (entry, page) = (edition.entry(document), &frame.page);
    let told = |it: PartialDate| Some(it.to_string()).filter(|it| !it.starts_with('-'));
    let date = description.date.as_ref().and_then(|it| told(it.value)).unwrap_or_default();
    let issuer = from.issuer(document);
    let organization = match entry.issuer {
        Some(entity) => Some(metadata::entity_reference(from, entity)),
        None if issuer.is_empty() => None,
        None => Some(Thing::of("Organization").text("name", issuer)),
    };
    let person = |it: &Inferred<String>| Thing::of("Person").text("name", &it.value);
    let authors: Vec<Thing> = description.authors.iter().map(person).collect();
    let author = organization.clone().filter(|_| authors.is_empty());
    let has_author = author.is_some() || !authors.is_empty();
    let is_report = !date.is_empty() && has_author;
    let symbol = description.symbol.as_ref().filter(|_| is_report).map(|it| it.value.as_str());
    let theme = |it: &(u32, u32)| Thing::of("DefinedTerm").text("name", &edition.theme(it.0).name);
    let named = |it: &(EntityIndex, u32)| metadata::entity_reference(from, it.0);
    Thing::of(if is_report { "Report" } else { "DigitalDocument" })
        .text("@id", &page.permalink)
        .text("url", &page.permalink)
        .text("headline", &page.title)
        .text("name", &page.title)
        .text("description", &page.description)
        .text("datePublished", date)
        .text("dateModified", description.updated.and_then(told).unwrap_or_default())
        .text("inLanguage", &description.language.value)
        .thing("author", author)
        .things("author", authors)
        .thing("publisher", organization)
        .text("reportNumber", symbol.unwrap_or_default())
        .things("about", entry.themes.iter().take(4).map(theme).collect())
        .things("mentions", entry.named.iter().take(10).map(named).collect())
}
