//! What the formats have in common: the body that they make.

use std::ops::Range;

use super::{Block, BlockKind, BlockTag, LinkRef, Node};
use crate::pipeline::read::OffsetMap;

/// What a format makes of its text; offsets lead to the text of the source, not yet to the file.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) text: String,
    pub(super) origin: OffsetMap,
    pub(super) blocks: Vec<Block>,
    pub(super) nodes: Vec<Node>,
    pub(super) links: Vec<LinkRef>,
    /// Links that would run a program.
    pub(super) refused: Vec<Range<usize>>,
    paragraphs: u32,
}

impl Body {
    /// The number of a new paragraph.
    pub(super) fn next_paragraph(&mut self) -> u32 {
        self.paragraphs += 1;
        self.paragraphs
    }

    /// Adds a block that is one run of text.
    pub(super) fn push_block(&mut self, kind: BlockKind, tag: BlockTag, range: &Range<usize>) {
        let paragraph = if kind == BlockKind::Paragraph { self.next_paragraph() } else { 0 };
        let (start, end) = (range.start as u32, range.end as u32);
        self.nodes.push(Node::OpenBlock(self.blocks.len() as u32, tag));
        self.nodes.push(Node::Text(start, end));
        self.nodes.push(Node::CloseBlock(tag));
        self.blocks.push(Block { kind, start, end, paragraph });
    }
}
