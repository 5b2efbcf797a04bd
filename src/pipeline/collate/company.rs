//! Those named together with an entity, and the passages that name both, in two lists for all of them.

use std::ops::Deref;

use crate::pipeline::collate::{DocumentIndex, EntityIndex};

/// A passage: a document and the number of a paragraph.
pub type Passage = (DocumentIndex, u32);

/// Those named together with an entity, most shared documents first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Company {
    all: Box<[Together]>,
    passages: Box<[Passage]>,
}

/// An entity that is named in the same documents as another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Together {
    /// The other entity.
    pub entity: EntityIndex,
    /// How many documents name both.
    pub documents: u32,
    /// How many sentences name both.
    pub sentences: u32,
    /// Behind its last passage.
    end: u16,
    /// How many passages it has.
    count: u16,
}

impl Company {
    /// The first passages that name `one` of them too: document and paragraph number.
    pub fn passages(&self, one: &Together) -> &[Passage] {
        let end = usize::from(one.end);
        &self.passages[end - usize::from(one.count)..end]
    }
}

impl Deref for Company {
    type Target = [Together];

    fn deref(&self) -> &[Together] {
        &self.all
    }
}

impl<P: IntoIterator<Item = Passage>> FromIterator<(EntityIndex, (u32, u32), P)> for Company {
    /// Of entities with the numbers of documents and sentences that they share, and the first passages.
    fn from_iter<I: IntoIterator<Item = (EntityIndex, (u32, u32), P)>>(others: I) -> Self {
        let (mut all, mut passages) = (Vec::new(), Vec::new());
        for (entity, (documents, sentences), own) in others {
            let begin = passages.len();
            passages.extend(own);
            let (end, count) = (passages.len() as u16, (passages.len() - begin) as u16);
            all.push(Together { entity, documents, sentences, end, count });
        }
        Company { all: all.into(), passages: passages.into() }
    }
}
