//! Tokens of one block to the pieces that dates are made of: day, month, year, count.

use crate::pipeline::words::{Shape, Words};
use crate::vocabulary::lexicon::Facts;

/// The tokens of one block: no expression reaches beyond it.
#[derive(Clone, Copy)]
pub(super) struct Scope<'w> {
    pub(super) words: &'w Words<'w>,
    /// The first token.
    pub(super) start: usize,
    /// Behind the last token.
    pub(super) end: usize,
}

/// Years that a number may be taken for when it stands in a date.
const YEARS: std::ops::RangeInclusive<u32> = 1000..=2199;

impl<'w> Scope<'w> {
    /// What the lists say of token `at`; nothing outside the block.
    pub(super) fn facts(&self, at: usize) -> Option<Facts> {
        (self.start..self.end).contains(&at).then(|| self.words.facts(at))
    }

    pub(super) fn listed(&self, at: usize, lists: u64) -> bool {
        self.facts(at).is_some_and(|it| it.is(lists))
    }

    /// How token `at` is written; nothing outside the block.
    pub(super) fn surface(&self, at: usize) -> &'w str {
        if (self.start..self.end).contains(&at) { self.words.surface(at) } else { "" }
    }

    pub(super) fn is(&self, at: usize, word: &str) -> bool {
        (self.start..self.end).contains(&at) && self.words.is_word(at, word)
    }

    pub(super) fn any(&self, at: usize, words: &[&str]) -> bool {
        let surface = self.surface(at);
        words.iter().any(|it| surface.eq_ignore_ascii_case(it))
    }

    /// Whether the token before `at` is one of `words`.
    pub(super) fn follows(&self, at: usize, words: &[&str]) -> bool {
        at > self.start && self.any(at - 1, words)
    }

    pub(super) fn shape(&self, at: usize) -> Shape {
        if (self.start..self.end).contains(&at) { self.words.shape(at) } else { Shape::default() }
    }

    /// Whether token `at` stands without a blank behind the one before it.
    pub(super) fn glued(&self, at: usize) -> bool {
        self.shape(at).is(Shape::GLUED)
    }

    pub(super) fn dash(&self, at: usize) -> bool {
        (self.start..self.end).contains(&at)
            && matches!(self.words.mark(at), "-" | "–" | "—" | "\u{2010}" | "\u{2011}" | "\u{2212}")
    }

    /// The number that token `at` is in figures.
    pub(super) fn figures(&self, at: usize) -> Option<u32> {
        let surface = self.surface(at);
        let short = surface.len() <= 4 && self.shape(at).is(Shape::NUMBER);
        if short { surface.parse().ok() } else { None }
    }

    /// Whether the figures at `at` are the end of a longer number: "10,000", "5.19", "12:30", "19 %".
    pub(super) fn runs_on(&self, at: usize) -> bool {
        let joint = self.surface(at + 1);
        if joint == "%" {
            return true;
        }
        let joined = self.glued(at + 1) && self.glued(at + 2);
        match joint {
            ":" | "." => joined && self.shape(at + 2).is(Shape::NUMBER),
            "," => {
                joined && self.shape(at + 2).is(Shape::NUMBER) && self.surface(at + 2).len() == 3
            }
            _ => false,
        }
    }

    /// The month that token `at` names, and what comes behind it and its dot.
    pub(super) fn month(&self, at: usize) -> Option<(u8, usize)> {
        if !(self.start..self.end).contains(&at) {
            return None;
        }
        let month = Some(self.words.facts(at).month).filter(|it| *it > 0)?;
        let dot = self.abbreviated_month(at) && self.surface(at + 1) == "." && self.glued(at + 1);
        Some((month, at + 1 + usize::from(dot)))
    }

    /// Whether the month at `at` is written short: "Nov", "Sept".
    pub(super) fn abbreviated_month(&self, at: usize) -> bool {
        self.surface(at).len() <= 4 && !self.any(at, &["may", "june", "july"])
    }

    /// The day of a month at `at` ("19", "19th", "19 th", "first" before "of"), and what comes behind it.
    pub(super) fn day(&self, at: usize) -> Option<(u8, usize)> {
        let surface = self.surface(at);
        if self.shape(at).is(Shape::NUMBER) {
            let day = surface.parse().ok().filter(|it| surface.len() <= 2 && is_day(*it))?;
            let ending = self.any(at + 1, &["st", "nd", "rd", "th"]);
            return (!self.runs_on(at)).then_some((day, at + 1 + usize::from(ending)));
        }
        if self.shape(at).is(Shape::MIXED) {
            let ordinal = ordinal(surface).and_then(|it| u8::try_from(it).ok())?;
            return is_day(ordinal).then_some((ordinal, at + 1));
        }
        let in_words = self.is(at + 1, "of") && !surface.is_empty();
        let ordinal = if in_words { self.words.facts(at).ordinal } else { 0 };
        is_day(ordinal).then_some((ordinal, at + 1))
    }

    /// The year in figures at `at` ("2019", "'98"), and what comes behind it.
    pub(super) fn year(&self, at: usize) -> Option<(i16, usize)> {
        if let Some(number) = self.figures(at).filter(|it| YEARS.contains(it)) {
            let whole = self.surface(at).len() == 4 && !self.runs_on(at);
            return i16::try_from(number).ok().filter(|_| whole).map(|it| (it, at + 1));
        }
        if !matches!(self.surface(at), "'" | "’" | "‘") || !self.glued(at + 1) {
            return None;
        }
        let short = self.figures(at + 1).filter(|_| self.surface(at + 1).len() == 2)?;
        Some((of_two_figures(short), at + 2))
    }

    /// The count that ends right before token `at`: where it begins and what it is, `None` for "several".
    pub(super) fn count_before(&self, at: usize) -> Option<(usize, Option<i32>)> {
        let last = at.checked_sub(1).filter(|it| *it >= self.start)?;
        match self.surface(last) {
            "]" | "-" => {
                return self
                    .count_before(last)
                    .map(|(start, count)| (start.max(self.start), count));
            }
            _ => {}
        }
        if self.any(last, &["several", "few", "some", "many"]) {
            let article = self.follows(last, &["a"]);
            return Some((last - usize::from(article), None));
        }
        if self.is(last, "of") && self.follows(last, &["couple"]) {
            let article = self.follows(last - 1, &["a"]);
            return Some((last - 1 - usize::from(article), Some(2)));
        }
        if let Some(count) = self.figures(last) {
            let part = self.glued(last) && last > self.start && !self.follows(last, &["(", "["]);
            return (!part).then(|| (self.opened(last), i32::try_from(count).ok()));
        }
        self.count_in_words(last)
    }

    /// A count in words whose last word is at `last`: "ten", "twenty-five", "a hundred", "a".
    fn count_in_words(&self, last: usize) -> Option<(usize, Option<i32>)> {
        if self.any(last, &["a", "an"]) {
            return Some((last, Some(1)));
        }
        let number = i32::from(self.words.facts(last).number.checked_sub(1)?);
        if self.is(last, "hundred") {
            let before = last.checked_sub(1).filter(|it| *it >= self.start)?;
            let times = self.words.facts(before).number.checked_sub(1).map_or(1, i32::from);
            return Some((before, Some(100 * times)));
        }
        let joint = last.checked_sub(1).filter(|it| self.dash(*it)).unwrap_or(last);
        let tens = joint.checked_sub(1).filter(|it| *it >= self.start);
        let tens = tens.map(|it| (it, i32::from(self.words.facts(it).number) - 1));
        match tens.filter(|(_, it)| number < 10 && (20..100).contains(it) && it % 10 == 0) {
            Some((start, tens)) => Some((start, Some(tens + number))),
            None => Some((self.opened(last), Some(number))),
        }
    }

    /// The bracket before `at`, if an editor put the count into one: "[Ten] years ago".
    fn opened(&self, at: usize) -> usize {
        at - usize::from(
            at > self.start && self.surface(at - 1) == "[" && self.surface(at + 1) == "]",
        )
    }

    /// The unit of time that token `at` names, singular or plural, by its place in `UNITS` from 1.
    pub(super) fn unit(&self, at: usize) -> Option<u8> {
        if !(self.start..self.end).contains(&at) {
            return None;
        }
        let (words, word) = (self.words, self.words.tokens[at].word);
        let of = |word| Some(words.lexicon.facts(word).unit).filter(|it| *it > 0);
        of(word).or_else(|| words.lexicon.singular(word).and_then(of))
    }

    /// Whether token `at` is a capitalised word.
    pub(super) fn capital(&self, at: usize) -> bool {
        self.shape(at).is(Shape::CAPITAL)
    }
}

fn is_day(day: u8) -> bool {
    (1..=31).contains(&day)
}

/// The number in front of "st", "nd", "rd", "th".
pub(super) fn ordinal(surface: &str) -> Option<u32> {
    let figures = surface.len().checked_sub(2).filter(|it| surface.is_char_boundary(*it))?;
    let ending = &surface[figures..];
    let known = ["st", "nd", "rd", "th"].iter().any(|it| ending.eq_ignore_ascii_case(it));
    surface[..figures].parse().ok().filter(|_| known)
}

/// '98 is 1998, '19 is 2019: nobody writes of 1919 or of 2098 so.
pub(super) fn of_two_figures(short: u32) -> i16 {
    let short = i16::try_from(short).unwrap_or(0);
    if short <= 30 { 2000 + short } else { 1900 + short }
}
