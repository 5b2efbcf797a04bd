//! The pieces of an [`OffsetMap`], and how two maps become one.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::OffsetMap;

/// Where one piece ends and the next begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Point {
    /// Offset in the new text.
    at: u32,
    /// Where the piece before it ended in the old text.
    ended: u32,
    /// Where the piece behind it begins in the old text.
    begins: u32,
    /// How wide its characters are.
    scale: Scale,
}

/// How many bytes of the new text stand for how many of the old one: the width of a character in both.
///
/// So a run of characters of one width is one piece, whatever the encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Scale {
    /// Bytes of the new text.
    new: u8,
    /// Bytes of the old text.
    old: u8,
}

impl Scale {
    /// Nothing changes but the position.
    const SAME: Scale = Scale { new: 1, old: 1 };
    /// All of it stands for all of the old piece.
    const WHOLE: Scale = Scale { new: 1, old: 0 };

    fn of(new: usize, old: usize) -> Scale {
        if new == old { Scale::SAME } else { Scale { new: new as u8, old: old as u8 } }
    }

    fn old_length(self, new_length: usize) -> usize {
        new_length / usize::from(self.new) * usize::from(self.old)
    }
}

impl Point {
    fn locate(self, offset: usize) -> usize {
        self.begins as usize + self.scale.old_length(offset - self.at as usize)
    }
}

impl OffsetMap {
    /// Says that at offset `at` of the new text the old text left off at `ended` and goes on, unchanged, at `begins`.
    ///
    /// Points must come in ascending order; a point that says nothing new is dropped.
    pub fn push(&mut self, at: usize, ended: usize, begins: usize) {
        self.push_point(at, ended..begins, Scale::SAME);
    }

    /// Says that the character of `new` bytes at `at` was made from `old`.
    pub(super) fn push_character(&mut self, at: usize, new: usize, old: Range<usize>) {
        self.push_point(at, old.start..old.start, Scale::of(new, old.len()));
    }

    /// Says that the character at `at`, and all up to the next point, was made from the whole of `old` and cannot be divided.
    pub(crate) fn push_whole(&mut self, at: usize, old: Range<usize>) {
        self.points.push(Point {
            at: at as u32,
            ended: old.end as u32,
            begins: old.start as u32,
            scale: Scale::WHOLE,
        });
    }

    /// Forgets what lies behind the first `length` bytes of the new text.
    pub(crate) fn truncate(&mut self, length: usize) {
        let kept = self.points.partition_point(|it| it.at as usize <= length);
        self.points.truncate(kept);
    }

    fn push_point(&mut self, at: usize, gap: Range<usize>, scale: Scale) {
        let (same_scale, here) = match self.points.last() {
            Some(last) => (last.scale == scale, last.locate(at)),
            None => (scale == Scale::SAME, at),
        };
        if same_scale && gap == (here..here) {
            return;
        }
        let point = Point { at: at as u32, ended: gap.start as u32, begins: gap.end as u32, scale };
        match self.points.last_mut() {
            Some(last) if last.at == point.at => *last = Point { ended: last.ended, ..point },
            _ => self.points.push(point),
        }
    }

    /// Where a span that begins at `offset` of the new text begins in the old one.
    pub fn start(&self, offset: usize) -> usize {
        let behind = self.points.partition_point(|it| it.at as usize <= offset);
        behind.checked_sub(1).map_or(offset, |it| self.points[it].locate(offset))
    }

    /// Where a span that ends at `offset` of the new text (exclusive) ends in the old one.
    ///
    /// What was left out behind it does not belong to it.
    pub fn end(&self, offset: usize) -> usize {
        let behind = self.points.partition_point(|it| (it.at as usize) < offset);
        if let Some(point) = self.points.get(behind).filter(|it| it.at as usize == offset) {
            return point.ended as usize;
        }
        behind.checked_sub(1).map_or(offset, |it| self.points[it].locate(offset))
    }

    /// The span of the old text that `start..end` of the new one was made from.
    pub fn span(&self, span: Range<usize>) -> Range<usize> {
        let (start, end) = (self.start(span.start), self.end(span.end));
        // An empty span just behind something left out would otherwise end before it begins.
        start..end.max(start)
    }

    /// The map from the new text, `length` bytes long, to the text that `older` leads to.
    ///
    /// `self` must not change the width of characters by scale, only by leaving out and putting in.
    #[must_use]
    pub fn through(mut self, older: &OffsetMap, length: usize) -> OffsetMap {
        if older.points.is_empty() {
            return self;
        }
        if self.points.is_empty() {
            return older.clone();
        }
        if self.points.first().is_none_or(|it| it.at > 0) {
            self.points.insert(0, Point { at: 0, ended: 0, begins: 0, scale: Scale::SAME });
        }
        let mut joined = OffsetMap::default();
        for (index, point) in self.points.iter().enumerate() {
            let next = self.points.get(index + 1);
            let until = next.map_or(length, |it| it.at as usize).saturating_sub(point.at as usize);
            let until = next.map_or(until, |it| {
                until.min((it.ended as usize).saturating_sub(point.begins as usize))
            });
            joined.push_through(*point, older, until);
        }
        joined
    }

    /// Adds the piece of `length` bytes that begins at `point`, as `older` divides it.
    fn push_through(&mut self, point: Point, older: &OffsetMap, length: usize) {
        let begins = point.begins as usize;
        if point.scale == Scale::WHOLE {
            return self.push_whole(
                point.at as usize,
                older.start(begins)..older.end(point.ended as usize),
            );
        }
        let first = older.points.partition_point(|it| it.at as usize <= begins);
        let scale = first.checked_sub(1).map_or(Scale::SAME, |it| older.points[it].scale);
        let gap = older.end(point.ended as usize)..older.start(begins);
        self.push_point(point.at as usize, gap, scale);
        for inner in
            older.points[first..].iter().take_while(|it| (it.at as usize) < begins + length)
        {
            let at = point.at + (inner.at - point.begins);
            self.points.push(Point { at, ..*inner });
        }
    }
}
