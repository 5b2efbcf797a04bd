//! Folder to file names: which files are documents, which describe one, and which only belong to one.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use super::SourceId;
use crate::diagnostic::{Diagnostic, FileName};
use crate::policy::Rule;

/// What lies below a folder, each list in the order of paths.
#[derive(Debug, Default)]
pub(super) struct Walk {
    pub(super) documents: Vec<Found>,
    pub(super) sidecars: Vec<Found>,
    pub(super) assets: Vec<(String, PathBuf)>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// A file by its three names.
#[derive(Debug)]
pub(super) struct Found {
    /// Its path below the folder.
    pub(super) id: SourceId,
    /// Its path as findings name it.
    pub(super) file: FileName,
    /// Where it is.
    pub(super) path: PathBuf,
}

/// Sorts every file below `root` by what it is to us.
pub(super) fn walk(root: &Path, shown_as: &str) -> Walk {
    let mut found = Walk::default();
    let entries = WalkDir::new(root).follow_links(true).sort_by_file_name();
    for entry in entries.into_iter().filter_entry(|it| it.depth() == 0 || is_wanted(it)) {
        match entry {
            Ok(it) if it.file_type().is_file() => found.sort_in(root, shown_as, it.into_path()),
            Ok(_) => {}
            Err(error) => {
                let id = error.path().map_or_else(String::new, |it| below(root, it));
                let message = format!("cannot be read: {}", reason(&error));
                found.diagnostics.push(Diagnostic::new(
                    Rule::UnreadableFile,
                    &shown(shown_as, &id),
                    0..0,
                    message,
                ));
            }
        }
    }
    // A folder's own name sorts otherwise than the paths in it do: `a-b/` against `a/b`.
    found.documents.sort_by(|a, b| a.id.cmp(&b.id));
    found.sidecars.sort_by(|a, b| a.id.cmp(&b.id));
    found.assets.sort();
    found
}

impl Walk {
    /// The document or sidecar at `path`.
    pub(super) fn file(&self, path: &Path) -> Option<&Found> {
        self.documents.iter().chain(&self.sidecars).find(|it| it.path == path)
    }

    /// Whether a document or sidecar stands below `path`.
    pub(super) fn below(&self, path: &Path) -> bool {
        self.documents.iter().chain(&self.sidecars).any(|it| it.path.starts_with(path))
    }

    fn sort_in(&mut self, root: &Path, shown_as: &str, path: PathBuf) {
        let id = below(root, &path);
        let extension = path.extension().map(|it| it.to_string_lossy().to_lowercase());
        let list = match extension.as_deref() {
            Some("txt" | "md" | "markdown") => &mut self.documents,
            Some("yaml" | "yml") => &mut self.sidecars,
            _ => return self.assets.push((id, path)),
        };
        list.push(Found { file: shown(shown_as, &id), id: Arc::from(id), path });
    }
}

/// Hidden files and drafts by their names, and the files that speak about the folder itself, are none of ours.
fn is_wanted(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    !name.starts_with(['.', '_']) && (entry.file_type().is_dir() || !is_about_the_folder(&name))
}

/// Whether a file is a README or a licence.
///
/// In capitals by its beginning (`LICENSE-MIT`); in small letters by the whole stem, as a document may be about license plates.
fn is_about_the_folder(name: &str) -> bool {
    let names = ["README", "LICENSE", "LICENCE"];
    let stem = name.split('.').next().unwrap_or(name);
    names.iter().any(|it| name.starts_with(it) || stem.eq_ignore_ascii_case(it))
}

fn below(root: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(root).unwrap_or(path).components();
    parts.map(|it| it.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

pub(super) fn shown(shown_as: &str, id: &str) -> FileName {
    match shown_as.trim_end_matches('/') {
        "" | "." => Arc::from(id),
        prefix => Arc::from(format!("{prefix}/{id}").trim_end_matches('/')),
    }
}

/// What is wrong, without the path of this machine.
fn reason(error: &walkdir::Error) -> String {
    match error.io_error() {
        Some(cause) => cause.to_string(),
        None => "it is a link to a folder that holds it".to_owned(),
    }
}
