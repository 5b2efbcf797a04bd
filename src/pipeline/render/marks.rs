//! Mentions to marks: which names are shown in a text, and where.

use crate::pipeline::Reading;
use crate::pipeline::collate::{EntityIndex, Entry};

/// A name to be shown in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) entity: EntityIndex,
}

/// The outermost mentions of entities that have a page, in order, none across another.
pub(crate) fn marks(reading: &Reading, entry: &Entry) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::with_capacity(reading.annotations.mentions.len());
    for mention in &reading.annotations.mentions {
        let Some(entity) = entry.entities.get(usize::from(mention.name)).copied().flatten() else {
            continue;
        };
        // Mentions come by start, outer ones first: what begins before the last one ends is inside it.
        if marks.last().is_none_or(|last| last.end <= mention.start) && mention.start < mention.end
        {
            marks.push(Mark { start: mention.start, end: mention.end, entity });
        }
    }
    marks
}

/// Those of `marks` that lie wholly in `start..end`.
pub(crate) fn within(marks: &[Mark], start: u32, end: u32) -> &[Mark] {
    let first = marks.partition_point(|it| it.start < start);
    let count = marks[first..].partition_point(|it| it.end <= end);
    &marks[first..first + count]
}
