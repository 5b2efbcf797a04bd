//! Disk to sources: one of the two modules that touch the disk.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::diagnostic::FileName;

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
    pub text: String,
    /// From offsets in `text` to bytes of the file on disk.
    pub origin: OffsetMap,
    /// The text of `NAME.yaml` beside it, if there is one, with that file's name.
    pub sidecar: Option<(FileName, String)>,
}

/// From byte offsets in one text to byte offsets in the text that it was made from.
///
/// Piecewise: from each point on, offsets differ by a constant, until the next point.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OffsetMap {
    /// Ascending in all three fields.
    points: Vec<Point>,
}

/// Where one piece ends and the next begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Point {
    /// Offset in the new text.
    at: u32,
    /// Where the piece before it ended in the old text.
    ended: u32,
    /// Where the piece behind it begins in the old text.
    begins: u32,
}

impl OffsetMap {
    /// Says that at offset `at` of the new text the old text left off at `ended` and goes on at `begins`.
    ///
    /// Points must come in ascending order; a point that says nothing new is dropped.
    pub fn push(&mut self, at: usize, ended: usize, begins: usize) {
        if ended == begins && self.start(at) == begins {
            return;
        }
        let point = Point { at: at as u32, ended: ended as u32, begins: begins as u32 };
        match self.points.last_mut() {
            Some(last) if last.at == point.at => last.begins = point.begins,
            _ => self.points.push(point),
        }
    }

    /// Where a span that begins at `offset` of the new text begins in the old one.
    pub fn start(&self, offset: usize) -> usize {
        let behind = self.points.partition_point(|it| it.at as usize <= offset);
        match behind.checked_sub(1).map(|it| self.points[it]) {
            Some(point) => point.begins as usize + (offset - point.at as usize),
            None => offset,
        }
    }

    /// Where a span that ends at `offset` of the new text (exclusive) ends in the old one.
    ///
    /// What was left out behind it does not belong to it.
    pub fn end(&self, offset: usize) -> usize {
        let behind = self.points.partition_point(|it| (it.at as usize) < offset);
        if let Some(point) = self.points.get(behind).filter(|it| it.at as usize == offset) {
            return point.ended as usize;
        }
        match behind.checked_sub(1).map(|it| self.points[it]) {
            Some(point) => point.begins as usize + (offset - point.at as usize),
            None => offset,
        }
    }

    /// The span of the old text that `start..end` of the new one was made from.
    pub fn span(&self, span: std::ops::Range<usize>) -> std::ops::Range<usize> {
        self.start(span.start)..self.end(span.end)
    }
}
