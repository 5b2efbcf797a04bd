//! An author's own fields to one text and back, since a format without field names cannot hold values of any kind.

use std::collections::BTreeMap;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

type Extra = BTreeMap<String, Value>;

pub(super) fn serialize<S: Serializer>(extra: &Extra, to: S) -> Result<S::Ok, S::Error> {
    let text = if extra.is_empty() {
        String::new()
    } else {
        serde_json::to_string(extra).map_err(serde::ser::Error::custom)?
    };
    text.serialize(to)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Extra, D::Error> {
    let text = String::deserialize(from)?;
    if text.is_empty() {
        Ok(Extra::new())
    } else {
        serde_json::from_str(&text).map_err(D::Error::custom)
    }
}
