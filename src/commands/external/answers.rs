//! What other sites answered to a file that remembers it, so that they are not asked again and again.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::commands::Failure;
use crate::pipeline::read;
use crate::pipeline::write::files::{Existing, write};

const FILE: &str = "links.json";
/// How long it holds that a page is there.
const DAYS: u64 = 14;

/// What a site answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Answer {
    /// With this code of HTTP.
    Status(u16),
    /// There is no such host, as far as the network knows.
    NoHost,
    /// It did not; why.
    Nothing(String),
}

impl Answer {
    /// Whether a server answered, whatever it said.
    pub(super) fn is_from_a_server(&self) -> bool {
        matches!(self, Answer::Status(_))
    }
}

/// Answers by address, each with the day on which it was given.
#[derive(Debug, Default)]
pub(super) struct Answers {
    known: BTreeMap<String, (u64, Answer)>,
    today: u64,
}

impl Answers {
    /// Those that still hold. A page that is there stays so for a while; everything else is asked anew.
    pub(super) fn read(folder: &Path) -> Result<Self, Failure> {
        let text = read::file(&folder.join(FILE))?.unwrap_or_default();
        let mut known: BTreeMap<String, (u64, Answer)> =
            serde_json::from_str(&text).unwrap_or_default();
        let today = today();
        known.retain(|_, it| {
            matches!(it.1, Answer::Status(200..=399)) && (it.0..it.0 + DAYS).contains(&today)
        });
        Ok(Answers { known, today })
    }

    pub(super) fn of(&self, url: &str) -> Option<&Answer> {
        self.known.get(url).map(|it| &it.1)
    }

    pub(super) fn add(&mut self, found: Vec<(String, Answer)>) {
        let today = self.today;
        self.known.extend(found.into_iter().map(|(url, answer)| (url, (today, answer))));
    }

    pub(super) fn write(&self, folder: &Path) -> Result<(), Failure> {
        let text = serde_json::to_string(&self.known).expect("its keys are text");
        write(&folder.join(FILE), text.as_bytes(), Existing::Replace)?;
        Ok(())
    }
}

/// Days since 1970.
#[expect(
    clippy::disallowed_methods,
    reason = "answers of other sites age; they are findings of a check, and no page depends on them"
)]
fn today() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |it| it.as_secs() / 86_400)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_good_and_fresh_answers_are_remembered() {
        let folder = tempfile::tempdir().unwrap();
        let mut answers = Answers::read(folder.path()).unwrap();
        answers.add(vec![
            ("https://a.example/".to_owned(), Answer::Status(200)),
            ("https://b.example/".to_owned(), Answer::Status(404)),
        ]);
        answers.today -= DAYS;
        answers.add(vec![("https://c.example/".to_owned(), Answer::Status(200))]);
        answers.write(folder.path()).unwrap();
        let again = Answers::read(folder.path()).unwrap();
        let known: Vec<_> = again.known.keys().map(String::as_str).collect();
        assert_eq!(known, ["https://a.example/"]);
    }
}
