//! The words of a page to its language.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::pipeline::describe::{Inferred, rules};
use crate::pipeline::words::{Shape, Words};
use crate::vocabulary::lists::{column, rows};

/// For each small word, the languages that have it: bits by their place in [`CODES`].
static SMALL: LazyLock<(Vec<&'static str>, FxHashMap<&'static str, u32>)> = LazyLock::new(|| {
    let mut codes = Vec::new();
    let mut words: FxHashMap<&'static str, u32> = FxHashMap::default();
    for row in rows(include_str!("languages.tsv")) {
        for word in column(row, 1).split_whitespace() {
            *words.entry(word).or_default() |= 1 << codes.len();
        }
        codes.push(column(row, 0));
    }
    (codes, words)
});

/// How many words are looked at.
const SAMPLE: usize = 200;

/// Languages told by their letters: first and last letter of the range.
const SCRIPTS: &[(char, char, &str)] = &[
    ('\u{370}', '\u{3ff}', "el"),
    ('\u{400}', '\u{52f}', "ru"),
    ('\u{590}', '\u{5ff}', "he"),
    ('\u{600}', '\u{6ff}', "ar"),
    ('\u{900}', '\u{97f}', "hi"),
    ('\u{3040}', '\u{30ff}', "ja"),
    ('\u{4e00}', '\u{9fff}', "zh"),
    ('\u{ac00}', '\u{d7af}', "ko"),
];

/// The language of `words`, `default` where nothing tells.
pub(super) fn language(words: &Words<'_>, default: &str) -> Inferred<String> {
    let inferred = |code: &str, rule: &str, evidence: String| Inferred {
        value: code.to_owned(),
        rule: rule.into(),
        span: None,
        evidence,
    };
    if let Some(code) = script(words.text) {
        return inferred(code, rules::SCRIPT, "most letters are of its script".to_owned());
    }
    let (codes, small) = &*SMALL;
    let mut counts = vec![0_u32; codes.len()];
    let sample =
        words.tokens.iter().enumerate().filter(|it| it.1.shape.is(Shape::WORD)).take(SAMPLE);
    for (at, _) in sample {
        let surface = words.surface(at);
        let folded =
            if words.shape(at).is(Shape::CAPITAL) { surface.to_lowercase() } else { String::new() };
        let word = if folded.is_empty() { surface } else { folded.as_str() };
        let Some(&bits) = small.get(word) else { continue };
        for (language, count) in counts.iter_mut().enumerate() {
            *count += (bits >> language) & 1;
        }
    }
    let best = (0..codes.len()).rev().max_by_key(|it| counts[*it]).expect("languages.tsv has rows");
    let ours = codes.iter().position(|it| default.starts_with(it)).map_or(0, |it| counts[it]);
    let is_default = default.starts_with(codes[best]);
    if counts[best] < 3 || (!is_default && counts[best] * 2 < ours * 3) {
        return inferred(default, rules::DEFAULT, "the site's default".to_owned());
    }
    let code = if is_default { default } else { codes[best] };
    inferred(code, rules::STOP_WORDS, format!("{} of its small words", counts[best]))
}

/// The language of the script that most letters of a sample are in, if it is not the Latin one.
fn script(text: &str) -> Option<&'static str> {
    let letters = || text.chars().filter(|it| it.is_alphabetic()).take(SAMPLE);
    let foreign = letters().filter(|it| *it >= '\u{370}').count();
    if foreign * 2 <= letters().count() {
        return None;
    }
    let count = |from: char, to: char| letters().filter(|it| (from..=to).contains(it)).count();
    let (_, code) = SCRIPTS.iter().map(|it| (count(it.0, it.1), it.2)).max_by_key(|it| it.0)?;
    match code {
        "zh" if letters().any(|it| ('\u{3040}'..='\u{30ff}').contains(&it)) => Some("ja"),
        "ru" if letters().any(|it| matches!(it, 'і' | 'ї' | 'є' | 'ґ'))
            && !letters().any(|it| it == 'ы') =>
        {
            Some("uk")
        }
        code => Some(code),
    }
}
