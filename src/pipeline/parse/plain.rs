//! Text without markup to blocks: paragraphs, headings and lists, told by their lines alone.

mod lines;
mod lists;

use std::ops::Range;

use self::lines::{Break, Line};
use super::{BlockKind, BlockTag, Body, Node};
use crate::pipeline::parse::headings::HeadingIds;

/// One or more lines that belong together.
#[derive(Debug, Clone)]
pub(super) struct Passage {
    /// Where it is in the text, without the white space around it.
    pub(super) range: Range<usize>,
    /// What it looks like.
    pub(super) role: Role,
    /// Whether a blank line stands before it.
    pub(super) set_off: bool,
}

/// What a passage looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Running text, or a line of its own.
    Text,
    /// A heading of this level.
    Heading(u8),
    /// A line of dashes or stars.
    Rule,
}

/// The body of a plain text that begins at byte `skip` of its source.
pub(super) fn body(source: &str, skip: usize) -> Body {
    let text = source[skip..].to_owned();
    let mut body = Body::default();
    body.origin.push(0, skip, skip);
    let passages = passages(&text);
    let mut ids = HeadingIds::default();
    let mut rest = passages.as_slice();
    while let Some((first, behind)) = rest.split_first() {
        if let Some(list) = lists::list(&text, rest) {
            lists::push(&mut body, &list);
            rest = &rest[list.items.len()..];
            continue;
        }
        match first.role {
            Role::Rule => body.nodes.push(Node::Rule),
            Role::Heading(level) => {
                let id = ids.id(&text[first.range.clone()]);
                body.push_block(
                    BlockKind::Heading(level, id.into()),
                    BlockTag::Heading(level),
                    &first.range,
                );
            }
            Role::Text => body.push_block(BlockKind::Paragraph, BlockTag::Paragraph, &first.range),
        }
        rest = behind;
    }
    body.text = text;
    body
}

/// Joins lines to passages and finds the headings among them.
fn passages(text: &str) -> Vec<Passage> {
    let lines = lines::lines(text);
    let breaks = lines::breaks(text, &lines);
    let mut passages: Vec<Passage> = Vec::new();
    for (line, before) in lines.iter().zip(breaks) {
        match (before, passages.last_mut()) {
            (Break::Within, Some(last)) => last.range.end = line.end,
            (Break::Underline(level), Some(last)) => last.role = Role::Heading(level),
            _ => passages.push(Passage {
                range: line.range(),
                role: if line.is_rule(text) { Role::Rule } else { Role::Text },
                set_off: line.after_blank,
            }),
        }
    }
    for index in 0..passages.len() {
        if is_heading(text, &passages[index..]) {
            passages[index].role = Role::Heading(2);
        }
    }
    passages
}

/// Whether the first of `passages` is a heading: a short line between blank lines, in capitals or numbered, before a longer text.
fn is_heading(text: &str, passages: &[Passage]) -> bool {
    let [first, next, ..] = passages else { return false };
    let (line, follower) = (&text[first.range.clone()], &text[next.range.clone()]);
    let stands_alone =
        first.set_off && next.set_off && first.role == Role::Text && next.role == Role::Text;
    stands_alone
        && line.chars().count() <= 80
        && !line.ends_with(['.', ',', ';', ':', '!', '?', '-', '…'])
        && !line.contains('\n')
        && (is_in_capitals(line) || is_numbered(line))
        && is_prose(follower)
        && !is_numbered(follower)
}

fn is_prose(passage: &str) -> bool {
    passage.chars().count() > 80 || passage.ends_with(['.', ':', '?', '!'])
}

/// At least five letters, all of them capitals.
fn is_in_capitals(line: &str) -> bool {
    let letters = line.chars().filter(|it| it.is_alphabetic()).count();
    letters >= 5 && line.chars().all(|it| !it.is_alphabetic() || it.is_uppercase())
}

/// A number or the word for a division before a capitalised word: `1. Introduction`, `II. Scope`, `Article 5`.
fn is_numbered(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let (Some(first), second) = (words.next(), words.next()) else { return false };
    let number = first.trim_end_matches(['.', ')']);
    let division = ["chapter", "article", "section", "part", "annex", "appendix"];
    if division.contains(&first.to_lowercase().as_str()) {
        return second
            .is_some_and(|it| it.chars().all(|c| c.is_ascii_digit() || "IVXLC.:".contains(c)));
    }
    let is_number =
        !number.is_empty() && number.split('.').all(|it| it.len() <= 2 && is_ordinal(it));
    is_number
        && (number.len() < first.len() || number.contains('.'))
        && second.is_some_and(|it| it.starts_with(char::is_uppercase))
}

/// One or two digits, a Roman numeral or a single capital.
fn is_ordinal(number: &str) -> bool {
    let is_roman = number.chars().all(|it| "IVX".contains(it));
    let is_letter = number.len() == 1 && number.starts_with(|it: char| it.is_ascii_uppercase());
    !number.is_empty() && (number.chars().all(|it| it.is_ascii_digit()) || is_roman || is_letter)
}

impl Line {
    /// A row of at least three dashes, stars or the like, and nothing else.
    fn is_rule(&self, text: &str) -> bool {
        lines::rule_mark(&text[self.range()]).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each block in a line, with what it is; line ends within it as `/`.
    fn shown(text: &str) -> Vec<String> {
        let body = body(text, 0);
        let mut tags = body
            .nodes
            .iter()
            .filter_map(|it| if let Node::OpenBlock(_, tag) = it { Some(tag) } else { None });
        let show = |block: &crate::pipeline::parse::Block| {
            let words: Vec<_> = text[block.range()].lines().map(str::trim).collect();
            let mark = match (tags.next(), &block.kind) {
                (_, BlockKind::Heading(level, id)) => format!("h{level}#{id} "),
                (Some(BlockTag::ItemText), _) => "- ".to_owned(),
                _ => String::new(),
            };
            format!("{mark}{}", words.join("/"))
        };
        body.blocks.iter().map(show).collect()
    }

    #[test]
    fn an_editor_broke_these_lines() {
        let text = "The harbour board met on Tuesday to hear the report of the\n\
                    engineer on the state of the northern mole, which was damaged\n\
                    in the storm. It was resolved that the repairs begin at once,\n\
                    and that tenders be invited.\n\
                    The treasurer then spoke of the dues, which had fallen by a\n\
                    third since the spring.\n\n\
                    \u{20}  The meeting rose at noon.\n";
        assert_eq!(
            shown(text),
            [
                "The harbour board met on Tuesday to hear the report of the/engineer on the state of the northern \
                 mole, which was damaged/in the storm. It was resolved that the repairs begin at once,/and that \
                 tenders be invited.",
                "The treasurer then spoke of the dues, which had fallen by a/third since the spring.",
                "The meeting rose at noon.",
            ]
        );
    }

    #[test]
    fn an_author_broke_these_lines() {
        let text = "Port to widen its channel\nAgency, 3 May 2011\n\
                    The port will widen its channel by ten metres, its director said, and deepen it by two, so that \
                    larger ships can call.\nWork is to begin in June.\r\nThe cost is not known yet.\r\n";
        assert_eq!(
            shown(text),
            [
                "Port to widen its channel",
                "Agency, 3 May 2011",
                "The port will widen its channel by ten metres, its director said, and deepen it by two, so that \
                 larger ships can call.",
                "Work is to begin in June.",
                "The cost is not known yet.",
            ]
        );
    }

    #[test]
    fn a_poem_keeps_its_lines() {
        let text = "the tide goes out\nand leaves a boat\nasleep on its side\nlike a dog on a mat\nin front of the stove\n";
        assert_eq!(shown(text).len(), 5);
    }

    #[test]
    fn headings_stand_alone_before_a_text() {
        let text = "ANNUAL REPORT\n\nThe year was a good one for the harbour and for all who live by it.\n\n\
                    II. Trade\n\nMore ships came than in any year before.\n\nSafety\n======\nTwo buoys were lit.\n\n\
                    1.1 Pilots\n------\n\nSix pilots serve.\n\nANNUAL REPORT\n\nAgain, for the record.\n\nTHE END\n";
        assert_eq!(
            shown(text),
            [
                "h2#annual-report ANNUAL REPORT",
                "The year was a good one for the harbour and for all who live by it.",
                "h2#ii-trade II. Trade",
                "More ships came than in any year before.",
                "h2#safety Safety",
                "Two buoys were lit.",
                "h3#1-1-pilots 1.1 Pilots",
                "Six pilots serve.",
                "h2#annual-report-2 ANNUAL REPORT",
                "Again, for the record.",
                "THE END",
            ]
        );
    }

    #[test]
    fn two_items_are_a_list_and_one_is_not() {
        let text = "Present:\n- the mayor\n- the pilot\n\n- 12 -\n\nDecided:\n1. to dredge\n2. to light the mole\n4. to wait\n";
        let blocks = [
            "Present:",
            "- the mayor",
            "- the pilot",
            "- 12 -",
            "Decided:",
            "- to dredge",
            "- to light the mole",
            "4. to wait",
        ];
        assert_eq!(shown(text), blocks);
        assert!(
            body(text, 0)
                .nodes
                .contains(&Node::Open(crate::pipeline::parse::Container::Numbered(1)))
        );
    }

    #[test]
    fn speakers_and_headers_begin_a_block() {
        let text = "From: the pilot\nTo: the mayor\nDate: 3 May 1911\n\n\
                    THE CHAIRMAN: I ask the pilot to speak first, as he has seen the\n\
                    northern mole with his own eyes and can say how it stands after\n\
                    the storm of last week.\n\
                    Mr. ROWE: It stands badly, sir, and it will not stand for long if\n\
                    nothing is done about it before the winter.\n\
                    Q: How long?\nA: A year.\n";
        let begins: Vec<_> =
            shown(text).iter().map(|it| it.split(' ').next().unwrap().to_owned()).collect();
        assert_eq!(begins, ["From:", "To:", "Date:", "THE", "Mr.", "Q:", "A:"]);
    }

    #[test]
    fn a_page_ends_where_its_number_stands() {
        let text = "The board then turned to the question of the dredger, which had been\n\
                    laid up since the autumn for want of a boiler and of the money to\n\
                    7\n\x0cbuy one with, and the treasurer was asked to look into the matter\n\
                    and to report to the board before the end of the year on the cost.\n";
        assert_eq!(shown(text)[1], "7");
        assert_eq!(shown(text).len(), 3);
    }

    #[test]
    fn a_row_of_dashes_is_a_rule() {
        let text = "One.\n\n* * *\n\nTwo.\n";
        assert_eq!(shown(text), ["One.", "Two."]);
        assert!(body(text, 0).nodes.contains(&Node::Rule));
    }
}
