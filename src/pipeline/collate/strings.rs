//! Strings to numbers: every string stands once, one behind the other in one text, and is found by a table over it.

use std::hash::Hasher;

use hashbrown::HashTable;
use rustc_hash::FxHasher;

/// Strings that were seen, numbered from 0 as they came.
#[derive(Debug, Default)]
pub(crate) struct Strings {
    letters: String,
    /// Where each ends.
    ends: Vec<u32>,
    /// Half of a string's hash, so that a larger table is filled without reading the strings; and its number.
    numbers: HashTable<(u32, u32)>,
}

impl Strings {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The string of this number.
    pub(crate) fn text(&self, number: u32) -> &str {
        text(&self.letters, &self.ends, number)
    }

    /// The number of a string, if it was seen.
    pub(crate) fn find(&self, wanted: &str) -> Option<u32> {
        let half = half(wanted);
        let same = |it: &(u32, u32)| it.0 == half && self.text(it.1) == wanted;
        self.numbers.find(spread(half), same).map(|it| it.1)
    }

    /// The number of a string: the next one if it was not seen before.
    pub(crate) fn number(&mut self, wanted: &str) -> u32 {
        let Strings { letters, ends, numbers } = self;
        let half = half(wanted);
        let same = |it: &(u32, u32)| it.0 == half && text(letters, ends, it.1) == wanted;
        if let Some(known) = numbers.find(spread(half), same) {
            return known.1;
        }
        let number = ends.len() as u32;
        letters.push_str(wanted);
        ends.push(u32::try_from(letters.len()).expect("names have less than four gigabytes"));
        numbers.insert_unique(spread(half), (half, number), |it| spread(it.0));
        number
    }
}

fn text<'a>(letters: &'a str, ends: &[u32], number: u32) -> &'a str {
    let start = number.checked_sub(1).map_or(0, |it| ends[it as usize]);
    &letters[start as usize..ends[number as usize] as usize]
}

fn half(text: &str) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    (hasher.finish() >> 32) as u32
}

/// The table looks at the lowest bits and at the highest.
fn spread(half: u32) -> u64 {
    u64::from(half).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[cfg(test)]
mod tests {
    use super::Strings;

    #[test]
    fn a_string_has_one_number() {
        let mut strings = Strings::default();
        let all = ["", "Oslo", "the Oslo", "os", "lo"];
        let numbers: Vec<u32> = all.iter().map(|it| strings.number(it)).collect();
        assert_eq!(numbers, [0, 1, 2, 3, 4]);
        assert!(all.iter().zip(numbers).all(|it| strings.text(it.1) == *it.0));
        assert!(all.iter().all(|it| strings.find(it) == Some(strings.number(it))));
        assert_eq!((strings.find("Bergen"), strings.len()), (None, 5));
        let many: Vec<String> = (0..5000).map(|it| format!("name {it}")).collect();
        let numbers: Vec<u32> = many.iter().map(|it| strings.number(it)).collect();
        assert_eq!(numbers[4999], 5004);
        assert!(many.iter().all(|it| strings.find(it).map(|at| strings.text(at)) == Some(it)));
    }
}
