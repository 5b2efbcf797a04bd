//! Values to a hash, each so that it cannot be taken for what stands beside it.

use blake3::Hasher;

use crate::pipeline::calendar::PartialDate;

pub(super) fn text(hasher: &mut Hasher, text: &str) {
    number(hasher, text.len());
    hasher.update(text.as_bytes());
}

pub(super) fn texts(hasher: &mut Hasher, all: &[String]) {
    number(hasher, all.len());
    all.iter().for_each(|it| text(hasher, it));
}

pub(super) fn number(hasher: &mut Hasher, number: usize) {
    hasher.update(&(number as u64).to_le_bytes());
}

pub(super) fn a_year(hasher: &mut Hasher, year: Option<i16>) {
    number(hasher, year.map_or(usize::MAX, |it| usize::from(it.cast_unsigned())));
}

pub(super) fn date(hasher: &mut Hasher, date: Option<PartialDate>) {
    let part = |it: Option<u8>| it.map_or(0, usize::from);
    number(hasher, usize::from(date.is_some()));
    if let Some(it) = date {
        a_year(hasher, it.year);
        number(hasher, part(it.month));
        number(hasher, part(it.day));
    }
}

pub(super) fn sum_of(kind: &str, id: &str) -> Hasher {
    let mut hasher = Hasher::new();
    text(&mut hasher, kind);
    text(&mut hasher, id);
    hasher
}

pub(super) fn short(hasher: &Hasher) -> u64 {
    u64::from_le_bytes(hasher.finalize().as_bytes()[..8].try_into().expect("a hash has 32 bytes"))
}
