//! YAML to a tree that knows where each value stands: what a parser into structs throws away.

use std::ops::Range;

use granit_parser::{Event, Parser, Span, StructureStyle};

use crate::commands::amend::AmendError;

/// A value and its bytes.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) span: Range<usize>,
    pub(super) shape: Shape,
}

/// What a value is.
#[derive(Debug, PartialEq)]
pub(super) enum Shape {
    Scalar(String),
    List(Layout, Vec<Node>),
    Map(Layout, Vec<(Node, Node)>),
    /// A reference to something elsewhere in the file.
    Reference,
}

/// How a list or map is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Layout {
    /// A line each.
    Block,
    /// In brackets.
    Flow,
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.shape == other.shape
    }
}

/// A value without its place and layout.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Scalar(String),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
    Reference,
}

impl Value {
    /// The entries of a vocabulary file, whether they stand at the top or under a key.
    pub(super) fn entries_mut(&mut self) -> &mut Vec<Value> {
        if matches!(self, Value::Scalar(_) | Value::Reference) {
            *self = Value::List(Vec::new());
        }
        match self {
            Value::List(entries) => entries,
            Value::Map(pairs) => {
                let at = pairs.iter().position(|it| matches!(it.1, Value::List(_)));
                let at = at.unwrap_or_else(|| {
                    pairs.push((String::new(), Value::List(Vec::new())));
                    pairs.len() - 1
                });
                pairs[at].1.entries_mut()
            }
            Value::Scalar(_) | Value::Reference => unreachable!("made a list above"),
        }
    }

    /// The value of `key` in the first entry called `name`, made if it is missing.
    pub(super) fn field<'v>(
        entries: &'v mut [Value],
        name: &str,
        key: &str,
    ) -> Option<&'v mut Value> {
        let named = |it: &(String, Value)| it.0 == "name" && it.1 == Value::Scalar(name.to_owned());
        let maps = entries
            .iter_mut()
            .filter_map(|it| if let Value::Map(pairs) = it { Some(pairs) } else { None });
        let pairs = maps.into_iter().find(|it| it.iter().any(named))?;
        let at = pairs.iter().position(|it| it.0 == key).unwrap_or_else(|| {
            pairs.push((key.to_owned(), Value::Scalar(String::new())));
            pairs.len() - 1
        });
        Some(&mut pairs[at].1)
    }

    /// Takes `value` out of the list `key` of the first entry called `name`, and the key where nothing is left of it.
    pub(super) fn withdraw(entries: &mut [Value], name: &str, key: &str, value: &str) {
        let Some(Value::Map(pairs)) = entries.iter_mut().find(|it| it.is_called(name)) else {
            return;
        };
        let value = Value::Scalar(value.to_owned());
        for (_, list) in pairs.iter_mut().filter(|it| it.0 == key) {
            match list {
                Value::List(items) => {
                    if let Some(at) = items.iter().position(|it| *it == value) {
                        items.remove(at);
                    }
                }
                it if *it == value => *it = Value::List(Vec::new()),
                _ => {}
            }
        }
        pairs.retain(|it| it.0 != key || it.1 != Value::List(Vec::new()));
    }

    /// Whether it is an entry of this name.
    pub(super) fn is_called(&self, name: &str) -> bool {
        let Value::Map(pairs) = self else { return false };
        pairs.iter().any(|it| it.0 == "name" && it.1 == Value::Scalar(name.to_owned()))
    }

    /// Adds to a list; a single value becomes one.
    pub(super) fn push(&mut self, value: &str) {
        let value = Value::Scalar(value.to_owned());
        match self {
            Value::List(items) => items.push(value),
            Value::Scalar(it) if it.is_empty() => *self = Value::List(vec![value]),
            _ => *self = Value::List(vec![self.clone(), value]),
        }
    }
}

impl Node {
    /// The entries of a vocabulary file, whether they stand at the top or under a key.
    pub(super) fn entries(&self) -> &[Node] {
        match &self.shape {
            Shape::List(_, items) => items,
            Shape::Map(_, pairs) => pairs
                .iter()
                .find(|it| matches!(it.1.shape, Shape::List(..)))
                .map_or(&[], |it| it.1.entries()),
            Shape::Scalar(_) | Shape::Reference => &[],
        }
    }

    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        self.pair(key).map(|it| &it.1)
    }

    /// The key itself.
    pub(super) fn key(&self, key: &str) -> Option<&Node> {
        self.pair(key).map(|it| &it.0)
    }

    fn pair(&self, key: &str) -> Option<&(Node, Node)> {
        let Shape::Map(_, pairs) = &self.shape else { return None };
        pairs.iter().find(|it| it.0.shape == Shape::Scalar(key.to_owned()))
    }

    /// Where its last byte is: a block ends where the next thing begins, which may be far below.
    pub(super) fn end(&self) -> usize {
        match &self.shape {
            Shape::List(Layout::Block, items) => items.last().map_or(self.span.end, Node::end),
            Shape::Map(Layout::Block, pairs) => {
                pairs.last().map_or(self.span.end, |(key, value)| key.span.end.max(value.end()))
            }
            _ => self.span.end,
        }
    }

    /// What it says.
    pub(super) fn value(&self) -> Value {
        match &self.shape {
            Shape::Scalar(text) => Value::Scalar(text.clone()),
            Shape::List(_, items) => Value::List(items.iter().map(Node::value).collect()),
            Shape::Map(_, pairs) => {
                Value::Map(pairs.iter().map(|(key, value)| (key.text(), value.value())).collect())
            }
            Shape::Reference => Value::Reference,
        }
    }

    fn text(&self) -> String {
        if let Shape::Scalar(text) = &self.shape { text.clone() } else { String::new() }
    }
}

/// Reads the first document of `text`.
pub(super) fn parse(text: &str) -> Result<Node, AmendError> {
    let mut events = Vec::new();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|it| AmendError::Syntax(it.marker().line()))?;
        match event {
            Event::Comment(..) | Event::StreamStart | Event::DocumentStart(..) => {}
            Event::StreamEnd | Event::DocumentEnd => break,
            _ => events.push((event, span)),
        }
    }
    let nothing = Node { span: 0..0, shape: Shape::Scalar(String::new()) };
    Ok(node(&mut events.into_iter().peekable()).unwrap_or(nothing))
}

type Events<'a> = std::iter::Peekable<std::vec::IntoIter<(Event<'a>, Span)>>;

fn node(events: &mut Events<'_>) -> Option<Node> {
    let (event, span) = events.next()?;
    let range = span.byte_range()?;
    let (shape, end) = match event {
        // The parser says `~` for nothing.
        Event::Scalar(..) if range.is_empty() => (Shape::Scalar(String::new()), range.end),
        Event::Scalar(text, ..) => (Shape::Scalar(text.into_owned()), range.end),
        Event::SequenceStart(style, ..) => list(events, layout(style)),
        Event::MappingStart(style, ..) => map(events, layout(style)),
        _ => (Shape::Reference, range.end),
    };
    Some(Node { span: range.start..end, shape })
}

fn layout(style: StructureStyle) -> Layout {
    if style == StructureStyle::Flow { Layout::Flow } else { Layout::Block }
}

fn list(events: &mut Events<'_>, layout: Layout) -> (Shape, usize) {
    let mut items = Vec::new();
    while !matches!(events.peek(), None | Some((Event::SequenceEnd, _))) {
        items.extend(node(events));
    }
    (Shape::List(layout, items), closed(events))
}

fn map(events: &mut Events<'_>, layout: Layout) -> (Shape, usize) {
    let mut pairs = Vec::new();
    while !matches!(events.peek(), None | Some((Event::MappingEnd, _))) {
        pairs.extend(node(events).zip(node(events)));
    }
    (Shape::Map(layout, pairs), closed(events))
}

fn closed(events: &mut Events<'_>) -> usize {
    events.next().and_then(|it| it.1.byte_range()).map_or(0, |it| it.end)
}
