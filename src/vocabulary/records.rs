//! An item of a vocabulary file to its fields, with a finding for each that is unknown or of the wrong kind.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, FileName, did_you_mean};
use crate::policy::Rule;
use crate::yaml::{self, Field, Node, Value};

/// A vocabulary file while it is read.
#[derive(Debug)]
pub(super) struct Sheet<'a> {
    file: &'a FileName,
    /// What an item is called in findings.
    noun: &'static str,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// One item of the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'a> {
    fields: &'a [Field],
}

impl<'a> Sheet<'a> {
    pub(super) fn new(file: &'a FileName, noun: &'static str) -> Self {
        Sheet { file, noun, diagnostics: Vec::new() }
    }

    /// The items of the list that `text` is.
    pub(super) fn items(&mut self, text: &str) -> Vec<Node> {
        let (items, faults) = yaml::items(text);
        for fault in faults {
            self.find(&fault.span, fault.message);
        }
        items
    }

    pub(super) fn find(&mut self, span: &Range<usize>, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(
            Rule::InvalidVocabulary,
            self.file,
            span.clone(),
            message,
        ));
    }

    /// A finding with the name among `known` that was probably meant.
    pub(super) fn find_unknown<'k>(
        &mut self,
        (span, name): (&Range<usize>, &str),
        message: String,
        known: impl IntoIterator<Item = &'k str>,
    ) {
        let finding = Diagnostic::new(Rule::InvalidVocabulary, self.file, span.clone(), message);
        self.diagnostics.push(match did_you_mean(name, known) {
            Some(near) => finding.with_help(format!("did you mean `{near}`?")),
            None => finding,
        });
    }

    /// The fields of `item`, of which there can be no others than `known`.
    pub(super) fn record<'i>(&mut self, item: &'i Node, known: &[&str]) -> Option<Record<'i>> {
        let Value::Map(fields) = &item.value else {
            let wanted = format!("{} needs a `name:`, not {}", self.noun, item.kind());
            self.find(&item.span, wanted);
            return None;
        };
        for field in fields.iter().filter(|it| !known.contains(&it.name.as_str())) {
            let message = format!("`{}` is not a field of {}", field.name, self.noun);
            self.find_unknown((&field.at, &field.name), message, known.iter().copied());
        }
        Some(Record { fields })
    }

    /// The words of a field that must be there.
    pub(super) fn required(&mut self, record: Record<'_>, name: &str) -> Option<String> {
        let words = self.words(record, name);
        if words.is_none() && record.field(name).is_none_or(|it| it.node.value == Value::Null) {
            self.find(&record.span(), format!("{} needs a `{name}`", self.noun));
        }
        words
    }

    /// The words of a field.
    pub(super) fn words(&mut self, record: Record<'_>, name: &str) -> Option<String> {
        let field = record.field(name).filter(|it| it.node.value != Value::Null)?;
        let words = field.node.words().filter(|it| !it.is_empty());
        if words.is_none() {
            self.wrong(field, &field.node, "words");
        }
        words.map(str::to_owned)
    }

    /// The words of a field that may have several, each with its place.
    pub(super) fn list(&mut self, record: Record<'_>, name: &str) -> Vec<(String, Range<usize>)> {
        let Some(field) = record.field(name) else { return Vec::new() };
        let mut list: Vec<(String, Range<usize>)> = Vec::new();
        for node in field.items().iter().filter(|it| it.value != Value::Null) {
            match node.words().filter(|it| !it.is_empty()) {
                Some(words) if list.iter().all(|it| it.0 != words) => {
                    list.push((words.to_owned(), node.span.clone()));
                }
                Some(_) => {}
                None => self.wrong(field, node, "words or a list of words"),
            }
        }
        list
    }

    /// The words of a field that may have several.
    pub(super) fn phrases(&mut self, record: Record<'_>, name: &str) -> Vec<String> {
        self.list(record, name).into_iter().map(|it| it.0).collect()
    }

    /// Whether a field says `true`.
    pub(super) fn is_set(&mut self, record: Record<'_>, name: &str) -> bool {
        match record.field(name).map(|it| (it, &it.node.value)) {
            None | Some((_, Value::Null)) => false,
            Some((_, Value::Bool(it))) => *it,
            Some((field, _)) => {
                self.wrong(field, &field.node, "`true` or `false`");
                false
            }
        }
    }

    /// The id that the maintainer chose; empty where there is none.
    pub(super) fn id(&mut self, record: Record<'_>) -> String {
        let Some(id) = self.words(record, "id") else { return String::new() };
        if id.chars().all(|it| (it.is_alphanumeric() && !it.is_uppercase()) || it == '-')
            && !id.starts_with('-')
        {
            return id;
        }
        self.find(
            &record.place("id"),
            format!("the id `{id}` can have small letters, digits and hyphens only"),
        );
        String::new()
    }

    pub(super) fn wrong(&mut self, field: &Field, node: &Node, wanted: &str) {
        let span = if node.span.is_empty() { &field.at } else { &node.span };
        self.find(span, format!("`{}` wants {wanted}, not {}", field.name, node.kind()));
    }
}

impl<'a> Record<'a> {
    pub(super) fn field(self, name: &str) -> Option<&'a Field> {
        self.fields.iter().find(|it| it.name == name)
    }

    /// Where the value of a field stands.
    pub(super) fn place(self, name: &str) -> Range<usize> {
        self.field(name).map_or(self.span(), |it| it.node.span.clone())
    }

    /// Where the record begins.
    pub(super) fn span(self) -> Range<usize> {
        self.fields.first().map_or(0..0, |it| it.at.clone())
    }
}
