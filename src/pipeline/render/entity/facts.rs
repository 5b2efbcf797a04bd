//! What is known of an entity, and how often it is named.

use crate::pipeline::collate::Entity;
use crate::pipeline::render::document::{Fact, FactValue};
use crate::pipeline::render::standpoint::{NameLink, Standpoint};
use crate::vocabulary::Origin;

pub(super) fn lead(from: &Standpoint<'_>, it: &Entity) -> String {
    let words = from.words();
    let times = words.count("times", it.mentions as usize);
    let documents = words.count("documents", it.places.len());
    let mut lead = words.fill("named", &[("times", &times), ("documents", &documents)]);
    let years = (it.first.and_then(|it| it.year), it.last.and_then(|it| it.year));
    if let (Some(first), Some(last)) = years {
        let span = if first == last {
            first.to_string()
        } else {
            words.fill("from_to", &[("from", &first.to_string()), ("to", &last.to_string())])
        };
        lead.extend([", ", &span]);
    }
    if it.mentions == 0 { words.get("only_nested").to_owned() } else { lead + "." }
}

pub(super) fn forms(from: &Standpoint<'_>, it: &Entity) -> Vec<NameLink> {
    let other = it.forms.iter().filter(|form| form.0 != it.name).take(12);
    let link = |(name, n): &(String, u32)| NameLink {
        name: name.clone(),
        count: from.words().count("times", *n as usize),
        ..NameLink::default()
    };
    other.map(link).collect()
}

pub(super) fn facts(from: &Standpoint<'_>, it: &Entity) -> Vec<Fact> {
    let words = from.words();
    let fact = |key: &str, values: Vec<FactValue>| Fact {
        label: words.get(key).to_owned(),
        values,
        ..Fact::default()
    };
    let value = |text: &str| FactValue { text: text.to_owned(), ..FactValue::default() };
    let part_of = match (it.part_of, &it.part_of_name) {
        (Some(whole), _) => {
            vec![FactValue { href: from.to_entity(whole), ..value(from.edition.name(whole).name) }]
        }
        (None, Some(name)) => vec![value(name)],
        (None, None) => Vec::new(),
    };
    let office = |(title, of, n): &(String, String, u32)| FactValue {
        note: words.fill("in_documents", &[("documents", &words.count("documents", *n as usize))]),
        ..value(&if of.is_empty() {
            title.clone()
        } else {
            words.fill("by_office", &[("title", title), ("of", of)])
        })
    };
    let elsewhere = |url: &String| FactValue {
        href: if url.starts_with("http") { url.clone() } else { String::new() },
        ..value(url.trim_start_matches("https://").trim_start_matches("http://"))
    };
    let origin = match it.origin {
        Origin::Vocabulary => "origin_vocabulary",
        Origin::Gazetteer => "origin_gazetteer",
        Origin::Discovered => "origin_discovered",
    };
    let known = FactValue { note: reasons(it), ..value(words.get(origin)) };
    let mut facts = vec![
        fact("offices", it.offices.iter().take(6).map(office).collect()),
        fact("part_of", part_of),
        fact("same_as", it.same_as.iter().map(elsewhere).collect()),
        fact("known_from", vec![known]),
    ];
    facts.retain(|it| !it.values.is_empty());
    facts
}

/// Why it has its kind, from up to three documents: what several say is told once.
fn reasons(it: &Entity) -> String {
    let mut reasons: Vec<&str> = Vec::new();
    for reason in it.evidence.iter().take(3).flat_map(|it| it.split("; ")) {
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    reasons.join("; ")
}
