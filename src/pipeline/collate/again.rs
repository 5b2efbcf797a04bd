//! Readings to outlines, remembered from one collation to the next with what that one came to.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashMap;

use crate::diagnostic::Outcome;
use crate::pipeline::Reading;
use crate::pipeline::collate::entities::{Body, Order};
use crate::pipeline::collate::outline::Outline;
use crate::pipeline::collate::remembered::Remembered;
use crate::pipeline::collate::stands::Stands;
use crate::pipeline::collate::texts::Texts;
use crate::pipeline::collate::{Collection, DocumentIndex, Entry, together};
use crate::vocabulary::Vocabulary;

/// Outlines of readings, remembered from one collation to the next.
#[derive(Debug, Default)]
pub struct Outlines(Mutex<Known>);

/// How long what collating works out is remembered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Lasting {
    /// Until the next collation.
    #[default]
    ToTheNext,
    /// Until it has been made use of.
    ToItsUse,
}

/// What is remembered.
#[derive(Debug, Default)]
pub(crate) struct Known {
    lasting: Lasting,
    /// The vocabulary that they were made with.
    fingerprint: [u8; 32],
    pub(crate) texts: Texts,
    pub(crate) order: Order,
    pub(crate) bodies: Remembered<Arc<Body>>,
    pub(crate) stands: Stands,
    pub(crate) together: together::Known,
    /// What the last collation came to.
    pub(crate) last: Option<Last>,
    /// How many outlines were ever made.
    made: u64,
    /// By where the reading is in memory; it stays there for as long as it is held here.
    outlines: FxHashMap<usize, (Arc<Reading>, Arc<Outline>)>,
}

/// A collation, and all that it followed from.
#[derive(Debug)]
pub(crate) struct Last {
    outlines: Vec<Arc<Outline>>,
    backlinks: Vec<Vec<DocumentIndex>>,
    found: Outcome<Arc<Collection>>,
}

impl Last {
    /// What it knew of each document.
    pub(crate) fn documents(&self) -> &[Entry] {
        &self.found.value.documents
    }
}

impl Outlines {
    /// What is remembered, for one collation.
    pub(crate) fn lock(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says that nobody will collate again: what has been made use of is let go of at once.
    pub fn never_again(&self) {
        self.lock().lasting = Lasting::ToItsUse;
    }
}

impl Known {
    /// The outlines of `readings`, of which only those are made that the last collation did not have.
    pub(crate) fn of(
        &mut self,
        readings: &[Arc<Reading>],
        vocabulary: &Vocabulary,
    ) -> Vec<Arc<Outline>> {
        if self.fingerprint != vocabulary.fingerprint {
            let (lasting, fingerprint) = (self.lasting, vocabulary.fingerprint);
            *self = Known { lasting, fingerprint, ..Known::default() };
        }
        let mut before = std::mem::take(&mut self.outlines);
        let last = self.last.as_ref().map_or(&[][..], |it| &it.outlines);
        let outline = |(at, reading): (usize, &Arc<Reading>)| {
            let known = before.remove(&place(reading)).map(|it| it.1);
            known.unwrap_or_else(|| {
                self.made += 1;
                let new = Outline::of(reading, self.made, &mut self.texts, vocabulary);
                let same = last.get(at).filter(|it| it.tells_as(&new));
                same.map_or_else(|| Arc::new(new), Arc::clone)
            })
        };
        let outlines: Vec<_> = readings.iter().enumerate().map(outline).collect();
        self.texts.settle(vocabulary);
        let held = readings.iter().zip(&outlines);
        self.outlines =
            held.map(|it| (place(it.0), (Arc::clone(it.0), Arc::clone(it.1)))).collect();
        outlines
    }

    /// What the last collation came to, if it followed from just these.
    pub(crate) fn again(
        &self,
        outlines: &[Arc<Outline>],
        backlinks: &[Vec<DocumentIndex>],
    ) -> Option<Outcome<Arc<Collection>>> {
        let last = self.last.as_ref()?;
        let same = |it: (&Arc<Outline>, &Arc<Outline>)| Arc::ptr_eq(it.0, it.1);
        let is_same = last.outlines.len() == outlines.len()
            && last.outlines.iter().zip(outlines).all(same)
            && last.backlinks == backlinks;
        is_same.then(|| last.found.clone())
    }

    /// What `make` comes to, remembered with what it follows from.
    pub(crate) fn anew(
        &mut self,
        (outlines, backlinks): (Vec<Arc<Outline>>, Vec<Vec<DocumentIndex>>),
        make: impl FnOnce(&mut Known, Vec<Arc<Outline>>, Vec<Vec<DocumentIndex>>) -> Outcome<Collection>,
    ) -> Outcome<Arc<Collection>> {
        let lasts = self.lasting == Lasting::ToTheNext;
        let from = lasts.then(|| (outlines.clone(), backlinks.clone()));
        let Outcome { value, diagnostics } = make(self, outlines, backlinks);
        let found = Outcome { value: Arc::new(value), diagnostics };
        self.last =
            from.map(|(outlines, backlinks)| Last { outlines, backlinks, found: found.clone() });
        found
    }

    /// Lets go of texts, outlines and what was made of them, if nobody will collate again.
    pub(crate) fn used_names(&mut self) {
        if self.lasting == Lasting::ToItsUse {
            self.texts = Texts::default();
            self.bodies = Remembered::default();
            self.order = Order::default();
            self.stands = Stands::default();
            self.outlines = FxHashMap::default();
        }
    }

    /// Lets go of all else, if nobody will collate again.
    pub(crate) fn used(&mut self) {
        if self.lasting == Lasting::ToItsUse {
            *self = Known::default();
        }
    }
}

fn place(reading: &Arc<Reading>) -> usize {
    Arc::as_ptr(reading).addr()
}
