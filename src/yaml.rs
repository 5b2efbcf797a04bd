//! YAML text to values that know where they stand: the only module that knows `serde_saphyr`.

mod raw;

use std::ops::Range;

use serde_saphyr::options::NonFiniteFloatPolicy;
use serde_saphyr::{Location, Spanned};

use self::raw::Raw;

/// A value and its place in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What stands there.
    pub value: Value,
    /// The bytes it stands in; of a list or mapping at least its beginning.
    pub span: Range<usize>,
}

/// What a piece of YAML (or of TOML) says.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, and how it is written.
    Number(serde_json::Number, String),
    /// Words.
    Text(String),
    /// Several values.
    List(Vec<Node>),
    /// Named values, in the order of the file.
    Map(Vec<Field>),
}

/// A named value.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Where the name stands.
    pub at: Range<usize>,
    /// What it names.
    pub node: Node,
}

/// Why a text is no YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where it goes wrong.
    pub span: Range<usize>,
    /// How, in a sentence without a full stop.
    pub message: String,
}

/// What `text` says.
pub fn parse(text: &str) -> Result<Node, Fault> {
    // `no` is a country as often as an answer, hence the strict booleans.
    let options = serde_saphyr::options! {
        with_snippet: false,
        strict_booleans: true,
        non_finite_float_policy: NonFiniteFloatPolicy::AsString,
        // The limits of depth and of aliases stay; a vocabulary may have a hundred thousand entries.
        budget: serde_saphyr::budget! { max_events: 50_000_000, max_nodes: 20_000_000, max_total_scalar_bytes: 1 << 30 },
    };
    match serde_saphyr::from_str_with_options::<Spanned<Raw>>(text, options) {
        Ok(root) => Ok(raw::node(root, text)),
        Err(error) => {
            let span = error.location().map_or(0..0, |it| bytes(text, it));
            Err(Fault { span, message: message(&error) })
        }
    }
}

/// What is wrong, in the words of someone who writes YAML by hand, and without the place, which goes with it as a span.
fn message(error: &serde_saphyr::Error) -> String {
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or(&message);
    let known = [
        ("mapping values are not allowed", "a value with `: ` in it needs quotes around it"),
        (
            "illegal placement of ':'",
            "a value with `: ` in it needs quotes around it, and a list in brackets its closing `]`",
        ),
        ("unexpected character", "a value that begins with this sign needs quotes around it"),
        ("alias references unknown anchor", "a value that begins with `*` needs quotes around it"),
        ("multiple YAML documents", "`---` begins a second document here; there can be only one"),
        (
            "invalid indentation in multiline quoted scalar",
            "the quotes that begin before this line are not closed",
        ),
    ];
    if let Some(key) = message.strip_prefix("duplicate mapping key: ") {
        return format!("`{}` is given twice", key.split(", set ").next().unwrap_or(key));
    }
    known.iter().find(|it| message.starts_with(it.0)).map_or(message, |it| it.1).to_owned()
}

/// Errors know their place by the number of characters before it, values by that of bytes.
fn bytes(text: &str, location: Location) -> Range<usize> {
    let byte =
        |character: u64| text.char_indices().nth(character as usize).map_or(text.len(), |it| it.0);
    let span = location.span();
    let (start, end) = match (span.byte_offset(), span.byte_len()) {
        (Some(start), Some(length)) => (start as usize, (start + length) as usize),
        _ => (byte(span.offset()), byte(span.offset() + span.len())),
    };
    let start = text.floor_char_boundary(start);
    start..text.floor_char_boundary(end).max(start)
}

/// The fields that `text` consists of; where some are broken, those that are not.
pub fn fields(text: &str) -> (Vec<Field>, Vec<Fault>) {
    let (nodes, mut faults) =
        parts(text, |line| !line.starts_with([' ', '\t', '-', '#', '}', ']', '\r', '\n']));
    let mut fields = Vec::new();
    for node in nodes {
        match node.value {
            Value::Map(found) => fields.extend(found),
            Value::Null => {}
            _ => faults.push(Fault {
                span: node.span,
                message: "these are no fields: write `name: value`".to_owned(),
            }),
        }
    }
    faults.sort_by_key(|it| it.span.start);
    (fields, faults)
}

/// The items of the list that `text` consists of; where some are broken, those that are not.
pub fn items(text: &str) -> (Vec<Node>, Vec<Fault>) {
    let (nodes, mut faults) = parts(text, |line| line.starts_with("- ") || line.trim_end() == "-");
    let mut items = Vec::new();
    for node in nodes {
        match node.value {
            Value::List(found) => items.extend(found),
            Value::Null => {}
            _ => faults.push(Fault {
                span: node.span,
                message: "this is no list: begin each entry with `- `".to_owned(),
            }),
        }
    }
    faults.sort_by_key(|it| it.span.start);
    (items, faults)
}

/// What `text` says as a whole, or, if that is broken, what those of its parts say that are not.
///
/// A new part begins with each line that `begins` picks.
fn parts(text: &str, begins: fn(&str) -> bool) -> (Vec<Node>, Vec<Fault>) {
    let whole = match parse(text) {
        Ok(root) => return (vec![root], Vec::new()),
        Err(fault) => fault,
    };
    let mut starts = vec![0];
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        if offset > 0 && begins(line) {
            starts.push(offset);
        }
        offset += line.len();
    }
    let (mut nodes, mut faults) = (Vec::new(), Vec::new());
    for (index, start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(text.len());
        match parse(&text[*start..end]) {
            Ok(mut node) => {
                node.shift(*start);
                nodes.push(node);
            }
            Err(fault) => faults
                .push(Fault { span: fault.span.start + start..fault.span.end + start, ..fault }),
        }
    }
    // If the parts are broken elsewhere than the whole, they were cut where they should not have been.
    if faults.iter().all(|it| it.span.start != whole.span.start) {
        faults = vec![whole];
    }
    (nodes, faults)
}

impl Field {
    /// The values of a list, or the one that stands in its place.
    pub fn items(&self) -> &[Node] {
        match &self.node.value {
            Value::List(items) => items,
            _ => std::slice::from_ref(&self.node),
        }
    }
}

impl Node {
    /// Moves the node and all within it by `offset` bytes.
    fn shift(&mut self, offset: usize) {
        self.span = self.span.start + offset..self.span.end + offset;
        match &mut self.value {
            Value::List(items) => items.iter_mut().for_each(|it| it.shift(offset)),
            Value::Map(fields) => {
                for field in fields {
                    field.at = field.at.start + offset..field.at.end + offset;
                    field.node.shift(offset);
                }
            }
            _ => {}
        }
    }

    /// The words or the number that stand here, as written.
    pub fn words(&self) -> Option<&str> {
        match &self.value {
            Value::Text(words) | Value::Number(_, words) => Some(words.trim()),
            Value::Bool(true) => Some("true"),
            Value::Bool(false) => Some("false"),
            _ => None,
        }
    }

    /// What kind of value stands here, with its article.
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::Null => "nothing",
            Value::Bool(_) => "true or false",
            Value::Number(..) => "a number",
            Value::Text(it) if it.trim().is_empty() => "an empty text",
            Value::Text(_) => "words",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
        }
    }

    /// The same without places.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(it) => (*it).into(),
            Value::Number(number, _) => serde_json::Value::Number(number.clone()),
            Value::Text(words) => words.as_str().into(),
            Value::List(items) => items.iter().map(Node::to_json).collect(),
            Value::Map(fields) => {
                fields.iter().map(|it| (it.name.clone(), it.node.to_json())).collect()
            }
        }
    }
}
