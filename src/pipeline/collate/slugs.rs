//! Sources to the last parts of their pages' addresses, each of them one document's only.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::diagnostic::Diagnostic;
use crate::pipeline::Reading;
use crate::pipeline::collate::outline::Outline;
use crate::policy::Rule;
use crate::vocabulary::lexicon::{fold, list};
use crate::vocabulary::{Vocabulary, slug};

/// How many words of a title, those that say little left out, go into an address.
const TITLE_WORDS: usize = 5;

/// The address that a document asks for.
#[derive(Debug, PartialEq)]
pub(crate) enum Wanted {
    /// Its author gave it one.
    Written(String),
    /// By its file, or its date and title; and with its folder before that, should it be taken.
    Automatic([String; 2]),
}

/// What address a document asks for; sees nothing else.
pub(crate) fn wanted(reading: &Reading, vocabulary: &Vocabulary) -> Wanted {
    let written = reading.document.front_matter.slug.as_deref().map(slug);
    if let Some(written) = written.filter(|it| !it.is_empty()) {
        return Wanted::Written(written);
    }
    let wanted = automatic(reading, vocabulary);
    let prefixed = prefixed(reading, &wanted);
    Wanted::Automatic([wanted, prefixed])
}

/// The slug of each document; an address that two authors claim is the first one's, and a finding.
pub(crate) fn slugs(
    readings: &[Arc<Reading>],
    outlines: &[Arc<Outline>],
) -> (Vec<String>, Vec<Diagnostic>) {
    let mut taken: FxHashMap<String, usize> = FxHashMap::default();
    taken.reserve(readings.len());
    let mut slugs = vec![String::new(); readings.len()];
    let mut findings = Vec::new();
    for (at, outline) in outlines.iter().enumerate() {
        let Wanted::Written(wanted) = &outline.address else { continue };
        if let Some(&first) = taken.get(wanted) {
            findings.push(collision(&readings[at], &readings[first], wanted));
        }
        slugs[at] = free(std::slice::from_ref(wanted), &taken);
        taken.insert(slugs[at].clone(), at);
    }
    for (at, outline) in outlines.iter().enumerate() {
        if let Wanted::Automatic(wanted) = &outline.address {
            slugs[at] = free(wanted, &taken);
            taken.insert(slugs[at].clone(), at);
        }
    }
    (slugs, findings)
}

fn collision(reading: &Reading, first: &Reading, slug: &str) -> Diagnostic {
    let message = format!("the address `{slug}` is taken by `{}`", first.document.file);
    Diagnostic::new(Rule::AddressTaken, &reading.document.file, 0..0, message)
}

/// The first of `wanted` that is free, else the last with a number.
fn free(wanted: &[String], taken: &FxHashMap<String, usize>) -> String {
    let last = wanted.last().expect("somebody wants an address");
    let counted = (2..).map(|it| format!("{last}-{it}"));
    let mut candidates = wanted.iter().cloned().chain(counted);
    candidates.find(|it| !taken.contains_key(it)).expect("one of endlessly many is free")
}

/// The stem of the file where it says something, else date and title.
fn automatic(reading: &Reading, vocabulary: &Vocabulary) -> String {
    let stem = stem(&reading.document.id);
    if says_something(stem) {
        return slug(stem);
    }
    let mut parts = Vec::new();
    if let Some(date) = reading.description.date.as_ref().filter(|it| it.value.year.is_some()) {
        parts.push(date.value.to_string());
    }
    parts.extend(telling(&reading.description.title.value, vocabulary));
    if parts.is_empty() { slug(stem) } else { parts.join("-") }
}

/// The first words of a title that say something, as one part of an address.
fn telling(title: &str, vocabulary: &Vocabulary) -> Option<String> {
    let lexicon = &vocabulary.lexicon;
    let says_little = |word: &&str| {
        let letters = word.trim_matches(|it: char| !it.is_alphanumeric());
        letters.is_empty() || lexicon.facts(lexicon.find(&fold(letters))).is(list::STOP)
    };
    let words: Vec<&str> =
        title.split_whitespace().filter(|it| !says_little(it)).take(TITLE_WORDS).collect();
    (!words.is_empty()).then(|| slug(&words.join(" ")))
}

fn stem(id: &str) -> &str {
    let name = id.rsplit('/').next().unwrap_or(id);
    name.rsplit_once('.').map_or(name, |it| it.0)
}

/// Whether a file's name has a word that is neither a number nor a hash.
fn says_something(stem: &str) -> bool {
    stem.split(|it: char| !it.is_alphanumeric()).any(|word| {
        let letters = word.chars().filter(|it| it.is_alphabetic()).count();
        let digits = word.chars().count() - letters;
        let hexadecimal =
            word.len() >= 6 && digits > 0 && word.bytes().all(|it| it.is_ascii_hexdigit());
        letters >= 3 && digits <= letters && !hexadecimal
    })
}

/// With the folder before it: `press-2019-minutes`.
fn prefixed(reading: &Reading, wanted: &str) -> String {
    let folder = reading.document.id.rsplit_once('/').map_or("", |it| it.0);
    let folder = folder.rsplit('/').next().unwrap_or_default();
    if folder.is_empty() { wanted.to_owned() } else { format!("{}-{wanted}", slug(folder)) }
}
