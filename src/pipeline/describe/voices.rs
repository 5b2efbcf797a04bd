//! The lines of a page to who speaks in the document.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::pipeline::describe::page::Page;
use crate::pipeline::describe::person::{person, run_end};
use crate::pipeline::describe::{Inferred, Speaker, rules};
use crate::pipeline::words::Shape;
use crate::vocabulary::lexicon::{Lexicon, list};

/// What people give: "Speech by …".
const SPEECHES: &[&str] = &[
    "speech",
    "remarks",
    "statement",
    "address",
    "message",
    "lecture",
    "keynote",
    "intervention",
    "briefing",
    "toast",
    "comments",
    "testimony",
    "speeches",
    "statements",
    "greetings",
    "presentation",
    "eulogy",
];

/// How many labels a transcript has at least.
const TRANSCRIPT: usize = 2;

/// How many turns make a text a transcript that is not called one.
const TURNS: usize = 3;

/// How far from one label the next may stand.
const NEAR: usize = 12;

/// How many speakers are named at most.
const MOST: usize = 30;

/// Who speaks, each once, in the order of the evidence.
pub(super) fn speakers(page: Page<'_>, title: Option<usize>) -> Vec<Inferred<Speaker>> {
    let mut found: Vec<Inferred<Speaker>> = Vec::new();
    let head = page.head().take_while(|it| *it <= page.body + 3);
    let lines = title.into_iter().chain(head.clone().filter(|it| Some(*it) != title));
    for block in lines {
        if block <= page.body {
            found.extend(remarks_of(page, block));
        }
        if !page.is_prose(block) {
            found.extend(speech_by(page, block));
        }
        found.extend(told(page, block));
    }
    found.extend(labels(page));
    let mut names = Vec::new();
    found.retain(|it| {
        let new = !names.contains(&it.value.name);
        names.push(it.value.name.clone());
        new
    });
    found.truncate(MOST);
    found
}

/// "Following are UN Secretary-General X's remarks", "Following is the text of remarks by X".
fn remarks_of(page: Page<'_>, block: usize) -> Option<Inferred<Speaker>> {
    let tokens = page.tokens(block);
    if !page.words.is_word(tokens.start, "following") {
        return None;
    }
    let near = tokens.start..tokens.end.min(tokens.start + 40);
    let owner = near.clone().find(|it| page.words.shape(*it).is(Shape::POSSESSIVE));
    let by = near
        .clone()
        .find(|it| page.words.is_word(*it, "by"))
        .filter(|it| owner.is_none_or(|owner| *it < owner));
    let (start, end) = match (by, owner) {
        (Some(by), _) => (by + 1, tokens.end),
        (None, Some(owner)) => {
            let small = [
                "following",
                "is",
                "are",
                "the",
                "text",
                "full",
                "transcript",
                "of",
                "a",
                "unofficial",
            ];
            let start =
                near.clone().find(|it| !small.iter().any(|word| page.words.is_word(*it, word)))?;
            (start, owner)
        }
        (None, None) => return None,
    };
    speaker(page, start..end, rules::REMARKS_OF)
}

/// "Speech by X", "Remarks of X", "Interview with X".
fn speech_by(page: Page<'_>, block: usize) -> Option<Inferred<Speaker>> {
    let tokens = page.tokens(block);
    let is = |at: usize, words: &[&str]| words.iter().any(|it| page.words.is_word(at, it));
    let preposition = tokens.clone().find(|it| {
        let before =
            |words| (it.saturating_sub(4).max(tokens.start)..*it).any(|before| is(before, words));
        (is(*it, &["by"]) && before(SPEECHES))
            || (is(*it, &["of", "from"]) && *it > tokens.start && is(*it - 1, SPEECHES))
            || (is(*it, &["with"]) && before(&["interview", "conversation"]))
    })?;
    speaker(page, preposition + 1..tokens.end, rules::SPEECH_BY)
}

/// "X told Y in an exclusive interview".
fn told(page: Page<'_>, block: usize) -> Option<Inferred<Speaker>> {
    let tokens = page.tokens(block);
    let interview = tokens.clone().find(|it| page.words.is_word(*it, "interview"))?;
    let told = (tokens.start..interview)
        .rev()
        .take(16)
        .find(|it| ["told", "said"].iter().any(|word| page.words.is_word(*it, word)))?;
    let mut start = told;
    while start > tokens.start && belongs(page, start - 1) {
        start -= 1;
    }
    speaker(page, start..told, rules::TOLD)
}

/// Whether token `at` can be part of an office and name.
fn belongs(page: Page<'_>, at: usize) -> bool {
    let shape = page.words.shape(at);
    shape.is(Shape::CAPITAL | Shape::HYPHEN)
        || page.words.listed(at, list::PARTICLE | list::OFFICE_WORD)
        || ["of", "for", "the"].iter().any(|it| page.words.is_word(at, it))
        || (page.words.is_mark(at, b'.') && page.words.abbreviates(at - 1))
}

fn speaker(page: Page<'_>, tokens: Range<usize>, rule: &str) -> Option<Inferred<Speaker>> {
    let end = run_end(page, tokens.clone());
    let (value, span) = person(page, tokens.start..end)?;
    Some(page.inferred_by(value, rule, span))
}

/// Labels before what is said, where there are several: "THE CHAIRMAN:", "Mr. SMITH (France):".
fn labels(page: Page<'_>) -> Vec<Inferred<Speaker>> {
    let labels: Vec<_> = (0..page.document.blocks.len()).filter_map(|it| label(page, it)).collect();
    if labels.len() < TRANSCRIPT {
        return Vec::new();
    }
    let mut times: FxHashMap<&str, (u32, Range<usize>)> = FxHashMap::default();
    for label in labels {
        times.entry(page.words.slice(label.clone())).or_insert((0, label)).0 += 1;
    }
    let mut labels: Vec<_> = times.into_values().collect();
    labels.sort_unstable_by_key(|it| it.1.start);
    let sure = labels.into_iter().filter(|(times, label)| *times > 1 || is_label(page, label));
    sure.filter_map(|(_, label)| of_label(page, label)).collect()
}

/// Whether block `at` is what somebody says in a transcript, and not a headline with a colon in it.
pub(super) fn is_spoken(page: Page<'_>, at: usize) -> bool {
    let said = |it: usize| label(page, it).filter(|it| is_label(page, it));
    said(at).is_some()
        && page.ends_sentence(at)
        && (at + 1..page.document.blocks.len().min(at + NEAR)).any(|it| said(it).is_some())
}

/// Questions and answers are an interview, turns of several speakers a transcript.
pub(super) fn kind(page: Page<'_>) -> Option<Inferred<String>> {
    let blocks = 0..page.document.blocks.len();
    let begins = |at: usize, words: &[&str]| {
        let first = page.tokens(at).start;
        words.iter().any(|it| page.words.is_word(first, it))
            && [b':', b'.'].iter().any(|it| page.words.is_mark(first + 1, *it))
    };
    let mut questions = blocks.clone().filter(|it| begins(*it, &["q", "question"]));
    let answers = blocks.clone().filter(|it| begins(*it, &["a", "answer"])).count();
    let block = questions.next();
    if let Some(block) = block.filter(|_| questions.next().is_some() && answers >= TRANSCRIPT) {
        return Some(page.inferred("interview".to_owned(), rules::LABEL, page.range(block)));
    }
    let labels: Vec<_> = blocks.filter_map(|it| label(page, it)).collect();
    let mut names: Vec<&str> = labels.iter().map(|it| page.words.slice(it.clone())).collect();
    let said = names.len();
    names.sort_unstable();
    names.dedup();
    let told = labels.iter().filter(|it| page.ends_sentence(page.words.block_of(it.start))).count();
    let named = labels.iter().filter(|it| is_label(page, it)).count();
    let turns = said >= TURNS && names.len() > 1 && (names.len() < said || named == said);
    let first = labels.into_iter().next().filter(|_| turns && told * 2 > said)?;
    Some(page.inferred_by("transcript".to_owned(), rules::LABEL, first))
}

/// Whether a label that stands only once is one: it has an honorific or office, or is all in capitals.
fn is_label(page: Page<'_>, label: &Range<usize>) -> bool {
    let mut words = label.clone().filter(|it| page.words.shape(*it).is(Shape::WORD));
    page.vocabulary.titles.longest(page.words, label.start, label.end).is_some()
        || words.all(|it| page.words.shape(it).is(Shape::ALL_CAPITALS))
}

/// The tokens of the label that block `at` begins with.
fn label(page: Page<'_>, at: usize) -> Option<Range<usize>> {
    let tokens = page.tokens(at);
    let colon = tokens.clone().take(12).find(|it| page.words.is_mark(*it, b':'))?;
    let label = tokens.start..colon;
    let named = label.clone().filter(|it| page.words.shape(*it).is(Shape::WORD)).all(|it| {
        page.words.shape(it).is(Shape::CAPITAL)
            || page.words.listed(it, list::PARTICLE)
            || ["of", "and", "the"].iter().any(|word| page.words.is_word(it, word))
    });
    (named && page.count(label.clone()) > 0 && page.words.shape(tokens.start).is(Shape::CAPITAL))
        .then_some(label)
}

fn of_label(page: Page<'_>, label: Range<usize>) -> Option<Inferred<Speaker>> {
    let bracket = label.clone().find(|it| page.words.is_mark(*it, b'(')).unwrap_or(label.end);
    let (mut speaker, _) = person(page, label.start..bracket)?;
    if bracket + 1 < label.end {
        let inside = bracket + 1..label.end - 1;
        page.words.slice(inside).clone_into(&mut speaker.role);
    }
    let honorific = page.words.listed(label.start, list::HONORIFIC);
    let lexicon = page.words.lexicon;
    let particle = |it: &str| lexicon.facts(lexicon.find(&it.to_lowercase())).is(list::PARTICLE);
    let mut before = speaker.name.split(' ').rev().skip(1);
    if honorific && before.all(particle) {
        // A surname alone is half a name; "Mr Dubois" says who is meant.
        let dot = if page.words.is_mark(label.start + 1, b'.') { "." } else { "" };
        speaker.name = format!("{}{dot} {}", page.words.surface(label.start), speaker.name);
    }
    speaker.name = in_small_letters(lexicon, &speaker.name);
    Some(page.inferred_by(speaker, rules::LABEL, label))
}

/// "MR DUBOIS" as it is written where nobody is announced: "Mr Dubois". A name with small letters in it stays.
fn in_small_letters(lexicon: &Lexicon, name: &str) -> String {
    let surname = name.rsplit(' ').next().unwrap_or(name);
    if surname.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    let words = name.split(' ').map(|word| {
        let small = word.to_lowercase();
        let particle = lexicon.facts(lexicon.find(&small)).is(list::PARTICLE);
        if particle { small } else { with_capitals(word) }
    });
    let name = words.collect::<Vec<_>>().join(" ");
    let mut letters = name.chars();
    letters.next().map_or(String::new(), |it| it.to_uppercase().chain(letters).collect())
}

/// The first letter of each part of a word in capitals: "O'Neil", "Smith-Jones".
fn with_capitals(word: &str) -> String {
    let mut begins = true;
    let mut written = String::with_capacity(word.len());
    for letter in word.chars() {
        if begins {
            written.push(letter);
        } else {
            written.extend(letter.to_lowercase());
        }
        begins = !letter.is_alphabetic();
    }
    written
}
