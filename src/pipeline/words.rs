//! Reading text to tokens: words with all that the lexicon says of them, and sentences.

mod class;
mod extent;
pub(crate) mod one_line;
mod scan;

use std::ops::Range;

use crate::pipeline::parse::Document;
use crate::vocabulary::lexicon::{Facts, Lexicon, WordId, list};

/// A word, a number or a mark of punctuation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it begins in the text.
    pub start: u32,
    /// Where it ends in the text.
    pub end: u32,
    /// Which word of the lexicon it is; [`WordId::UNKNOWN`] if the lexicon lacks it.
    pub word: WordId,
    /// How it is written and where it stands.
    pub shape: Shape,
}

/// How a token is written and where it stands, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shape(pub u16);

impl Shape {
    /// Letters, perhaps with digits.
    pub const WORD: Shape = Shape(1);
    /// Begins with a capital letter.
    pub const CAPITAL: Shape = Shape(1 << 1);
    /// Two or more letters, all capitals.
    pub const ALL_CAPITALS: Shape = Shape(1 << 2);
    /// A capital behind a small letter, as in `eBay`.
    pub const INNER_CAPITAL: Shape = Shape(1 << 3);
    /// Digits only.
    pub const NUMBER: Shape = Shape(1 << 4);
    /// Letters with dots: "U.S."
    pub const DOTTED: Shape = Shape(1 << 5);
    /// No blank before it.
    pub const GLUED: Shape = Shape(1 << 6);
    /// First of a sentence.
    pub const FIRST: Shape = Shape(1 << 7);
    /// First of a line.
    pub const LINE_START: Shape = Shape(1 << 8);
    /// A hyphen between two words, or at the end of the first.
    pub const HYPHEN: Shape = Shape(1 << 9);
    /// The ending of a possessive: `'s`, or `'` behind an s.
    pub const POSSESSIVE: Shape = Shape(1 << 10);
    /// Digits and letters mixed: "21st", "G20", "COVID-19" is not.
    pub const MIXED: Shape = Shape(1 << 11);

    /// Whether any bit of `other` is set.
    pub fn is(self, other: Shape) -> bool {
        self.0 & other.0 != 0
    }
}

impl std::ops::BitOr for Shape {
    type Output = Shape;
    fn bitor(self, other: Shape) -> Shape {
        Shape(self.0 | other.0)
    }
}

impl std::ops::BitOrAssign for Shape {
    fn bitor_assign(&mut self, other: Shape) {
        self.0 |= other.0;
    }
}

/// The tokens of a document.
#[derive(Debug)]
pub struct Words<'a> {
    /// The reading text.
    pub text: &'a str,
    /// The table that the tokens' words are in.
    pub lexicon: &'a Lexicon,
    /// In order, those of code left out.
    pub tokens: Vec<Token>,
    /// Where sentences begin: indexes into `tokens`, ascending.
    pub sentences: Vec<u32>,
    /// Where blocks begin: `blocks[i]` is the first token of block `i` of the document; one more than there are blocks.
    pub blocks: Vec<u32>,
}

/// Cuts the reading text of `document` into tokens and sentences.
pub fn words<'a>(document: &'a Document, lexicon: &'a Lexicon) -> Words<'a> {
    scan::scan(document, lexicon)
}

/// The words of a short text such as a name, as tokens would have them: hyphens, dots and possessive endings left out.
pub(crate) fn pieces(text: &str, lexicon: &Lexicon) -> Vec<String> {
    let written = |it: &Token| text[it.start as usize..it.end as usize].to_owned();
    tokens_of(text, lexicon).iter().map(written).collect()
}

/// The same as tokens.
pub(crate) fn tokens_of(text: &str, lexicon: &Lexicon) -> Vec<Token> {
    scan::pieces(text, lexicon)
}

impl<'a> Words<'a> {
    /// How token `at` is written.
    pub fn surface(&self, at: usize) -> &'a str {
        let token = self.tokens[at];
        &self.text[token.start as usize..token.end as usize]
    }

    /// The text from the first to the last of `tokens` (exclusive).
    pub fn slice(&self, tokens: Range<usize>) -> &'a str {
        if tokens.is_empty() {
            return "";
        }
        &self.text
            [self.tokens[tokens.start].start as usize..self.tokens[tokens.end - 1].end as usize]
    }

    /// What the lists say of token `at`; nothing behind the last token.
    pub fn facts(&self, at: usize) -> Facts {
        self.tokens.get(at).map_or(Facts::default(), |it| self.lexicon.facts(it.word))
    }

    /// How token `at` is written and stands; nothing behind the last token.
    pub fn shape(&self, at: usize) -> Shape {
        self.tokens.get(at).map_or(Shape::default(), |it| it.shape)
    }

    /// Whether token `at` is this one byte of punctuation.
    pub fn is_mark(&self, at: usize, mark: u8) -> bool {
        self.tokens.get(at).is_some_and(|it| {
            it.end == it.start + 1 && self.text.as_bytes()[it.start as usize] == mark
        })
    }

    /// Whether token `at` is the word `folded` (lower case, no accents).
    #[inline]
    pub fn is_word(&self, at: usize, folded: &str) -> bool {
        // Most are told by their length, without a look at the text.
        let length = self.tokens.get(at).map(|it| (it.end - it.start) as usize);
        length == Some(folded.len()) && self.surface(at).eq_ignore_ascii_case(folded)
    }

    /// Token `at` where it is a mark of punctuation or the ending of a possessive; nothing else, and nothing behind the last.
    pub fn mark(&self, at: usize) -> &'a str {
        let is_mark = |it: &Token| !it.shape.is(Shape::WORD | Shape::NUMBER);
        if self.tokens.get(at).is_some_and(is_mark) { self.surface(at) } else { "" }
    }

    /// The tokens of block `block` of the document.
    pub fn block(&self, block: usize) -> Range<usize> {
        self.blocks[block] as usize..self.blocks[block + 1] as usize
    }

    /// The block that token `at` is in.
    pub fn block_of(&self, at: usize) -> usize {
        self.blocks.partition_point(|&it| it as usize <= at).saturating_sub(1)
    }

    /// The tokens of the sentence that token `at` is in.
    pub fn sentence(&self, at: usize) -> Range<usize> {
        let behind = self.sentences.partition_point(|&it| it as usize <= at);
        let start = behind.checked_sub(1).map_or(0, |it| self.sentences[it] as usize);
        let end = self.sentences.get(behind).map_or(self.tokens.len(), |&it| it as usize);
        start..end
    }

    /// The first token that begins at or behind byte `offset` of the text.
    pub fn at(&self, offset: usize) -> usize {
        self.tokens.partition_point(|it| (it.start as usize) < offset)
    }

    /// Whether the word of token `at` stands in any of `lists`.
    pub fn listed(&self, at: usize, lists: u64) -> bool {
        self.facts(at).is(lists)
    }

    /// Whether a final dot behind token `at` ends no sentence: "Mr.", "J.", "U.S."
    pub fn abbreviates(&self, at: usize) -> bool {
        let letters = self.tokens[at].end - self.tokens[at].start;
        let initial = letters == 1 && self.shape(at).is(Shape::CAPITAL);
        initial || self.listed(at, list::ABBREVIATION)
    }
}
