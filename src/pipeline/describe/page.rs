//! A document's blocks as the lines of a page: what each looks like, before anything is concluded from it.

use std::ops::Range;

use crate::pipeline::calendar::Expression;
use crate::pipeline::describe::{Inferred, furniture};
use crate::pipeline::parse::{BlockKind, Document, Format};
use crate::pipeline::words::one_line::one_line;
use crate::pipeline::words::{Shape, Words};
use crate::vocabulary::Vocabulary;

/// How many blocks may hold what stands above the text.
pub(super) const HEAD: usize = 15;

/// How many blocks may stand above the text where a menu stands above it.
const MENU: usize = 40;

/// How many words a sentence has at most that is set as a title is.
const TITLE: usize = 30;

/// What is known of a document before it is described.
#[derive(Clone, Copy)]
pub(super) struct Page<'a> {
    pub(super) document: &'a Document,
    pub(super) words: &'a Words<'a>,
    pub(super) expressions: &'a [Expression],
    pub(super) vocabulary: &'a Vocabulary,
    /// The first block of running text; behind the last block if there is none.
    pub(super) body: usize,
}

impl<'a> Page<'a> {
    /// The page that `document` is, with its `words` and `expressions`.
    pub(super) fn new(
        document: &'a Document,
        words: &'a Words<'a>,
        expressions: &'a [Expression],
        vocabulary: &'a Vocabulary,
    ) -> Page<'a> {
        let blocks = document.blocks.len();
        let page = Page { document, words, expressions, vocabulary, body: blocks };
        let is_text = |it: &usize| page.is_prose(*it) && !furniture::is_banner(page.text(*it));
        let body = (0..blocks).find(is_text).unwrap_or(blocks);
        let body = if page.is_title_like(body) { body + 1 } else { body };
        Page { body, ..page }
    }

    /// The text of block `at`, without the white space around it.
    pub(super) fn text(&self, at: usize) -> &'a str {
        self.document.blocks.get(at).map_or("", |it| self.document.text[it.range()].trim())
    }

    /// The blocks that may hold what stands above the text.
    pub(super) fn head(&self) -> Range<usize> {
        0..self.document.blocks.len().min(HEAD.max(self.body.min(MENU) + 1))
    }

    pub(super) fn tokens(&self, at: usize) -> Range<usize> {
        self.words.block(at)
    }

    /// The calendar expressions of block `at`.
    pub(super) fn expressions(&self, at: usize) -> &'a [Expression] {
        let tokens = self.tokens(at);
        let first = self.expressions.partition_point(|it| (it.first as usize) < tokens.start);
        let end = self.expressions.partition_point(|it| (it.first as usize) < tokens.end);
        &self.expressions[first..end]
    }

    /// How many words and numbers `tokens` hold.
    pub(super) fn count(&self, tokens: Range<usize>) -> usize {
        tokens.filter(|it| self.is_word(*it)).count()
    }

    pub(super) fn is_word(&self, at: usize) -> bool {
        self.words.shape(at).is(Shape::WORD | Shape::NUMBER | Shape::MIXED)
    }

    /// How many words block `at` has.
    pub(super) fn length(&self, at: usize) -> usize {
        self.count(self.tokens(at))
    }

    /// Whether block `at` is running text: a whole sentence of some length, or several.
    pub(super) fn is_prose(&self, at: usize) -> bool {
        if matches!(self.document.blocks[at].kind, BlockKind::Heading(..) | BlockKind::Code) {
            return false;
        }
        let length = self.length(at);
        length >= 60
            || (length >= 12 && self.ends_sentence(at))
            || (length >= 20 && self.text(at).ends_with(':'))
    }

    /// Whether the first running text, block `at`, is one sentence before a dateline or a question before the text.
    fn is_title_like(&self, at: usize) -> bool {
        let next = at + 1;
        if at > 3 || next >= self.document.blocks.len() || self.length(at) > TITLE {
            return false;
        }
        let tokens = self.tokens(at);
        let single = self.words.sentence(tokens.start).end >= tokens.end;
        let asks = self.text(at).ends_with(['?', '!']) && self.is_prose(next);
        let dated = |it: &Expression| it.stated().is_some_and(|it| it.civil().is_some());
        let undated = !self.expressions(at).iter().any(dated);
        single && undated && (asks || self.begins_with_date(next) || self.begins_with_place(next))
    }

    /// Whether block `at` begins with capitalised words and a dash: "MIAMI –".
    fn begins_with_place(&self, at: usize) -> bool {
        let tokens = self.tokens(at);
        let dash = |it: &usize| matches!(self.words.surface(*it), "–" | "—" | "-" | "--");
        let near = tokens.start..tokens.end.min(tokens.start + 8);
        let end = near.clone().find(|it| dash(it) && !self.words.shape(*it).is(Shape::GLUED));
        let small = |it: usize| self.is_word(it) && !self.words.shape(it).is(Shape::CAPITAL);
        end.is_some_and(|end| end > near.start && !(near.start..end).any(small))
    }

    /// Whether a day is named in full among the first words of block `at`, and not in a phrase.
    fn begins_with_date(&self, at: usize) -> bool {
        let start = self.tokens(at).start;
        self.expressions(at).first().is_some_and(|it| {
            let before = start..it.first as usize;
            let small = |it: usize| self.is_word(it) && !self.words.shape(it).is(Shape::CAPITAL);
            let day = it.stated().is_some_and(|it| it.day.is_some());
            day && before.len() <= 8 && !before.clone().any(small)
        })
    }

    /// Whether a blank line stands before block `at`, or nothing.
    pub(super) fn is_set_off(&self, at: usize) -> bool {
        let blocks = &self.document.blocks;
        let (Some(block), Some(before)) = (blocks.get(at), at.checked_sub(1)) else { return true };
        let gap = &self.document.text[blocks[before].range().end..block.range().start];
        gap.bytes().filter(|it| *it == b'\n').count() > 1
    }

    /// Whether a bullet or number stands before block `at` on its line.
    pub(super) fn is_item(&self, at: usize) -> bool {
        let start = self.document.blocks[at].range().start;
        let line = self.document.text[..start].rsplit('\n').next().unwrap_or("");
        !line.trim().is_empty()
    }

    /// Whether block `at` is written in capitals: two words of them at least, and none in small letters.
    pub(super) fn is_in_capitals(&self, at: usize) -> bool {
        let text = self.text(at);
        let capitals = text.chars().filter(|it| it.is_uppercase()).count();
        capitals > 5 && !text.chars().any(char::is_lowercase)
    }

    /// The text of `blocks` from the first to the last.
    pub(super) fn passage(&self, blocks: &Range<usize>) -> &'a str {
        let end = self.range(blocks.end - 1).end;
        &self.document.text[self.range(blocks.start).start..end]
    }

    /// Whether block `at` ends as a sentence does.
    pub(super) fn ends_sentence(&self, at: usize) -> bool {
        let text = self.text(at).trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', ' ']);
        let Some(before) = text.strip_suffix(['.', '!', '?', '…']) else { return false };
        // "… of the U.S." ends no sentence for certain, "Acme Inc." neither.
        let abbreviation = before.rsplit([' ', '.', '-']).next().is_some_and(|it| it.len() <= 1);
        !abbreviation || before.len() > 80
    }

    /// A value found in `range` of the text by `rule`, which the passage itself shows.
    pub(super) fn inferred<T>(&self, value: T, rule: &str, range: Range<usize>) -> Inferred<T> {
        let mut passage = one_line(&self.document.text[range.clone()]).into_owned();
        if let Some((cut, _)) = passage.char_indices().nth(120) {
            passage.truncate(cut);
            passage.push('…');
        }
        let evidence = format!("{}\"{passage}\"", self.line(range.start));
        let span = Some((range.start as u32, range.end as u32));
        Inferred { value, rule: rule.into(), span, evidence }
    }

    /// The same, where the passage is tokens.
    pub(super) fn inferred_by<T>(&self, value: T, rule: &str, tokens: Range<usize>) -> Inferred<T> {
        self.inferred(value, rule, self.bytes(tokens))
    }

    /// The bytes of the text that `tokens` stand at.
    pub(super) fn bytes(&self, tokens: Range<usize>) -> Range<usize> {
        let all = &self.words.tokens;
        if tokens.is_empty() {
            return 0..0;
        }
        all[tokens.start].start as usize..all[tokens.end - 1].end as usize
    }

    /// The bytes of block `at` without the white space around it.
    pub(super) fn range(&self, at: usize) -> Range<usize> {
        let (block, text) = (self.document.blocks[at].range(), self.text(at));
        let raw = &self.document.text[block.clone()];
        let start = block.start + (raw.len() - raw.trim_start().len());
        start..start + text.len()
    }

    /// The line of the file, where the text is the file itself.
    fn line(&self, at: usize) -> String {
        if self.document.format != Format::Plain || self.document.origin.start(0) != 0 {
            return String::new();
        }
        let breaks = memchr::memchr_iter(b'\n', &self.document.text.as_bytes()[..at]).count();
        format!("line {}: ", breaks + 1)
    }
}

/// A passage in small letters with plain quotes, hyphens and single blanks, as phrase lists are written.
pub(super) fn plain(text: &str) -> String {
    let one_line = text.is_ascii() && !text.bytes().any(|it| matches!(it, b'\t'..=b'\r'));
    if one_line && !text.as_bytes().windows(2).any(|it| it == b"  ") {
        return text.trim().to_ascii_lowercase();
    }
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            'a'..='z' => plain.push(letter),
            'A'..='Z' => plain.push(letter.to_ascii_lowercase()),
            '\u{2010}' | '\u{2011}' => plain.push('-'),
            '‘' | '’' => plain.push('\''),
            '“' | '”' => plain.push('"'),
            it if it.is_whitespace() => {
                if !plain.ends_with(' ') && !plain.is_empty() {
                    plain.push(' ');
                }
            }
            it => plain.extend(it.to_lowercase()),
        }
    }
    plain.truncate(plain.trim_end().len());
    plain
}

/// A passage on one line.
pub(super) fn squeeze(text: &str) -> String {
    one_line(text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_passage_is_brought_to_the_form_of_phrases() {
        assert_eq!(plain(" Press Release "), "press release");
        assert_eq!(plain("Press  Release\n No.\t7 "), "press release no. 7");
        assert_eq!(plain("“Größe” \u{a0} Co‑op’s"), "\"größe\" co-op's");
    }
}
