//! Pairs of names to the view of the network page.

use serde::Serialize;

use crate::pipeline::collate::{EntityIndex, Pair};
use crate::pipeline::render::drawing::{self, Edge, Node};
use crate::pipeline::render::frame::Frame;
use crate::pipeline::render::html::Html;
use crate::pipeline::render::layout;
use crate::pipeline::render::metadata;
use crate::pipeline::render::standpoint::{NameLink, Standpoint};

/// How many names are drawn.
const NODES: usize = 40;
/// How many lines are drawn, and rows listed.
const EDGES: usize = 90;
/// How many pairs are looked through; they come with the most shared first.
const PAIRS: usize = 4000;

/// The network page. Templates see it as `network`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NetworkView {
    /// What is shown.
    pub lead: String,
    /// The drawing; empty if no two names share a document.
    pub drawing: Html,
    /// The pairs drawn.
    pub pairs: Vec<PairRow>,
    /// Each kind's name, for the legend.
    pub kinds: Vec<NameLink>,
}

/// A pair, as templates see it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairRow {
    /// One.
    pub a: NameLink,
    /// The other.
    pub b: NameLink,
    /// How many documents name both.
    pub documents: u32,
    /// How many sentences do.
    pub sentences: u32,
}

/// Makes the view of the network page.
pub(crate) fn view(from: &Standpoint<'_>) -> (Frame, NetworkView) {
    let words = from.words();
    let (names, pairs) = choose(&from.edition.site().collection.pairs);
    let kinds = crate::vocabulary::Kind::ALL.map(|it| NameLink {
        name: words.get(it.name()).to_owned(),
        kind: it.name().to_owned(),
        ..NameLink::default()
    });
    let row = |it: &&Pair| PairRow {
        a: from.entity(it.a),
        b: from.entity(it.b),
        documents: it.documents,
        sentences: it.sentences,
    };
    let view = NetworkView {
        lead: words.count("network_lead", names.len()),
        drawing: draw(from, &names, &pairs),
        pairs: pairs.iter().map(row).collect(),
        kinds: kinds.to_vec(),
    };
    let mut frame = Frame::new(from, words.get("network"), view.lead.clone());
    let thing = metadata::collection_page(&frame, from);
    metadata::describe(&mut frame, from, thing);
    (frame, view)
}

/// The names of the closest pairs, and the closest pairs among them.
fn choose(pairs: &[Pair]) -> (Vec<EntityIndex>, Vec<&Pair>) {
    let mut names: Vec<EntityIndex> = Vec::new();
    for pair in pairs.iter().take(PAIRS) {
        for it in [pair.a, pair.b] {
            if names.len() < NODES && !names.contains(&it) {
                names.push(it);
            }
        }
    }
    let among =
        pairs.iter().take(PAIRS).filter(|it| names.contains(&it.a) && names.contains(&it.b));
    let among: Vec<&Pair> = among.take(EDGES).collect();
    names.retain(|it| among.iter().any(|pair| pair.a == *it || pair.b == *it));
    (names, among)
}

fn draw(from: &Standpoint<'_>, names: &[EntityIndex], pairs: &[&Pair]) -> Html {
    let Some(closest) = pairs.first() else { return Html::default() };
    let node = |it: &EntityIndex| {
        let entity = from.edition.name(*it);
        let documents = from.words().count("documents", from.edition.figures(*it).documents);
        Node {
            x: 0.0,
            y: 0.0,
            label: drawing::label(entity.name),
            title: format!("{}: {documents}", entity.name),
            href: from.to_entity(*it),
            kind: entity.kind,
        }
    };
    let mut nodes: Vec<Node> = names.iter().map(node).collect();
    let most = closest.documents.max(1);
    let at = |it: EntityIndex| {
        names.iter().position(|name| *name == it).expect("pairs are among the names")
    };
    let edge = |it: &&Pair| Edge {
        a: at(it.a),
        b: at(it.b),
        weight: (it.documents * 3 / most + 1).min(4) as u8,
    };
    let edges: Vec<Edge> = pairs.iter().map(edge).collect();
    layout::arrange(&mut nodes, &edges);
    let name = |it: EntityIndex| from.edition.name(it).name;
    let documents = from.words().count("documents", closest.documents as usize);
    let finding =
        [("a", name(closest.a)), ("b", name(closest.b)), ("documents", documents.as_str())];
    let finding = from.words().fill("network_finding", &finding);
    drawing::draw(&nodes, &edges, "network", (from.words().get("network_title"), &finding))
}
