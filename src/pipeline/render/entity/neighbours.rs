//! Who and what an entity is named together with, as a list and as a small drawing.

use super::TogetherLine;
use crate::pipeline::collate::{Entity, EntityIndex, Together};
use crate::pipeline::render::drawing::{self, Edge, Node};
use crate::pipeline::render::html::Html;
use crate::pipeline::render::layout;
use crate::pipeline::render::standpoint::{NameLink, Standpoint};

/// How many neighbours the drawing has room for.
const DRAWN: usize = 9;
/// How many passages of a pair are offered.
const PASSAGES: usize = 4;

pub(super) fn lines(from: &Standpoint<'_>, entity: &Entity) -> Vec<TogetherLine> {
    let words = from.words();
    let passage = |(document, paragraph): &(crate::pipeline::collate::DocumentIndex, u32)| {
        let date = from.stamp(*document).text;
        NameLink {
            name: format!("{date} ¶{paragraph}"),
            href: from.to_paragraph(*document, *paragraph),
            ..NameLink::default()
        }
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
        passages: it.passages.iter().take(PASSAGES).map(passage).collect(),
    };
    entity.together.iter().map(line).collect()
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
        for other in &from.edition.entity(one.entity).together {
            let b = near.iter().position(|it| it.entity == other.entity).filter(|b| *b > a);
            edges.extend(b.map(|b| Edge { a: a + 1, b: b + 1, weight: weight(other.documents) }));
        }
    }
    let finding = from.words().fill("ego_description", &[("name", &it.name)]);
    drawing::draw(&nodes, &edges, "ego", (from.words().get("ego"), &finding))
}

fn node(from: &Standpoint<'_>, entity: EntityIndex, (x, y): (f32, f32)) -> Node {
    let it = from.edition.entity(entity);
    Node {
        x,
        y,
        label: drawing::label(&it.name),
        title: it.name.clone(),
        href: from.to_entity(entity),
        kind: it.kind,
    }
}
