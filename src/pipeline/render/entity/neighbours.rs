//! Who and what an entity is named together with, as a list and as a small drawing.

use crate::pipeline::collate::EntityIndex;
use crate::pipeline::collate::company::{Passage, Together};
use crate::pipeline::render::card::Named;
use crate::pipeline::render::drawing::{self, Edge, Node};
use crate::pipeline::render::html::{Html, percent_encode_query};
use crate::pipeline::render::layout;
use crate::pipeline::render::page::Page;
use crate::pipeline::render::standpoint::Standpoint;
use crate::vocabulary::Kind;

/// How many neighbours the drawing has room for.
const DRAWN: usize = 9;
/// How many passages of a pair are offered.
const PASSAGES: usize = 4;
/// About how many bytes a line takes.
const LINE: usize = 256;
/// What stands between two of them; no line begins with it.
const BETWEEN: &str = "\u{a0}· ";

/// A list item for each: who it is, how often, and where.
pub(super) fn lines(from: &Standpoint<'_>, entity: EntityIndex) -> Html {
    let together = from.edition.together(entity);
    let mut html = Html::with_room(together.iter().count() * LINE);
    for it in together.iter() {
        line(&mut html, from, entity, (it, together.passages(it)));
    }
    html
}

fn line(
    html: &mut Html,
    from: &Standpoint<'_>,
    entity: EntityIndex,
    (it, passages): (&Together, &[Passage]),
) {
    let words = from.words();
    let other = from.edition.name(it.entity);
    html.raw("<li class=\"k k-").raw(other.kind.name()).raw("\">");
    html.link(&from.to_entity(it.entity), other.name).raw(" <span class=\"n\">");
    html.text(&words.count("documents", it.documents as usize));
    if it.sentences > 0 {
        html.raw(", ").text(&words.count("sentences", it.sentences as usize));
    }
    html.raw("</span><span class=\"d\">");
    places(html, from, (entity, it.entity), passages);
    if it.documents as usize > PASSAGES {
        html.raw(BETWEEN).link(&search(from, entity, it), words.get("all_together"));
    }
    html.raw("</span></li>\n");
}

/// The first passages that name both in one sentence, then documents that name both apart.
fn places(
    html: &mut Html,
    from: &Standpoint<'_>,
    (entity, other): (EntityIndex, EntityIndex),
    passages: &[Passage],
) {
    let between = |at: usize| if at > 0 { BETWEEN } else { "" };
    for (at, (document, paragraph)) in passages.iter().take(PASSAGES).enumerate() {
        html.raw(between(at)).raw("<a href=\"").text(&from.to_document(*document)).raw("#p");
        html.number(*paragraph).raw("\">").text(&from.edition.stamp(*document).text);
        html.raw(" ¶").number(*paragraph).raw("</a>");
    }
    let room = PASSAGES.saturating_sub(passages.len());
    if room == 0 {
        return;
    }
    let shared = from.edition.in_common(entity, other);
    let apart = shared.filter(|at| passages.iter().all(|it| it.0 != *at)).take(room);
    for (at, document) in (passages.len()..).zip(apart) {
        let dated = from.edition.year(document).is_some();
        let stamp = || from.edition.stamp(document).text.as_str();
        let name = if dated { stamp() } else { from.edition.card(document).title };
        html.raw(between(at)).link(&from.to_document(document), name);
    }
}

/// The search for documents that name both.
fn search(from: &Standpoint<'_>, entity: EntityIndex, other: &Together) -> String {
    let field = |it: Named<'_>| {
        let kind = if it.kind == Kind::Organization { "org" } else { it.kind.name() };
        format!("{kind}:\"{}\"", it.name.replace('"', ""))
    };
    let [one, other] = [entity, other.entity].map(|it| field(from.edition.name(it)));
    let query = format!("{one} {other}");
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
        for other in from.edition.together(one.entity).iter() {
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
