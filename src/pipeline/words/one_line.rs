//! Text to one line of it.

use std::borrow::Cow;

/// `text` with one blank where it has any white space, and none at its ends.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    if is_one_line(text) {
        return Cow::Borrowed(text.trim_ascii());
    }
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    Cow::Owned(line)
}

/// Whether no white space but single blanks stands between the words of `text`, as far as bytes tell.
fn is_one_line(text: &str) -> bool {
    // Other blanks of Unicode begin with one of these bytes, as other signs do: those texts are looked at in full.
    let odd = |it: u8| it < b' ' || matches!(it, 0xc2 | 0xe1 | 0xe2 | 0xe3);
    let inner = text.trim_ascii().as_bytes();
    let two = |first: u8, second: u8| first == b' ' && second == b' ';
    // Without a branch for each byte, so that it is done for many at once.
    let pairs = inner.iter().zip(inner.iter().skip(1));
    !inner.iter().fold(false, |any, it| any | odd(*it))
        && !pairs.fold(false, |any, it| any | two(*it.0, *it.1))
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn any_white_space_is_one_blank() {
        for text in [
            "",
            " ",
            "a b",
            " a b ",
            "a  b",
            "a\nb",
            "a\u{a0}b",
            "a\u{2003}é",
            "é ü",
            "\u{b}a\tb",
            "a\u{3000}b",
            "a\u{1680}b",
        ] {
            assert_eq!(
                one_line(text),
                text.split_whitespace().collect::<Vec<_>>().join(" "),
                "{text:?}"
            );
        }
    }
}
