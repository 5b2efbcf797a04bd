//! Readings and sites to the same with no more memory than what comes next needs.

use std::sync::Arc;

use rayon::prelude::*;

use crate::pipeline::annotate::Annotations;
use crate::pipeline::search::posting::Postings;
use crate::pipeline::{Reading, Site};

impl Site {
    /// Gives away the postings, and lets go of most that only pages and datasets are made from: a build holds most while the
    /// index is made.
    pub(super) fn release(&mut self) -> Vec<Arc<Postings>> {
        self.sketches = Vec::new();
        self.readings.par_iter_mut().filter_map(Arc::get_mut).for_each(Reading::release);
        // A preview may still show it.
        if let Some(collection) = Arc::get_mut(&mut self.collection) {
            collection.release();
        }
        std::mem::take(&mut self.postings)
    }
}

impl Reading {
    /// Lets go of what only its page and the datasets show.
    fn release(&mut self) {
        let Annotations { themes, .. } = std::mem::take(&mut self.annotations);
        self.annotations.themes = themes;
        self.document.blocks = Vec::new();
        self.document.body = Vec::new();
    }

    /// Gives back the room that its lists have kept for growing: a tenth of what ten thousand readings take.
    pub(super) fn settle(&mut self) {
        let Reading { document, description, annotations } = self;
        document.blocks.shrink_to_fit();
        document.body.shrink_to_fit();
        document.links.shrink_to_fit();
        description.roles.shrink_to_fit();
        annotations.mentions.shrink_to_fit();
        annotations.names.shrink_to_fit();
        annotations.dates.shrink_to_fit();
        annotations.themes.shrink_to_fit();
    }
}
