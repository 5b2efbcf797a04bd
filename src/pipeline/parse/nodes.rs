//! The steps of a body to few bytes and back: they are many, wait long, and are looked at once.

use serde::{Deserialize, Serialize};

use crate::pipeline::parse::Node;

/// The steps of a body, in the bytes that stand for them on disk too: a fourth of their own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nodes(#[serde(with = "crate::memo::bytes")] Box<[u8]>);

impl From<&[Node]> for Nodes {
    fn from(nodes: &[Node]) -> Self {
        Nodes(postcard::to_stdvec(nodes).expect("nodes are plain data").into())
    }
}

impl Nodes {
    /// All of them, in order.
    pub fn all(&self) -> Vec<Node> {
        if self.0.is_empty() {
            return Vec::new();
        }
        postcard::from_bytes(&self.0).expect("these bytes were made of nodes")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::parse::{BlockTag, Container, Inline, Markup};

    #[test]
    fn nodes_come_back_as_they_were() {
        let nodes = [
            Node::Open(Container::Numbered(70_000)),
            Node::OpenBlock(300, BlockTag::Heading(2)),
            Node::Text(5, 90_000),
            Node::OpenInline(Inline::Link(3)),
            Node::Html(Box::new(Markup("<b>é</b>".into()))),
            Node::CloseInline(Inline::Link(3)),
            Node::CloseBlock(BlockTag::Heading(2)),
        ];
        assert_eq!(Nodes::from(&nodes[..]).all(), nodes);
        assert_eq!((Nodes::default().all(), Nodes::from(&[][..]).all()), (Vec::new(), Vec::new()));
    }
}
