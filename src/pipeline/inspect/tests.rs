use std::sync::Arc;

use super::*;
use crate::config::SiteConfig;
use crate::pipeline::annotate::{Annotations, Mention, MentionRule, Name, Standing};
use crate::pipeline::calendar::PartialDate;
use crate::pipeline::collate::{Collection, DocumentIndex, Entity, Entry};
use crate::pipeline::describe::{BlockRole, Description, Inferred};
use crate::pipeline::parse::head::Head;
use crate::pipeline::parse::nodes::Nodes;
use crate::pipeline::parse::{Block, BlockKind, Document, Format};
use crate::pipeline::read::OffsetMap;
use crate::pipeline::read::packs::Packs;
use crate::vocabulary::{Kind, Origin, Vocabulary};

fn inferred(value: &str) -> Inferred<String> {
    Inferred { value: value.to_owned(), rule: "test".into(), span: None, evidence: String::new() }
}

/// A document of one paragraph.
pub(super) fn reading(id: &str, text: &str) -> Reading {
    let block =
        Block { kind: BlockKind::Paragraph, start: 0, end: text.len() as u32, paragraph: 1 };
    let document = Document {
        id: id.into(),
        file: format!("seeds/{id}").into(),
        format: Format::Plain,
        front_matter: Head::default(),
        text: text.into(),
        origin: OffsetMap::default(),
        blocks: vec![block],
        body: Nodes::default(),
        links: Vec::new(),
    };
    let description = Description {
        title: inferred(id),
        date: None,
        bounds: (None, None),
        updated: None,
        issuer: None,
        kind: None,
        speakers: Vec::new(),
        authors: Vec::new(),
        symbol: None,
        language: inferred("en"),
        roles: vec![BlockRole::Text],
        words: 1,
    };
    Reading { document, description, annotations: Annotations::default() }
}

/// Marks every occurrence of a name that no list knows.
fn name(reading: &mut Reading, text: &str, standing: Standing) {
    let index = reading.annotations.names.len() as u16;
    reading.annotations.names.push(Name {
        text: text.into(),
        kind: Kind::Place,
        entry: None,
        acronym: None,
        office: None,
        standing,
        evidence: "test".into(),
    });
    let places = reading.document.text.match_indices(text).map(|(at, _)| Mention {
        start: at as u32,
        end: (at + text.len()) as u32,
        name: index,
        nested_in: None,
        rule: MentionRule(0),
    });
    reading.annotations.mentions.extend(places.collect::<Vec<_>>());
}

fn entry() -> Entry {
    Entry {
        slug: String::new(),
        entities: vec![None; 4].into(),
        named: Arc::default(),
        issuer: None,
        speakers: Vec::new(),
        years: Arc::default(),
        themes: Vec::new(),
        related: Box::<[_]>::default().into(),
        earlier: None,
        later: None,
        backlinks: Vec::new(),
    }
}

fn entity(id: &str, origin: Origin, forms: &[&str]) -> Entity {
    Entity {
        id: id.to_owned(),
        name: forms[0].to_owned(),
        kind: Kind::Place,
        forms: forms.iter().map(|it| ((*it).to_owned(), 1)).collect(),
        description: String::new(),
        same_as: Vec::new(),
        part_of: None,
        part_of_name: None,
        origin,
        mentions: 1,
        places: Arc::new([(DocumentIndex(0), 0)].into_iter().collect()),
        offices: Arc::default(),
        issued: Vec::new(),
        spoken: Vec::new(),
        together: Arc::default(),
        first: None,
        last: None,
        evidence: Arc::default(),
    }
}

fn site(readings: Vec<Reading>) -> Site {
    let sketches = readings.iter().map(|it| Arc::new(sketch::sketch(it))).collect();
    let documents = readings.iter().map(|_| entry()).collect();
    Site {
        config: SiteConfig::default(),
        vocabulary: Arc::new(Vocabulary::default()),
        keys: Vec::new(),
        readings: readings.into_iter().map(Arc::new).collect(),
        postings: Vec::new(),
        packs: Packs::default(),
        sketches,
        collection: Arc::new(Collection { documents, ..Collection::default() }),
        findings: Vec::new(),
    }
}

fn known(site: &mut Site) -> &mut Collection {
    Arc::get_mut(&mut site.collection).expect("nobody else has it")
}

fn found(site: &Site, rule: Rule, entities: Option<&str>) -> Vec<String> {
    let file: FileName = "vocabulary/entities.yaml".into();
    let findings = inspect(site, entities.map(|it| (&file, it)));
    let of_rule = findings.into_iter().filter(|it| it.rule == rule);
    of_rule
        .map(|it| format!("{}:{}..{}: {}", it.file, it.span.start, it.span.end, it.message))
        .collect()
}

#[test]
fn names_without_a_page_are_counted_over_all_documents() {
    let mut a = reading("a.txt", "At Tidewater. Tidewater! And at Hill.");
    name(&mut a, "Tidewater", Standing::Doubtful);
    name(&mut a, "Hill", Standing::Doubtful);
    let mut b = reading("b.txt", "Tidewater Tidewater Tidewater Tidewater");
    name(&mut b, "Tidewater", Standing::Doubtful);
    let site = site(vec![a, b]);
    assert_eq!(
        found(&site, Rule::FrequentName, None),
        ["seeds/a.txt:3..12: \"Tidewater\" stands 6 times in 2 documents and has no page"]
    );
    assert_eq!(
        found(&site, Rule::UnpublishedName, None),
        ["seeds/a.txt:32..36: \"Hill\" stands 1 time in 1 document and has no page"]
    );
}

#[test]
fn names_with_a_page_are_no_finding() {
    let mut a = reading("a.txt", "At Tidewater.");
    name(&mut a, "Tidewater", Standing::Evident);
    let mut site = site(vec![a]);
    let one = Some(crate::pipeline::collate::EntityIndex(0));
    known(&mut site).documents[0].entities = [one, None, None, None].into();
    known(&mut site).entities.push(entity("tidewater", Origin::Discovered, &["Tidewater"]));
    assert_eq!(found(&site, Rule::UnpublishedName, None), [""; 0]);
    assert_eq!(
        found(&site, Rule::SingleMention, None),
        ["seeds/a.txt:3..12: place \"Tidewater\" is named here and nowhere else"]
    );
    known(&mut site).entities[0].mentions = 2;
    assert_eq!(found(&site, Rule::SingleMention, None), [""; 0]);
}

#[test]
fn a_date_in_running_text_is_thin() {
    let mut a = reading("a.txt", "on 3 May 1901");
    let date = PartialDate { year: Some(1901), month: Some(5), day: Some(3) };
    let evidence = "line 1: \"3 May 1901\"".to_owned();
    let mut date =
        Inferred { value: date, rule: "first-date".into(), span: Some((3, 13)), evidence };
    a.description.date = Some(date.clone());
    assert_eq!(
        found(&site(vec![a.clone()]), Rule::ThinDate, None),
        ["seeds/a.txt:3..13: its date 1901-05-03 rests on thin evidence: line 1: \"3 May 1901\""]
    );
    date.rule = "date-line".into();
    a.description.date = Some(date);
    assert_eq!(found(&site(vec![a]), Rule::ThinDate, None), [""; 0]);
}

#[test]
fn a_document_alone_is_no_orphan() {
    let orphans = |readings| found(&site(readings), Rule::OrphanDocument, None).len();
    assert_eq!(orphans(vec![reading("a.txt", "a")]), 0);
    assert_eq!(orphans(vec![reading("a.txt", "a"), reading("b.txt", "b")]), 2);
}

const ENTITIES: &str = "# Harbour Board\n- name: Harbour Board\n  aliases: [HB, the Harbour-Board]\n- name: Hill\n  aliases: [HB]\n";

fn own(name: &str, aliases: &[&str]) -> crate::vocabulary::Entry {
    crate::vocabulary::Entry {
        id: name.to_lowercase(),
        name: name.to_owned(),
        kind: Kind::Place,
        aliases: aliases.iter().map(|it| (*it).to_owned()).collect(),
        description: String::new(),
        same_as: Vec::new(),
        part_of: None,
        not: Vec::new(),
        not_same_as: Vec::new(),
        hidden: false,
        origin: Origin::Vocabulary,
    }
}

#[test]
fn the_vocabulary_is_held_against_the_texts() {
    let entries = vec![own("Harbour Board", &["HB", "the Harbour-Board"]), own("Hill", &["HB"])];
    let mut site = site(vec![reading("a.txt", "The harbour board met.")]);
    site.vocabulary = Arc::new(Vocabulary { entries, ..Vocabulary::default() });
    known(&mut site).entities.push(entity("harbour board", Origin::Vocabulary, &["Harbour Board"]));
    assert_eq!(
        found(&site, Rule::UnusedAlias, Some(ENTITIES)),
        [
            "vocabulary/entities.yaml:50..52: no document calls \"Harbour Board\" \"HB\"",
            "vocabulary/entities.yaml:81..85: no document names \"Hill\""
        ]
    );
    assert_eq!(
        found(&site, Rule::AmbiguousAlias, Some(ENTITIES)),
        [
            "vocabulary/entities.yaml:98..100: \"HB\" is a name of \"Harbour Board\" and of \"Hill\", so that it is held back"
        ]
    );
}
