//! Readings and sites to the same with no more memory than what comes next needs.

use std::sync::Arc;

use rayon::prelude::*;

use crate::pipeline::annotate::Annotations;
use crate::pipeline::parse::nodes::Nodes;
use crate::pipeline::read::packs::Packs;
use crate::pipeline::search::posting::{Postings, postings};
use crate::pipeline::{Reading, Site};

impl Site {
    /// Gives away the postings, and lets go of most that only pages and datasets are made from: a build holds most while the
    /// index is made.
    pub(super) fn release(&mut self) -> Vec<Arc<Postings>> {
        self.sketches = Vec::new();
        let known = std::mem::take(&mut self.postings).into_par_iter().zip(&self.keys);
        let readings = self.readings.par_iter_mut().zip(known);
        let postings = readings.map(|(reading, known)| {
            let postings = told(reading, known, &self.packs);
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
        let known = self.postings.par_iter().cloned().zip(&self.keys);
        let readings = self.readings.par_iter().zip(known);
        readings.map(|(reading, known)| told(reading, known, &self.packs)).collect()
    }

    /// Lets go of the postings, which `packs` have as well.
    pub fn put_by(&mut self, packs: Packs) {
        self.postings.fill(None);
        self.packs = packs;
    }
}

/// The postings of a reading: held in memory, or read from disk, or made.
fn told(
    reading: &Reading,
    (known, key): (Option<Arc<Postings>>, &blake3::Hash),
    packs: &Packs,
) -> Arc<Postings> {
    let packed = || Some(Arc::new(postings_in(&packs.find(key)?)?));
    known.or_else(packed).unwrap_or_else(|| Arc::new(postings(reading)))
}

/// The postings in the bytes of a [`crate::pipeline::Read`], which begin with them.
fn postings_in(bytes: &[u8]) -> Option<Postings> {
    postcard::take_from_bytes::<Option<Postings>>(bytes).ok()?.0
}

impl Reading {
    /// Lets go of what only its page and the datasets show.
    fn release(&mut self) {
        let Annotations { themes, .. } = std::mem::take(&mut self.annotations);
        self.annotations.themes = themes;
        self.document.blocks = Vec::new();
        self.document.body = Nodes::default();
    }

    /// Gives back the room that its lists have kept for growing: a tenth of what ten thousand readings take.
    pub(super) fn settle(&mut self) {
        let Reading { document, description, annotations } = self;
        document.blocks.shrink_to_fit();
        document.links.shrink_to_fit();
        description.roles.shrink_to_fit();
        annotations.mentions.shrink_to_fit();
        annotations.names.shrink_to_fit();
        annotations.dates.shrink_to_fit();
        annotations.themes.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::bare::{inputs, source};
    use crate::pipeline::{Read, reading};

    #[test]
    fn what_is_packed_can_be_asked_for_its_postings_alone() {
        let text = "A note\n\nIt rained in Oslo. It rains in Oslo and in Bergen.";
        let mut read = reading(&source("a.txt", text), &inputs());
        let bytes = Read::packed;
        assert_eq!(postings_in(&bytes(&read)), None);
        let made = postings(&read.reading);
        let mut names = 0;
        made.each_name(|_, places| names += places.count());
        assert_eq!(names, 3);
        read.postings = Some(Arc::new(made.clone()));
        assert_eq!(postings_in(&bytes(&read)), Some(made));
    }
}
