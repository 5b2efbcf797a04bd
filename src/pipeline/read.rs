//! Disk to sources: one of the two modules that touch the disk.
#![expect(clippy::disallowed_methods, reason = "this is the module that reads the disk")]

pub mod again;
mod decode;
pub mod lines;
mod offsets;
pub mod packs;
mod walk;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use self::again::{Changes, Earlier};
use self::decode::{Decoded, decode};
use self::offsets::Point;
use self::walk::Found;
use crate::diagnostic::{Diagnostic, FileName, Outcome, did_you_mean};
use crate::policy::Rule;

/// What the seeds folder holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seeds {
    /// The documents, in the order of their paths.
    pub sources: Vec<Source>,
    /// Every other file, which documents may show or link to: its path below the seeds folder, and where it is on disk.
    pub assets: Vec<(String, PathBuf)>,
}

/// The path of a source below the seeds folder, with `/`; also its name everywhere.
pub type SourceId = Arc<str>;

/// A document's file as its author left it, decoded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its path below the seeds folder.
    pub id: SourceId,
    /// Its path as findings name it.
    pub file: FileName,
    /// Its text: UTF-8, NFC, without a byte order mark.
    pub text: Arc<str>,
    /// From offsets in `text` to bytes of the file on disk.
    pub origin: OffsetMap,
    /// The text of `NAME.yaml` beside it, if there is one, with that file's name.
    pub sidecar: Option<(FileName, String)>,
}

/// From byte offsets in one text to byte offsets in the text that it was made from.
///
/// Piecewise: from each point on, so many bytes of the new text stand for so many of the old one, until the next point.
/// Offsets that are asked for must be on character boundaries.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OffsetMap {
    points: Vec<Point>,
}

/// Why a folder or file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// There is nothing at this path.
    #[error("there is no folder {0:?}")]
    Missing(PathBuf),
    /// Something is there, but no folder.
    #[error("{0:?} is not a folder")]
    NotAFolder(PathBuf),
    /// A file that the site needs, such as `site.toml`, cannot be read.
    #[error("cannot read {path:?}: {cause}")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why not.
        cause: io::Error,
    },
}

/// Every document below `root`, which findings name `shown_as`.
///
/// A file that cannot be read is a finding; only the folder itself can fail.
pub fn read(root: &Path, shown_as: &str) -> Result<Outcome<Seeds>, ReadError> {
    Earlier::default().read(root, shown_as, &Changes::Anything)
}

/// Whether there is a folder at `root`.
fn folder(root: &Path) -> Result<(), ReadError> {
    match std::fs::metadata(root) {
        Ok(it) if it.is_dir() => Ok(()),
        Ok(_) => Err(ReadError::NotAFolder(root.to_owned())),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
            Err(ReadError::Missing(root.to_owned()))
        }
        Err(cause) => Err(unreadable(root, cause)),
    }
}

/// A document's two names for findings: its own, and that of the metadata beside it.
pub fn names(id: &str, shown_as: &str) -> (FileName, FileName) {
    (walk::shown(shown_as, id), walk::shown(shown_as, &format!("{}.yaml", stem(id))))
}

/// A document that is not on this disk: the same as if `text` were in the file `id`, and `metadata` beside it.
pub fn source(
    id: &str,
    (text, metadata): (String, Option<String>),
    (file, sidecar): &(FileName, FileName),
) -> Outcome<Option<Source>> {
    let mut diagnostics = Vec::new();
    let beside = metadata.and_then(|it| admitted(sidecar, it.into()).split(&mut diagnostics));
    let sidecar = beside.map(|it| (Arc::clone(sidecar), it.text));
    let decoded = admitted(file, text.into()).split(&mut diagnostics);
    let source = decoded.map(|Decoded { text, origin, .. }| Source {
        id: id.into(),
        file: Arc::clone(file),
        text: text.into(),
        origin,
        sidecar,
    });
    Outcome { value: source, diagnostics }
}

/// What lies in a folder of documents beside them; nothing if there is no such folder.
pub fn assets(root: &Path) -> Vec<(String, PathBuf)> {
    if root.is_dir() { walk::walk(root, "").assets } else { Vec::new() }
}

/// The text of the file at `path`, or nothing if there is no such file.
pub fn file(path: &Path) -> Result<Option<String>, ReadError> {
    match std::fs::read(path) {
        Ok(bytes) => match decode(bytes) {
            Some(decoded) => Ok(Some(decoded.text)),
            None => Err(unreadable(path, io::Error::other("it is not a text"))),
        },
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(unreadable(path, cause)),
    }
}

/// The bytes of a file.
///
/// # Errors
/// It cannot be read.
pub fn bytes(path: &Path) -> Result<Vec<u8>, ReadError> {
    std::fs::read(path).map_err(|cause| unreadable(path, cause))
}

fn unreadable(path: &Path, cause: io::Error) -> ReadError {
    ReadError::Unreadable { path: path.to_owned(), cause }
}

fn skipped(rule: Rule, message: String, file: &FileName) -> Outcome<Option<Decoded>> {
    Outcome { value: None, diagnostics: vec![Diagnostic::new(rule, file, 0..0, message)] }
}

/// The text of these bytes, unless they cannot be a document.
fn admitted(file: &FileName, bytes: Vec<u8>) -> Outcome<Option<Decoded>> {
    if u32::try_from(bytes.len()).is_err() {
        return skipped(Rule::UnreadableFile, "is larger than 4 GiB".to_owned(), file);
    }
    let Some(decoded) = decode(bytes) else {
        return skipped(Rule::BinaryFile, "is not a text, so it is left out".to_owned(), file);
    };
    if decoded.text.trim().is_empty() {
        return skipped(Rule::EmptyDocument, "is empty, so it is left out".to_owned(), file);
    }
    let remark = decoded.remark.as_ref();
    let diagnostics = remark.map(|it| Diagnostic::new(Rule::LegacyEncoding, file, 0..0, it));
    Outcome { diagnostics: diagnostics.into_iter().collect(), value: Some(decoded) }
}

/// The sidecars that have a document, with its stem; every other one is a finding.
fn sidecar_owners<'a>(
    documents: &[Found],
    sidecars: &'a [Found],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(&'a str, &'a Found)> {
    if sidecars.is_empty() {
        return Vec::new();
    }
    let stems: FxHashSet<&str> = documents.iter().map(|it| stem(&it.id)).collect();
    let mut taken = FxHashSet::default();
    let mut owners = Vec::new();
    for sidecar in sidecars {
        let owner = stem(&sidecar.id);
        if !stems.contains(owner) {
            diagnostics.push(orphan(sidecar, documents));
        } else if taken.insert(owner) {
            owners.push((owner, sidecar));
        } else {
            let message = "a second file of metadata for the same document, so it is left out";
            diagnostics.push(Diagnostic::new(Rule::OrphanSidecar, &sidecar.file, 0..0, message));
        }
    }
    owners
}

/// The finding about a sidecar without a document.
fn orphan(sidecar: &Found, documents: &[Found]) -> Diagnostic {
    let message =
        format!("there is no document {}.txt or {0}.md for this metadata", name(&sidecar.id));
    let finding = Diagnostic::new(Rule::OrphanSidecar, &sidecar.file, 0..0, message);
    let stems = documents.iter().map(|it| stem(&it.id));
    match did_you_mean(stem(&sidecar.id), stems) {
        Some(near) => {
            finding.with_help(format!("rename it to {near}.yaml if it belongs to that document"))
        }
        None => finding,
    }
}

/// A path without its last extension.
fn stem(id: &str) -> &str {
    let folder = id.len() - id.rsplit('/').next().map_or(0, str::len);
    id[folder..].rfind('.').map_or(id, |dot| &id[..folder + dot])
}

/// The last part of a path, without its extension.
fn name(id: &str) -> &str {
    stem(id).rsplit('/').next().unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let home = tempfile::tempdir().unwrap();
        for (path, bytes) in files {
            let path = home.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        home
    }

    fn shown(outcome: &Outcome<Seeds>) -> (Vec<&str>, Vec<&str>, Vec<String>) {
        let Outcome { value, diagnostics } = outcome;
        let findings = diagnostics.iter().map(|it| format!("{} {:?}", it.file, it.rule)).collect();
        let ids = value.sources.iter().map(|it| &*it.id).collect();
        (ids, value.assets.iter().map(|it| it.0.as_str()).collect(), findings)
    }

    #[test]
    fn tells_documents_from_what_only_lies_beside_them() {
        let home = folder(&[
            ("b.txt", b"b"),
            ("a/c.md", b"c"),
            ("a-b/d.TXT", b"d"),
            ("a/pictures/map.png", b"\x89PNG"),
            ("_drafts/e.txt", b"e"),
            (".git/f.txt", b"f"),
            (".hidden.txt", b"g"),
            ("README.md", b"h"),
            ("a/readme.txt", b"h"),
            ("LICENSE-MIT.txt", b"i"),
            ("license-plates.txt", b"j"),
        ]);
        let outcome = read(home.path(), "seeds/").unwrap();
        let ids = vec!["a-b/d.TXT", "a/c.md", "b.txt", "license-plates.txt"];
        assert_eq!(shown(&outcome), (ids, vec!["a/pictures/map.png"], vec![]));
        assert_eq!(&*outcome.value.sources[1].file, "seeds/a/c.md");
    }

    #[test]
    fn what_cannot_be_a_document_is_a_finding_and_the_rest_is_read() {
        let home = folder(&[
            ("empty.txt", b" \n"),
            ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0"),
            ("good.txt", b"good"),
            ("latin.txt", b"caf\xe9 \xe0 la carte"),
        ]);
        let outcome = read(home.path(), "").unwrap();
        let findings =
            ["empty.txt EmptyDocument", "latin.txt LegacyEncoding", "picture.txt BinaryFile"];
        assert_eq!(
            shown(&outcome),
            (vec!["good.txt", "latin.txt"], vec![], findings.map(str::to_owned).to_vec())
        );
    }

    #[test]
    fn a_sidecar_belongs_to_the_document_of_its_name() {
        let home = folder(&[
            ("a.b.txt", b"text"),
            ("a.b.yaml", b"title: A"),
            ("a.b.yml", b"title: Again"),
            ("c.txt", b"text"),
            ("cc.yaml", b"title: C"),
        ]);
        let outcome = read(home.path(), "seeds").unwrap();
        let sidecar = outcome.value.sources[0].sidecar.clone().unwrap();
        assert_eq!((&*sidecar.0, sidecar.1.as_str()), ("seeds/a.b.yaml", "title: A"));
        assert_eq!(outcome.value.sources[1].sidecar, None);
        assert_eq!(
            shown(&outcome).2,
            ["seeds/a.b.yml OrphanSidecar", "seeds/cc.yaml OrphanSidecar"]
        );
        assert_eq!(
            outcome.diagnostics[1].help.as_deref(),
            Some("rename it to c.yaml if it belongs to that document")
        );
    }

    #[test]
    fn a_folder_must_be_there() {
        let home = folder(&[("a.txt", b"a")]);
        assert!(matches!(read(&home.path().join("b"), ""), Err(ReadError::Missing(_))));
        assert!(matches!(read(&home.path().join("a.txt"), ""), Err(ReadError::NotAFolder(_))));
        assert_eq!(file(&home.path().join("a.txt")).unwrap().as_deref(), Some("a"));
        assert_eq!(file(&home.path().join("b.txt")).unwrap(), None);
        assert!(matches!(file(home.path()), Err(ReadError::Unreadable { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_into_its_own_folder_is_a_finding() {
        let home = folder(&[("a/a.txt", b"a")]);
        std::os::unix::fs::symlink(home.path(), home.path().join("a/loop")).unwrap();
        let outcome = read(home.path(), "").unwrap();
        assert_eq!(
            shown(&outcome),
            (vec!["a/a.txt"], vec![], vec!["a/loop UnreadableFile".to_owned()])
        );
    }
}
