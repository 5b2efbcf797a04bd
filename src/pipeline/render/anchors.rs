//! Blocks to ids on the page, among them one made of a paragraph's own words, which stays when other paragraphs change.

use rustc_hash::FxHashSet;

use crate::pipeline::words::one_line::one_line;

/// Letters and digits that nobody mistakes for one another.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// The ids made of words so far.
#[derive(Debug, Default)]
pub(crate) struct Permanent {
    taken: FxHashSet<String>,
}

impl Permanent {
    /// The id of a paragraph with this text: `t-k3v9q`. The second paragraph of the same words gets `t-k3v9q-2`.
    pub(crate) fn id(&mut self, text: &str) -> String {
        let line = one_line(text);
        // Each word has a blank behind it, the last one too.
        let end = if line.is_empty() { "" } else { " " };
        let hash = blake3::Hasher::new().update(line.as_bytes()).update(end.as_bytes()).finalize();
        let bits =
            u32::from_le_bytes(hash.as_bytes()[..4].try_into().expect("a hash has 32 bytes"));
        let letters = (0..5).map(|it| char::from(ALPHABET[(bits >> (it * 5)) as usize & 31]));
        let stem: String = "t-".chars().chain(letters).collect();
        let mut id = stem.clone();
        let mut n = 1;
        while !self.taken.insert(id.clone()) {
            n += 1;
            id = format!("{stem}-{n}");
        }
        id
    }
}

/// The id of a heading on the page: its own, unless the page uses ids of that form itself.
pub(crate) fn heading_id(id: &str) -> String {
    let numbered = id
        .strip_prefix('p')
        .is_some_and(|it| !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit()));
    let ours =
        ["t-", "e-", "fn-", "fnref-", "page-", "search-"].iter().any(|it| id.starts_with(it));
    let no_letter = !id.starts_with(|it: char| it.is_ascii_alphabetic());
    if numbered || ours || no_letter || id == "q" { format!("h-{id}") } else { id.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{Permanent, heading_id};

    #[test]
    fn the_same_words_have_the_same_id_however_they_are_broken() {
        let id = |text: &str| Permanent::default().id(text);
        assert_eq!(id("one two\nthree"), id("one  two three"));
        assert_ne!(id("one two"), id("one three"));
        assert_eq!(id("x").len(), 7);
    }

    #[test]
    fn twins_are_told_apart() {
        let mut ids = Permanent::default();
        let first = ids.id("again");
        assert_eq!(ids.id("again"), format!("{first}-2"));
    }

    #[test]
    fn headings_keep_clear_of_the_ids_of_the_page() {
        assert_eq!(heading_id("background"), "background");
        assert_eq!(heading_id("p12"), "h-p12");
        assert_eq!(heading_id("page-cite"), "h-page-cite");
        assert_eq!(heading_id("2019"), "h-2019");
        assert_eq!(heading_id("press"), "press");
    }
}
