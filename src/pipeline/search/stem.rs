//! Forms of one word to the word: which terms a reader who types one of them means too.

use rust_stemmers::{Algorithm, Stemmer};

/// What may stand behind the part that a form shares with its Snowball stem. Anything else derives a new word
/// ("universal", "university"), and a reader who asks for one does not want the other.
const INFLECTIONS: &[&str] = &["", "e", "s", "es", "d", "ed", "ing", "y", "ies", "ied", "ying"];

/// Joins forms of English words; one for each thread.
pub(crate) struct Lemmas(Stemmer);

impl Lemmas {
    pub(crate) fn new() -> Self {
        Lemmas(Stemmer::create(Algorithm::English))
    }

    /// What all inflections of a word have in common; no word itself.
    ///
    /// Forms which do not begin with the same three letters are never joined, so that they stand near each other in the index.
    pub(crate) fn key(&self, form: &str) -> String {
        if form.len() < 3 || !form.bytes().all(|it| it.is_ascii_lowercase()) {
            return form.to_owned();
        }
        let stem = self.0.stem(form);
        let shared = form.bytes().zip(stem.bytes()).take_while(|(a, b)| a == b).count();
        if shared < 3 || !is_inflection(&form[..shared], &form[shared..]) {
            return verb(form).map_or_else(|| singular(form), str::to_owned);
        }
        stem.into_owned()
    }
}

fn is_inflection(base: &str, ending: &str) -> bool {
    let undoubled = ending.strip_prefix(&base[base.len() - 1..]).unwrap_or(ending);
    INFLECTIONS.contains(&ending) || matches!(undoubled, "ed" | "ing")
}

/// What the forms of a verb in -ate, -ise or -ize share.
fn verb(form: &str) -> Option<&str> {
    let mut bases = ["ing", "ed", "es", "e"].iter().filter_map(|it| form.strip_suffix(it));
    bases.find(|base| ["at", "is", "iz"].iter().any(|it| base.ends_with(it)))
}

fn singular(form: &str) -> String {
    if let Some(base) = form.strip_suffix("ies").filter(|it| it.len() > 2) {
        return format!("{base}y");
    }
    let plural = form.len() > 3
        && form.ends_with('s')
        && !form.ends_with("ss")
        && !form.ends_with("us")
        && !form.ends_with("is");
    if plural { form[..form.len() - 1].to_owned() } else { form.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::Lemmas;

    fn joined(a: &str, b: &str) -> bool {
        let lemmas = Lemmas::new();
        lemmas.key(a) == lemmas.key(b)
    }

    #[test]
    fn inflections_are_joined() {
        for (a, b) in [
            ("terrorist", "terrorists"),
            ("study", "studies"),
            ("agree", "agreed"),
            ("make", "making"),
            ("stop", "stopping"),
            ("security", "securities"),
            ("organization", "organizations"),
            ("cooperate", "cooperating"),
        ] {
            assert!(joined(a, b), "{a} {b}");
        }
    }

    #[test]
    fn other_words_are_not() {
        for (a, b) in [
            ("universe", "university"),
            ("universal", "university"),
            ("organ", "organization"),
            ("terror", "terrorism"),
            ("general", "generally"),
            ("policy", "police"),
            ("tie", "tying"),
        ] {
            assert!(!joined(a, b), "{a} {b}");
        }
    }
}
