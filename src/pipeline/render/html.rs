//! Text to HTML text: the only escaping there is.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// HTML that is ready to be put into a page as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Html(pub String);

impl Html {
    /// Nothing yet, with room for so many bytes.
    pub(crate) fn with_room(bytes: usize) -> Self {
        Html(String::with_capacity(bytes))
    }

    /// Adds markup of our own.
    pub(crate) fn raw(&mut self, markup: &str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Adds text of anybody's, escaped for elements and double-quoted attributes.
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        escape_into(&mut self.0, text);
        self
    }

    /// Adds ` name="value"`.
    pub(crate) fn attribute(&mut self, name: &str, value: &str) -> &mut Self {
        self.raw(" ").raw(name).raw("=\"").text(value).raw("\"")
    }

    /// Adds a number.
    pub(crate) fn number(&mut self, number: impl itoa::Integer) -> &mut Self {
        self.raw(itoa::Buffer::new().format(number))
    }

    /// Adds a number with at most one place behind the point, as a drawing is exact enough.
    pub(crate) fn tenths(&mut self, number: f32) -> &mut Self {
        let tenths = (number * 10.0).round() as i32;
        self.raw(if tenths < 0 { "-" } else { "" }).number(tenths.unsigned_abs() / 10);
        match tenths.unsigned_abs() % 10 {
            0 => self,
            tenth => self.raw(".").number(tenth),
        }
    }

    /// Adds `<a href="…">text</a>`.
    pub(crate) fn link(&mut self, href: &str, text: &str) -> &mut Self {
        self.raw("<a").attribute("href", href).raw(">").text(text).raw("</a>")
    }
}

/// Appends `text` to `out` so that it is text in an element and in a double-quoted attribute.
pub(crate) fn escape_into(out: &mut String, text: &str) {
    each_escaped(text, |piece| out.push_str(piece));
}

/// Calls `put` with the pieces of `text`, escaped for elements and double-quoted attributes.
pub(crate) fn each_escaped(text: &str, mut put: impl FnMut(&str)) {
    let (bytes, mut done) = (text.as_bytes(), 0);
    while let Some(at) = next_mark(bytes, done) {
        put(&text[done..at]);
        put(entity(bytes[at]));
        done = at + 1;
    }
    put(&text[done..]);
}

/// Where the first mark at or behind `from` stands.
fn next_mark(bytes: &[u8], mut from: usize) -> Option<usize> {
    while let Some(eight) = bytes[from..].first_chunk() {
        if has_mark(u64::from_le_bytes(*eight)) {
            break;
        }
        from += eight.len();
    }
    bytes[from..].iter().position(|it| is_mark(*it)).map(|it| from + it)
}

/// Whether one of eight bytes is a mark: `"` and `&` differ in one bit only, and so do `<` and `>`.
fn has_mark(eight: u64) -> bool {
    let each = |byte: u8| u64::from_le_bytes([byte; 8]);
    let has_zero = |it: u64| it.wrapping_sub(each(0x01)) & !it & each(0x80);
    let quote_or_and = has_zero((eight | each(b'"' ^ b'&')) ^ each(b'&'));
    let less_or_more = has_zero((eight | each(b'<' ^ b'>')) ^ each(b'>'));
    (quote_or_and | less_or_more) != 0
}

fn is_mark(byte: u8) -> bool {
    matches!(byte, b'&' | b'<' | b'>' | b'"')
}

fn entity(byte: u8) -> &'static str {
    match byte {
        b'&' => "&amp;",
        b'<' => "&lt;",
        b'>' => "&gt;",
        _ => "&quot;",
    }
}

/// Which bytes may stand in the path and fragment of a relative URL.
const PLAIN: [bool; 256] = {
    let (mut plain, signs, mut at) = ([false; 256], b"-._~/!$'()*,;=@:", 0);
    while at < plain.len() {
        plain[at] = (at as u8).is_ascii_alphanumeric();
        at += 1;
    }
    at = 0;
    while at < signs.len() {
        plain[signs[at] as usize] = true;
        at += 1;
    }
    plain
};

/// `text` with every byte percent-encoded that may not stand in the path or fragment of a relative URL.
pub(crate) fn percent_encode(text: &str) -> Cow<'_, str> {
    let is_plain = |it: u8| PLAIN[usize::from(it)];
    if text.bytes().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for byte in text.bytes() {
        if is_plain(byte) {
            out.push(char::from(byte));
        } else {
            use std::fmt::Write;
            write!(out, "%{byte:02X}").expect("a string takes everything");
        }
    }
    Cow::Owned(out)
}

/// `text` as the value of a parameter in the query of a URL.
pub(crate) fn percent_encode_query(text: &str) -> String {
    percent_encode(text)
        .replace('&', "%26")
        .replace('=', "%3D")
        .replace(';', "%3B")
        .replace('+', "%2B")
}

#[cfg(test)]
mod tests {
    use super::{Html, percent_encode};
    use crate::pipeline::collate::links::percent_decode;

    #[test]
    fn text_cannot_leave_its_element_or_attribute() {
        let mut html = Html::default();
        html.raw("<p").attribute("title", "a\"><script>").raw(">").text("<b> & \"q\"").raw("</p>");
        assert_eq!(
            html.0,
            "<p title=\"a&quot;&gt;&lt;script&gt;\">&lt;b&gt; &amp; &quot;q&quot;</p>"
        );
    }

    #[test]
    fn a_mark_is_found_wherever_it_stands() {
        for mark in [('&', "&amp;"), ('<', "&lt;"), ('>', "&gt;"), ('"', "&quot;")] {
            for at in 0..20 {
                let text = |it: &str| format!("{}{it}é%=?", "x".repeat(at));
                let mut html = Html::default();
                html.text(&text(&mark.0.to_string()));
                assert_eq!(html.0, text(mark.1));
            }
        }
        let others: String = (' '..'~').filter(|it| !"&<>\"".contains(*it)).collect();
        let mut html = Html::default();
        html.text(&others);
        assert_eq!(html.0, others);
    }

    #[test]
    fn percent_encoding_comes_back() {
        for text in ["plain/path", "zürich 1?x", "100%", "%2", "%zz"] {
            assert_eq!(percent_decode(&percent_encode(text)), text);
        }
        assert_eq!(percent_encode("zürich 1"), "z%C3%BCrich%201");
    }
}
