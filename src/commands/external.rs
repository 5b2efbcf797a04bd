//! Links to other sites to findings about those that lead nowhere, as far as the other sites say.

mod answers;
mod ask;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::commands::Failure;
use crate::commands::console::Console;
use crate::commands::external::answers::{Answer, Answers};
use crate::commands::external::ask::Client;
use crate::commands::told::counted;
use crate::diagnostic::{Diagnostic, FileName};
use crate::pipeline::Site;
use crate::policy::Rule;

/// How many hosts are asked at the same time.
const HOSTS: usize = 8;
/// How long one host is left alone between two questions.
const PAUSE: Duration = Duration::from_millis(500);

/// Where a link stands: the file, and bytes of it.
type Place = (FileName, Range<usize>);

/// Asks every other site that the documents link to, unless it was asked lately; `folder` keeps what they answered.
pub(super) fn external(
    site: &Site,
    folder: &Path,
    console: &mut Console,
) -> Result<Vec<Diagnostic>, Failure> {
    let links = links(site);
    let mut answers = Answers::read(folder)?;
    let unknown: Vec<&str> =
        links.keys().map(String::as_str).filter(|it| answers.of(it).is_none()).collect();
    if !unknown.is_empty() {
        let number = counted(unknown.len() as u64, "link", "links");
        console.say(&format!("asking other sites about {number}\n"));
    }
    let found = asked(&by_host(&unknown));
    answers.add(found);
    answers.write(folder)?;
    let reached =
        links.keys().any(|it| matches!(answers.of(it), Some(it) if it.is_from_a_server()));
    let findings = links.iter().filter_map(|(url, places)| {
        let answer = answers.of(url)?;
        let (rule, message) = verdict(url, answer, reached)?;
        Some(
            places
                .iter()
                .map(move |it| Diagnostic::new(rule, &it.0, it.1.clone(), message.clone())),
        )
    });
    Ok(findings.flatten().collect())
}

/// Addresses on the web, without their fragments, with the places that link to them.
fn links(site: &Site) -> BTreeMap<String, Vec<Place>> {
    let mut links: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    for document in site.readings.iter().map(|it| &it.document) {
        for link in &document.links {
            let url = link.destination.trim().split('#').next().unwrap_or_default();
            if url.starts_with("https://") || url.starts_with("http://") {
                let places = links.entry(url.to_owned()).or_default();
                places.push((document.file.clone(), link.span.clone()));
            }
        }
    }
    links
}

/// Addresses by the host that answers for them.
fn by_host<'a>(urls: &[&'a str]) -> Vec<Vec<&'a str>> {
    let mut hosts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for url in urls {
        let host = url.split('/').nth(2).unwrap_or_default();
        hosts.entry(host).or_default().push(url);
    }
    hosts.into_values().collect()
}

/// Asks several hosts at once, each of them one question at a time.
fn asked(hosts: &[Vec<&str>]) -> Vec<(String, Answer)> {
    let (client, next, found) = (Client::new(), Mutex::new(hosts.iter()), Mutex::new(Vec::new()));
    let work = || {
        while let Some(urls) = next.lock().unwrap_or_else(PoisonError::into_inner).next() {
            for (at, url) in urls.iter().enumerate() {
                if at > 0 {
                    thread::sleep(PAUSE);
                }
                let answer = client.ask(url);
                let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
                found.push(((*url).to_owned(), answer));
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..HOSTS.min(hosts.len()) {
            scope.spawn(work);
        }
    });
    found.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// What an answer says of a link. A host that nobody knows is gone only if others could be reached.
fn verdict(url: &str, answer: &Answer, reached: bool) -> Option<(Rule, String)> {
    let broken = |why: &str| Some((Rule::BrokenExternalLink, format!("{url} {why}")));
    let unclear = |why: &str| Some((Rule::UnverifiedLink, format!("{url} {why}")));
    match answer {
        Answer::Status(200..=399) => None,
        Answer::Status(404 | 410) => broken("leads to a page that is not there any more"),
        Answer::Status(code) => unclear(&format!("could not be verified: its site answers {code}")),
        Answer::NoHost if reached => broken("leads to a host that is not there"),
        Answer::NoHost => unclear("could not be verified: no host was found; is there a network?"),
        Answer::Nothing(why) => unclear(&format!("could not be verified: {why}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_is_told_from_unclear() {
        let rule = |answer: Answer, reached| {
            verdict("https://example.org/", &answer, reached).map(|it| it.0)
        };
        assert_eq!(rule(Answer::Status(204), true), None);
        assert_eq!(rule(Answer::Status(404), true), Some(Rule::BrokenExternalLink));
        assert_eq!(rule(Answer::Status(503), true), Some(Rule::UnverifiedLink));
        assert_eq!(rule(Answer::Status(403), true), Some(Rule::UnverifiedLink));
        assert_eq!(rule(Answer::NoHost, true), Some(Rule::BrokenExternalLink));
        assert_eq!(rule(Answer::NoHost, false), Some(Rule::UnverifiedLink));
    }

    #[test]
    fn a_host_is_asked_by_one_worker() {
        let urls = ["https://a.example/1", "https://b.example/", "https://a.example/2"];
        assert_eq!(
            by_host(&urls),
            [vec!["https://a.example/1", "https://a.example/2"], vec!["https://b.example/"]]
        );
    }
}
