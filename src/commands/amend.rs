//! The text of `entities.yaml` and an amendment to the same text with the smallest change that makes it.
//!
//! Comments, order and layout are the maintainer's: only the bytes of what changes are touched, and what comes out is
//! read again and compared with what was meant before anybody sees it.

mod remove;
mod tree;

use crate::commands::amend::tree::{Layout, Node, Shape, Value};

/// A change to the vocabulary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amendment {
    /// Gives the entry of this name this value for this key.
    Set(String, &'static str, String),
    /// Adds a value to a list of the entry of this name.
    Append(String, &'static str, String),
    /// Adds an entry: keys with their values, the name first.
    Add(Vec<(&'static str, String)>),
    /// Takes a value out of a list of the entry of this name.
    Withdraw(String, &'static str, String),
    /// Takes the entry of this name out.
    Remove(String),
}

/// Why an amendment was not made. The text is then as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AmendError {
    /// It is not YAML.
    #[error("vocabulary/entities.yaml cannot be read (line {0}): mend it first")]
    Syntax(usize),
    /// There is no such entry.
    #[error("vocabulary/entities.yaml has no entry `{0}`")]
    NoEntry(String),
    /// The change would touch more than it should.
    #[error(
        "vocabulary/entities.yaml is laid out in a way that cannot be changed safely here: change `{0}` by hand"
    )]
    Unsure(String),
}

/// What is cut out of the text, and what is put there.
struct Patch {
    start: usize,
    end: usize,
    text: String,
}

impl Patch {
    /// The same with lines that end as those of the file do.
    fn with_ends_of(self, text: &str) -> Patch {
        if text.contains("\r\n") {
            Patch { text: self.text.replace('\n', "\r\n"), ..self }
        } else {
            self
        }
    }
}

/// Makes the amendment.
pub fn amend(text: &str, amendment: &Amendment) -> Result<String, AmendError> {
    let root = tree::parse(text)?;
    let patch = match amendment {
        Amendment::Set(name, key, value) => set(text, entry(&root, name)?, key, &scalar(value)),
        Amendment::Append(name, key, value) => {
            append(text, entry(&root, name)?, key, &scalar(value))
        }
        Amendment::Add(fields) => add(text, &root, fields),
        Amendment::Withdraw(name, key, value) => {
            remove::value(text, entry(&root, name)?, key, value)
        }
        Amendment::Remove(name) => remove::entry(text, &root, entry(&root, name)?),
    };
    let unsure = || AmendError::Unsure(subject(amendment).to_owned());
    let patch = patch.ok_or_else(unsure)?.with_ends_of(text);
    let amended = format!("{}{}{}", &text[..patch.start], patch.text, &text[patch.end..]);
    let meant = meant(root.value(), amendment);
    let read = tree::parse(&amended).map_err(|_| unsure())?;
    if read.value() == meant { Ok(amended) } else { Err(unsure()) }
}

fn subject(amendment: &Amendment) -> &str {
    match amendment {
        Amendment::Set(name, ..)
        | Amendment::Append(name, ..)
        | Amendment::Withdraw(name, ..)
        | Amendment::Remove(name) => name,
        Amendment::Add(fields) => fields.first().map_or("", |it| it.1.as_str()),
    }
}

fn entry<'n>(root: &'n Node, name: &str) -> Result<&'n Node, AmendError> {
    let named =
        |it: &&Node| it.get("name").is_some_and(|it| it.shape == Shape::Scalar(name.to_owned()));
    root.entries().iter().find(named).ok_or_else(|| AmendError::NoEntry(name.to_owned()))
}

/// Replaces the value of `key`, or adds the key.
fn set(text: &str, entry: &Node, key: &str, value: &str) -> Option<Patch> {
    match entry.get(key) {
        Some(node) if node.span.is_empty() => {
            Some(insert(behind_colon(text, entry, key)?, format!(" {value}")))
        }
        Some(node) => matches!(node.shape, Shape::Scalar(_)).then(|| Patch {
            start: node.span.start,
            end: node.span.end,
            text: value.to_owned(),
        }),
        None => add_key(text, entry, &format!("{key}: {value}")),
    }
}

fn append(text: &str, entry: &Node, key: &str, value: &str) -> Option<Patch> {
    let Some(list) = entry.get(key) else {
        return add_key(text, entry, &format!("{key}: [{value}]"));
    };
    match &list.shape {
        Shape::List(Layout::Flow, items) => Some(match items.last() {
            Some(last) => insert(last.span.end, format!(", {value}")),
            None => insert(list.span.start + 1, value.to_owned()),
        }),
        Shape::List(Layout::Block, items) => {
            let last = items.last()?;
            let indent = indent_of_line(text, last.span.start);
            Some(insert_line(text, last.end(), &format!("{indent}- {value}")))
        }
        Shape::Scalar(_) if list.span.is_empty() => {
            Some(insert(behind_colon(text, entry, key)?, format!(" [{value}]")))
        }
        Shape::Scalar(_) => {
            let (start, end) = (list.span.start, list.span.end);
            Some(Patch { start, end, text: format!("[{}, {value}]", &text[start..end]) })
        }
        _ => None,
    }
}

/// Where the value of a key would stand that has none; the parser places it wherever the next thing begins.
fn behind_colon(text: &str, entry: &Node, key: &str) -> Option<usize> {
    let from = entry.key(key)?.span.end;
    text[from..].find(':').map(|colon| from + colon + 1)
}

fn add_key(text: &str, entry: &Node, pair: &str) -> Option<Patch> {
    let Shape::Map(layout, pairs) = &entry.shape else { return None };
    let (first, last) = (&pairs.first()?.0, &pairs.last()?.1);
    Some(match layout {
        Layout::Flow => insert(last.end(), format!(", {pair}")),
        Layout::Block => {
            let indent = " ".repeat(column(text, first.span.start));
            insert_line(text, last.end().max(pairs.last()?.0.span.end), &format!("{indent}{pair}"))
        }
    })
}

fn add(text: &str, root: &Node, fields: &[(&str, String)]) -> Option<Patch> {
    let lines: Vec<_> =
        fields.iter().map(|(key, value)| format!("{key}: {}", written(key, value))).collect();
    let Some(last) = root.entries().last() else {
        return begin(text, root, &lines);
    };
    let Shape::Map(layout, pairs) = &last.shape else { return None };
    let indent = indent_of_line(text, last.span.start);
    let spare = if has_blank_line_before(text, last.span.start) { "\n" } else { "" };
    match layout {
        _ if !text[line_start(text, last.span.start)..].trim_start().starts_with('-') => None,
        Layout::Flow => Some(insert_line(
            text,
            last.span.end,
            &format!("{spare}{indent}- {{ {} }}", lines.join(", ")),
        )),
        Layout::Block => {
            let gap = column(text, pairs.first()?.0.span.start).checked_sub(indent.len() + 1)?;
            let inner = format!("{indent} {}", " ".repeat(gap));
            let entry =
                format!("{spare}{indent}-{}{}", " ".repeat(gap), lines.join(&format!("\n{inner}")));
            Some(insert_line(text, last.end(), &entry))
        }
    }
}

/// The first entry of a file that has none.
fn begin(text: &str, root: &Node, lines: &[String]) -> Option<Patch> {
    let entry = format!("- {}\n", lines.join("\n  "));
    match &root.shape {
        Shape::List(Layout::Flow, _) => {
            Some(Patch { start: root.span.start, end: root.span.end, text: entry })
        }
        Shape::Scalar(it) if it.is_empty() => {
            let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
            Some(insert(text.len(), format!("{end}{entry}")))
        }
        _ => None,
    }
}

fn insert(at: usize, text: String) -> Patch {
    Patch { start: at, end: at, text }
}

/// A line of its own below the line on which `at` is the last byte of something.
fn insert_line(text: &str, at: usize, line: &str) -> Patch {
    let at = text[..at].trim_end().len();
    match text[at..].find('\n') {
        Some(end) => insert(at + end + 1, format!("{line}\n")),
        None => insert(text.len(), format!("\n{line}\n")),
    }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |it| it + 1)
}

fn column(text: &str, at: usize) -> usize {
    text[line_start(text, at)..at].chars().count()
}

fn indent_of_line(text: &str, at: usize) -> &str {
    let line = &text[line_start(text, at)..];
    &line[..line.len() - line.trim_start_matches(' ').len()]
}

fn has_blank_line_before(text: &str, at: usize) -> bool {
    let before = &text[..line_start(text, at)];
    before.ends_with("\n\n") || before.ends_with("\n\r\n")
}

/// Keys whose values are lists.
const LISTS: [&str; 4] = ["aliases", "not", "same_as", "not_same_as"];

fn written(key: &str, value: &str) -> String {
    if LISTS.contains(&key) { format!("[{}]", scalar(value)) } else { scalar(value) }
}

/// A value as YAML: plain where nothing can be misread, else in double quotes (which are those of JSON).
fn scalar(value: &str) -> String {
    const WORDS: [&str; 8] = ["true", "false", "yes", "no", "on", "off", "null", "nan"];
    let plain = value.starts_with(char::is_alphabetic)
        && !value.ends_with(' ')
        && value.chars().all(|c| {
            c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '’' | '.' | '(' | ')' | '/')
        })
        && !WORDS.contains(&value.to_lowercase().as_str());
    if plain || value == "true" {
        value.to_owned()
    } else {
        serde_json::Value::from(value).to_string()
    }
}

/// What the file should say when the amendment is made.
fn meant(mut root: Value, amendment: &Amendment) -> Value {
    let entries = root.entries_mut();
    match amendment {
        Amendment::Add(fields) => {
            let value = |key: &str, value: &str| {
                let value = Value::Scalar(value.to_owned());
                if LISTS.contains(&key) { Value::List(vec![value]) } else { value }
            };
            entries.push(Value::Map(
                fields.iter().map(|(key, it)| ((*key).to_owned(), value(key, it))).collect(),
            ));
        }
        Amendment::Set(name, key, value) => {
            if let Some(place) = Value::field(entries, name, key) {
                *place = Value::Scalar(value.clone());
            }
        }
        Amendment::Append(name, key, value) => {
            if let Some(place) = Value::field(entries, name, key) {
                place.push(value);
            }
        }
        Amendment::Withdraw(name, key, value) => Value::withdraw(entries, name, key, value),
        Amendment::Remove(name) => {
            if let Some(at) = entries.iter().position(|it| it.is_called(name)) {
                entries.remove(at);
            }
        }
    }
    root
}

#[cfg(test)]
mod tests;
