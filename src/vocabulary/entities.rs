//! `vocabulary/entities.yaml` to entries: who and what the documents of this site speak of.

use std::collections::BTreeSet;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::records::{Record, Sheet};
use super::{Entry, Kind, Origin};
use crate::diagnostic::{Diagnostic, FileName, Outcome, did_you_mean};
use crate::policy::Rule;
use crate::yaml::{Field, Value};

const FIELDS: [&str; 10] = [
    "name",
    "kind",
    "id",
    "aliases",
    "description",
    "same_as",
    "part_of",
    "not",
    "not_same_as",
    "hidden",
];

/// The entries of the file `text`. A broken one is a finding and does not harm the others.
///
/// The id of an entry is empty where the file gives none.
pub fn parse(file: &FileName, text: &str) -> Outcome<Vec<Entry>> {
    let mut sheet = Sheet::new(file, "an entity");
    let items = sheet.items(text);
    let mut entries = Vec::with_capacity(items.len());
    let mut taken = BTreeSet::new();
    for item in &items {
        let Some(record) = sheet.record(item, &FIELDS) else { continue };
        if let Some(entry) = entry(&mut sheet, record)
            && is_new(&mut sheet, &mut taken, (record, &entry))
        {
            entries.push(entry);
        }
    }
    sheet.diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
    Outcome { value: entries, diagnostics: sheet.diagnostics }
}

fn entry(sheet: &mut Sheet<'_>, record: Record<'_>) -> Option<Entry> {
    let (name, kind) = (sheet.required(record, "name"), kind(sheet, record));
    let mut aliases = sheet.phrases(record, "aliases");
    aliases.retain(|it| Some(it) != name.as_ref());
    let rest = Entry {
        id: sheet.id(record),
        name: name.clone().unwrap_or_default(),
        kind: kind.unwrap_or(Kind::Organization),
        aliases,
        description: sheet.words(record, "description").unwrap_or_default(),
        same_as: same_as(sheet, record),
        part_of: sheet.words(record, "part_of"),
        not: sheet.phrases(record, "not"),
        not_same_as: sheet.phrases(record, "not_same_as"),
        hidden: sheet.is_set(record, "hidden"),
        origin: Origin::Vocabulary,
    };
    name.and(kind).map(|_| rest)
}

fn kind(sheet: &mut Sheet<'_>, record: Record<'_>) -> Option<Kind> {
    let word = sheet.required(record, "kind")?;
    let kind = Kind::ALL
        .into_iter()
        .find(|it| it.name() == word.to_lowercase().replace("isation", "ization"));
    if kind.is_none() {
        let names = Kind::ALL.map(Kind::name);
        let message =
            format!("`{word}` is not a kind: write {} or {}", names[..4].join(", "), names[4]);
        sheet.find_unknown((&record.place("kind"), &word), message, names);
    }
    kind
}

/// URLs; a number of Wikidata's stands for its own.
fn same_as(sheet: &mut Sheet<'_>, record: Record<'_>) -> Vec<String> {
    let mut urls = Vec::new();
    for (written, span) in sheet.list(record, "same_as") {
        let number = written
            .strip_prefix('Q')
            .filter(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()));
        if number.is_some() {
            urls.push(format!("https://www.wikidata.org/wiki/{written}"));
        } else if written.starts_with("https://") || written.starts_with("http://") {
            urls.push(written);
        } else {
            sheet.find(&span, "`same_as` wants a URL or a Wikidata number such as Q7809; other names go to `aliases`");
        }
    }
    urls
}

/// Whether no entry before has the same id, or the same name and kind.
fn is_new(
    sheet: &mut Sheet<'_>,
    taken: &mut BTreeSet<(Option<Kind>, String)>,
    (record, entry): (Record<'_>, &Entry),
) -> bool {
    let by_name = (Some(entry.kind), entry.name.to_lowercase());
    if !taken.insert(by_name) {
        let message = format!("`{}` is an entity already, so this one is left out", entry.name);
        sheet.find(&record.place("name"), message);
        return false;
    }
    if !entry.id.is_empty() && !taken.insert((None, entry.id.clone())) {
        sheet.find(
            &record.place("id"),
            format!("the id `{}` is taken, so this entity is left out", entry.id),
        );
        return false;
    }
    true
}

/// What the file says of entities that are nowhere in `all`, which has the built-in ones too.
pub fn check(file: &FileName, text: &str, all: &[Entry]) -> Vec<Diagnostic> {
    let names = || all.iter().flat_map(|it| [&it.name, &it.id].into_iter().chain(&it.aliases));
    let known: FxHashSet<String> = names().map(|it| it.to_lowercase()).collect();
    let (items, _) = crate::yaml::items(text);
    let mut findings = Vec::new();
    for item in &items {
        let Value::Map(fields) = &item.value else { continue };
        for field in fields.iter().filter(|it| it.name == "part_of") {
            let Some(name) = field.node.words().filter(|it| !known.contains(&it.to_lowercase()))
            else {
                continue;
            };
            let message = format!("there is no entity `{name}` that this one could be part of");
            let finding =
                Diagnostic::new(Rule::UnknownReference, file, field.node.span.clone(), message);
            findings.push(match did_you_mean(name, names().map(String::as_str)) {
                Some(near) => finding.with_help(format!("did you mean `{near}`?")),
                None => finding,
            });
        }
    }
    findings
}

/// Where the names of entities stand in the file, for findings about them.
#[derive(Debug, Default)]
pub struct Places {
    forms: FxHashMap<(String, String), Range<usize>>,
}

impl Places {
    /// The places in the file `text`.
    pub fn of(text: &str) -> Places {
        let mut places = Places::default();
        for item in crate::yaml::items(text).0 {
            let Value::Map(fields) = &item.value else { continue };
            let name = fields
                .iter()
                .find(|it| it.name == "name")
                .and_then(|it| it.node.words())
                .unwrap_or_default();
            let with_forms = fields.iter().filter(|it| it.name == "name" || it.name == "aliases");
            for form in with_forms.flat_map(Field::items) {
                let key = (name.to_owned(), form.words().unwrap_or_default().to_owned());
                places.forms.entry(key).or_insert(form.span.clone());
            }
        }
        places
    }

    /// Where `form`, the name itself or an alias, of the entity called `name` stands.
    pub fn form(&self, name: &str, form: &str) -> Range<usize> {
        let place = self.forms.get(&(name.to_owned(), form.to_owned()));
        place
            .or_else(|| self.forms.get(&(name.to_owned(), name.to_owned())))
            .cloned()
            .unwrap_or(0..0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each finding as `cut out text: message; help`.
    fn findings(text: &str, diagnostics: &[Diagnostic]) -> Vec<String> {
        let help = |it: &Diagnostic| it.help.as_ref().map_or(String::new(), |it| format!("; {it}"));
        diagnostics
            .iter()
            .map(|it| format!("{}: {}{}", &text[it.span.clone()], it.message, help(it)))
            .collect()
    }

    #[test]
    fn reads_all_that_an_entry_can_say() {
        let text = "- name: Port Authority\n  kind: organization\n  id: pa\n  aliases: [PA, The Port]\n  \
                    description: Runs the port.\n  same_as: [Q42, https://example.org/pa]\n  part_of: City\n  \
                    not: PA system\n  not_same_as: Port Authority of Elsewhere\n  hidden: true\n\
                    - name: 1984\n  kind: event\n";
        let outcome = parse(&"entities.yaml".into(), text);
        assert_eq!(findings(text, &outcome.diagnostics), [""; 0]);
        let entry = Entry {
            id: "pa".to_owned(),
            name: "Port Authority".to_owned(),
            kind: Kind::Organization,
            aliases: vec!["PA".to_owned(), "The Port".to_owned()],
            description: "Runs the port.".to_owned(),
            same_as: vec![
                "https://www.wikidata.org/wiki/Q42".to_owned(),
                "https://example.org/pa".to_owned(),
            ],
            part_of: Some("City".to_owned()),
            not: vec!["PA system".to_owned()],
            not_same_as: vec!["Port Authority of Elsewhere".to_owned()],
            hidden: true,
            origin: Origin::Vocabulary,
        };
        assert_eq!(outcome.value[0], entry);
        assert_eq!(outcome.value[1].name, "1984");
        let places = Places::of(text);
        assert_eq!(&text[places.form("Port Authority", "The Port")], "The Port");
        assert_eq!(&text[places.form("Port Authority", "unheard of")], "Port Authority");
    }

    #[test]
    fn one_bad_entry_does_not_harm_the_others() {
        let text = "- name: Good\n  kind: person\n\
                    - name: Bad: worse\n  kind: person\n\
                    - just words\n\
                    - kind: person\n\
                    - name: No Kind\n\
                    - name: Typo\n  kind: organisaton\n\
                    - name: British\n  kind: Organisation\n  alias: B\n\
                    - name: good\n  kind: person\n\
                    - name: Other\n  kind: place\n  id: Not An Id\n  hidden: maybe\n  aliases: {a: b}\n  same_as: elsewhere\n";
        let outcome = parse(&"entities.yaml".into(), text);
        let names: Vec<_> = outcome.value.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["Good", "British", "Other"]);
        assert_eq!(
            findings(text, &outcome.diagnostics),
            [
                ":: a value with `: ` in it needs quotes around it",
                "just words: an entity needs a `name:`, not words",
                "kind: an entity needs a `name`",
                "name: an entity needs a `kind`",
                "organisaton: `organisaton` is not a kind: write organization, person, place, event or agreement; \
                 did you mean `organization`?",
                "alias: `alias` is not a field of an entity; did you mean `aliases`?",
                "good: `good` is an entity already, so this one is left out",
                "Not An Id: the id `Not An Id` can have small letters, digits and hyphens only",
                "maybe: `hidden` wants `true` or `false`, not words",
                "{: `aliases` wants words or a list of words, not a mapping",
                "elsewhere: `same_as` wants a URL or a Wikidata number such as Q7809; other names go to `aliases`",
            ]
        );
    }

    #[test]
    fn an_entity_is_part_of_one_that_exists() {
        let text = "- name: Harbour Office\n  kind: organization\n  part_of: Port Autority\n\
                    - name: Port Authority\n  kind: organization\n  aliases: PA\n\
                    - name: Tug Office\n  kind: organization\n  part_of: pa\n";
        let file = "entities.yaml".into();
        let entries = parse(&file, text).value;
        assert_eq!(
            findings(text, &check(&file, text, &entries)),
            ["Port Autority: there is no entity `Port Autority` that this one could be part of; \
              did you mean `Port Authority`?"]
        );
    }
}
