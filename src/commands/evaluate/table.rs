//! Counts to tables that a person reads.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

use crate::commands::evaluate::score::{Count, Score, Wrong};

/// A line of a table; figures in percent.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    name: String,
    gold: usize,
    found: usize,
    right: usize,
    precision: f64,
    /// Nothing for a rule: what was missed is no rule's.
    recall: Option<f64>,
    f1: Option<f64>,
}

/// How many percent of `all` these are, to one decimal; all of nothing is everything.
#[expect(clippy::cast_precision_loss, reason = "nobody annotates so many")]
pub(super) fn share(part: usize, all: usize) -> f64 {
    if all == 0 { 100.0 } else { (part as f64 * 1000.0 / all as f64).round() / 10.0 }
}

impl Row {
    /// The line of this name.
    pub(super) fn of(name: &str, count: Count) -> Self {
        let Count { gold, found, right } = count;
        let precision = share(right, found);
        let recall = (gold > 0).then(|| share(right, gold));
        let f1 = (gold > 0).then(|| share(2 * right, gold + found));
        Row { name: name.to_owned(), gold, found, right, precision, recall, f1 }
    }
}

/// A line for each.
pub(super) fn rows(counts: &BTreeMap<&'static str, Count>) -> Vec<Row> {
    counts.iter().map(|it| Row::of(it.0, *it.1)).collect()
}

/// Everything, with the errors if they are wanted.
pub(super) fn tables(score: &Score, errors: bool) -> String {
    let mut out = format!("{} texts\n\n", score.texts);
    head(&mut out, "names");
    for it in &rows(&score.kinds) {
        line(&mut out, it);
    }
    line(&mut out, &Row::of("all", score.overall()));
    line(&mut out, &Row::of("without kind", score.spans));
    by_rule(&mut out, "names by rule", &score.rules);
    if score.dates.gold > 0 {
        out.push('\n');
        head(&mut out, "dates");
        line(&mut out, &Row::of("overlapping", score.dates));
        let share = |part| share(part, score.dates.right);
        let _ = writeln!(
            out,
            "of these {}% of the right year, {}% of the right value",
            share(score.years_right),
            share(score.values_right)
        );
        by_rule(&mut out, "dates by rule", &score.date_rules);
    }
    for (what, (right, all)) in
        [("titles", score.titles), ("documents' dates", score.document_dates)]
    {
        if all > 0 {
            let _ = writeln!(out, "\n{what}: {right} of {all} right");
        }
    }
    if errors {
        out.push('\n');
        score.wrong.iter().for_each(|it| error(&mut out, it));
    }
    out
}

fn head(out: &mut String, what: &str) {
    let _ = writeln!(
        out,
        "{what:<22}{:>7}{:>7}{:>7}{:>11}{:>8}{:>7}",
        "gold", "found", "right", "precision", "recall", "F1"
    );
}

fn line(out: &mut String, it: &Row) {
    let Row { name, gold, found, right, precision, recall, f1 } = it;
    let figure = |it: &Option<f64>| it.map_or_else(|| "-".to_owned(), |it| format!("{it:.1}"));
    let (recall, f1) = (figure(recall), figure(f1));
    let _ = writeln!(
        out,
        "  {name:<20}{gold:>7}{found:>7}{right:>7}{precision:>11.1}{recall:>8}{f1:>7}"
    );
}

fn by_rule(out: &mut String, what: &str, counts: &BTreeMap<&'static str, Count>) {
    let _ = writeln!(out, "\n{what:<29}{:>7}{:>7}{:>11}", "found", "right", "precision");
    for Row { name, found, right, precision, .. } in rows(counts) {
        let _ = writeln!(out, "  {name:<27}{found:>7}{right:>7}{precision:>11.1}");
    }
}

fn error(out: &mut String, it: &Wrong) {
    let Wrong { at, surface, gold, found, rule } = it;
    let or = |it: &str| if it.is_empty() { "nothing".to_owned() } else { it.to_owned() };
    let by = if rule.is_empty() { String::new() } else { format!(" ({rule})") };
    let _ = writeln!(out, "{at}: \"{surface}\" is {}, found {}{by}", or(gold), or(found));
}
