//! Who and what an entity is named together with, as a list and as a small drawing.

use super::TogetherLine;
use crate::pipeline::collate::company::Together;
use crate::pipeline::collate::{DocumentIndex, Entity, EntityIndex};
use crate::pipeline::render::card::Named;
use crate::pipeline::render::drawing::{self, Edge, Node};
use crate::pipeline::render::html::{Html, percent_encode_query};
use crate::pipeline::render::layout;
use crate::pipeline::render::page::Page;
use crate::pipeline::render::standpoint::{NameLink, Standpoint};
use crate::vocabulary::Kind;

/// How many neighbours the drawing has room for.
const DRAWN: usize = 9;
/// How many passages of a pair are offered.
const PASSAGES: usize = 4;

pub(super) fn lines(from: &Standpoint<'_>, entity: &Entity) -> Vec<TogetherLine> {
    let words = from.words();
    let passage = |(document, paragraph): &(DocumentIndex, u32)| {
        let date = from.stamp(*document).text;
        NameLink {
            name: format!("{date} ¶{paragraph}"),
            href: from.to_paragraph(*document, *paragraph),
            ..NameLink::default()
        }
    };
    let document = |it: DocumentIndex| NameLink {
        name: match from.edition.year(it) {
            Some(_) => from.stamp(it).text,
            None => from.item(it).title,
        },
        href: from.to_document(it),
        ..NameLink::default()
    };
    let places = |it: &Together| {
        let near = entity.together.passages(it);
        let apart = shared(from, entity, it).filter(|at| near.iter().all(|it| it.0 != *at));
        let passages = near.iter().map(passage);
        passages.chain(apart.map(document)).take(PASSAGES).collect()
    };
    let line = |it: &Together| TogetherLine {
        link: from.entity(it.entity),
        count: match it.sentences {
            0 => words.count("documents", it.documents as usize),
            n => format!(
                "{}, {}",
                words.count("documents", it.documents as usize),
                words.count("sentences", n as usize)
            ),
        },
        passages: places(it),
        all: if it.documents as usize > PASSAGES {
            search(from, entity, it)
        } else {
            String::new()
        },
    };
    entity.together.iter().map(line).collect()
}

/// The documents that name both.
fn shared<'e>(
    from: &Standpoint<'e>,
    entity: &'e Entity,
    other: &Together,
) -> impl Iterator<Item = DocumentIndex> {
    let documents = entity.places.documents();
    documents.filter(|it| from.edition.is_named_in(other.entity, *it))
}

/// The search for documents that name both.
fn search(from: &Standpoint<'_>, entity: &Entity, other: &Together) -> String {
    let field = |it: Named<'_>| {
        let kind = if it.kind == Kind::Organization { "org" } else { it.kind.name() };
        format!("{kind}:\"{}\"", it.name.replace('"', ""))
    };
    let name = Named { id: &entity.id, name: &entity.name, kind: entity.kind };
    let query = format!("{} {}", field(name), field(from.edition.name(other.entity)));
    format!("{}?q={}", from.to_page(&Page::Search), percent_encode_query(&query))
}

/// The entity in the middle, its nearest neighbours around it, and the lines between those.
pub(super) fn ego(from: &Standpoint<'_>, entity: EntityIndex) -> Html {
    let it = from.edition.entity(entity);
    let near: Vec<&Together> = it.together.iter().take(DRAWN).collect();
    // If all of them share one document and no more, a drawing shows no more than the list.
    if near.len() < 2 || near.iter().all(|it| it.documents < 2) {
        return Html::default();
    }
    let around = near.iter().enumerate().map(|(at, other)| {
        let angle = std::f32::consts::TAU * (at as f32 + 0.5) / near.len() as f32;
        node(from, other.entity, (angle.cos() * 235.0, angle.sin() * 130.0))
    });
    let mut nodes: Vec<Node> =
        std::iter::once(node(from, entity, (0.0, 0.0))).chain(around).collect();
    layout::make_room(&mut nodes);
    let weight = |documents: u32| documents.clamp(1, 4) as u8;
    let mut edges: Vec<Edge> = near
        .iter()
        .enumerate()
        .map(|(at, other)| Edge { a: 0, b: at + 1, weight: weight(other.documents) })
        .collect();
    for (a, one) in near.iter().enumerate() {
        for other in from.edition.together(one.entity) {
            let b = near.iter().position(|it| it.entity == other.entity).filter(|b| *b > a);
            edges.extend(b.map(|b| Edge { a: a + 1, b: b + 1, weight: weight(other.documents) }));
        }
    }
    let finding = from.words().fill("ego_description", &[("name", &it.name)]);
    drawing::draw(&nodes, &edges, "ego", (from.words().get("ego"), &finding))
}

fn node(from: &Standpoint<'_>, entity: EntityIndex, (x, y): (f32, f32)) -> Node {
    let it = from.edition.name(entity);
    Node {
        x,
        y,
        label: drawing::label(it.name),
        title: it.name.to_owned(),
        href: from.to_entity(entity),
        kind: it.kind,
    }
}
