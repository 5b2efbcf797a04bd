//! Nodes and edges to places: forces first, then room for every label. No chance in it: the same input gives the same picture.

use crate::pipeline::render::drawing::{Edge, Node};

const ROUNDS: usize = 300;
/// How far apart joined nodes want to be.
const REACH: f32 = 120.0;
/// A drawing is wider than it is high, as screens are.
const FLATTEN: f32 = 0.62;

/// Moves the nodes to where they belong. The first node is the weightiest and stays near the middle.
pub(crate) fn arrange(nodes: &mut [Node], edges: &[Edge]) {
    for (at, node) in nodes.iter_mut().enumerate() {
        // The golden angle spreads any number of points evenly.
        let (angle, radius) = (at as f32 * 2.399_963, 46.0 * (at as f32).sqrt());
        (node.x, node.y) = (angle.cos() * radius, angle.sin() * radius * FLATTEN);
    }
    for round in 0..ROUNDS {
        let heat = 12.0 * (1.0 - round as f32 / ROUNDS as f32) + 0.5;
        let forces = forces(nodes, edges);
        for (node, (x, y)) in nodes.iter_mut().zip(forces) {
            let length = (x * x + y * y).sqrt().max(0.01);
            let step = length.min(heat) / length;
            node.x += x * step;
            node.y += y * step;
        }
    }
    // Labels are wide: stretch before making room, and less will have to move.
    for node in nodes.iter_mut() {
        node.x *= 1.7;
    }
    make_room(nodes);
}

fn forces(nodes: &[Node], edges: &[Edge]) -> Vec<(f32, f32)> {
    let mut forces: Vec<(f32, f32)> =
        nodes.iter().map(|it| (it.x * -0.02, it.y * -0.035)).collect();
    for a in 0..nodes.len() {
        for b in a + 1..nodes.len() {
            let (x, y) = (nodes[a].x - nodes[b].x, nodes[a].y - nodes[b].y);
            let square = (x * x + y * y).max(1.0);
            let push = REACH * 38.0 / square;
            let (x, y) = (x / square.sqrt() * push, y / square.sqrt() * push);
            add(&mut forces, a, (x, y));
            add(&mut forces, b, (-x, -y));
        }
    }
    for edge in edges {
        let (x, y) = (nodes[edge.b].x - nodes[edge.a].x, nodes[edge.b].y - nodes[edge.a].y);
        let length = (x * x + y * y).sqrt().max(0.1);
        let pull = (length - REACH) * 0.006 * f32::from(edge.weight) / length;
        add(&mut forces, edge.a, (x * pull, y * pull));
        add(&mut forces, edge.b, (-x * pull, -y * pull));
    }
    forces
}

fn add(forces: &mut [(f32, f32)], at: usize, (x, y): (f32, f32)) {
    forces[at].0 += x;
    forces[at].1 += y;
}

/// Pushes apart what overlaps, along the shorter way, until nothing does.
pub(crate) fn make_room(nodes: &mut [Node]) {
    for _ in 0..2000 {
        let mut moved = false;
        for a in 0..nodes.len() {
            for b in a + 1..nodes.len() {
                moved |= part(nodes, a, b);
            }
        }
        if !moved {
            return;
        }
    }
}

fn part(nodes: &mut [Node], a: usize, b: usize) -> bool {
    let (one, two) = (nodes[a].room(), nodes[b].room());
    let across = one[2].min(two[2]) - one[0].max(two[0]);
    let down = one[3].min(two[3]) - one[1].max(two[1]);
    if across <= 0.0 || down <= 0.0 {
        return false;
    }
    if down <= across {
        let step = down / 2.0 + 0.25;
        let sign = if nodes[a].y >= nodes[b].y { 1.0 } else { -1.0 };
        nodes[a].y += sign * step;
        nodes[b].y -= sign * step;
    } else {
        let step = across / 2.0 + 0.25;
        let sign = if nodes[a].x >= nodes[b].x { 1.0 } else { -1.0 };
        nodes[a].x += sign * step;
        nodes[b].x -= sign * step;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::arrange;
    use crate::pipeline::render::drawing::{Edge, Node};
    use crate::vocabulary::Kind;

    #[test]
    fn no_label_stands_on_another_and_the_picture_is_always_the_same() {
        let node = |at: usize| Node {
            x: 0.0,
            y: 0.0,
            label: "a name of some length".chars().take(5 + at % 16).collect(),
            title: String::new(),
            href: String::new(),
            kind: Kind::Person,
        };
        let mut nodes: Vec<Node> = (0..40).map(node).collect();
        let edges: Vec<Edge> =
            (1..40).map(|b| Edge { a: b / 3, b, weight: 1 + (b % 3) as u8 }).collect();
        let mut again = nodes.clone();
        arrange(&mut nodes, &edges);
        arrange(&mut again, &edges);
        assert_eq!(nodes, again);
        for (at, a) in nodes.iter().enumerate() {
            for b in &nodes[at + 1..] {
                let (one, two) = (a.room(), b.room());
                let apart =
                    one[2] <= two[0] || two[2] <= one[0] || one[3] <= two[1] || two[3] <= one[1];
                assert!(apart, "{one:?} {two:?}");
            }
        }
    }
}
