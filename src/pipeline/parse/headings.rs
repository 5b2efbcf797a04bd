//! Heading text to ids that are unlike each other on one page.

use rustc_hash::FxHashSet;

/// The ids given so far.
#[derive(Debug, Default)]
pub(super) struct HeadingIds {
    given: FxHashSet<String>,
}

impl HeadingIds {
    /// The id for a heading with this text, or for the one that its author asked for.
    pub(super) fn id(&mut self, wanted: &str) -> String {
        let base = slug(wanted);
        let mut id = base.clone();
        let mut count = 2;
        while !self.given.insert(id.clone()) {
            id = format!("{base}-{count}");
            count += 1;
        }
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
    let is_paragraph =
        slug.strip_prefix('p').is_some_and(|it| it.bytes().all(|it| it.is_ascii_digit()));
    if slug.is_empty() || is_paragraph {
        format!("section-{slug}").trim_end_matches('-').to_owned()
    } else {
        slug.to_owned()
    }
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | 'ʼ')
}
