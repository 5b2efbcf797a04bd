//! Lists of telling phrases, and which of them a line has.

use rustc_hash::FxHashMap;

use crate::vocabulary::lists::{column, rows};

/// How much of a line a phrase must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    /// The whole line.
    Line,
    /// Its beginning.
    Start,
    /// Anything in it.
    Contains,
}

/// Where in a document a phrase counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    Any,
    Head,
    Foot,
    Title,
}

/// A row of a list: `phrase, where, how` and what it stands for.
#[derive(Debug)]
struct Row {
    phrase: &'static str,
    place: Where,
    how: How,
    value: &'static str,
    order: usize,
}

/// A list of phrases, by the first word of each.
#[derive(Debug, Default)]
pub(super) struct Telling {
    /// Those with which a line must begin.
    starts: FxHashMap<&'static str, Vec<Row>>,
    /// Those that may stand anywhere in it.
    inside: FxHashMap<&'static str, Vec<Row>>,
}

impl Telling {
    /// Reads a list with the columns `phrase, where, how, value`.
    pub(super) fn read(text: &'static str) -> Telling {
        let mut telling = Telling::default();
        for (order, row) in rows(text).enumerate() {
            let phrase = column(row, 0);
            let row = Row {
                phrase,
                place: place(column(row, 1)),
                how: how(column(row, 2)),
                value: column(row, 3),
                order,
            };
            let rows =
                if row.how == How::Contains { &mut telling.inside } else { &mut telling.starts };
            rows.entry(first_word(phrase)).or_default().push(row);
        }
        telling
    }

    /// The earliest row of the list that `line` (as [`super::page::plain`] gives it) has at `place`: phrase and value.
    pub(super) fn find(&self, line: &str, place: Where) -> Option<(&'static str, &'static str)> {
        let first = self.starts.get(first_word(line)).into_iter().flatten();
        let mut best = first.filter(|row| row.fits(line, place)).min_by_key(|it| it.order);
        let mut rest = line;
        while !rest.is_empty() {
            let word = first_word(rest);
            let rows = self.inside.get(word).into_iter().flatten();
            let hits = rows.filter(|row| row.fits(rest, place));
            best = hits.chain(best).min_by_key(|it| it.order);
            rest = rest[word.len()..].trim_start_matches(' ');
        }
        best.map(|it| (it.phrase, it.value))
    }
}

impl Row {
    /// Whether `line` begins with the phrase, as the row asks.
    fn fits(&self, line: &str, place: Where) -> bool {
        let here = self.place == Where::Any || self.place == place;
        here && line.strip_prefix(self.phrase).is_some_and(|behind| match self.how {
            How::Line => behind.trim_end_matches(ENDS).is_empty(),
            How::Start | How::Contains => ends_word(self.phrase, behind),
        })
    }
}

/// Marks behind a phrase that is the whole line.
const ENDS: &[char] = &['.', '!', ':', '…', ' ', '»', '>', '|'];

fn ends_word(phrase: &str, behind: &str) -> bool {
    !phrase.ends_with(char::is_alphanumeric) || !behind.starts_with(char::is_alphanumeric)
}

fn place(text: &str) -> Where {
    match text {
        "head" => Where::Head,
        "foot" => Where::Foot,
        "title" => Where::Title,
        _ => Where::Any,
    }
}

fn how(text: &str) -> How {
    match text {
        "start" => How::Start,
        "contains" => How::Contains,
        _ => How::Line,
    }
}

/// The letters up to the first blank or mark; a mark stands for itself.
fn first_word(text: &str) -> &str {
    let letters = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    if text.as_bytes().get(letters).is_some_and(|it| !it.is_ascii()) {
        return first_word_beyond_ascii(text);
    }
    &text[..letters.max(1).min(text.len())]
}

fn first_word_beyond_ascii(text: &str) -> &str {
    let end = text.find(|it: char| !it.is_alphanumeric()).unwrap_or(text.len());
    if end > 0 {
        return &text[..end];
    }
    text.chars().next().map_or("", |it| &text[..it.len_utf8()])
}
