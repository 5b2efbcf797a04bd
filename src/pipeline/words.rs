//! Reading text to tokens: words with all that the lexicon says of them, and sentences.

use crate::vocabulary::lexicon::WordId;

/// A word, a number or a mark of punctuation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it begins in the text.
    pub start: u32,
    /// Where it ends in the text.
    pub end: u32,
    /// Which word of the lexicon it is, folded (case, accents, typography, spelling); [`WordId::UNKNOWN`] if the lexicon lacks it.
    pub word: WordId,
    /// How it is written and where it stands.
    pub shape: Shape,
}

/// How a token is written and where it stands, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shape(pub u16);

/// The tokens of a document.
#[derive(Debug, Default)]
pub struct Words {
    /// In order; possessive endings (`'s`, `’`) are tokens of their own.
    pub tokens: Vec<Token>,
    /// Where sentences begin: indexes into `tokens`, ascending, the first is 0.
    pub sentences: Vec<u32>,
    /// Where blocks begin: `blocks[i]` is the first token of block `i` of the document; one more than there are blocks.
    pub blocks: Vec<u32>,
}
