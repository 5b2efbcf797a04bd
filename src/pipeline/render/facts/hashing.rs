//! Values to an answer, each so that it cannot be taken for what stands beside it, and an answer to a hash.

use crate::memo::ledger::{self, Key};
use crate::pipeline::calendar::PartialDate;

/// All that a hash is made of. There are a hundred thousand answers, most of them short: a hasher for each, of two kilobytes that are made
/// and moved, would cost more than hashing.
#[derive(Debug, Default)]
pub(super) struct Answer(Vec<u8>);

impl Answer {
    pub(super) fn new() -> Answer {
        Answer::default()
    }

    pub(super) fn add(&mut self, bytes: &[u8]) -> &mut Answer {
        self.0.extend_from_slice(bytes);
        self
    }

    pub(super) fn key(&self) -> Key {
        ledger::key(&self.0)
    }

    pub(super) fn short(&self) -> u64 {
        u64::from_le_bytes(self.key()[..8].try_into().expect("a key has 16 bytes"))
    }
}

pub(super) fn text(answer: &mut Answer, text: &str) {
    number(answer, text.len());
    answer.add(text.as_bytes());
}

pub(super) fn texts(answer: &mut Answer, all: &[String]) {
    number(answer, all.len());
    all.iter().for_each(|it| text(answer, it));
}

pub(super) fn number(answer: &mut Answer, number: usize) {
    answer.add(&(number as u64).to_le_bytes());
}

pub(super) fn a_year(answer: &mut Answer, year: Option<i16>) {
    number(answer, year.map_or(usize::MAX, |it| usize::from(it.cast_unsigned())));
}

pub(super) fn date(answer: &mut Answer, date: Option<PartialDate>) {
    let part = |it: Option<u8>| it.map_or(0, usize::from);
    number(answer, usize::from(date.is_some()));
    if let Some(it) = date {
        a_year(answer, it.year);
        number(answer, part(it.month));
        number(answer, part(it.day));
    }
}
