//! Runs of text with the names in them.

use super::Encoder;
use crate::pipeline::parse::{BlockKind, Node};
use crate::pipeline::render::marks::{Mark, within};

impl Encoder<'_> {
    /// Writes a run of text: this piece and those that follow it without anything but a line end between.
    pub(super) fn text(&mut self, start: u32, mut end: u32, nodes: &[Node]) -> usize {
        let mut taken = 1;
        loop {
            match &nodes[taken..] {
                [Node::Text(next, last), ..] if *next == end => (end, taken) = (*last, taken + 1),
                [Node::SoftBreak, Node::Text(next, last), ..] if *next == end + 1 => {
                    (end, taken) = (*last, taken + 2);
                }
                _ => break,
            }
        }
        let in_heading = self.block.is_some_and(|it| matches!(it.kind, BlockKind::Heading(..)));
        let marks = std::mem::take(&mut self.marks);
        let mut done = start;
        for mark in if in_heading { &[] } else { within(&marks, start, end) } {
            let before = self.slice(done, mark.start);
            self.out().text(before);
            self.mark(*mark);
            done = mark.end;
        }
        self.marks = marks;
        let rest = self.slice(done, end);
        self.out().text(rest);
        taken
    }

    fn mark(&mut self, mark: Mark) {
        let entity = self.from.edition.name(mark.entity);
        let first = self.seen.insert(mark.entity) && self.in_link == 0;
        if let Some(block) = self.block {
            self.body
                .first
                .entry(mark.entity)
                .or_insert_with(|| ["p", itoa::Buffer::new().format(block.paragraph)].concat());
        }
        let text = self.slice(mark.start, mark.end);
        if first {
            let href = self.from.to_entity(mark.entity);
            let out = self.out();
            out.raw("<a class=\"e\"").attribute("data-e", entity.id).attribute("href", &href);
            out.raw(">").text(text).raw("</a>");
        } else {
            self.out()
                .raw("<span class=\"m\"")
                .attribute("data-e", entity.id)
                .raw(">")
                .text(text)
                .raw("</span>");
        }
    }
}
