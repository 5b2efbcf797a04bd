//! Blocks to how far their capitals can be trusted: headlines are told from sentences, lists of people and closing lines.

use std::ops::Range;

use crate::pipeline::annotate::cues::Cue;
use crate::pipeline::annotate::scan::{Reader, Trust};
use crate::pipeline::describe::{BlockRole, Description};
use crate::pipeline::parse::{BlockKind, Document};
use crate::pipeline::words::Shape;
use crate::vocabulary::lexicon::list;

/// How many words of a line may stand before the colon of a label ("Members present:").
const LABEL: usize = 4;

/// The blocks to be searched for names, and how far their capitals can be trusted.
pub(crate) fn trust(
    document: &Document,
    description: &Description,
    reader: Reader<'_>,
) -> Vec<(Range<usize>, Trust)> {
    let searched = |at: &usize| {
        description.roles.get(*at) != Some(&BlockRole::Furniture)
            && document.blocks[*at].kind != BlockKind::Code
    };
    (0..document.blocks.len())
        .filter(searched)
        .map(|at| {
            let block = reader.words.block(at);
            let known = headline(reader, &block) && !names_people(reader, &block);
            (block, if known { Trust::Known } else { Trust::Full })
        })
        .collect()
}

/// Whether three in four of the longer words of a block have a capital, and it does not end like a sentence.
fn headline(reader: Reader<'_>, block: &Range<usize>) -> bool {
    let words = reader.words;
    let (mut count, mut capitals) = (0, 0);
    for token in &words.tokens[block.clone()] {
        let long = token.shape.is(Shape::WORD) && token.end - token.start > 3;
        count += usize::from(long);
        capitals += usize::from(long && token.shape.is(Shape::CAPITAL));
    }
    let ends = block
        .end
        .checked_sub(1)
        .is_some_and(|it| matches!(words.surface(it), "." | "!" | "?" | ":" | ";" | "\"" | "”"));
    count >= 4 && !ends && capitals * 4 >= count * 3
}

/// Whether a block full of capitals lists people or closes a letter: "Present: Ms Gray, Mr Low", "Best regards, Ida Moss".
fn names_people(reader: Reader<'_>, block: &Range<usize>) -> bool {
    let words = reader.words;
    let mark = |it: usize| [b',', b';', b':'].iter().any(|mark| words.is_mark(it, *mark));
    let Some(first) = block.clone().find(|it| mark(*it)) else { return false };
    // "Mr" and "Cllr", but not "General" or "Sister", which titles have too.
    let addressed = |it: usize| {
        words.listed(it, list::HONORIFIC)
            && !words.listed(it, list::COMMON)
            && words.shape(it).is(Shape::CAPITAL)
    };
    let label = block.start..first.min(block.start + LABEL);
    let labelled = label.clone().any(|it| reader.is_cue(it, Cue::Attendance));
    let closing = label.clone().any(|it| reader.is_cue(it, Cue::Closing));
    let signed = words.listed(block.start, list::FIRST_NAME)
        && words.is_mark(first, b',')
        && words.listed(first + 1, list::OFFICE_WORD);
    (labelled && first < block.start + LABEL) || closing || signed || block.clone().any(addressed)
}
