//! Entities of names to the places of each entity, in the order of documents.

use std::sync::Arc;

use crate::pipeline::collate::EntityIndex;
use crate::pipeline::collate::outline::Outline;
use crate::pipeline::collate::rows::Rows;
use crate::pipeline::collate::texts::TextId;

/// A mention of an entity.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Stand {
    pub(crate) document: u32,
    /// Its place among the document's mentions.
    pub(crate) at: u16,
    /// How it is written, if it counts.
    pub(crate) form: Option<TextId>,
}

/// Where each entity stands, by document and position.
pub(crate) struct Stands(Rows<Stand>);

impl Stands {
    pub(crate) fn new(
        of_name: &Rows<Option<EntityIndex>>,
        entities: usize,
        outlines: &[Arc<Outline>],
    ) -> Stands {
        let documents = (0u32..).zip(of_name.rows()).zip(outlines);
        let stands = documents.flat_map(|((document, names), outline)| {
            let mentions = (0u16..).zip(&outline.mentions);
            mentions.filter_map(move |(at, mention)| {
                let entity = names[usize::from(mention.name)]?;
                let published = |name: u16| names[usize::from(name)].is_some();
                let counted = outline.counted(usize::from(at), published);
                let form = mention.form.filter(|_| counted);
                Some((entity.0, Stand { document, at, form }))
            })
        });
        Stands(Rows::sorted(entities, stands))
    }

    pub(crate) fn of(&self, entity: usize) -> &[Stand] {
        self.0.row(entity)
    }
}
