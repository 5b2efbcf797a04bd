//! Destinations as authors write them to places of the site.

use std::sync::Arc;

use crate::pipeline::collate::DocumentIndex;
use crate::pipeline::collate::links::{is_absolute, join, percent_decode};
use crate::pipeline::parse::{BlockKind, Document};
use crate::pipeline::read::SourceId;
use crate::pipeline::{Reading, Site};

/// Where a link of a document leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
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

/// Where `destination`, written in the document `from`, leads.
pub fn resolve(from: &SourceId, destination: &str, site: &Site) -> Link {
    resolve_among(from, destination, &site.readings)
}

fn resolve_among(from: &SourceId, destination: &str, readings: &[Arc<Reading>]) -> Link {
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
    if !id.is_empty() && !has_place(&readings[at].document, &id) {
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

fn has_place(document: &Document, id: &str) -> bool {
    let number = id.strip_prefix('p').and_then(|it| it.parse::<u32>().ok());
    document.blocks.iter().any(|it| match &it.kind {
        BlockKind::Heading(_, heading) if **heading == *id => true,
        BlockKind::Paragraph => number.is_some_and(|n| n > 0 && n == it.paragraph),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::{Link, is_absolute, join, resolve_among};

    #[test]
    fn paths_are_relative_to_the_folder_of_the_document() {
        assert_eq!(join("press/2019/a.md", "../b.md"), "press/b.md");
        assert_eq!(join("a.md", "../../b.md"), "b.md");
        assert_eq!(join("press/a.md", "/letters/b.txt"), "letters/b.txt");
    }

    #[test]
    fn schemes_are_told_from_paths() {
        assert!(is_absolute("https://example.org/"));
        assert!(is_absolute("mailto:a@example.org"));
        assert!(is_absolute("//example.org"));
        assert!(!is_absolute("notes/a:b.md"));
    }

    #[test]
    fn what_is_not_there_is_broken() {
        let link = resolve_among(&"a.md".into(), "missing.md#x", &[]);
        assert_eq!(link, Link::Broken("missing.md".to_owned()));
        let link = resolve_among(&"a/b.md".into(), "scan%201.pdf", &[]);
        assert_eq!(link, Link::File("a/scan 1.pdf".to_owned()));
    }
}
