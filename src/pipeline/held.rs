//! Readings and sites to the same with no more memory than what comes next needs.

use std::sync::Arc;

use rayon::prelude::*;

use crate::pipeline::annotate::Annotations;
use crate::pipeline::search::posting::{Postings, postings};
use crate::pipeline::{Reading, Site};

impl Site {
    /// Gives away the postings, and lets go of most that only pages and datasets are made from: a build holds most while the
    /// index is made.
    pub(super) fn release(&mut self) -> Vec<Arc<Postings>> {
        self.sketches = Vec::new();
        let known = std::mem::take(&mut self.postings);
        let readings = self.readings.par_iter_mut().zip(known);
        let postings = readings.map(|(reading, known)| {
            let postings = told(reading, known);
            Arc::get_mut(reading).into_iter().for_each(Reading::release);
            postings
        });
        let postings = postings.collect();
        // A preview may still show it.
        if let Some(collection) = Arc::get_mut(&mut self.collection) {
            collection.release();
        }
        postings
    }

    /// Where each word stands, for each of the readings.
    pub fn postings(&self) -> Vec<Arc<Postings>> {
        let readings = self.readings.par_iter().zip(self.postings.par_iter().cloned());
        readings.map(|(reading, known)| told(reading, known)).collect()
    }
}

/// The postings of a reading, made if nobody has.
fn told(reading: &Reading, known: Option<Arc<Postings>>) -> Arc<Postings> {
    known.unwrap_or_else(|| Arc::new(postings(reading)))
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
