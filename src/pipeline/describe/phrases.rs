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
#[derive(Debug)]
pub(super) struct Telling {
    rows: FxHashMap<&'static str, Vec<Row>>,
}

impl Telling {
    /// Reads a list with the columns `phrase, where, how, value`.
    pub(super) fn read(text: &'static str) -> Telling {
        let mut telling = Telling { rows: FxHashMap::default() };
        for (order, row) in rows(text).enumerate() {
            let phrase = column(row, 0);
            let row = Row {
                phrase,
                place: place(column(row, 1)),
                how: how(column(row, 2)),
                value: column(row, 3),
                order,
            };
            telling.rows.entry(first_word(phrase)).or_default().push(row);
        }
        telling
    }

    /// The earliest row of the list that `line` (as [`super::page::plain`] gives it) has at `place`: phrase and value.
    pub(super) fn find(&self, line: &str, place: Where) -> Option<(&'static str, &'static str)> {
        let mut best: Option<&Row> = None;
        let mut at = 0;
        loop {
            let rest = &line[at..];
            let rows = self.rows.get(first_word(rest)).map_or(&[][..], |it| it.as_slice());
            let hits = rows.iter().filter(|row| row.fits(rest, at, place));
            best = hits.chain(best).min_by_key(|it| it.order);
            match next_word(rest) {
                Some(next) => at += next,
                None => break,
            }
        }
        best.map(|it| (it.phrase, it.value))
    }
}

impl Row {
    fn fits(&self, rest: &str, at: usize, place: Where) -> bool {
        let here = self.place == Where::Any || self.place == place;
        here && rest.strip_prefix(self.phrase).is_some_and(|behind| match self.how {
            How::Line => {
                at == 0
                    && behind.trim_end_matches(['.', '!', ':', '…', ' ', '»', '>', '|']).is_empty()
            }
            How::Start => at == 0 && ends_word(self.phrase, behind),
            How::Contains => ends_word(self.phrase, behind),
        })
    }
}

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
    let end = text.find(|it: char| !it.is_alphanumeric()).unwrap_or(text.len());
    if end > 0 {
        return &text[..end];
    }
    text.chars().next().map_or("", |it| &text[..it.len_utf8()])
}

/// How far it is to the next word.
fn next_word(text: &str) -> Option<usize> {
    let mut at = first_word(text).len();
    at += text[at..].len() - text[at..].trim_start_matches(' ').len();
    (at > 0 && at < text.len()).then_some(at)
}
