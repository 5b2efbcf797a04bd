//! A small site made by hand, so that pages can be tested without the stages before them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::SiteConfig;
use crate::pipeline::annotate::{Annotations, Mention, MentionRule, Name, Standing, ThemeScore};
use crate::pipeline::calendar::{DateMention, DateRule, PartialDate, Precision};
use crate::pipeline::collate::company::Company;
use crate::pipeline::collate::places::Places;
use crate::pipeline::collate::{
    self, Collection, DocumentIndex, Entity, EntityIndex, Pair, Related, ThemeListing, Year,
};
use crate::pipeline::describe::{BlockRole, Description, Inferred};
use crate::pipeline::parse::head::FrontMatter;
use crate::pipeline::parse::nodes::Nodes;
use crate::pipeline::parse::{
    Block, BlockKind, BlockTag, Code, Container, Document, Format, Inline, LinkRef, Node,
};
use crate::pipeline::read::OffsetMap;
use crate::pipeline::read::packs::Packs;
use crate::pipeline::{Reading, Site};
use crate::vocabulary::{EntryId, Kind, Origin, Theme, ThemeId, Vocabulary};

/// Names that the sample knows, by id: name, kind.
pub(super) const NAMES: &[(&str, &str, Kind)] = &[
    ("ada-reed", "Ada Reed", Kind::Person),
    ("river-board", "River Board", Kind::Organization),
    ("river-treaty", "River Treaty", Kind::Agreement),
    ("spring-meeting", "Spring Meeting", Kind::Event),
    ("weir-town", "Weir Town", Kind::Place),
];

type Names<'n> = &'n [(&'n str, &'n str, Kind)];

/// Builds a site of documents given as (path, date, text). A text is lines: `# ` is a heading, `> ` a quotation, `` ` `` code,
/// `| ` a row of a table, `~ ` furniture, `[text](destination)` a line that is a link, all else a paragraph.
pub(super) fn site(texts: &[(&str, Option<PartialDate>, &str)]) -> Site {
    site_of(NAMES, texts)
}

/// The same with other names.
pub(super) fn site_of(names: Names<'_>, texts: &[(&str, Option<PartialDate>, &str)]) -> Site {
    let mut texts = texts.to_vec();
    texts.sort_by_key(|it| it.0);
    let readings: Vec<Arc<Reading>> =
        texts.iter().map(|it| Arc::new(reading(names, it.0, it.1, it.2))).collect();
    let theme = |id: &str, name: &str, term: &str| Theme {
        id: id.into(),
        name: name.into(),
        description: format!("What is said of {term}."),
        terms: vec![(term.into(), 1.0)],
        not: Vec::new(),
        broader: None,
        related: Vec::new(),
        origin: Origin::Vocabulary,
    };
    let vocabulary = Vocabulary {
        themes: vec![theme("water", "Water", "water"), theme("talks", "Talks", "talks")],
        ..Vocabulary::default()
    };
    let config = SiteConfig {
        base_url: "https://example.org/kb/".into(),
        title: "River Papers".into(),
        repository: "https://github.com/example/rivers".into(),
        ..SiteConfig::default()
    };
    let collection = Arc::new(collection(names, &readings));
    Site {
        config,
        vocabulary: Arc::new(vocabulary),
        keys: Vec::new(),
        readings,
        postings: Vec::new(),
        packs: Packs::default(),
        sketches: Vec::new(),
        collection,
        findings: Vec::new(),
    }
}

pub(super) fn day(year: i16, month: u8, day: u8) -> PartialDate {
    PartialDate { year: Some(year), month: Some(month), day: Some(day) }
}

fn inferred<T>(value: T, rule: &str) -> Inferred<T> {
    Inferred { value, rule: rule.into(), span: None, evidence: "line 1: \"<as it stands>\"".into() }
}

#[derive(Default)]
struct Draft {
    text: String,
    blocks: Vec<Block>,
    roles: Vec<BlockRole>,
    body: Vec<Node>,
    links: Vec<LinkRef>,
    paragraphs: u32,
}

impl Draft {
    fn block(&mut self, kind: BlockKind, text: &str, role: BlockRole) -> (u32, u32, u32) {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len() as u32;
        self.text.push_str(text);
        let cited = kind == BlockKind::Paragraph && role == BlockRole::Text;
        self.paragraphs += u32::from(cited);
        let paragraph = if cited { self.paragraphs } else { 0 };
        let end = self.text.len() as u32;
        self.blocks.push(Block { kind, start, end, paragraph });
        self.roles.push(role);
        (self.blocks.len() as u32 - 1, start, end)
    }

    fn paragraph(&mut self, text: &str, role: BlockRole) {
        let (number, start, end) = self.block(BlockKind::Paragraph, text, role);
        self.body.extend([
            Node::OpenBlock(number, BlockTag::Paragraph),
            Node::Text(start, end),
            Node::CloseBlock(BlockTag::Paragraph),
        ]);
    }

    fn line(&mut self, line: &str) {
        if let Some(text) = line.strip_prefix("# ") {
            let id = text.to_lowercase().replace(' ', "-");
            let (number, start, end) =
                self.block(BlockKind::Heading(2, id.into()), text, BlockRole::Text);
            let tag = BlockTag::Heading(2);
            self.body.extend([
                Node::OpenBlock(number, tag),
                Node::Text(start, end),
                Node::CloseBlock(tag),
            ]);
        } else if let Some(text) = line.strip_prefix("> ") {
            self.body.push(Node::Open(Container::Quote(None)));
            self.paragraph(text, BlockRole::Text);
            self.body.push(Node::Close(Container::Quote(None)));
        } else if let Some(text) = line.strip_prefix("~ ") {
            self.body.push(Node::Open(Container::List));
            self.body.push(Node::Open(Container::Item));
            self.paragraph(text, BlockRole::Furniture);
            self.body.push(Node::Close(Container::Item));
            self.body.push(Node::Close(Container::List));
        } else if let Some(text) = line.strip_prefix('`') {
            let (_, start, end) = self.block(BlockKind::Code, text, BlockRole::Text);
            self.body.push(Node::CodeBlock(Box::new(Code { language: "rust".into(), start, end })));
        } else if let Some(text) = line.strip_prefix("| ") {
            self.table(text);
        } else if let Some((text, destination)) =
            line.strip_prefix('[').and_then(|it| it.strip_suffix(')')?.split_once("]("))
        {
            self.link(text, destination);
        } else {
            self.paragraph(line, BlockRole::Text);
        }
    }

    fn table(&mut self, text: &str) {
        self.body.extend([Node::Open(Container::Table), Node::Open(Container::TableHead)]);
        for (at, row) in text.split(" / ").enumerate() {
            let tag = if at == 0 { BlockTag::HeaderCell } else { BlockTag::Cell };
            self.body.extend((at > 0).then_some(Node::Open(Container::TableRow)));
            for cell in row.split(" | ") {
                let (number, start, end) = self.block(BlockKind::Paragraph, cell, BlockRole::Text);
                self.body.extend([
                    Node::OpenBlock(number, tag),
                    Node::Text(start, end),
                    Node::CloseBlock(tag),
                ]);
            }
            self.body.push(if at == 0 {
                Node::Close(Container::TableHead)
            } else {
                Node::Close(Container::TableRow)
            });
        }
        self.body.push(Node::Close(Container::Table));
    }

    fn link(&mut self, text: &str, destination: &str) {
        let (number, start, end) = self.block(BlockKind::Paragraph, text, BlockRole::Text);
        let link = Inline::Link(self.links.len() as u32);
        self.links.push(LinkRef {
            destination: destination.into(),
            title: String::new(),
            span: 0..1,
        });
        self.body.extend([
            Node::OpenBlock(number, BlockTag::Paragraph),
            Node::OpenInline(link.clone()),
            Node::Text(start, end),
            Node::CloseInline(link),
            Node::CloseBlock(BlockTag::Paragraph),
        ]);
    }
}

fn reading(names: Names<'_>, path: &str, date: Option<PartialDate>, text: &str) -> Reading {
    let mut draft = Draft::default();
    let mut lines = text.lines().map(str::trim).filter(|it| !it.is_empty());
    let title = lines.next().unwrap_or("Untitled");
    draft.paragraph(title, BlockRole::Title);
    lines.for_each(|it| draft.line(it));
    let annotations = annotations(names, &draft);
    let front_matter =
        FrontMatter { aliases: vec![format!("/old/{path}")], ..FrontMatter::default() };
    let description = Description {
        title: inferred(title.into(), "first-line"),
        date: date.map(|it| inferred(it, "dateline")),
        bounds: (Some(day(2015, 1, 1)), None),
        updated: None,
        issuer: Some(inferred("River Board".into(), "letterhead")),
        kind: Some(inferred("report".into(), "head-noun")),
        speakers: Vec::new(),
        authors: Vec::new(),
        symbol: None,
        language: inferred("en".into(), "stop-words"),
        roles: draft.roles,
        words: draft.text.split_whitespace().count() as u32,
    };
    let document = Document {
        id: path.into(),
        file: format!("seeds/{path}").into(),
        format: Format::Plain,
        front_matter: front_matter.into(),
        text: draft.text.into(),
        origin: OffsetMap::default(),
        blocks: draft.blocks,
        body: Nodes::from(&*draft.body),
        links: draft.links,
    };
    Reading { document, description, annotations }
}

fn annotations(names: Names<'_>, draft: &Draft) -> Annotations {
    let mut mentions = Vec::new();
    for (at, (_, name, _)) in names.iter().enumerate() {
        for (start, _) in draft.text.match_indices(name) {
            let (start, end) = (start as u32, (start + name.len()) as u32);
            mentions.push(Mention {
                start,
                end,
                name: at as u16,
                nested_in: None,
                rule: MentionRule(0),
            });
        }
    }
    mentions.sort_by_key(|it| (it.start, std::cmp::Reverse(it.end)));
    let name = |it: &(&str, &str, Kind)| Name {
        text: it.1.into(),
        kind: it.2,
        entry: Some(EntryId(0)),
        acronym: None,
        office: None,
        standing: Standing::Evident,
        evidence: "".into(),
    };
    let dates = draft.text.match_indices("2015").map(|(start, _)| DateMention {
        start: start as u32,
        end: start as u32 + 4,
        from: Some(PartialDate { year: Some(2015), month: None, day: None }),
        to: None,
        precision: Precision::Year,
        rule: DateRule(0),
    });
    let terms = [("water", 0), ("talks", 1)].into_iter().filter_map(|(term, theme)| {
        let count = draft.text.matches(term).count() as u32;
        let score = ThemeScore {
            theme: ThemeId(theme),
            score: 0.5,
            core: count > 1,
            evidence: vec![(term.into(), count)],
        };
        (count > 0).then_some(score)
    });
    Annotations {
        sentences: Vec::new(),
        mentions,
        names: names.iter().map(name).collect(),
        dates: dates.collect(),
        themes: terms.collect(),
    }
}

fn collection(names: Names<'_>, readings: &[Arc<Reading>]) -> Collection {
    let all = || (0..readings.len() as u32).map(DocumentIndex);
    let date =
        |it: &DocumentIndex| readings[it.0 as usize].description.date.as_ref().map(|it| it.value);
    let mut by_date: Vec<DocumentIndex> = all().collect();
    by_date.sort_by_key(|it| std::cmp::Reverse(date(it)));
    let mut years: BTreeMap<i16, Year> = BTreeMap::new();
    let empty = |year| Year { year, documents: Vec::new(), passages: Vec::new() };
    for document in all() {
        if let Some(year) = date(&document).and_then(|it| it.year) {
            years.entry(year).or_insert_with(|| empty(year)).documents.push(document);
        }
        let dates = readings[document.0 as usize].annotations.dates.len() as u32;
        if dates > 0 {
            years
                .entry(2015)
                .or_insert_with(|| empty(2015))
                .passages
                .push((document, (0..dates).collect()));
        }
    }
    let themes = (0..2).map(|theme| ThemeListing {
        theme: ThemeId(theme),
        documents: all()
            .filter_map(|it| {
                let at = readings[it.0 as usize]
                    .annotations
                    .themes
                    .iter()
                    .position(|it| it.theme == ThemeId(theme))?;
                Some((it, at as u32))
            })
            .collect(),
        typical: vec![(EntityIndex(0), 1)].into(),
    });
    let entities: Vec<Entity> = (0..names.len()).map(|it| entity(names, readings, it)).collect();
    let pairs = (1..names.len() as u32).map(|b| Pair {
        a: EntityIndex(0),
        b: EntityIndex(b),
        documents: 9 - b.min(8),
        sentences: 1,
    });
    Collection {
        documents: all().map(|it| entry(names.len(), readings, &by_date, it)).collect(),
        entities,
        years: years.into_values().collect(),
        themes: themes.collect(),
        pairs: pairs.collect(),
        by_date,
        ..Collection::default()
    }
}

fn entry(
    names: usize,
    readings: &[Arc<Reading>],
    by_date: &[DocumentIndex],
    document: DocumentIndex,
) -> collate::Entry {
    let reading = &readings[document.0 as usize];
    let count = |name: usize| {
        reading.annotations.mentions.iter().filter(|it| usize::from(it.name) == name).count() as u32
    };
    let at = by_date.iter().position(|it| *it == document).unwrap();
    let named: Vec<(EntityIndex, u32)> =
        (0..names).map(|it| (EntityIndex(it as u32), count(it))).filter(|it| it.1 > 0).collect();
    collate::Entry {
        slug: reading.document.id.rsplit('/').next().unwrap().split('.').next().unwrap().to_owned(),
        entities: (0..names as u32).map(|it| Some(EntityIndex(it))).collect(),
        related: by_date
            .iter()
            .filter(|it| **it != document)
            .take(2)
            .map(|it| Related { document: *it, entities: vec![EntityIndex(0)], themes: vec![0] })
            .collect::<Box<[_]>>()
            .into(),
        named: named.into(),
        issuer: Some(EntityIndex(1)),
        speakers: Vec::new(),
        years: [(2015, 1)].into(),
        themes: (0..reading.annotations.themes.len() as u32)
            .map(|it| (u32::from(reading.annotations.themes[it as usize].theme.0), it))
            .collect(),
        earlier: by_date.get(at + 1).copied(),
        later: at.checked_sub(1).map(|it| by_date[it]),
        backlinks: Vec::new(),
    }
}

fn entity(names: Names<'_>, readings: &[Arc<Reading>], name: usize) -> Entity {
    let (id, text, kind) = names[name];
    let places: Places = (0u32..)
        .zip(readings)
        .flat_map(|(at, it)| {
            let mentions = (0u16..).zip(&it.annotations.mentions);
            let named = mentions.filter(|it| usize::from(it.1.name) == name);
            named.map(move |it| (DocumentIndex(at), it.0))
        })
        .collect();
    let mentions = places.iter().map(|it| it.1.len()).sum::<usize>() as u32;
    let others = (0..names.len() as u32).filter(|it| *it as usize != name);
    let passage = || places.documents().next().map(|it| (it, 1));
    let together: Company = others.map(|it| (EntityIndex(it), (2, 1), passage())).collect();
    Entity {
        id: id.into(),
        name: text.into(),
        kind,
        forms: [(text.into(), mentions), (format!("the <{text}>"), 2)].into(),
        description: format!("{text}, as the papers call it."),
        same_as: vec!["https://example.org/same?a=1&b=2".into()],
        part_of: (name == 0).then_some(EntityIndex(1)),
        part_of_name: None,
        origin: Origin::Vocabulary,
        mentions,
        offices: if name == 0 {
            [("Chair".into(), "River Board".into(), 2)].into()
        } else {
            Arc::default()
        },
        issued: if name == 1 {
            (0..readings.len() as u32).map(DocumentIndex).collect()
        } else {
            Vec::new()
        },
        spoken: Vec::new(),
        together: Arc::new(together),
        first: Some(day(2016, 2, 3)),
        last: Some(day(2019, 11, 19)),
        evidence: Arc::default(),
        places: Arc::new(places),
    }
}
