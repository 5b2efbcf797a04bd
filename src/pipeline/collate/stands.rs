//! Entities of names to the places of each entity, in the order of documents.

use std::sync::Arc;

use crate::pipeline::collate::outline::Outline;
use crate::pipeline::collate::texts::TextId;
use crate::pipeline::collate::{DocumentIndex, EntityIndex};

/// A mention of an entity.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stand {
    pub(crate) document: DocumentIndex,
    /// Its place among the document's mentions.
    pub(crate) at: u16,
    /// How it is written, if it counts.
    pub(crate) form: Option<TextId>,
}

/// Where each entity stands: one list for all, in which each has a run of its own, by document and position.
pub(crate) struct Stands {
    begins: Vec<u32>,
    all: Vec<Stand>,
}

impl Stands {
    pub(crate) fn new(
        of_name: &[Vec<Option<EntityIndex>>],
        entities: usize,
        outlines: &[Arc<Outline>],
    ) -> Stands {
        let mut begins = vec![0; entities + 1];
        for (names, outline) in of_name.iter().zip(outlines) {
            for mention in &outline.mentions {
                if let Some(entity) = names[usize::from(mention.name)] {
                    begins[entity.0 as usize + 1] += 1;
                }
            }
        }
        for at in 0..entities {
            begins[at + 1] += begins[at];
        }
        let none = Stand { document: DocumentIndex(0), at: 0, form: None };
        let mut stands = Stands { all: vec![none; begins[entities] as usize], begins };
        stands.fill(of_name, outlines);
        stands
    }

    fn fill(&mut self, of_name: &[Vec<Option<EntityIndex>>], outlines: &[Arc<Outline>]) {
        let mut next = self.begins.clone();
        for ((document, names), outline) in (0u32..).map(DocumentIndex).zip(of_name).zip(outlines) {
            let published = |name: u16| names[usize::from(name)].is_some();
            for (at, mention) in (0u16..).zip(&outline.mentions) {
                let Some(entity) = names[usize::from(mention.name)] else { continue };
                let counted = outline.counted(usize::from(at), published);
                let place = &mut next[entity.0 as usize];
                let form = counted.then_some(mention.form);
                self.all[*place as usize] = Stand { document, at, form };
                *place += 1;
            }
        }
    }

    pub(crate) fn of(&self, entity: usize) -> &[Stand] {
        &self.all[self.begins[entity] as usize..self.begins[entity + 1] as usize]
    }
}
