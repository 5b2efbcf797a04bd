//! Footnotes and the references to them: numbered in the order of the references, set behind the text.

use rustc_hash::FxHashMap;

use super::Builder;
use crate::pipeline::parse::{Container, Node};

/// The footnotes so far. A note may stand before the first reference to it, so numbers are given at the end; until then
/// each note goes by the order in which its label first came up.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    by_label: FxHashMap<String, u32>,
    /// How many references there are to each.
    references: Vec<u32>,
    /// Those with references, in the order of the first.
    order: Vec<u32>,
    /// What is in them.
    bodies: Vec<(u32, Vec<Node>)>,
    /// Where the nodes of those that are open begin.
    open: Vec<usize>,
}

impl Footnotes {
    fn note(&mut self, label: &str) -> u32 {
        let next = self.references.len() as u32;
        let note = *self.by_label.entry(label.to_owned()).or_insert(next);
        if note == next {
            self.references.push(0);
        }
        note
    }

    /// Numbers the notes and sets them behind the text `nodes`.
    pub(super) fn append_to(mut self, nodes: &mut Vec<Node>) {
        let mut numbers = vec![0; self.references.len()];
        let unused = (0..).zip(&self.references).filter(|it| *it.1 == 0).map(|it| it.0);
        for (number, note) in (1..).zip(self.order.iter().copied().chain(unused)) {
            numbers[note as usize] = number;
        }
        self.bodies.sort_by_key(|it| numbers[it.0 as usize]);
        for (note, body) in self.bodies {
            let footnote = Container::Footnote(note, self.references[note as usize]);
            nodes.push(Node::Open(footnote.clone()));
            nodes.extend(body);
            nodes.push(Node::Close(footnote));
        }
        for node in nodes {
            if let Node::FootnoteReference(note, _)
            | Node::Open(Container::Footnote(note, _))
            | Node::Close(Container::Footnote(note, _)) = node
            {
                *note = numbers[*note as usize];
            }
        }
    }
}

impl Builder<'_> {
    pub(super) fn start_footnote(&mut self, label: &str) {
        self.close_block();
        let note = self.footnotes.note(label);
        self.footnotes.open.push(self.body.nodes.len());
        self.enter(Container::Footnote(note, 0), None);
    }

    pub(super) fn end_footnote(&mut self) {
        let Some(Container::Footnote(note, _)) = self.leave() else { return };
        let start = self.footnotes.open.pop().expect("a footnote that ends has begun");
        let nodes = self.body.nodes.split_off(start);
        self.footnotes.bodies.push((note, nodes));
    }

    pub(super) fn footnote_reference(&mut self, label: &str) {
        let note = self.footnotes.note(label);
        let count = &mut self.footnotes.references[note as usize];
        *count += 1;
        let node = Node::FootnoteReference(note, *count);
        if *count == 1 {
            self.footnotes.order.push(note);
        }
        self.within_block(node);
    }
}
