//! Words to other spellings of them: without accents, in American English, in the singular.

use std::borrow::Cow;

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// A word that is not all ASCII without case, accents and typography.
pub(super) fn fold_letters(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for letter in word.chars() {
        // Marks are left out, so that their order is of no interest.
        decompose_compatible(letter, |it| {
            if !is_combining_mark(it) {
                it.to_lowercase().for_each(|it| fold_letter(it, &mut folded));
            }
        });
    }
    folded
}

fn fold_letter(letter: char, folded: &mut String) {
    match letter {
        '\u{2010}' | '\u{2011}' => folded.push('-'),
        '\u{2018}' | '\u{2019}' => folded.push('\''),
        'ø' => folded.push('o'),
        'ł' => folded.push('l'),
        'đ' | 'ð' => folded.push('d'),
        'ı' => folded.push('i'),
        'ß' => folded.push_str("ss"),
        'æ' => folded.push_str("ae"),
        'œ' => folded.push_str("oe"),
        '.' => {}
        other => folded.push(other),
    }
}

/// The -ize spelling of a word that has an -ise spelling.
pub(super) fn american(word: &str) -> Option<String> {
    const ENDINGS: &[(&str, &str)] = &[
        ("isation", "ization"),
        ("isations", "izations"),
        ("isational", "izational"),
        ("ised", "ized"),
        ("ising", "izing"),
        ("iser", "izer"),
        ("ise", "ize"),
        ("ises", "izes"),
    ];
    if word.len() < 7 {
        return None;
    }
    ENDINGS.iter().find_map(|(from, to)| word.strip_suffix(from).map(|stem| format!("{stem}{to}")))
}

/// The singular of a regular English plural.
pub(super) fn singular_of(word: &str) -> Option<Cow<'_, str>> {
    if word.len() < 4 || word.ends_with("ss") {
        return None;
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return Some(Cow::Owned(format!("{stem}y")));
    }
    if let Some(stem) = word.strip_suffix("es").filter(|it| {
        it.ends_with("sh") || it.ends_with("ch") || it.ends_with('x') || it.ends_with("ss")
    }) {
        return Some(Cow::Borrowed(stem));
    }
    word.strip_suffix('s').map(Cow::Borrowed)
}
