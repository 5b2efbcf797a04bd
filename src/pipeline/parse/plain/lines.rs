//! Text to lines, and which line ends are the author's and which only the editor's.

use std::ops::Range;

/// A line that is not blank.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Its first character that is no white space.
    pub(super) start: usize,
    /// Behind its last.
    pub(super) end: usize,
    /// How many characters it is indented.
    pub(super) indent: usize,
    /// How many characters it has.
    pub(super) width: usize,
    /// Whether a blank line, a page break or the beginning of the text stands before it.
    pub(super) after_blank: bool,
}

/// What the end of one line means to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Break {
    /// The next line begins something new.
    Before,
    /// It goes on.
    Within,
    /// It underlines what came before, which is thereby a heading of this level.
    Underline(u8),
}

impl Line {
    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// The lines of `text` that are not blank.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut after_blank = true;
    let mut start = 0;
    let ends = memchr::memchr3_iter(b'\n', b'\r', 0x0c, text.as_bytes());
    for end in ends.chain([text.len()]) {
        let trimmed = text[start..end].trim_start();
        let line = trimmed.trim_end();
        let first = end - trimmed.len();
        if !line.is_empty() {
            let indent = text[start..first].chars().map(|it| if it == '\t' { 4 } else { 1 }).sum();
            let width = line.chars().count();
            lines.push(Line { start: first, end: first + line.len(), indent, width, after_blank });
        }
        // Between `\r` and `\n` there is no line, not even a blank one.
        let is_half = text.as_bytes().get(start.wrapping_sub(1)) == Some(&b'\r')
            && text.as_bytes().get(end) == Some(&b'\n');
        let is_page_break = text.as_bytes().get(end) == Some(&0x0c);
        after_blank =
            is_page_break || if is_half && start == end { after_blank } else { line.is_empty() };
        start = end + 1;
    }
    lines
}

/// For each line, what it is to the one before.
pub(super) fn breaks(text: &str, lines: &[Line]) -> Vec<Break> {
    let wrap = wrap_width(text, lines);
    let mut breaks = vec![Break::Before; lines.len().min(1)];
    for pair in lines.windows(2) {
        breaks.push(between(text, [&pair[0], &pair[1]], wrap));
    }
    breaks
}

fn between(text: &str, [line, next]: [&Line; 2], wrap: Option<usize>) -> Break {
    let (above, below) = (&text[line.range()], &text[next.range()]);
    if next.after_blank {
        return Break::Before;
    }
    if let Some(mark) = rule_mark(below).filter(|_| line.after_blank && rule_mark(above).is_none())
    {
        let is_under = mark == '=' || mark == '-' || mark == '~';
        return if is_under && next.width * 2 >= line.width && line.width <= 100 {
            Break::Underline(if mark == '=' { 2 } else { 3 })
        } else {
            Break::Before
        };
    }
    let first_word = below.split_whitespace().next().map_or(0, |it| it.chars().count());
    // An editor breaks a line only where the next word does not fit; a break before that is the author's.
    let is_full = wrap.is_some_and(|wrap| line.indent + line.width + 1 + first_word > wrap);
    let is_indented = next.indent > line.indent
        && !below.starts_with(char::is_lowercase)
        && marker(above).is_none();
    let stands_alone =
        [above, below].iter().any(|it| is_page_number(it) || rule_mark(it).is_some());
    if is_full
        && !is_indented
        && !stands_alone
        && marker(below).is_none()
        && !has_label(below)
        && !has_header(above)
    {
        Break::Within
    } else {
        Break::Before
    }
}

/// The width at which an editor broke the lines of `text`, or nothing if each line end is meant.
///
/// Lines were broken if many of them stop within a sentence that the next line goes on with in small letters;
/// short ones are verse.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let inner = lines.windows(2).filter(|pair| !pair[1].after_blank);
    let (mut breaks, mut broken) = (0, 0);
    for pair in inner {
        let (above, below) = (&text[pair[0].range()], &text[pair[1].range()]);
        let goes_on = below.starts_with(|it: char| it.is_alphabetic() && !it.is_uppercase());
        breaks += 1;
        broken += usize::from(goes_on && !ends_sentence(above));
    }
    let mut widths: Vec<usize> = lines.iter().map(|it| it.indent + it.width).collect();
    widths.sort_unstable();
    let width = *widths.get(widths.len() * 9 / 10)?;
    (broken * 3 > breaks && (40..=200).contains(&width)).then_some(width)
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '’', '\'', ')', ']'])
        .ends_with(['.', '!', '?', ':', '。', '！', '？'])
}

/// The mark of which a line of at least three consists alone.
pub(super) fn rule_mark(line: &str) -> Option<char> {
    let mark = line.chars().next().filter(|it| "-=~_*#•—–".contains(*it))?;
    let marks = line.chars().filter(|it| !it.is_whitespace());
    (marks.clone().count() >= 3 && marks.clone().all(|it| it == mark)).then_some(mark)
}

/// The bullet or number at the beginning of a list item, with its length in bytes, white space included.
pub(super) fn marker(line: &str) -> Option<(Marker, usize)> {
    let (mark, rest) = line.split_once([' ', '\t'])?;
    let length = line.len() - rest.trim_start().len();
    if rest.trim().is_empty() {
        return None;
    }
    if ["-", "*", "+", "•", "·", "▪", "◦", "●", "o"].contains(&mark) {
        return Some((Marker::Bullet, length));
    }
    let digits = mark.strip_suffix(['.', ')'])?;
    let is_number =
        digits.len() <= 3 && !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit());
    is_number.then(|| (Marker::Number(digits.parse().unwrap_or(0)), length))
}

/// What stands before a list item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    /// A sign.
    Bullet,
    /// A number.
    Number(u64),
}

/// A number that stands alone: `12`, `- 12 -`, `Page 3 of 10`.
fn is_page_number(line: &str) -> bool {
    let words: Vec<&str> =
        line.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    let is_number = |it: &str| it.len() <= 4 && it.bytes().all(|it| it.is_ascii_digit());
    match words.as_slice() {
        [number] => is_number(number),
        [page, number] => page.eq_ignore_ascii_case("page") && is_number(number),
        [page, number, "of", total] => {
            page.eq_ignore_ascii_case("page") && is_number(number) && is_number(total)
        }
        _ => false,
    }
}

/// Whether a speaker's name stands before the line: `THE CHAIRMAN:`, `Q:`, `Mr. SMITH:`.
fn has_label(line: &str) -> bool {
    let Some((label, _)) = line.split_once(':').filter(|it| it.0.chars().count() <= 40) else {
        return false;
    };
    let label = ["Mr", "Ms", "Mrs", "Dr", "Sir"]
        .iter()
        .find_map(|it| label.strip_prefix(it))
        .unwrap_or(label);
    let is_name = label.chars().all(|it| it.is_uppercase() || " .'’-()".contains(it));
    (is_name && label.contains(char::is_uppercase)) || has_header(line)
}

/// Whether the line is one of the head of a letter: `From: …`, `Subject: …`.
fn has_header(line: &str) -> bool {
    let headers = [
        "from",
        "to",
        "cc",
        "bcc",
        "date",
        "sent",
        "subject",
        "re",
        "reply-to",
        "ref",
        "reference",
    ];
    line.split_once(':').is_some_and(|(name, _)| headers.contains(&name.to_lowercase().as_str()))
}
