//! Text to tokens, byte by byte, and where sentences begin.

use crate::pipeline::parse::{BlockKind, Document};
use crate::pipeline::words::{Shape, Token, Words};
use crate::vocabulary::lexicon::{Lexicon, WordId, list};

/// Cuts `document` into tokens and sentences.
pub(super) fn scan<'a>(document: &'a Document, lexicon: &'a Lexicon) -> Words<'a> {
    let capacity = document.text.len() / 5 + 8;
    let words = Words {
        text: &document.text,
        lexicon,
        tokens: Vec::with_capacity(capacity),
        sentences: Vec::with_capacity(capacity / 16),
        blocks: Vec::with_capacity(document.blocks.len() + 1),
    };
    let mut scan = Scan { words };
    for block in &document.blocks {
        let first = scan.words.tokens.len();
        scan.words.blocks.push(first as u32);
        if block.kind != BlockKind::Code {
            scan.tokens(block.range());
            scan.sentences(first);
        }
    }
    scan.words.blocks.push(scan.words.tokens.len() as u32);
    scan.words
}

/// The words and numbers of a short text.
pub(super) fn pieces(text: &str, lexicon: &Lexicon) -> Vec<Token> {
    let tokens = Vec::with_capacity(8);
    let words = Words { text, lexicon, tokens, sentences: Vec::new(), blocks: Vec::new() };
    let mut scan = Scan { words };
    scan.tokens(0..text.len());
    scan.words.tokens.retain(|it| it.shape.is(Shape::WORD | Shape::NUMBER));
    scan.words.tokens
}

struct Scan<'a> {
    words: Words<'a>,
}

/// What a character does in a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Blank,
    Line,
    Apostrophe,
    Hyphen,
    Mark,
}

/// What each character of ASCII does.
const ASCII: [Class; 128] = {
    let mut classes = [Class::Mark; 128];
    let mut at = 0;
    while at < classes.len() {
        classes[at] = match at as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b' ' | b'\t' | b'\r' | 0x0c => Class::Blank,
            b'\n' => Class::Line,
            b'\'' => Class::Apostrophe,
            b'-' => Class::Hyphen,
            _ => Class::Mark,
        };
        at += 1;
    }
    classes
};

fn class(letter: char) -> Class {
    ASCII.get(letter as usize).copied().unwrap_or_else(|| class_beyond_ascii(letter))
}

fn class_beyond_ascii(letter: char) -> Class {
    match letter {
        '\u{a0}' | '\u{200b}' | '\u{feff}' | '\u{ad}' => Class::Blank,
        '\u{2019}' | '\u{2018}' => Class::Apostrophe,
        '\u{2010}' | '\u{2011}' => Class::Hyphen,
        other if other.is_alphabetic() || unicode_normalization::char::is_combining_mark(other) => {
            Class::Letter
        }
        other if other.is_numeric() => Class::Digit,
        other if other.is_whitespace() => Class::Blank,
        _ => Class::Mark,
    }
}

/// The character at byte `at`, and where the next begins.
fn letter_at(text: &str, at: usize) -> Option<(char, usize)> {
    let byte = *text.as_bytes().get(at)?;
    if byte < 0x80 {
        return Some((byte as char, at + 1));
    }
    let letter = text[at..].chars().next()?;
    Some((letter, at + letter.len_utf8()))
}

fn class_at(text: &str, at: usize) -> Option<Class> {
    letter_at(text, at).map(|(letter, _)| class(letter))
}

impl Scan<'_> {
    /// Takes in the tokens of a block.
    fn tokens(&mut self, range: std::ops::Range<usize>) {
        let text = &self.words.text[..range.end];
        let mut at = range.start;
        let mut before = Shape::LINE_START;
        while let Some((letter, next)) = letter_at(text, at) {
            at = match class(letter) {
                Class::Blank => {
                    before = Shape(before.0 & !Shape::GLUED.0);
                    next
                }
                Class::Line => {
                    before = Shape::LINE_START;
                    next
                }
                kind => {
                    let end = self.token(text, at, kind, before);
                    before = Shape::GLUED;
                    end
                }
            };
        }
    }

    /// Takes in the token that begins at `at`; gives where it ends.
    fn token(&mut self, text: &str, at: usize, kind: Class, before: Shape) -> usize {
        let glued = before.is(Shape::GLUED);
        let (end, shape) = match kind {
            Class::Letter | Class::Digit => word_end(text, at),
            Class::Apostrophe if glued => possessive_end(text, at),
            Class::Hyphen => (letter_at(text, at).map_or(at + 1, |it| it.1), Shape::HYPHEN),
            _ => (letter_at(text, at).map_or(at + 1, |it| it.1), Shape::default()),
        };
        let mut end = end;
        let mut word = WordId::UNKNOWN;
        if shape.is(Shape::WORD | Shape::NUMBER) {
            let surface = &text[at..end];
            word = match shape {
                // There is nothing to fold in most words.
                Shape::WORD if surface.is_ascii() => self.words.lexicon.find(surface),
                _ => self.words.lexicon.find_written(surface),
            };
            if self.words.lexicon.facts(word).is(list::PREFIX) {
                (word, end) = self.hyphenated(text, at, end).unwrap_or((word, end));
            }
        }
        self.words.tokens.push(Token {
            start: at as u32,
            end: end as u32,
            word,
            shape: shape | before,
        });
        end
    }

    /// The word that `at..end`, a hyphen and what follows are another spelling of.
    fn hyphenated(&self, text: &str, at: usize, end: usize) -> Option<(WordId, usize)> {
        let (hyphen, next) = letter_at(text, end)?;
        if class(hyphen) != Class::Hyphen || class_at(text, next)? != Class::Letter {
            return None;
        }
        let (last, _) = word_end(text, next);
        let word = self.words.lexicon.find_written(&text[at..last]);
        (word != WordId::UNKNOWN).then_some((word, last))
    }

    /// Marks where sentences begin among the tokens from `first` on.
    fn sentences(&mut self, first: usize) {
        let mut begins = true;
        for at in first..self.words.tokens.len() {
            if begins && self.may_begin(at) {
                self.words.sentences.push(at as u32);
                self.words.tokens[at].shape |= Shape::FIRST;
                begins = false;
            } else if begins && self.words.shape(at).is(Shape::WORD | Shape::NUMBER) {
                begins = false;
            }
            begins |= self.ends_sentence(at);
        }
    }

    /// Whether a sentence can begin with token `at`: not with a small letter or closing punctuation.
    fn may_begin(&self, at: usize) -> bool {
        let shape = self.words.shape(at);
        let opens = matches!(
            self.words.surface(at),
            "\"" | "“" | "‘" | "'" | "(" | "[" | "«" | "•" | "–" | "—" | "-"
        );
        let first = self.words.sentences.last().is_none_or(|&it| (it as usize) < at)
            && self.is_block_start(at);
        first
            || shape.is(Shape::CAPITAL | Shape::NUMBER | Shape::MIXED)
            || (opens && !shape.is(Shape::GLUED))
    }

    fn is_block_start(&self, at: usize) -> bool {
        self.words.blocks.last() == Some(&(at as u32))
    }

    fn ends_sentence(&self, at: usize) -> bool {
        let shape = self.words.shape(at);
        if shape.is(Shape::WORD | Shape::NUMBER) {
            // A dotted acronym ends a sentence only before a function word with a capital.
            return shape.is(Shape::DOTTED)
                && self.words.listed(at + 1, list::STOP)
                && self.words.shape(at + 1).is(Shape::CAPITAL);
        }
        match self.words.surface(at) {
            "!" | "?" | "…" => true,
            "." => {
                let inside = self.words.tokens.get(at + 1).is_some_and(|it| {
                    it.shape.is(Shape::GLUED) && it.shape.is(Shape::WORD | Shape::NUMBER)
                });
                let glued = shape.is(Shape::GLUED);
                let abbreviates = glued && at > 0 && self.words.abbreviates(at - 1);
                !inside && !abbreviates
            }
            _ => false,
        }
    }
}

/// Where the word or number at `at` ends, and how it is written.
fn word_end(text: &str, at: usize) -> (usize, Shape) {
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
fn possessive_end(text: &str, at: usize) -> (usize, Shape) {
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
