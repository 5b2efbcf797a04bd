//! The word lists of `vocabulary/words/` to the lexicon; their README says what each is for.

use crate::vocabulary::lexicon::{Facts, Lexicon, UNITS, list};
use crate::vocabulary::phrases::Phrases;

/// Lists of whole words and the bits that they set; a word marked `*` gets the second.
const PLAIN: &[(&str, u64, u64)] = &[
    (include_str!("words/common-words.txt"), list::COMMON, list::COMMON),
    (include_str!("words/stopwords.txt"), list::STOP | list::COMMON, list::STOP | list::COMMON),
    (include_str!("words/first-names.txt"), list::FIRST_NAME, list::FIRST_NAME_WEAK),
    (include_str!("words/surnames.txt"), list::SURNAME, list::SURNAME_WEAK),
    (include_str!("words/sayings.txt"), list::SAYING, list::SAYING),
    (include_str!("words/particles.txt"), list::PARTICLE, list::PARTICLE),
    (include_str!("words/abbreviations.txt"), list::ABBREVIATION, list::ABBREVIATION),
];

const SPELLING: &str = include_str!("words/spelling.tsv");
const HEADS: &str = include_str!("words/heads.tsv");
const HONORIFICS: &str = include_str!("words/honorifics.tsv");
const OFFICES: &str = include_str!("words/offices.tsv");
const TIME: &str = include_str!("words/months-and-time.tsv");

/// All bytes of the lists, for the fingerprint of the vocabulary.
pub(crate) fn sources() -> impl Iterator<Item = &'static str> {
    PLAIN.iter().map(|it| it.0).chain([SPELLING, HEADS, HONORIFICS, OFFICES, TIME])
}

/// The lines of a list that are no comments.
pub(crate) fn rows(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty())
}

/// Column `at` of a row, empty where it is missing.
pub(crate) fn column(row: &str, at: usize) -> &str {
    row.split('\t').nth(at).unwrap_or("").trim()
}

/// The first columns of a row, empty where they are missing.
pub(crate) fn columns<const COUNT: usize>(row: &str) -> [&str; COUNT] {
    let mut columns = row.split('\t').map(str::trim);
    std::array::from_fn(|_| columns.next().unwrap_or(""))
}

/// The items of a column.
pub(crate) fn items(column: &str) -> impl Iterator<Item = &str> + Clone {
    column.split(';').map(str::trim).filter(|it| !it.is_empty())
}

/// Fills the lexicon with every list.
pub(crate) fn load(lexicon: &mut Lexicon) {
    for row in rows(SPELLING) {
        let [variant, canonical] = columns(row);
        lexicon.add_variant(variant, canonical);
        if let Some((prefix, _)) = variant.split_once('-') {
            lexicon.add(prefix).1.lists |= list::PREFIX;
        }
    }
    for (text, bits, weak) in PLAIN {
        for word in rows(text).flat_map(str::split_whitespace) {
            let (word, bits) = word.strip_suffix('*').map_or((word, bits), |it| (it, weak));
            lexicon.add(word).1.lists |= bits;
        }
    }
    for row in rows(HEADS) {
        let [word, kind, strength, forms] = columns(row);
        let strength = if strength == "weak" { list::HEAD_WEAK } else { 0 };
        let form = items(forms).fold(0, |bits, it| bits | head_form(it));
        lexicon.add(word).1.lists |= head(kind) | strength | form;
    }
    for row in rows(TIME) {
        time(lexicon, row);
    }
}

fn head(kind: &str) -> u64 {
    match kind {
        "organization" => list::HEAD_ORGANIZATION,
        "agreement" => list::HEAD_AGREEMENT,
        "event" => list::HEAD_EVENT,
        "place" => list::HEAD_PLACE,
        "company" => list::HEAD_ORGANIZATION | list::COMPANY,
        _ => 0,
    }
}

/// What forms of a name a head noun takes part in.
fn head_form(form: &str) -> u64 {
    match form {
        "numbered" => list::NUMBERED,
        "of" => list::NAMED_OF,
        "place-of" => list::PLACE_OF,
        "one" => list::NAMED_BY_ONE,
        _ => 0,
    }
}

/// Takes in a row of `months-and-time.tsv`: word, class, value.
fn time(lexicon: &mut Lexicon, row: &str) {
    let [word, class, value] = columns(row);
    let number = value.parse::<u8>().unwrap_or(0);
    let facts: &mut Facts = lexicon.add(word).1;
    match class {
        "month" => facts.month = number,
        "weekday" => facts.weekday = number,
        "season" => {
            facts.season = ["SP", "SU", "FA", "WI"]
                .iter()
                .position(|it| *it == value)
                .map_or(0, |it| it as u8 + 1);
        }
        "number" => facts.number = number.saturating_add(1),
        "ordinal" => facts.ordinal = number,
        "unit" => {
            facts.unit = UNITS.iter().position(|it| *it == value).map_or(0, |it| it as u8 + 1);
        }
        "counted" => facts.lists |= list::COUNTED,
        _ => {}
    }
}

/// What stands before or behind a person's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Title {
    /// "Mr", "Dr", "General": before a name.
    Honorific,
    /// "secretary-general", "foreign minister": before or behind a name.
    Office,
    /// The plural of an office: names nobody.
    Plural,
}

/// The honorifics and offices as phrases.
pub(crate) fn titles(lexicon: &mut Lexicon) -> Phrases<Title> {
    let mut phrases = Phrases::default();
    for row in rows(HONORIFICS) {
        let words = phrases.add(lexicon, column(row, 0), Title::Honorific);
        if let [word] = words[..] {
            lexicon.facts_mut(word).lists |= list::HONORIFIC;
        }
    }
    for row in rows(OFFICES) {
        let [office, plural] = columns(row);
        phrases.add(lexicon, office, Title::Office);
        if !plural.is_empty() {
            phrases.add(lexicon, plural, Title::Plural);
        }
    }
    for first in phrases.first_words() {
        lexicon.facts_mut(first).lists |= list::OFFICE_WORD;
    }
    phrases
}
