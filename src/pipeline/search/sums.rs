//! Terms to sums that are others as soon as anything is another: what a file would be made of is known to be the same by looking at
//! these, rather than by walking through millions of places.

use serde::{Deserialize, Serialize};

use crate::pipeline::search::batch::{Batch, Listed};

/// What stands for the places of a term, and what for its documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sums {
    #[serde(with = "postcard::fixint::le")]
    pub(crate) places: u64,
    #[serde(with = "postcard::fixint::le")]
    pub(crate) documents: u64,
}

/// Any number with as many ones as zeros and no order in them.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// A sum with a number more: both halves of a product, for the lower one alone would not see the highest bits of its factors.
fn with(sum: u64, number: u64) -> u64 {
    let product = u128::from(sum ^ number ^ SPREAD) * u128::from(SPREAD.rotate_left(29));
    (product as u64) ^ ((product >> 64) as u64)
}

fn with_bytes(sum: u64, bytes: &[u8]) -> u64 {
    let number = |part: &[u8]| {
        let mut whole = [0; 8];
        whole[..part.len()].copy_from_slice(part);
        u64::from_le_bytes(whole)
    };
    let begun = with(sum.rotate_left(7), bytes.len() as u64);
    bytes.chunks(8).fold(begun, |sum, part| with(sum.rotate_left(7), number(part)))
}

impl Sums {
    /// For each of `terms` the sums of what `batch` says of it: documents by their numbers in the batch, places with all that they are
    /// coded by.
    pub(crate) fn of(batch: &Batch, terms: &Listed) -> Vec<Sums> {
        let sums = terms.terms().map(|(_, it)| {
            batch.documents(it.at).fold(Sums::default(), |sums, it| Sums {
                places: with_bytes(with(sums.places, u64::from(it.length)), it.bytes),
                documents: with(
                    sums.documents,
                    u64::from(it.document - batch.first) << 8 | u64::from(it.worth),
                ),
            })
        });
        sums.collect()
    }

    /// Adds what the next batch, whose first document has this number, says of the same term.
    pub(crate) fn add(&mut self, next: Sums, first: u32) {
        self.places = with(self.places.rotate_left(7), next.places);
        self.documents =
            with(with(self.documents.rotate_left(7), u64::from(first)), next.documents);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bit_more_or_less_is_another_sum() {
        let bytes: Vec<u8> = (1..41_u8).map(|it| it.wrapping_mul(37)).collect();
        let mut sums = std::collections::BTreeSet::new();
        for bit in 0..bytes.len() * 8 {
            let mut other = bytes.clone();
            other[bit / 8] ^= 1 << (bit % 8);
            assert!(sums.insert(with_bytes(1, &other)), "bit {bit}");
        }
        assert!((0..=40).all(|it| sums.insert(with_bytes(1, &bytes[..it]))));
        assert!((1..9).all(|it| sums.insert(with_bytes(1, &vec![0; it]))));
    }

    #[test]
    fn the_order_of_batches_matters() {
        let [a, b] = [1, 2].map(|it| Sums { places: it, documents: it });
        let sum = |all: &[(Sums, u32)]| {
            all.iter().fold(Sums::default(), |mut sum, it| {
                sum.add(it.0, it.1);
                sum
            })
        };
        assert_ne!(sum(&[(a, 0), (b, 0)]), sum(&[(b, 0), (a, 0)]));
        let moved = [sum(&[(a, 0), (b, 10)]), sum(&[(a, 0), (b, 11)])];
        assert_eq!(moved[0].places, moved[1].places);
        assert_ne!(moved[0].documents, moved[1].documents);
    }
}
