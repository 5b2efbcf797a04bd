//! A reading and what a person found in the same text to counts of what is right, missed and wrong.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;

use crate::commands::evaluate::gold::Text;
use crate::pipeline::Reading;
use crate::pipeline::annotate::Standing;
use crate::vocabulary::Kind;

/// How many there are, how many were found, and how many of these are right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Count {
    /// By hand.
    pub(super) gold: usize,
    /// By the tagger.
    pub(super) found: usize,
    /// By both.
    pub(super) right: usize,
}

impl Count {
    fn plus(&mut self, other: Self) {
        self.gold += other.gold;
        self.found += other.found;
        self.right += other.right;
    }
}

/// Counts of one text or of many.
#[derive(Debug, Default)]
pub(super) struct Score {
    pub(super) texts: usize,
    /// Names, span and kind.
    pub(super) kinds: BTreeMap<&'static str, Count>,
    /// The same by the rule that found them; no rule has what was missed.
    pub(super) rules: BTreeMap<&'static str, Count>,
    /// Names, span alone.
    pub(super) spans: Count,
    /// Dates that overlap one found by hand.
    pub(super) dates: Count,
    /// The same by rule, where right means the same value.
    pub(super) date_rules: BTreeMap<&'static str, Count>,
    /// Of the dates that overlap, those of the same year.
    pub(super) years_right: usize,
    /// Of these, those of the same value.
    pub(super) values_right: usize,
    /// Titles right, and all.
    pub(super) titles: (usize, usize),
    /// Documents' dates right, and all.
    pub(super) document_dates: (usize, usize),
    /// What is not as it should be.
    pub(super) wrong: Vec<Wrong>,
}

/// Something missed, or found where it should not be.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Wrong {
    /// Where.
    pub(super) at: String,
    /// What the text says there.
    pub(super) surface: String,
    /// What it is, or nothing.
    pub(super) gold: String,
    /// What was found, or nothing.
    pub(super) found: String,
    /// By which rule.
    pub(super) rule: &'static str,
}

impl Score {
    /// Adds another text's counts.
    pub(super) fn add(&mut self, other: Score) {
        self.texts += other.texts;
        for (mine, theirs) in [
            (&mut self.kinds, other.kinds),
            (&mut self.rules, other.rules),
            (&mut self.date_rules, other.date_rules),
        ] {
            for (name, it) in theirs {
                mine.entry(name).or_default().plus(it);
            }
        }
        self.spans.plus(other.spans);
        self.dates.plus(other.dates);
        self.years_right += other.years_right;
        self.values_right += other.values_right;
        for (mine, theirs) in
            [(&mut self.titles, other.titles), (&mut self.document_dates, other.document_dates)]
        {
            *mine = (mine.0 + theirs.0, mine.1 + theirs.1);
        }
        self.wrong.extend(other.wrong);
    }

    /// Names of every kind.
    pub(super) fn overall(&self) -> Count {
        let mut all = Count::default();
        self.kinds.values().for_each(|it| all.plus(*it));
        all
    }
}

/// Something with its place, what it is, and the rule that found it.
type Tag<T> = (Range<usize>, T, &'static str);

/// Counts what is right in one text.
pub(super) fn compare(text: &Text, reading: &Reading) -> Score {
    let mut score = Score { texts: 1, ..Score::default() };
    names(text, &tagged(text, reading), &mut score);
    if let Some(gold) = &text.dates {
        dates((text, gold), &dated(text, reading), &mut score);
    }
    let judge = |gold: &Option<String>, found: &str| {
        gold.as_ref().map_or((0, 0), |it| (usize::from(it == found), 1))
    };
    score.titles = judge(&text.title, &reading.description.title.value);
    let date = reading.description.date.as_ref().map(|it| it.value.to_string());
    score.document_dates = judge(&text.date, &date.unwrap_or_default());
    score
}

/// The names that the tagger would publish, as far as one text can tell; what stands inside another counts with it.
fn tagged(text: &Text, reading: &Reading) -> Vec<Tag<Kind>> {
    let annotations = &reading.annotations;
    let mut found = Vec::new();
    for it in &annotations.mentions {
        let name = &annotations.names[usize::from(it.name)];
        let rule = it.rule.name();
        let apart = it.nested_in.is_some() || rule == "role" || rule == "demonym";
        if !apart && name.standing != Standing::Doubtful {
            let span = reading.document.origin.span(it.start as usize..it.end as usize);
            found.push((bare(text, span), name.kind, rule));
        }
    }
    found
}

/// A span without its article.
fn bare(text: &Text, span: Range<usize>) -> Range<usize> {
    let surface = surface(text, &span);
    let article = ["the ", "The "].into_iter().find(|it| surface.starts_with(it));
    span.start + article.map_or(0, str::len)..span.end
}

/// What the file says at `span`, if it was read without change.
fn surface<'a>(text: &'a Text, span: &Range<usize>) -> &'a str {
    text.source.text.get(span.clone()).unwrap_or_default()
}

fn names(text: &Text, found: &[Tag<Kind>], score: &mut Score) {
    let gold: Vec<_> =
        text.mentions.iter().map(|(span, kind)| (bare(text, span.clone()), *kind)).collect();
    for (span, kind, rule) in found {
        let same = gold.iter().find(|it| it.0 == *span).map(|it| it.1);
        let right = usize::from(same == Some(*kind));
        let count = Count { gold: 0, found: 1, right };
        score.kinds.entry(kind.name()).or_default().plus(count);
        score.rules.entry(rule).or_default().plus(count);
        score.spans.plus(Count { gold: 0, found: 1, right: usize::from(same.is_some()) });
        if right == 0 {
            score.wrong.push(wrong(text, span, (same.map_or("", Kind::name), kind.name(), rule)));
        }
    }
    for (span, kind) in &gold {
        let count = Count { gold: 1, ..Count::default() };
        score.kinds.entry(kind.name()).or_default().plus(count);
        score.spans.plus(count);
        if !found.iter().any(|it| it.0 == *span) {
            score.wrong.push(wrong(text, span, (kind.name(), "", "")));
        }
    }
}

fn wrong(
    text: &Text,
    span: &Range<usize>,
    (gold, found, rule): (&str, &str, &'static str),
) -> Wrong {
    let surface = surface(text, span).to_owned();
    Wrong { at: text.at.clone(), surface, gold: gold.to_owned(), found: found.to_owned(), rule }
}

/// The dates outside names: the year of a resolution is part of its name.
fn dated(text: &Text, reading: &Reading) -> Vec<Tag<String>> {
    let all = reading.annotations.dates.iter().map(|it| {
        let span = reading.document.origin.span(it.start as usize..it.end as usize);
        (span, it.value(), it.rule.name())
    });
    all.filter(|it| !text.mentions.iter().any(|name| overlap(&name.0, &it.0))).collect()
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Each date by hand counts for the first one found that overlaps it: two halves of a span are not two hits.
fn dates(
    (text, gold): (&Text, &[(Range<usize>, String)]),
    found: &[Tag<String>],
    score: &mut Score,
) {
    let mut met = vec![false; gold.len()];
    for (span, value, rule) in found {
        let same = (0..gold.len()).find(|it| !met[*it] && overlap(&gold[*it].0, span));
        let wanted = same.map_or("", |it| &*gold[it].1);
        let right = same.is_some() && wanted == value;
        let count = |right| Count { gold: 0, found: 1, right: usize::from(right) };
        score.date_rules.entry(rule).or_default().plus(count(right));
        score.dates.plus(count(same.is_some()));
        score.years_right += usize::from(same.is_some() && wanted.get(..4) == value.get(..4));
        score.values_right += usize::from(right);
        if let Some(at) = same {
            met[at] = true;
        }
        if !right {
            score.wrong.push(wrong(text, span, (wanted, value, rule)));
        }
    }
    score.dates.gold += gold.len();
    for ((span, value), _) in gold.iter().zip(met).filter(|it| !it.1) {
        score.wrong.push(wrong(text, span, (value, "", "")));
    }
}
