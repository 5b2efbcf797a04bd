//! A generated collection to the site value that the stages before search would make of it.

use std::sync::{Arc, OnceLock};

use seedbed::config::SiteConfig;
use seedbed::pipeline::annotate::{Annotations, Mention, MentionRule, Name, Standing, ThemeScore};
use seedbed::pipeline::calendar::PartialDate;
use seedbed::pipeline::collate::{
    Collection, DocumentIndex, Entity, EntityIndex, Entry, ThemeListing,
};
use seedbed::pipeline::describe::{BlockRole, Description, Inferred};
use seedbed::pipeline::parse::head::Head;
use seedbed::pipeline::parse::nodes::Nodes;
use seedbed::pipeline::parse::{Block, BlockKind, Document, Format};
use seedbed::pipeline::read::OffsetMap;
use seedbed::pipeline::read::packs::Packs;
use seedbed::pipeline::{Reading, Site};
use seedbed::vocabulary::{Kind, Origin, Theme, ThemeId, Vocabulary};

use super::collection::{self, SUBJECTS, Sort, World};

/// The site of the first `documents` documents of `world`.
pub(crate) fn site(world: &World, documents: usize) -> Site {
    let generated: Vec<_> = (0..documents).map(|it| world.document(it)).collect();
    let readings: Vec<Arc<Reading>> =
        generated.iter().map(|it| Arc::new(reading(world, it))).collect();
    let mut collection = Collection::default();
    collection.entities = world.named.iter().map(entity).collect();
    for (number, document) in generated.iter().enumerate() {
        collection.documents.push(entry(document, &readings[number]));
        collection.by_date.push(DocumentIndex(number as u32));
    }
    collection.by_date.sort_by_key(|it| std::cmp::Reverse(generated[it.0 as usize].date));
    collection.themes = (0..SUBJECTS as u16).map(|theme| listing(theme, &readings)).collect();
    let vocabulary = Arc::new(Vocabulary {
        themes: (0..SUBJECTS).map(theme).collect(),
        ..Vocabulary::default()
    });
    Site {
        config: SiteConfig::default(),
        vocabulary,
        keys: readings.iter().map(|it| key(it)).collect(),
        readings,
        postings: Vec::new(),
        packs: Packs::default(),
        sketches: Vec::new(),
        collection: Arc::new(collection),
        findings: Vec::new(),
    }
}

/// A hash of what a reading is made from.
pub(crate) fn key(reading: &Reading) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    for part in [&*reading.document.id, &reading.description.title.value, &reading.document.text] {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
    }
    hasher.finalize()
}

/// What the stages before make of one document.
pub(crate) fn reading(world: &World, generated: &collection::Document) -> Reading {
    let blocks = blocks(&generated.text);
    let document = Document {
        id: generated.file.as_str().into(),
        file: generated.file.as_str().into(),
        format: Format::Plain,
        front_matter: Head::default(),
        text: generated.text.as_str().into(),
        origin: OffsetMap::default(),
        body: Nodes::default(),
        links: Vec::new(),
        blocks,
    };
    Reading {
        description: description(world, generated, &document),
        annotations: annotations(world, generated),
        document,
    }
}

fn blocks(text: &str) -> Vec<Block> {
    let mut start = 0;
    let mut blocks = Vec::new();
    for paragraph in text.trim_end().split("\n\n") {
        let end = start + paragraph.len();
        let number = blocks.len() as u32;
        blocks.push(Block {
            kind: BlockKind::Paragraph,
            start: start as u32,
            end: end as u32,
            paragraph: number,
        });
        start = end + 2;
    }
    blocks
}

fn inferred<T>(value: T) -> Inferred<T> {
    Inferred { value, rule: "generated".into(), span: None, evidence: String::new() }
}

fn description(
    world: &World,
    generated: &collection::Document,
    document: &Document,
) -> Description {
    let (year, month, day) = generated.date;
    let mut roles = vec![BlockRole::Text; document.blocks.len()];
    roles[0] = BlockRole::Title;
    roles[1] = BlockRole::Dateline;
    Description {
        title: inferred(document.text[document.blocks[0].range()].to_owned()),
        date: Some(inferred(PartialDate { year: Some(year), month: Some(month), day: Some(day) })),
        bounds: (None, None),
        updated: None,
        issuer: Some(inferred(world.named[generated.issuer].forms[0].clone())),
        kind: Some(inferred(generated.kind.to_owned())),
        speakers: Vec::new(),
        authors: Vec::new(),
        symbol: None,
        language: inferred("en".to_owned()),
        roles,
        words: document.text.split_whitespace().count() as u32,
    }
}

fn annotations(world: &World, generated: &collection::Document) -> Annotations {
    let mut found = Annotations::default();
    let mut known: Vec<usize> = Vec::new();
    for (start, end, named) in &generated.mentions {
        let name = known.iter().position(|it| it == named).unwrap_or_else(|| {
            known.push(*named);
            known.len() - 1
        });
        let (start, end) = (*start as u32, *end as u32);
        found.mentions.push(Mention {
            start,
            end,
            name: name as u16,
            nested_in: None,
            rule: MentionRule(0),
        });
    }
    found.names = known.iter().map(|it| name(&world.named[*it])).collect();
    let theme = |subject: &usize| ThemeScore {
        theme: ThemeId(*subject as u16),
        score: 0.5,
        core: true,
        evidence: Vec::new(),
    };
    let mut subjects = generated.subjects.clone();
    subjects.sort_unstable();
    subjects.dedup();
    found.themes = subjects.iter().map(theme).collect();
    found
}

fn kind(sort: Sort) -> Kind {
    match sort {
        Sort::Organization => Kind::Organization,
        Sort::Person => Kind::Person,
        Sort::Place => Kind::Place,
    }
}

fn name(named: &collection::Named) -> Name {
    let text = named.forms[0].as_str().into();
    Name {
        text,
        kind: kind(named.sort),
        entry: None,
        acronym: None,
        office: None,
        standing: Standing::Evident,
        evidence: "".into(),
    }
}

fn entity(named: &collection::Named) -> Entity {
    Entity {
        id: named.forms[0].to_lowercase().replace(' ', "-"),
        name: named.forms[0].clone(),
        kind: kind(named.sort),
        forms: named.forms.iter().map(|it| (it.clone(), 1)).collect(),
        description: String::new(),
        same_as: Vec::new(),
        part_of: None,
        part_of_name: None,
        origin: Origin::Discovered,
        mentions: 0,
        places: Arc::default(),
        offices: Arc::default(),
        issued: Vec::new(),
        spoken: Vec::new(),
        together: Arc::default(),
        first: None,
        last: None,
        evidence: Arc::default(),
    }
}

fn entry(generated: &collection::Document, reading: &Reading) -> Entry {
    let mut entities: Vec<Option<EntityIndex>> = vec![None; reading.annotations.names.len()];
    for (mention, (_, _, named)) in reading.annotations.mentions.iter().zip(&generated.mentions) {
        entities[usize::from(mention.name)] = Some(EntityIndex(*named as u32));
    }
    Entry {
        slug: format!("{:04}-{}", generated.date.0, generated.file.trim_end_matches(".txt")),
        named: entities.iter().flatten().map(|it| (*it, 1)).collect(),
        entities: entities.into(),
        issuer: Some(EntityIndex(generated.issuer as u32)),
        speakers: Vec::new(),
        years: Arc::default(),
        themes: Vec::new(),
        related: Box::<[_]>::default().into(),
        earlier: None,
        later: None,
        backlinks: Vec::new(),
    }
}

fn theme(number: usize) -> Theme {
    Theme {
        id: format!("subject-{number}"),
        name: format!("Subject {number}"),
        description: String::new(),
        terms: Vec::new(),
        not: Vec::new(),
        broader: None,
        related: Vec::new(),
        origin: Origin::Vocabulary,
    }
}

fn listing(theme: u16, readings: &[Arc<Reading>]) -> ThemeListing {
    let mut documents = Vec::new();
    for (number, reading) in readings.iter().enumerate() {
        if let Some(place) =
            reading.annotations.themes.iter().position(|it| it.theme == ThemeId(theme))
        {
            documents.push((DocumentIndex(number as u32), place as u32));
        }
    }
    ThemeListing { theme: ThemeId(theme), documents, typical: OnceLock::default() }
}
