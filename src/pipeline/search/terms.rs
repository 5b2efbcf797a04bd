//! Text to terms: the rule by which the index and the reader's query are cut into words and folded.
//!
//! The same rule stands in `static/search.js`; a test holds the two together. A character is folded by itself (compatibility
//! decomposition, marks of the Latin kind dropped, lower case, a few letters spelt out), so that where a term stands is known too.

use std::ops::Range;

use unicode_normalization::char::decompose_compatible;

/// A term where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The term, folded.
    pub form: String,
    /// The bytes of the text that it was made from.
    pub span: Range<usize>,
}

/// All terms of `text`, in order.
pub fn terms(text: &str) -> Vec<Term> {
    let mut found = Vec::with_capacity(text.len() / 6);
    each_term(text, |form, span| found.push(Term { form: form.to_owned(), span }));
    found
}

/// The terms of `text`, one blank between them: what phrases and names are compared by.
pub fn folded(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    each_term(text, |form, _| {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(form);
    });
    joined
}

/// Calls `found` with each term of `text`, in order.
pub fn each_term(text: &str, mut found: impl FnMut(&str, Range<usize>)) {
    let mut open = Open::default();
    let mut at = 0;
    while let Some(first) = text.as_bytes().get(at) {
        match KINDS[usize::from(*first)] {
            Kind::Other => {
                open.close(&mut found);
                at += 1;
            }
            Kind::Foreign => at = open.foreign(text, at, &mut found),
            Kind::Plain | Kind::Upper => at = open.plain(text, at, &mut found),
        }
    }
    open.close(&mut found);
}

/// What a byte of text is to a term.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// A digit, or a letter of lower case: nearly all are.
    Plain,
    Upper,
    /// Any other character of ASCII: it ends a term.
    Other,
    /// Part of a character beyond ASCII.
    Foreign,
}

const KINDS: [Kind; 256] = {
    let (mut kinds, mut byte) = ([Kind::Other; 256], 0);
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            b'0'..=b'9' | b'a'..=b'z' => Kind::Plain,
            b'A'..=b'Z' => Kind::Upper,
            0x80.. => Kind::Foreign,
            _ => Kind::Other,
        };
        byte += 1;
    }
    kinds
};

/// Where the letters and digits of ASCII end that stand at `start`, whether all are folded as they are, and what follows them.
fn run(text: &[u8], start: usize) -> (usize, bool, Kind) {
    let (mut end, mut folded) = (start, true);
    while let Some(byte) = text.get(end) {
        match KINDS[usize::from(*byte)] {
            Kind::Plain => {}
            Kind::Upper => folded = false,
            next => return (end, folded, next),
        }
        end += 1;
    }
    (end, folded, Kind::Other)
}

/// The term being read.
#[derive(Default)]
struct Open {
    form: String,
    span: Range<usize>,
}

impl Open {
    fn take(
        &mut self,
        letter: char,
        span: Range<usize>,
        found: &mut impl FnMut(&str, Range<usize>),
    ) {
        if !letter.is_alphanumeric() {
            return self.close(found);
        }
        let alone = stands_alone(letter);
        if alone {
            self.close(found);
        }
        if self.form.is_empty() {
            self.span.start = span.start;
        }
        self.form.push(letter);
        self.span.end = span.end;
        if alone {
            self.close(found);
        }
    }

    /// Takes letters and digits of ASCII, and gives where they end.
    fn plain(
        &mut self,
        text: &str,
        start: usize,
        found: &mut impl FnMut(&str, Range<usize>),
    ) -> usize {
        let (end, folded, next) = run(text.as_bytes(), start);
        let letters = &text[start..end];
        if folded && next == Kind::Other && self.form.is_empty() {
            found(letters, start..end);
            return end;
        }
        if self.form.is_empty() {
            self.span.start = start;
        }
        let begun = self.form.len();
        self.form.push_str(letters);
        self.form[begun..].make_ascii_lowercase();
        self.span.end = end;
        end
    }

    /// Takes a character beyond ASCII, and gives where it ends.
    fn foreign(
        &mut self,
        text: &str,
        start: usize,
        found: &mut impl FnMut(&str, Range<usize>),
    ) -> usize {
        let character = text[start..].chars().next().expect("a character begins here");
        let end = start + character.len_utf8();
        if !is_transparent(character) {
            decompose_compatible(character, |part| {
                if !is_transparent(part) {
                    fold_letter(part, |letter| self.take(letter, start..end, found));
                }
            });
        }
        end
    }

    fn close(&mut self, found: &mut impl FnMut(&str, Range<usize>)) {
        if !self.form.is_empty() {
            found(&self.form, self.span.clone());
            self.form.clear();
        }
    }
}

/// Marks over Latin, Greek and Cyrillic letters, soft hyphens and joiners: they neither belong to a term nor end it.
fn is_transparent(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Letters of scripts that put no blanks between words are terms of their own; a phrase of them is then an exact match.
fn stands_alone(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Lower case, and letters that no decomposition takes apart.
fn fold_letter(letter: char, mut folded: impl FnMut(char)) {
    for lower in letter.to_lowercase().filter(|it| !is_transparent(*it)) {
        match lower {
            'ß' => "ss".chars().for_each(&mut folded),
            'æ' => "ae".chars().for_each(&mut folded),
            'œ' => "oe".chars().for_each(&mut folded),
            'þ' => "th".chars().for_each(&mut folded),
            'ø' => folded('o'),
            'ł' => folded('l'),
            'đ' | 'ð' => folded('d'),
            'ħ' => folded('h'),
            'ı' => folded('i'),
            'ς' => folded('σ'),
            other => folded(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{folded, terms};

    #[test]
    fn typography_case_and_accents_do_not_matter() {
        assert_eq!(
            folded("António  ALIMOV\u{2019}s co\u{2011}operation"),
            "antonio alimov s co operation"
        );
        assert_eq!(
            folded("soft\u{ad}hyphen, Straße; Ærø; A/RES/2482 (2019)"),
            "softhyphen strasse aero a res 2482 2019"
        );
        assert_eq!(folded("İstanbul ½ ﬁne １２ 上海合作"), "istanbul 1 2 fine 12 上 海 合 作");
    }

    #[test]
    fn spans_cut_the_term_out_of_the_text() {
        let text = "Mr Norov\u{2019}s «Élan»";
        let cut: Vec<_> = terms(text).into_iter().map(|it| &text[it.span]).collect();
        assert_eq!(cut, ["Mr", "Norov", "s", "Élan"]);
    }
}
