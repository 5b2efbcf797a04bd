//! Text to tokens, byte by byte, and where sentences begin.

use crate::pipeline::parse::{BlockKind, Document};
use crate::pipeline::words::class::{Class, class, class_at, letter_at};
use crate::pipeline::words::extent::{possessive_end, word_end};
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
