//! Document and mentions to the HTML of its text.

mod elements;
mod text;

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use crate::pipeline::Reading;
use crate::pipeline::collate::{DocumentIndex, EntityIndex};
use crate::pipeline::describe::BlockRole;
use crate::pipeline::parse::{Block, BlockKind, BlockTag, Container, Node};
use crate::pipeline::render::anchors::{Permanent, heading_id};
use crate::pipeline::render::html::Html;
use crate::pipeline::render::marks::{Mark, marks};
use crate::pipeline::render::standpoint::Standpoint;

/// The text of a document as HTML, and what the rest of the page says of it.
#[derive(Debug, Default)]
pub(crate) struct Body {
    pub(crate) html: Html,
    pub(crate) headings: Vec<HeadingLink>,
    /// Lines set apart as furniture, as a list.
    pub(crate) set_apart: Html,
    pub(crate) set_apart_lines: usize,
    /// Where each entity is first named: an id.
    pub(crate) first: FxHashMap<EntityIndex, String>,
}

/// A line of the table of contents, as templates see it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HeadingLink {
    /// 2 for a section, 3 for one inside it.
    pub level: u8,
    /// The id of the heading.
    pub id: String,
    /// Its text.
    pub title: String,
}

/// Makes the HTML of a document's text.
pub(crate) fn encode(from: &Standpoint<'_>, document: DocumentIndex) -> Body {
    let reading = from.edition.reading(document);
    let nodes = reading.document.body.all();
    let mut encoder = Encoder {
        from,
        reading,
        marks: marks(reading, from.edition.entry(document)),
        body: Body { html: Html::with_room(reading.document.text.len() * 2), ..Body::default() },
        held: Vec::new(),
        seen: FxHashSet::default(),
        permanent: Permanent::default(),
        levels: vec![(1, 1)],
        block: None,
        in_link: 0,
        tables: 0,
        listings: 0,
        notes: BTreeMap::new(),
        outside: Vec::new(),
        leaving_out: None,
    };
    let mut at = 0;
    while at < nodes.len() {
        at += encoder.node(&nodes[at..]);
    }
    encoder.finish()
}

struct Encoder<'e> {
    from: &'e Standpoint<'e>,
    reading: &'e Reading,
    marks: Vec<Mark>,
    body: Body,
    /// Containers that are open but have nothing in them yet; those that stay empty are never written.
    held: Vec<&'e Container>,
    /// Entities linked in this section.
    seen: FxHashSet<EntityIndex>,
    permanent: Permanent,
    /// Open headings: the level as written and on the page.
    levels: Vec<(u8, u8)>,
    block: Option<&'e Block>,
    in_link: usize,
    tables: usize,
    listings: usize,
    /// Footnotes by number, which come at the end.
    notes: BTreeMap<u32, Html>,
    /// The text outside the footnote that is being written.
    outside: Vec<Html>,
    /// The block that is not written, by its number.
    leaving_out: Option<u32>,
}

impl<'e> Encoder<'e> {
    /// Writes the first of `nodes` and says how many it took.
    fn node(&mut self, nodes: &'e [Node]) -> usize {
        if self.leaving_out.is_some() {
            if matches!(nodes[0], Node::CloseBlock(_)) {
                self.leaving_out = None;
            }
            return 1;
        }
        match &nodes[0] {
            Node::OpenBlock(number, tag) => self.open_block(*number, *tag),
            Node::CloseBlock(tag) => self.close_block(*tag),
            Node::Open(container) => self.held.push(container),
            Node::Close(container) => self.close(container),
            Node::Text(start, end) => return self.text(*start, *end, nodes),
            Node::OpenInline(inline) => self.open_inline(inline),
            Node::CloseInline(inline) => self.close_inline(inline),
            Node::InlineCode(start, end) => {
                let text = self.slice(*start, *end);
                self.out().raw("<code>").text(text).raw("</code>");
            }
            Node::CodeBlock(it) => self.code_block(&it.language, it.start, it.end),
            Node::Html(html) => {
                self.out().raw(&html.0);
            }
            Node::Image(image) => self.image(&image.0, &image.1, &image.2),
            Node::SoftBreak => {
                self.out().raw("\n");
            }
            Node::HardBreak => {
                self.out().raw("<br>\n");
            }
            Node::Rule => {
                self.out().raw("<hr>\n");
            }
            Node::FootnoteReference(number, which) => self.footnote_reference(*number, *which),
            Node::TaskBox(ticked) => {
                self.out().raw(if *ticked { "☑ " } else { "☐ " });
            }
        }
        1
    }

    /// Where to write; containers that were only waiting for content are opened first.
    fn out(&mut self) -> &mut Html {
        for container in std::mem::take(&mut self.held) {
            self.open(container);
        }
        &mut self.body.html
    }

    fn slice(&self, start: u32, end: u32) -> &'e str {
        &self.reading.document.text[start as usize..end as usize]
    }

    fn open_block(&mut self, number: u32, tag: BlockTag) {
        let block = &self.reading.document.blocks[number as usize];
        let role =
            self.reading.description.roles.get(number as usize).copied().unwrap_or(BlockRole::Text);
        let cell = matches!(tag, BlockTag::HeaderCell | BlockTag::Cell);
        if !cell && matches!(role, BlockRole::Title | BlockRole::Furniture) {
            self.leave_out(number, block, role);
            return;
        }
        self.block = Some(block);
        match tag {
            BlockTag::Heading(level) => self.open_heading(block, level),
            _ => self.open_paragraph(block, tag, role),
        }
    }

    fn leave_out(&mut self, number: u32, block: &Block, role: BlockRole) {
        self.leaving_out = Some(number);
        if role == BlockRole::Title && block.paragraph > 0 {
            // Its number is published as the place of the names in it, so it must lead here.
            self.body.html.raw("<span id=\"p").number(block.paragraph).raw("\"></span>\n");
        }
        if role == BlockRole::Furniture {
            self.body.set_apart_lines += 1;
            let text = &self.reading.document.text[block.range()];
            self.body.set_apart.raw("<li>").text(text).raw("</li>\n");
        }
    }

    fn open_heading(&mut self, block: &Block, level: u8) {
        while self.levels.len() > 1 && self.levels.last().is_some_and(|it| it.0 >= level) {
            self.levels.pop();
        }
        let shown = self.levels.last().map_or(2, |it| it.1 + 1).min(6);
        self.levels.push((level, shown));
        self.seen.clear();
        let BlockKind::Heading(_, id) = &block.kind else { return };
        let id = heading_id(id);
        if shown <= 3 {
            let title = self.reading.document.text[block.range()].to_owned();
            self.body.headings.push(HeadingLink { level: shown, id: id.clone(), title });
        }
        self.out().raw("<h").number(shown).attribute("id", &id).raw(">");
    }

    fn open_paragraph(&mut self, block: &Block, tag: BlockTag, role: BlockRole) {
        let name = match tag {
            BlockTag::ItemText => "span",
            BlockTag::HeaderCell => "th scope=\"col\"",
            BlockTag::Cell => "td",
            BlockTag::Term => "dt",
            BlockTag::Definition => "dd",
            BlockTag::Paragraph | BlockTag::Heading(_) => "p",
        };
        let out = self.out();
        out.raw("<").raw(name);
        if block.paragraph > 0 {
            out.raw(" id=\"p").number(block.paragraph).raw("\"");
        }
        if role == BlockRole::Dateline {
            out.raw(" class=\"dateline\"");
        }
        out.raw(">");
    }

    fn close_block(&mut self, tag: BlockTag) {
        let block = self.block.take();
        let name = match tag {
            BlockTag::Heading(_) => return self.close_heading(),
            BlockTag::ItemText => "span",
            BlockTag::HeaderCell => "th",
            BlockTag::Cell => "td",
            BlockTag::Term => "dt",
            BlockTag::Definition => "dd",
            BlockTag::Paragraph => "p",
        };
        if let Some(block) = block.filter(|it| it.paragraph > 0 && name != "td" && name != "th") {
            let id = self.permanent.id(&self.reading.document.text[block.range()]);
            let number = block.paragraph.to_string();
            let label = self.from.words().fill("paragraph", &[("n", &number)]);
            let out = self.out();
            out.raw(" <a class=\"pn\" id=\"").raw(&id).raw("\" href=\"#").raw(&id).raw("\"");
            out.attribute("aria-label", &label).raw(">").raw(&number).raw("</a>");
        }
        self.out().raw("</").raw(name).raw(">\n");
    }

    fn close_heading(&mut self) {
        let shown = self.levels.last().map_or(2, |it| it.1);
        self.out().raw("</h").number(shown).raw(">\n");
    }

    fn finish(mut self) -> Body {
        if !self.notes.is_empty() {
            let words = self.from.words();
            let out = &mut self.body.html;
            out.raw(
                "<section class=\"notes\" aria-labelledby=\"page-notes\"><h2 id=\"page-notes\">",
            );
            out.text(words.get("footnotes")).raw("</h2><ol>\n");
            for (number, note) in &self.notes {
                out.raw("<li value=\"")
                    .number(*number)
                    .raw("\" id=\"fn-")
                    .number(*number)
                    .raw("\">")
                    .raw(&note.0)
                    .raw("</li>\n");
            }
            out.raw("</ol></section>\n");
        }
        self.body
    }
}
