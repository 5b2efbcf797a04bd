//! The first letter of a word to where the word ends, and how it is written.

use crate::pipeline::words::Shape;
use crate::pipeline::words::class::{ASCII, Class, class, class_at, letter_at};

/// Where the word or number at `at` ends, and how it is written.
pub(super) fn word_end(text: &str, at: usize) -> (usize, Shape) {
    if let Some(end) = dotted_end(text, at) {
        return (end, Shape::WORD | Shape::CAPITAL | Shape::DOTTED | Shape::ALL_CAPITALS);
    }
    if let Some(word) = plain_end(text, at) {
        return word;
    }
    let mut letters = Letters::default();
    let mut end = at;
    while let Some((letter, next)) = letter_at(text, end) {
        match class(letter) {
            Class::Letter => letters.letter(letter),
            Class::Digit => letters.digits += 1,
            Class::Apostrophe if joins(text, end, next) => {}
            _ => break,
        }
        end = next;
    }
    (end, letters.shape())
}

/// Where a word of small letters behind at most one capital ends, all of ASCII, as most words are.
fn plain_end(text: &str, at: usize) -> Option<(usize, Shape)> {
    let bytes = text.as_bytes();
    let capital = bytes[at].is_ascii_uppercase();
    let small = at + usize::from(capital);
    let rest = bytes[small..].iter().take_while(|it| it.is_ascii_lowercase()).count();
    let end = small + rest;
    let goes_on = bytes.get(end).is_some_and(|it| {
        !it.is_ascii()
            || matches!(ASCII[usize::from(*it)], Class::Letter | Class::Digit | Class::Apostrophe)
    });
    let shape = if capital { Shape::WORD | Shape::CAPITAL } else { Shape::WORD };
    (end > at && !goes_on).then_some((end, shape))
}

/// Whether the apostrophe at `at` is inside a word ("O'Brien", "d'Ivoire", "don't"), not the start of a possessive.
fn joins(text: &str, at: usize, next: usize) -> bool {
    let Some((first, behind)) = letter_at(text, next) else { return false };
    let possessive = matches!(first, 's' | 'S')
        && class_at(text, behind).is_none_or(|it| !matches!(it, Class::Letter | Class::Digit));
    class(first) == Class::Letter && !possessive && at > 0
}

/// Where an acronym with dots ends: two or more single capitals, each with a dot.
fn dotted_end(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut end = at;
    while end + 1 < bytes.len() && bytes[end].is_ascii_uppercase() && bytes[end + 1] == b'.' {
        end += 2;
    }
    // "U.S" without its last dot.
    if end > at
        && end < bytes.len()
        && bytes[end].is_ascii_uppercase()
        && class_at(text, end + 1).is_none_or(|it| !matches!(it, Class::Letter | Class::Digit))
    {
        end += 1;
    }
    (end >= at + 3).then_some(end)
}

/// Where the ending of a possessive at `at` ends, if it is one.
pub(super) fn possessive_end(text: &str, at: usize) -> (usize, Shape) {
    let next = letter_at(text, at).map_or(at + 1, |it| it.1);
    let behind = |end: usize| {
        class_at(text, end).is_none_or(|it| !matches!(it, Class::Letter | Class::Digit))
    };
    if matches!(text.as_bytes().get(next), Some(b's' | b'S')) && behind(next + 1) {
        return (next + 1, Shape::POSSESSIVE);
    }
    // "China' s": a stray blank that web pages have.
    if text[next..].starts_with(" s")
        && behind(next + 2)
        && text[..at].ends_with(|it: char| it.is_alphabetic())
    {
        return (next + 2, Shape::POSSESSIVE);
    }
    let after_s =
        matches!(text.as_bytes().get(at.wrapping_sub(1)), Some(b's' | b'S')) && behind(next);
    (next, if after_s { Shape::POSSESSIVE } else { Shape::default() })
}

/// What is counted in a word to know its shape.
#[derive(Default)]
struct Letters {
    count: u32,
    capitals: u32,
    digits: u32,
    first_capital: bool,
    inner_capital: bool,
    last_small: bool,
}

impl Letters {
    fn letter(&mut self, letter: char) {
        let capital = letter.is_uppercase();
        if self.count == 0 && self.digits == 0 {
            self.first_capital = capital;
        }
        self.inner_capital |= capital && self.last_small;
        self.last_small = !capital;
        self.count += 1;
        self.capitals += u32::from(capital);
    }

    fn shape(&self) -> Shape {
        if self.count == 0 {
            return Shape::NUMBER;
        }
        let mut shape = Shape::WORD;
        let mut set = |when: bool, bit: Shape| {
            if when {
                shape |= bit;
            }
        };
        set(self.first_capital, Shape::CAPITAL);
        set(self.capitals == self.count && self.count > 1, Shape::ALL_CAPITALS);
        set(self.inner_capital, Shape::INNER_CAPITAL);
        set(self.digits > 0, Shape::MIXED);
        shape
    }
}
