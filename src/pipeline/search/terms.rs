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
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let at = text.len() - rest.len();
        if let Some(end) = plain_term(rest) {
            open.whole(&rest[..end], at..at + end, &mut found);
            rest = &rest[end..];
            continue;
        }
        let end = at + character.len_utf8();
        rest = &text[end..];
        if character.is_ascii() {
            open.take(character.to_ascii_lowercase(), at..end, &mut found);
        } else if !is_transparent(character) {
            decompose_compatible(character, |part| {
                if !is_transparent(part) {
                    fold_letter(part, |letter| open.take(letter, at..end, &mut found));
                }
            });
        }
    }
    open.close(&mut found);
}

/// Where the term ends that `text` begins with, if it and the character behind it are plain ASCII: so are nearly all.
fn plain_term(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let end = bytes.iter().position(|it| !it.is_ascii_alphanumeric()).unwrap_or(bytes.len());
    (end > 0 && bytes.get(end).is_none_or(u8::is_ascii)).then_some(end)
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

    /// Takes all that is left of a term, with nothing of it behind.
    fn whole(
        &mut self,
        letters: &str,
        span: Range<usize>,
        found: &mut impl FnMut(&str, Range<usize>),
    ) {
        if self.form.is_empty() {
            self.span.start = span.start;
        }
        let begun = self.form.len();
        self.form.push_str(letters);
        self.form[begun..].make_ascii_lowercase();
        self.span.end = span.end;
        self.close(found);
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
