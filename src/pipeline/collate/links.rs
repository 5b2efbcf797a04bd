//! Destinations of links to the documents that they lead to.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::diagnostic::Diagnostic;
use crate::pipeline::Reading;
use crate::pipeline::collate::DocumentIndex;
use crate::pipeline::parse::{Document, LinkRef};
use crate::policy::Rule;

/// For each document those that link to it, in the order of sources; and the links that lead nowhere.
pub(crate) fn backlinks(readings: &[Arc<Reading>]) -> (Vec<Vec<DocumentIndex>>, Vec<Diagnostic>) {
    let paths: FxHashMap<&str, u32> =
        (0u32..).zip(readings).map(|(at, reading)| (&*reading.document.id, at)).collect();
    let (mut backlinks, mut broken) = (vec![Vec::new(); readings.len()], Vec::new());
    for (from, reading) in (0u32..).zip(readings) {
        for link in &reading.document.links {
            match target(&reading.document, link, &paths) {
                Target::Document(to) if to != from => {
                    let known: &mut Vec<DocumentIndex> = &mut backlinks[to as usize];
                    if known.last() != Some(&DocumentIndex(from)) {
                        known.push(DocumentIndex(from));
                    }
                }
                Target::Missing(path) => broken.push(finding(&reading.document, link, &path)),
                _ => {}
            }
        }
    }
    (backlinks, broken)
}

/// Where a link leads.
enum Target {
    Elsewhere,
    Document(u32),
    Missing(String),
}

fn target(from: &Document, link: &LinkRef, paths: &FxHashMap<&str, u32>) -> Target {
    let path = link.destination.trim().split(['#', '?']).next().unwrap_or_default();
    let page = path.starts_with('/') && path.ends_with('/');
    if path.is_empty() || page || is_absolute(path) {
        return Target::Elsewhere;
    }
    let wanted = join(&from.id, &percent_decode(path));
    let bare = wanted.strip_suffix(".html").unwrap_or(&wanted);
    let spellings = [wanted.clone(), format!("{bare}.md"), format!("{bare}.txt")];
    match spellings.iter().find_map(|it| paths.get(it.as_str())) {
        Some(&to) => Target::Document(to),
        None => Target::Missing(wanted),
    }
}

fn finding(from: &Document, link: &LinkRef, path: &str) -> Diagnostic {
    let message = format!("no document `{path}`");
    Diagnostic::new(Rule::BrokenLink, &from.file, link.span.clone(), message)
}

/// Whether a destination names a scheme or a host.
pub(crate) fn is_absolute(destination: &str) -> bool {
    let scheme = destination.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme.starts_with(|it: char| it.is_ascii_alphabetic())
            && scheme.bytes().all(|it| it.is_ascii_alphanumeric() || b"+-.".contains(&it))
    });
    scheme || destination.starts_with("//")
}

/// A relative path, from the folder of `from`; a leading `/` means the seeds folder.
pub(crate) fn join(from: &str, path: &str) -> String {
    let mut parts: Vec<&str> =
        if path.starts_with('/') { Vec::new() } else { from.split('/').collect() };
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// `%20` to a blank; what is no UTF-8 stays as written.
pub(crate) fn percent_decode(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        let escaped = (first == b'%')
            .then(|| behind.get(..2))
            .flatten()
            .and_then(|it| u8::from_str_radix(std::str::from_utf8(it).ok()?, 16).ok());
        bytes.push(escaped.unwrap_or(first));
        rest = if escaped.is_some() { &behind[2..] } else { behind };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{is_absolute, join, percent_decode};

    #[test]
    fn paths_are_relative_to_the_folder_of_the_document() {
        assert_eq!(join("press/2019/a.md", "../b.md"), "press/b.md");
        assert_eq!(join("a.md", "../../b.md"), "b.md");
        assert_eq!(join("press/a.md", "/letters/b.txt"), "letters/b.txt");
        assert_eq!(percent_decode("a%20b%zz"), "a b%zz");
    }

    #[test]
    fn schemes_are_told_from_paths() {
        assert!(is_absolute("mailto:a@example.org"));
        assert!(is_absolute("//example.org"));
        assert!(!is_absolute("notes/a:b.md"));
    }
}
