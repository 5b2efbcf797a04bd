//! Mentions to lines of a concordance: the name in the middle of its sentence.

use crate::pipeline::Reading;
use crate::pipeline::collate::DocumentIndex;
use crate::pipeline::collate::entities::counted;
use crate::pipeline::parse::{Block, BlockKind};
use crate::pipeline::render::anchors::heading_id;
use crate::pipeline::render::html::Html;
use crate::pipeline::render::standpoint::Standpoint;

/// How much of a sentence is shown before and after the name, in bytes, if the sentence is longer.
const NEAR: usize = 84;
/// How far the beginning or end of the sentence may be for the whole of it to be shown.
const FAR: usize = 120;

/// About how many bytes a line takes.
pub(crate) const LINE: usize = 384;

/// A passage with its place: the id of its paragraph, and what stands before, in and behind it.
pub(crate) struct Passage<'t> {
    /// The number of the paragraph; 0 in a heading.
    pub(crate) paragraph: u32,
    /// The id on the page.
    pub(crate) id: String,
    left: (&'t str, Cut),
    exact: &'t str,
    right: (&'t str, Cut),
}

#[derive(PartialEq, Eq)]
enum Cut {
    Whole,
    Shortened,
}

/// The passage in which `start..end` stands.
pub(crate) fn passage(reading: &Reading, start: u32, end: u32) -> Passage<'_> {
    let document = &reading.document;
    let at = document.blocks.partition_point(|it| it.start <= start).saturating_sub(1);
    let whole = Block {
        kind: BlockKind::Paragraph,
        start: 0,
        end: document.text.len() as u32,
        paragraph: 0,
    };
    let block = document.blocks.get(at).filter(|it| it.end >= end).unwrap_or(&whole);
    let id = match &block.kind {
        _ if block.paragraph > 0 => ["p", itoa::Buffer::new().format(block.paragraph)].concat(),
        BlockKind::Heading(_, id) => heading_id(id),
        _ => "p0".to_owned(),
    };
    Passage {
        paragraph: block.paragraph,
        id,
        left: before(&document.text[block.start as usize..start as usize]),
        exact: &document.text[start as usize..end as usize],
        right: after(&document.text[end as usize..block.end as usize]),
    }
}

fn before(text: &str) -> (&str, Cut) {
    let far = &text[floor(text, text.len().saturating_sub(FAR))..];
    let ends = memchr::memrchr3_iter(b'.', b'!', b'?', far.as_bytes());
    if let Some(at) = ends.map(|it| it + 1).find(|at| is_border(far, *at)) {
        return (far[at..].trim_start(), Cut::Whole);
    }
    if far.len() == text.len() {
        return (text, Cut::Whole);
    }
    let near = &text[floor(text, text.len() - NEAR)..];
    (near.find(char::is_whitespace).map_or(near, |at| &near[at..]), Cut::Shortened)
}

fn after(text: &str) -> (&str, Cut) {
    let far = &text[..floor(text, FAR)];
    let ends = memchr::memchr3_iter(b'.', b'!', b'?', far.as_bytes());
    if let Some(at) = ends.map(|it| it + 1).find(|at| is_border(text, *at)) {
        return (&far[..at], Cut::Whole);
    }
    if far.len() == text.len() {
        return (text, Cut::Whole);
    }
    let near = &text[..floor(text, NEAR)];
    (near.rfind(char::is_whitespace).map_or(near, |at| &near[..at]), Cut::Shortened)
}

/// Whether a sentence ends at `at`, behind its last mark: a blank follows, then a capital, a digit or a quotation mark, and
/// the word before is not as short as abbreviations are ("Mr.", "U.S.").
fn is_border(text: &str, at: usize) -> bool {
    let word = text[..at - 1].rsplit(char::is_whitespace).next().unwrap_or_default();
    let abbreviated = word.chars().count() <= 3 && word.starts_with(char::is_uppercase);
    let mut signs = text[at..].chars();
    !abbreviated
        && signs.next().is_some_and(char::is_whitespace)
        && signs
            .find(|it| !it.is_whitespace())
            .is_some_and(|it| it.is_uppercase() || it.is_numeric() || "“\"‘'".contains(it))
}

/// The largest place in `text` up to `at` where a character begins.
fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at)
}

impl Passage<'_> {
    /// Writes the passage as left, marked by the element that `mark` opens, and right.
    fn write(&self, html: &mut Html, mark: &str) {
        html.raw("<span class=\"l\"><bdi>");
        if self.left.1 == Cut::Shortened {
            html.raw("…");
        }
        spaced(html, self.left.0);
        html.raw("</bdi></span>").raw(mark);
        spaced(html, self.exact);
        html.raw("</mark><span class=\"r\">");
        spaced(html, self.right.0);
        html.raw(if self.right.1 == Cut::Shortened { "…" } else { "" }).raw("</span>");
    }
}

/// Text with every line end a blank.
fn spaced(html: &mut Html, text: &str) {
    let mut begun = 0;
    for at in memchr::memchr_iter(b'\n', text.as_bytes()) {
        html.text(&text[begun..at]).raw(" ");
        begun = at + 1;
    }
    html.text(&text[begun..]);
}

/// Whether a mention counts: not inside a longer name, nor by office, nor of a people.
pub(crate) fn counts(from: &Standpoint<'_>, document: DocumentIndex, mention: u16) -> bool {
    let entities = &from.edition.entry(document).entities;
    let published = |name: u16| entities[usize::from(name)].is_some();
    counted(&from.edition.reading(document).annotations, mention.into(), published)
}

/// A line of the concordance: the paragraph's number as a link, and the passage.
pub(crate) fn line(html: &mut Html, from: &Standpoint<'_>, document: DocumentIndex, mention: u16) {
    let it = &from.edition.reading(document).annotations.mentions[usize::from(mention)];
    let (start, end, apart) = (it.start, it.end, !counts(from, document, mention));
    write_line(html, from, document, (start, end, apart));
}

/// The same for any span of the text.
pub(crate) fn span_line(
    html: &mut Html,
    from: &Standpoint<'_>,
    document: DocumentIndex,
    span: (u32, u32),
) {
    write_line(html, from, document, (span.0, span.1, false));
}

/// Writes the line of `start..end`; `apart` is what is shown but not counted.
fn write_line(
    html: &mut Html,
    from: &Standpoint<'_>,
    document: DocumentIndex,
    (start, end, apart): (u32, u32, bool),
) {
    let passage = passage(from.edition.reading(document), start, end);
    html.raw("<li><a href=\"").raw(from.root()).text(from.edition.document_file(document));
    html.raw("#").text(&passage.id).raw("\"");
    if passage.paragraph > 0 {
        let mut number = itoa::Buffer::new();
        let number = number.format(passage.paragraph);
        let label = from.words().fill("paragraph", &[("n", number)]);
        html.attribute("aria-label", &label).raw(">¶").raw(number);
    } else {
        html.attribute("aria-label", from.words().get("title")).raw(">¶");
    }
    html.raw("</a>");
    passage.write(html, if apart { "<mark class=\"o\">" } else { "<mark>" });
    html.raw("</li>\n");
}

#[cfg(test)]
mod tests {
    use super::{Cut, after, before};

    #[test]
    fn a_short_sentence_is_shown_whole() {
        assert_eq!(before("It rained. The river ").0, "The river ");
        assert_eq!(after(" rose. Nobody came.").0, " rose.");
        assert_eq!(before("It rained. Mr. Day saw the ").0, "Mr. Day saw the ");
        assert_eq!(after(" of the U.S. Board rose. It").0, " of the U.S. Board rose.");
        assert_eq!(after(" of the U.S. rose").0, " of the U.S. rose");
    }

    #[test]
    fn a_long_one_is_cut_between_words() {
        let long = "wörd ".repeat(60);
        let (left, cut) = before(&long);
        assert!(cut == Cut::Shortened && left.starts_with(" wörd") && left.len() <= 84);
        let (right, cut) = after(&long);
        assert!(cut == Cut::Shortened && right.ends_with("wörd") && right.len() <= 84);
    }
}
