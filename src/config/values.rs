//! Values of TOML, in words and as templates see them.

use toml::de::DeValue;

/// What sort of value it is, in words.
pub(super) fn what(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// A value as a message shows it.
pub(super) fn shown(value: &DeValue<'_>) -> String {
    value.as_str().map_or_else(|| what(value).to_owned(), |it| format!("\"{it}\""))
}

/// A value as templates see it.
pub(super) fn json(value: DeValue<'_>) -> serde_json::Value {
    match value {
        DeValue::String(text) => text.into_owned().into(),
        DeValue::Integer(number) => {
            i64::from_str_radix(number.as_str(), number.radix()).unwrap_or_default().into()
        }
        DeValue::Float(number) => number.as_str().parse::<f64>().unwrap_or_default().into(),
        DeValue::Boolean(it) => it.into(),
        DeValue::Datetime(date) => date.to_string().into(),
        DeValue::Array(array) => array.into_iter().map(|it| json(it.into_inner())).collect(),
        DeValue::Table(table) => table
            .into_iter()
            .map(|(name, value)| (name.into_inner().into_owned(), json(value.into_inner())))
            .collect(),
    }
}
