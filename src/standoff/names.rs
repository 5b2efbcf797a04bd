//! Numbers that mean something in one program only, to names and back.

use crate::vocabulary::{EntryId, ThemeId, Vocabulary};

/// The id of an entry; with its number where two entries have one id.
pub(super) fn entry_name(entry: EntryId, vocabulary: &Vocabulary) -> String {
    let id = &vocabulary.entry(entry).id;
    if vocabulary.ids.get(id) == Some(&entry) { id.clone() } else { format!("{id}#{}", entry.0) }
}

/// The entry of this name.
pub(super) fn entry_of(name: &str, vocabulary: &Vocabulary) -> Option<EntryId> {
    match name.split_once('#') {
        Some((_, number)) => {
            let number: u32 = number.parse().ok()?;
            vocabulary.entries.get(number as usize).map(|_| EntryId(number))
        }
        None => vocabulary.ids.get(name).copied(),
    }
}

/// The id of a theme; with its number where two themes have one id.
pub(super) fn theme_name(theme: ThemeId, vocabulary: &Vocabulary) -> String {
    let id = &vocabulary.theme(theme).id;
    if theme_of(id, vocabulary) == Some(theme) { id.clone() } else { format!("{id}#{}", theme.0) }
}

/// The theme of this name.
pub(super) fn theme_of(name: &str, vocabulary: &Vocabulary) -> Option<ThemeId> {
    let place = match name.split_once('#') {
        Some((_, number)) => number.parse().ok().filter(|it| *it < vocabulary.themes.len())?,
        None => vocabulary.themes.iter().position(|it| it.id == name)?,
    };
    Some(ThemeId(place as u16))
}

/// The place of a rule in its table.
pub(super) fn rule_of(name: &str, table: &[(&str, &str)]) -> Option<u8> {
    table.iter().position(|it| it.0 == name).map(|it| it as u8)
}
