//! Heading text to ids that are unlike each other on one page.

use rustc_hash::FxHashMap;

/// The ids given so far.
#[derive(Debug, Default)]
pub(super) struct HeadingIds {
    /// With how many of the same name there are.
    given: FxHashMap<String, u32>,
}

impl HeadingIds {
    /// The id for a heading with this text.
    pub(super) fn id(&mut self, text: &str) -> String {
        self.unlike_others(&slug(text))
    }

    /// The id for a heading whose author asked for this one.
    pub(super) fn asked_for(&mut self, id: &str) -> String {
        if is_paragraph(id) { self.id(id) } else { self.unlike_others(id) }
    }

    fn unlike_others(&mut self, base: &str) -> String {
        let mut id = base.to_owned();
        while let Some(count) = self.given.get(&id) {
            let count = count.max(self.given.get(base).unwrap_or(&1)) + 1;
            self.given.insert(base.to_owned(), count);
            id = format!("{base}-{count}");
        }
        self.given.insert(id.clone(), 1);
        id
    }
}

/// Letters and digits of `text` in small letters, with a hyphen between words.
///
/// Never a paragraph's id (`p12`).
fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_alphanumeric() {
            slug.extend(character.to_lowercase());
        } else if !is_apostrophe(character) && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() || is_paragraph(slug) {
        format!("section-{slug}").trim_end_matches('-').to_owned()
    } else {
        slug.to_owned()
    }
}

fn is_paragraph(id: &str) -> bool {
    id.strip_prefix('p').is_some_and(|it| it.bytes().all(|it| it.is_ascii_digit()))
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | 'ʼ')
}
