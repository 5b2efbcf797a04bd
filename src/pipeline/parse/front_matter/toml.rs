//! The TOML of a head, as Zola and Hugo have it, to the same fields as YAML.

use toml::Spanned;
use toml::de::{DeInteger, DeString, DeTable, DeValue};

use crate::yaml::{Fault, Field, Node, Value};

/// The fields that `text` consists of; where some are broken, those that are not.
pub(super) fn fields(text: &str) -> (Vec<Field>, Vec<Fault>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let faults = errors.iter().map(|it| Fault {
        span: it.span().unwrap_or(0..0),
        message: it.message().replace('\n', ", "),
    });
    (table_fields(table.into_inner(), text), faults.collect())
}

fn table_fields(table: DeTable<'_>, text: &str) -> Vec<Field> {
    let mut fields: Vec<Field> =
        table.into_iter().map(|(name, value)| field(name, value, text)).collect();
    fields.sort_by_key(|it| it.at.start);
    fields
}

fn field(name: Spanned<DeString<'_>>, value: Spanned<DeValue<'_>>, text: &str) -> Field {
    Field { at: name.span(), name: name.into_inner().into_owned(), node: node(value, text) }
}

fn node(value: Spanned<DeValue<'_>>, text: &str) -> Node {
    let span = value.span();
    let written = || text.get(span.clone()).unwrap_or_default().to_owned();
    let value = match value.into_inner() {
        DeValue::String(it) => Value::Text(it.into_owned()),
        DeValue::Integer(it) => number(integer(&it), written()),
        DeValue::Float(it) => {
            number(it.as_str().parse().ok().and_then(serde_json::Number::from_f64), written())
        }
        DeValue::Boolean(it) => Value::Bool(it),
        DeValue::Datetime(it) => Value::Text(it.to_string()),
        DeValue::Array(items) => Value::List(items.into_iter().map(|it| node(it, text)).collect()),
        DeValue::Table(table) => Value::Map(table_fields(table, text)),
    };
    Node { value, span }
}

fn number(number: Option<serde_json::Number>, written: String) -> Value {
    match number {
        Some(number) => Value::Number(number, written),
        None => Value::Text(written),
    }
}

fn integer(written: &DeInteger<'_>) -> Option<serde_json::Number> {
    i64::from_str_radix(written.as_str(), written.radix()).ok().map(Into::into)
}
