//! Nodes and edges to an SVG whose nodes are links.

use crate::pipeline::render::html::Html;
use crate::vocabulary::Kind;

/// A name in a drawing. `x` and `y` are the middle of its mark; the label stands to the right of it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) label: String,
    pub(crate) title: String,
    pub(crate) href: String,
    pub(crate) kind: Kind,
}

/// A line between two nodes, 1 to 4 thick.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Edge {
    pub(crate) a: usize,
    pub(crate) b: usize,
    pub(crate) weight: u8,
}

/// How wide a letter of a label is, on average, in the drawing's unit.
const LETTER: f32 = 6.4;
/// From the middle of a mark to where its label begins.
const GAP: f32 = 11.0;

impl Node {
    /// The room that the node takes: left, top, right, bottom.
    pub(crate) fn room(&self) -> [f32; 4] {
        let width = self.label.chars().count() as f32 * LETTER;
        [self.x - 8.0, self.y - 10.0, self.x + GAP + width + 6.0, self.y + 10.0]
    }
}

/// Draws; `name` is the id of the drawing, `title` and `finding` say what it is and what it shows.
pub(crate) fn draw(
    nodes: &[Node],
    edges: &[Edge],
    name: &str,
    (title, finding): (&str, &str),
) -> Html {
    let room =
        nodes.iter().map(Node::room).fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |all, it| {
            [all[0].min(it[0]), all[1].min(it[1]), all[2].max(it[2]), all[3].max(it[3])]
        });
    let mut html = Html::default();
    html.raw("<svg role=\"group\" aria-labelledby=\"")
        .raw(name)
        .raw("-t ")
        .raw(name)
        .raw("-d\" viewBox=\"");
    let [left, top] = [(room[0] - 6.0).floor(), (room[1] - 6.0).floor()];
    html.tenths(left).raw(" ").tenths(top).raw(" ").tenths((room[2] - left + 6.0).ceil()).raw(" ");
    html.tenths((room[3] - top + 6.0).ceil())
        .raw("\"><title id=\"")
        .raw(name)
        .raw("-t\">")
        .text(title);
    html.raw("</title><desc id=\"").raw(name).raw("-d\">").text(finding).raw("</desc>\n");
    for edge in edges {
        let (a, b) = (&nodes[edge.a], &nodes[edge.b]);
        html.raw("<path class=\"l w")
            .number(edge.weight)
            .raw("\" d=\"M")
            .tenths(a.x.round())
            .raw(" ")
            .tenths(a.y.round());
        html.raw("L").tenths(b.x.round()).raw(" ").tenths(b.y.round()).raw("\"/>");
    }
    for node in nodes {
        draw_node(&mut html, node);
    }
    html.raw("</svg>");
    html
}

fn draw_node(html: &mut Html, node: &Node) {
    let (x, y) = (node.x.round(), node.y.round());
    html.raw("<a").attribute("href", &node.href).raw("><title>").text(&node.title).raw("</title>");
    html.raw("<path class=\"k-")
        .raw(node.kind.name())
        .raw("\" transform=\"translate(")
        .tenths(x)
        .raw(" ")
        .tenths(y);
    html.raw(")\" d=\"")
        .raw(shape(node.kind))
        .raw("\"/><rect class=\"b\" x=\"")
        .tenths(x + GAP - 2.0)
        .raw("\" y=\"");
    let width = node.label.chars().count() as f32 * LETTER;
    html.tenths(y - 8.0)
        .raw("\" width=\"")
        .tenths(width.round() + 2.0)
        .raw("\" height=\"16\"/><text x=\"")
        .tenths(x + GAP)
        .raw("\" y=\"")
        .tenths(y + 4.0);
    html.raw("\">").text(&node.label).raw("</text></a>");
}

/// The shape of a kind, around 0 0: the same as the stylesheet draws.
fn shape(kind: Kind) -> &'static str {
    match kind {
        Kind::Organization => "M-6-6H6V6H-6z",
        Kind::Person => "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0z",
        Kind::Place => "M0-7 7 6H-7z",
        Kind::Event => "M0-7.5 7.5 0 0 7.5-7.5 0z",
        Kind::Agreement => "M-6-6H6v2.5H-6zM-6-1.2H6v2.5H-6zM-6 3.6H6V6H-6z",
    }
}

/// As much of a name as a label has room for.
pub(crate) fn label(name: &str) -> String {
    const LONGEST: usize = 30;
    if name.chars().count() <= LONGEST {
        return name.to_owned();
    }
    let cut: String = name.chars().take(LONGEST - 1).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |it| it.0);
    format!("{cut}…")
}
