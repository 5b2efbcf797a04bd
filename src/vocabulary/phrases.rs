//! Sequences of words to values: one automaton over the words of the lexicon, longest match first.
//!
//! Matching by words rather than by bytes makes word boundaries, typography, spelling, hyphen or blank the same question,
//! asked once when the text is cut into tokens; so 100,000 names cost no more time than a thousand.

use rustc_hash::FxHashMap;

use crate::pipeline::words::{Shape, Token, Words};
use crate::vocabulary::lexicon::{Lexicon, WordId};

/// Values by the sequence of words that stands for them.
#[derive(Debug)]
pub struct Phrases<T> {
    /// From a state and a word to the next state.
    edges: FxHashMap<(u32, WordId), u32>,
    /// The value at each state, if a phrase ends there.
    values: Vec<Option<T>>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Phrases { edges: FxHashMap::default(), values: vec![None] }
    }
}

impl<T> Phrases<T> {
    /// Makes room for so many words of phrases.
    pub(crate) fn reserve(&mut self, words: usize) {
        self.edges.reserve(words);
        self.values.reserve(words);
    }

    /// Takes in `phrase` with `value`; the last one given for a phrase counts. Gives its words.
    pub fn add(&mut self, lexicon: &mut Lexicon, phrase: &str, value: T) -> Vec<WordId> {
        let words = split(lexicon, phrase);
        *self.at_mut(&words) = Some(value);
        words
    }

    /// The place for the value of `words`.
    pub fn at_mut(&mut self, words: &[WordId]) -> &mut Option<T> {
        let mut state = 0;
        for &word in words {
            let next = self.values.len() as u32;
            state = *self.edges.entry((state, word)).or_insert(next);
            if state == next {
                self.values.push(None);
            }
        }
        &mut self.values[state as usize]
    }

    /// The value of exactly these words.
    pub fn get(&self, words: &[WordId]) -> Option<&T> {
        let step = |state: u32, word: &WordId| self.edges.get(&(state, *word)).copied();
        self.values[words.iter().try_fold(0, step)? as usize].as_ref()
    }

    /// The words with which phrases begin.
    pub fn first_words(&self) -> Vec<WordId> {
        let mut words: Vec<_> = self.edges.keys().filter(|it| it.0 == 0).map(|it| it.1).collect();
        words.sort_unstable();
        words
    }

    /// The phrases that begin at token `at`, the shortest first: where each ends (exclusive), and its value.
    ///
    /// Hyphens count as blanks; a dot behind an abbreviation is passed over. The last word may be a plural.
    pub fn matches<'p>(
        &'p self,
        words: &Words<'_>,
        at: usize,
        end: usize,
        mut found: impl FnMut(usize, &'p T),
    ) {
        let mut state = 0;
        let mut token = at;
        while token < end {
            let word = words.tokens[token].word;
            if word == WordId::UNKNOWN {
                if token > at && passes(words, token) {
                    token += 1;
                    continue;
                }
                return;
            }
            if let Some(value) = words
                .lexicon
                .singular(word)
                .and_then(|it| self.edges.get(&(state, it)))
                .and_then(|it| self.values[*it as usize].as_ref())
            {
                found(token + 1, value);
            }
            let Some(&next) = self.edges.get(&(state, word)) else { return };
            state = next;
            token += 1;
            if let Some(value) = &self.values[state as usize] {
                found(token, value);
            }
        }
    }

    /// The longest phrase that begins at token `at` and ends before `end`.
    pub fn longest<'p>(
        &'p self,
        words: &Words<'_>,
        at: usize,
        end: usize,
    ) -> Option<(usize, &'p T)> {
        let mut best = None;
        self.matches(words, at, end, |end, value| best = Some((end, value)));
        best
    }
}

/// Whether a name or phrase goes on behind token `at`: hyphens, the dot of an abbreviation, possessive before a head.
fn passes(words: &Words<'_>, at: usize) -> bool {
    let shape = words.shape(at);
    let dot = words.is_mark(at, b'.') && shape.is(Shape::GLUED) && words.abbreviates(at - 1);
    dot || shape.is(Shape::HYPHEN | Shape::POSSESSIVE)
        || words.is_mark(at, b',')
        || words.is_mark(at, b'&')
}

/// The words of a phrase as the tokens of a text would have them; takes in those that are new.
pub fn split(lexicon: &mut Lexicon, phrase: &str) -> Vec<WordId> {
    let tokens = crate::pipeline::words::tokens_of(phrase, lexicon);
    tokens.iter().map(|it| word_of(lexicon, phrase, it)).collect()
}

/// The word of a token of `phrase`, taken in if it is new.
pub(crate) fn word_of(lexicon: &mut Lexicon, phrase: &str, token: &Token) -> WordId {
    match token.word {
        WordId::UNKNOWN => lexicon.add(&phrase[token.start as usize..token.end as usize]).0,
        known => known,
    }
}
