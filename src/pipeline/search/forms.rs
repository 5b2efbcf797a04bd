//! Words to numbers: every form stands once, one behind the other in one string of bytes, and is found by a table over it.

use std::hash::Hasher;

use hashbrown::HashTable;
use rustc_hash::FxHasher;

/// Forms that were seen, numbered from 0 as they came.
#[derive(Debug, Default)]
pub(crate) struct Forms {
    bytes: Vec<u8>,
    /// Where each ends.
    ends: Vec<u32>,
    by_form: HashTable<u32>,
}

impl Forms {
    /// Room for `count` forms of usual length.
    pub(crate) fn with_capacity(count: usize) -> Self {
        Forms {
            bytes: Vec::with_capacity(count * 8),
            ends: Vec::with_capacity(count),
            by_form: HashTable::with_capacity(count),
        }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The form of this number.
    pub(crate) fn form(&self, number: u32) -> &[u8] {
        form(&self.bytes, &self.ends, number)
    }

    /// The number of a form: the next one if it was not seen before.
    pub(crate) fn number(&mut self, wanted: &[u8]) -> u32 {
        let Forms { bytes, ends, by_form } = self;
        let hash = hash(wanted);
        if let Some(number) = by_form.find(hash, |it| form(bytes, ends, *it) == wanted) {
            return *number;
        }
        let number = ends.len() as u32;
        bytes.extend_from_slice(wanted);
        ends.push(bytes.len() as u32);
        *by_form.insert_unique(hash, number, |it| self::hash(form(bytes, ends, *it))).get()
    }

    /// All numbers, ascending by the bytes of their forms.
    pub(crate) fn sorted(&self) -> Vec<u32> {
        let beginning = |number| (beginning(self.form(number)), number);
        let mut sorted: Vec<(u64, u32)> = (0..self.len() as u32).map(beginning).collect();
        // Most forms are told apart by a number in a register, without a look at themselves.
        sorted.sort_unstable_by_key(|it| it.0);
        for same in sorted.chunk_by_mut(|a, b| a.0 == b.0).filter(|it| it.len() > 1) {
            same.sort_unstable_by_key(|it| self.form(it.1));
        }
        sorted.into_iter().map(|it| it.1).collect()
    }
}

fn form<'a>(bytes: &'a [u8], ends: &[u32], number: u32) -> &'a [u8] {
    let start = number.checked_sub(1).map_or(0, |it| ends[it as usize]);
    &bytes[start as usize..ends[number as usize] as usize]
}

fn hash(form: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(form);
    hasher.finish()
}

/// The first eight bytes as a number that sorts as they do.
fn beginning(form: &[u8]) -> u64 {
    let mut first = [0; 8];
    let length = form.len().min(8);
    first[..length].copy_from_slice(&form[..length]);
    u64::from_be_bytes(first)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop, proptest};

    use super::Forms;

    proptest! {
        #[test]
        fn a_form_has_one_number_and_sorting_is_by_bytes(
            given in prop::collection::vec("[a-c]{1,12}|\\PC{1,4}", 0..60),
        ) {
            let mut forms = Forms::default();
            let numbers: Vec<u32> = given.iter().map(|it| forms.number(it.as_bytes())).collect();
            for (form, number) in given.iter().zip(&numbers) {
                assert_eq!(forms.form(*number), form.as_bytes());
                assert_eq!(forms.number(form.as_bytes()), *number);
            }
            let sorted = forms.sorted();
            let mut expected = given;
            expected.sort_unstable();
            expected.dedup();
            let sorted: Vec<&[u8]> = sorted.iter().map(|it| forms.form(*it)).collect();
            assert_eq!(sorted, expected.iter().map(String::as_bytes).collect::<Vec<_>>());
        }
    }
}
