//! Words to their stems, by which it is told whether a line and the text speak of the same.

use std::ops::Range;

use rustc_hash::{FxBuildHasher, FxHashSet};

use crate::pipeline::describe::page::Page;
use crate::pipeline::words::Shape;
use crate::vocabulary::lexicon::list;

/// How many tokens of the text are asked for the words of a headline.
const TEXT: usize = 200;

/// The first letters of a word without its ending as one number, by which words of one stem are alike.
type Stem = u64;

/// How many letters.
const LETTERS: usize = 5;

/// The stems of some words.
#[derive(Debug, Default)]
pub(super) struct Stems(FxHashSet<Stem>);

impl Stems {
    /// Of the first paragraphs.
    pub(super) fn of_text(page: Page<'_>) -> Stems {
        let prose = (page.body..page.document.blocks.len()).flat_map(|it| page.tokens(it));
        let mut all = FxHashSet::with_capacity_and_hasher(TEXT, FxBuildHasher);
        all.extend(stems(page, prose.take(TEXT)));
        Stems(all)
    }

    /// Of the file's name.
    pub(super) fn of_name(page: Page<'_>) -> Stems {
        let id: &str = &page.document.id;
        let name = id.rsplit('/').next().unwrap_or(id);
        Stems(name.split(|it: char| !it.is_alphanumeric()).map(stem).collect())
    }

    /// How many of the telling words in `tokens` are among these, and how many there are.
    pub(super) fn shared(&self, page: Page<'_>, tokens: Range<usize>) -> (usize, usize) {
        stems(page, tokens)
            .fold((0, 0), |(shared, all), it| (shared + usize::from(self.0.contains(&it)), all + 1))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The stems of the words among `tokens` that say something.
fn stems(page: Page<'_>, tokens: impl Iterator<Item = usize>) -> impl Iterator<Item = Stem> {
    let telling = move |it: &usize| {
        let surface = page.words.surface(*it);
        page.words.shape(*it).is(Shape::WORD | Shape::MIXED | Shape::NUMBER)
            && surface.len() > 2
            && !page.words.listed(*it, list::STOP)
    };
    tokens.filter(telling).map(move |it| stem(page.words.surface(it)))
}

/// Endings that words of one stem differ in.
const ENDINGS: &[&str] = &["ing", "ied", "ies", "ed", "es", "s", "y", "e"];

/// What is left of a word without its ending, at most five letters.
fn stem(word: &str) -> Stem {
    let word = word.as_bytes();
    let cut = |ending: &&str| {
        let (rest, end) = word.split_at_checked(word.len().checked_sub(ending.len())?)?;
        end.eq_ignore_ascii_case(ending.as_bytes()).then_some(rest)
    };
    let last = word.last().map(u8::to_ascii_lowercase);
    let may_end = matches!(last, Some(b'g' | b'd' | b's' | b'y' | b'e'));
    let bare = may_end.then(|| ENDINGS.iter().find_map(cut)).flatten();
    let bare = bare.filter(|it| it.len() > 2).unwrap_or(word);
    let letters = bare.iter().take(LETTERS).map(u8::to_ascii_lowercase);
    letters.fold(0, |stem, it| stem << 8 | u64::from(it))
}
