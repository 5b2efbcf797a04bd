//! A themes file, the site's `vocabulary/themes.yaml` or the built-in one, to themes.

use std::collections::BTreeSet;
use std::ops::Range;

use super::records::{Record, Sheet};
use super::{Origin, Theme};
use crate::diagnostic::{Diagnostic, FileName, Outcome, did_you_mean};
use crate::policy::Rule;
use crate::yaml::{Field, Node, Value};

const FIELDS: [&str; 7] = ["name", "id", "description", "terms", "not", "broader", "related"];

/// The weight of a term that has none of its own.
const WEIGHT: f32 = 1.0;

/// The themes of the file `text`, which are of `origin`. A broken one is a finding and does not harm the others.
///
/// Terms are a list, or a mapping of each to its weight; in a list, too, one may have a weight: `- trade war: 2`.
/// The id of a theme is empty where the file gives none.
pub fn parse(file: &FileName, text: &str, origin: Origin) -> Outcome<Vec<Theme>> {
    let mut sheet = Sheet::new(file, "a theme");
    let items = sheet.items(text);
    let mut themes = Vec::with_capacity(items.len());
    let mut taken = BTreeSet::new();
    for item in &items {
        let Some(record) = sheet.record(item, &FIELDS) else { continue };
        let Some(theme) = theme(&mut sheet, record, origin) else { continue };
        if taken.insert(theme.name.to_lowercase()) {
            themes.push(theme);
        } else {
            sheet.find(
                &record.place("name"),
                format!("`{}` is a theme already, so this one is left out", theme.name),
            );
        }
    }
    sheet.diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
    Outcome { value: themes, diagnostics: sheet.diagnostics }
}

fn theme(sheet: &mut Sheet<'_>, record: Record<'_>, origin: Origin) -> Option<Theme> {
    let name = sheet.required(record, "name");
    let theme = Theme {
        id: sheet.id(record),
        name: name.clone().unwrap_or_default(),
        description: sheet.words(record, "description").unwrap_or_default(),
        terms: terms(sheet, record),
        not: sheet.phrases(record, "not"),
        broader: sheet.words(record, "broader"),
        related: sheet.phrases(record, "related"),
        origin,
    };
    if name.is_some() && theme.terms.is_empty() {
        sheet.find(&record.place("name"), "a theme without `terms` is found in no document");
    }
    name.map(|_| theme)
}

fn terms(sheet: &mut Sheet<'_>, record: Record<'_>) -> Vec<(String, f32)> {
    let Some(field) = record.field("terms") else { return Vec::new() };
    let mut terms: Vec<(String, f32)> = Vec::new();
    for (term, span, weight) in written_terms(sheet, field) {
        if terms.iter().any(|it| it.0 == term) {
            sheet.find(&span, format!("the term `{term}` is given twice"));
        } else {
            terms.push((term, weight));
        }
    }
    terms
}

/// Terms as they stand in the file, each with its place and weight.
fn written_terms(sheet: &mut Sheet<'_>, field: &Field) -> Vec<(String, Range<usize>, f32)> {
    let mut terms = Vec::new();
    for item in field.items() {
        match (&item.value, item.words()) {
            (Value::Map(weighted), _) => {
                for term in weighted {
                    let weight = weight(sheet, term).unwrap_or(WEIGHT);
                    terms.push((term.name.trim().to_owned(), term.at.clone(), weight));
                }
            }
            (Value::Null, _) => {}
            (_, Some(term)) if !term.is_empty() => {
                terms.push((term.to_owned(), item.span.clone(), WEIGHT));
            }
            _ => sheet.wrong(field, item, "a list of terms, or a mapping of terms to weights"),
        }
    }
    terms
}

fn weight(sheet: &mut Sheet<'_>, term: &Field) -> Option<f32> {
    if term.node.value == Value::Null {
        return None;
    }
    let weight = term
        .node
        .words()
        .and_then(|it| it.parse().ok())
        .filter(|it: &f32| it.is_finite() && *it > 0.0);
    if weight.is_none() {
        let span = if term.node.span.is_empty() { &term.at } else { &term.node.span };
        sheet.find(span, format!("the weight of `{}` must be a number above 0", term.name));
    }
    weight
}

/// What the file says of themes that are nowhere in `all`, which has the built-in ones too.
pub fn check(file: &FileName, text: &str, all: &[Theme]) -> Vec<Diagnostic> {
    let names =
        || all.iter().flat_map(|it| [it.id.as_str(), it.name.as_str()]).filter(|it| !it.is_empty());
    let mut findings = Vec::new();
    let mut look_up = |node: &Node| {
        let Some(name) =
            node.words().filter(|it| !names().any(|known| known.eq_ignore_ascii_case(it)))
        else {
            return;
        };
        let message = format!("there is no theme `{name}`");
        let finding = Diagnostic::new(Rule::UnknownReference, file, node.span.clone(), message);
        findings.push(match did_you_mean(name, names()) {
            Some(near) => finding.with_help(format!("did you mean `{near}`?")),
            None => finding,
        });
    };
    for item in crate::yaml::items(text).0 {
        let Value::Map(fields) = &item.value else { continue };
        let references = fields.iter().filter(|it| it.name == "broader" || it.name == "related");
        references.flat_map(Field::items).for_each(&mut look_up);
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(text: &str, diagnostics: &[Diagnostic]) -> Vec<String> {
        let help = |it: &Diagnostic| it.help.as_ref().map_or(String::new(), |it| format!("; {it}"));
        diagnostics
            .iter()
            .map(|it| format!("{}: {}{}", &text[it.span.clone()], it.message, help(it)))
            .collect()
    }

    #[test]
    fn terms_have_weights_or_not() {
        let text = "- name: Trade\n  description: Buying and selling.\n  terms: [tariff, customs union]\n  not: trade wind\n\
                    - name: Sea\n  id: the-sea\n  terms:\n    ship: 2\n    harbour: 1.5\n    tide:\n  broader: Trade\n\
                    - name: Air\n  terms:\n    - airport\n    - runway: 3\n  related: [the-sea, Rail]\n";
        let file = "themes.yaml".into();
        let outcome = parse(&file, text, Origin::Vocabulary);
        assert_eq!(findings(text, &outcome.diagnostics), [""; 0]);
        let terms = |at: usize| {
            outcome.value[at].terms.iter().map(|it| (it.0.as_str(), it.1)).collect::<Vec<_>>()
        };
        assert_eq!(terms(0), [("tariff", 1.0), ("customs union", 1.0)]);
        assert_eq!(terms(1), [("ship", 2.0), ("harbour", 1.5), ("tide", 1.0)]);
        assert_eq!(terms(2), [("airport", 1.0), ("runway", 3.0)]);
        assert_eq!(
            findings(text, &check(&file, text, &outcome.value)),
            ["Rail: there is no theme `Rail`"]
        );
    }

    #[test]
    fn one_bad_theme_does_not_harm_the_others() {
        let text = "- name: Trade\n  terms: [tariff, tariff]\n\
                    - name: Empty\n\
                    - terms: [x]\n\
                    - name: Sea\n  terms: {ship: heavy, tide: -1}\n  term: x\n\
                    - name: trade\n  terms: [x]\n\
                    - name: Air\n  terms: [[x]]\n";
        let outcome = parse(&"themes.yaml".into(), text, Origin::Gazetteer);
        let names: Vec<_> = outcome.value.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["Trade", "Empty", "Sea", "Air"]);
        assert_eq!(
            findings(text, &outcome.diagnostics),
            [
                "tariff: the term `tariff` is given twice",
                "Empty: a theme without `terms` is found in no document",
                "terms: a theme needs a `name`",
                "heavy: the weight of `ship` must be a number above 0",
                "-1: the weight of `tide` must be a number above 0",
                "term: `term` is not a field of a theme; did you mean `terms`?",
                "trade: `trade` is a theme already, so this one is left out",
                "Air: a theme without `terms` is found in no document",
                "[: `terms` wants a list of terms, or a mapping of terms to weights, not a list",
            ]
        );
    }
}
