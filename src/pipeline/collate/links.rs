//! Destinations as authors write them to what they lead to, and those that lead nowhere to findings.

use std::path::PathBuf;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::pipeline::Reading;
use crate::pipeline::collate::DocumentIndex;
use crate::pipeline::parse::{BlockKind, Document, LinkRef};
use crate::pipeline::read::SourceId;
use crate::policy::Rule;

/// Where a link of a document leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Link {
    /// To another site, or by mail or telephone; as written.
    Elsewhere(String),
    /// To a place in the same document: an id.
    Here(String),
    /// To a document, and a place in it (an id, may be empty).
    Document(DocumentIndex, String),
    /// To a page of the site that is no document, by its address below the root.
    Page(String),
    /// To a file beside the documents, by its path below the seeds folder; it is published under the same path.
    File(String),
    /// To a document, but not to a place that it has.
    BrokenFragment(DocumentIndex, String),
    /// Nowhere. What was looked for, below the seeds folder.
    Broken(String),
}

/// For each document those that link to it, in the order of sources; and the links that lead nowhere.
pub(crate) fn backlinks(readings: &[Arc<Reading>]) -> (Vec<Vec<DocumentIndex>>, Vec<Diagnostic>) {
    let (mut backlinks, mut broken) = (vec![Vec::new(); readings.len()], Vec::new());
    for (from, reading) in (0u32..).zip(readings) {
        let from = DocumentIndex(from);
        for link in &reading.document.links {
            let target = resolve(&reading.document.id, &link.destination, readings);
            broken.extend(finding(&reading.document, link, (&target, readings)));
            if let Link::Document(to, _) | Link::BrokenFragment(to, _) = target
                && to != from
                && backlinks[to.0 as usize].last() != Some(&from)
            {
                backlinks[to.0 as usize].push(from);
            }
        }
    }
    (backlinks, broken)
}

/// Where `destination`, written in the document `from`, leads. `readings` are in the order of their ids.
pub(crate) fn resolve(from: &SourceId, destination: &str, readings: &[Arc<Reading>]) -> Link {
    let destination = destination.trim();
    if is_absolute(destination) {
        return Link::Elsewhere(destination.to_owned());
    }
    let (path, id) = destination.split_once('#').unwrap_or((destination, ""));
    let path = percent_decode(path.split('?').next().unwrap_or_default());
    let id = percent_decode(id);
    if let Some(page) = path.strip_prefix('/').filter(|it| it.is_empty() || it.ends_with('/')) {
        return Link::Page(page.to_owned());
    }
    let wanted = if path.is_empty() { from.to_string() } else { join(from, &path) };
    let Some(at) = find(&wanted, readings) else {
        return if is_other_file(&wanted) { Link::File(wanted) } else { Link::Broken(wanted) };
    };
    let document = DocumentIndex(at as u32);
    if !id.is_empty() && !places(&readings[at].document).any(|it| it == id) {
        return Link::BrokenFragment(document, id);
    }
    if path.is_empty() { Link::Here(id) } else { Link::Document(document, id) }
}

/// The path below the seeds folder of a file that a document names.
pub(crate) fn file(from: &SourceId, destination: &str) -> String {
    join(from, &percent_decode(destination.split(['?', '#']).next().unwrap_or_default()))
}

/// Whether a path names a file that is no document: a picture, a table, a scan.
fn is_other_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit_once('.').map_or("", |it| it.1).to_ascii_lowercase();
    !matches!(extension.as_str(), "" | "txt" | "md" | "markdown" | "html" | "yaml" | "yml")
}

/// The document at a path; the extension may be left out.
fn find(wanted: &str, readings: &[Arc<Reading>]) -> Option<usize> {
    let exact = |path: &str| readings.binary_search_by(|it| (*it.document.id).cmp(path)).ok();
    let bare = wanted.strip_suffix(".html").unwrap_or(wanted);
    exact(wanted).or_else(|| exact(&format!("{bare}.md"))).or_else(|| exact(&format!("{bare}.txt")))
}

/// The ids of a document: its headings' and its paragraphs'.
fn places(document: &Document) -> impl Iterator<Item = String> {
    document.blocks.iter().filter_map(|it| match &it.kind {
        BlockKind::Heading(_, heading) => Some(heading.to_string()),
        BlockKind::Paragraph if it.paragraph > 0 => Some(format!("p{}", it.paragraph)),
        _ => None,
    })
}

/// What is wrong with a link, if something is.
fn finding(
    from: &Document,
    link: &LinkRef,
    (target, readings): (&Link, &[Arc<Reading>]),
) -> Option<Diagnostic> {
    let found = |rule, message| Diagnostic::new(rule, &from.file, link.span.clone(), message);
    match target {
        Link::Broken(path) => {
            let finding = found(Rule::BrokenLink, format!("no document `{path}`"));
            let known = readings.iter().map(|it| &*it.document.id);
            Some(with_near(finding, path, known))
        }
        Link::BrokenFragment(document, id) => {
            let document = &readings[document.0 as usize].document;
            let message = format!("`{}` has no heading or paragraph `{id}`", document.id);
            let known: Vec<_> = places(document).collect();
            Some(with_near(
                found(Rule::BrokenFragment, message),
                id,
                known.iter().map(String::as_str),
            ))
        }
        _ => None,
    }
}

fn with_near<'k>(
    finding: Diagnostic,
    written: &str,
    known: impl IntoIterator<Item = &'k str>,
) -> Diagnostic {
    match did_you_mean(written, known) {
        Some(near) => finding.with_help(format!("did you mean `{near}`?")),
        None => finding,
    }
}

/// Folders and files that every site makes: what they have is known only when it is built.
const MADE: [&str; 14] = [
    "data",
    "search",
    "assets",
    "documents",
    "organizations",
    "people",
    "places",
    "events",
    "agreements",
    "years",
    "themes",
    "network",
    "about",
    "atom.xml",
];

/// Links and pictures that name a file which is not `there`, beside the documents.
pub(crate) fn missing_files(
    readings: &[Arc<Reading>],
    there: &[(String, PathBuf)],
) -> Vec<Diagnostic> {
    let known: FxHashSet<&str> = there.iter().map(|it| it.0.as_str()).collect();
    let mut findings = Vec::new();
    for document in readings.iter().map(|it| &it.document) {
        for link in &document.links {
            let Link::File(path) = resolve(&document.id, &link.destination, readings) else {
                continue;
            };
            let made = path.split('/').next().is_some_and(|it| MADE.contains(&it));
            if !made && !known.contains(path.as_str()) {
                let message = format!("no file `{path}`");
                let finding =
                    Diagnostic::new(Rule::BrokenLink, &document.file, link.span.clone(), message);
                findings.push(with_near(finding, &path, there.iter().map(|it| it.0.as_str())));
            }
        }
    }
    findings
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
    use super::{Link, is_absolute, join, percent_decode, resolve};

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

    #[test]
    fn what_is_not_there_is_broken() {
        let link = resolve(&"a.md".into(), "missing.md#x", &[]);
        assert_eq!(link, Link::Broken("missing.md".to_owned()));
        let link = resolve(&"a/b.md".into(), "scan%201.pdf", &[]);
        assert_eq!(link, Link::File("a/scan 1.pdf".to_owned()));
    }
}
