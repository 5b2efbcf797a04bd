//! The words around an expression to whether it speaks of what was or of what will be.

use crate::pipeline::calendar::meaning::Tense;
use crate::pipeline::words::{Shape, Words};
use crate::vocabulary::lexicon::list;

/// Words that say that something lies ahead.
const AHEAD: &[&str] = &[
    "will",
    "shall",
    "would",
    "scheduled",
    "expected",
    "due",
    "plans",
    "planned",
    "planning",
    "slated",
    "upcoming",
    "forthcoming",
    "expires",
    "deadline",
    "going",
    "hopes",
    "intends",
    "begins",
    "starts",
    "opens",
    "ends",
    "expire",
    "should",
    "won't",
    "wouldn't",
    "aims",
    "must",
];

/// Words that say that something lies behind.
const BEHIND: &[&str] = &[
    "was", "were", "had", "did", "has", "have", "said", "told", "since", "met", "held", "took",
    "began", "made", "became", "came", "went", "fell", "rose", "gave", "won", "lost", "saw",
    "wrote", "died", "sold", "bought", "left", "led", "ended", "started", "opened",
];

/// How far to look for them.
const REACH: usize = 40;

/// Whether what is said at token `at` lies before or behind the document's date, as far as verbs tell.
pub(super) fn tense(words: &Words<'_>, at: usize, end: usize) -> Tense {
    let sentence = words.sentence(at);
    let before = (sentence.start.max(at.saturating_sub(REACH))..at).rev();
    if let Some(tense) = before.clone().find_map(|it| cue(words, it)) {
        return tense;
    }
    // "Closed until June", with no verb before it that tells.
    let ahead = ["until", "till"];
    if at > sentence.start && ahead.iter().any(|it| words.is_word(at - 1, it)) {
        return Tense::Future;
    }
    // "On Friday, the President will travel": nothing before it, so the main verb behind it tells.
    let behind = end..sentence.end.min(end + REACH / 2);
    behind.clone().find_map(|it| cue(words, it)).unwrap_or(Tense::Past)
}

fn cue(words: &Words<'_>, at: usize) -> Option<Tense> {
    if !words.shape(at).is(Shape::WORD) || words.shape(at).is(Shape::ALL_CAPITALS) {
        return None;
    }
    let surface = words.surface(at);
    let is = |it: &&'static str| surface.eq_ignore_ascii_case(it);
    if AHEAD.iter().any(is) || surface.ends_with("'ll") || surface.ends_with("’ll") {
        return Some(Tense::Future);
    }
    let to_be =
        |from: usize| from > 0 && words.is_word(from - 1, "to") && words.is_word(from, "be");
    if to_be(at) {
        return Some(Tense::Future);
    }
    let participle = at > 0 && words.is_word(at - 1, "be");
    let past = surface.len() > 4 && surface.ends_with("ed") && !words.shape(at).is(Shape::CAPITAL);
    let behind = BEHIND.iter().any(is) || words.listed(at, list::SAYING) || past;
    (behind && !participle).then_some(Tense::Past)
}
