//! The words of a page to its language.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::pipeline::describe::{Inferred, rules};
use crate::pipeline::words::{Shape, Words};
use crate::vocabulary::lists::{columns, rows};
use crate::vocabulary::short_word::ShortWord;

/// For each small word, the languages that have it: bits by their place in [`CODES`].
static SMALL: LazyLock<(Vec<&'static str>, FxHashMap<ShortWord, u32>)> = LazyLock::new(|| {
    let mut codes = Vec::new();
    let mut words: FxHashMap<ShortWord, u32> = FxHashMap::default();
    for row in rows(include_str!("languages.tsv")) {
        let [code, small] = columns(row);
        for word in small.split_whitespace() {
            let word = ShortWord::of(word).expect("a small word is short");
            *words.entry(word).or_default() |= 1 << codes.len();
        }
        codes.push(code);
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
        let Some(mut bits) = in_small_letters(words, at).and_then(|it| small.get(&it).copied())
        else {
            continue;
        };
        while bits != 0 {
            counts[bits.trailing_zeros() as usize] += 1;
            bits &= bits - 1;
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

fn in_small_letters(words: &Words<'_>, at: usize) -> Option<ShortWord> {
    let surface = words.surface(at);
    match words.shape(at).is(Shape::CAPITAL) {
        true if surface.is_ascii() => ShortWord::small(surface),
        true => ShortWord::of(&surface.to_lowercase()),
        false => ShortWord::of(surface),
    }
}

/// The language of the script that most letters of a sample are in, if it is not the Latin one.
fn script(text: &str) -> Option<&'static str> {
    let letters = || text.chars().filter(|it| it.is_alphabetic()).take(SAMPLE);
    let counted = |(all, foreign), it| (all + 1, foreign + usize::from(it >= '\u{370}'));
    let (all, foreign) = letters().fold((0, 0), counted);
    if foreign * 2 <= all {
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
