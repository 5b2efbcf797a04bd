//! Characters to what they do in a text.

/// What a character does in a text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Letter,
    Digit,
    Blank,
    Line,
    Apostrophe,
    Hyphen,
    Mark,
}

/// What each character of ASCII does.
pub(super) const ASCII: [Class; 128] = {
    let mut classes = [Class::Mark; 128];
    let mut at = 0;
    while at < classes.len() {
        classes[at] = match at as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b' ' | b'\t' | b'\r' | 0x0c => Class::Blank,
            b'\n' => Class::Line,
            b'\'' => Class::Apostrophe,
            b'-' => Class::Hyphen,
            _ => Class::Mark,
        };
        at += 1;
    }
    classes
};

/// What `letter` does.
pub(super) fn class(letter: char) -> Class {
    ASCII.get(letter as usize).copied().unwrap_or_else(|| class_beyond_ascii(letter))
}

fn class_beyond_ascii(letter: char) -> Class {
    match letter {
        '\u{a0}' | '\u{200b}' | '\u{feff}' | '\u{ad}' => Class::Blank,
        '\u{2019}' | '\u{2018}' => Class::Apostrophe,
        '\u{2010}' | '\u{2011}' => Class::Hyphen,
        other if other.is_alphabetic() || unicode_normalization::char::is_combining_mark(other) => {
            Class::Letter
        }
        other if other.is_numeric() => Class::Digit,
        other if other.is_whitespace() => Class::Blank,
        _ => Class::Mark,
    }
}

/// The character at byte `at`, and where the next begins.
pub(super) fn letter_at(text: &str, at: usize) -> Option<(char, usize)> {
    let byte = *text.as_bytes().get(at)?;
    if byte < 0x80 {
        return Some((byte as char, at + 1));
    }
    let letter = text[at..].chars().next()?;
    Some((letter, at + letter.len_utf8()))
}

/// What the character at byte `at` does.
pub(super) fn class_at(text: &str, at: usize) -> Option<Class> {
    letter_at(text, at).map(|(letter, _)| class(letter))
}
