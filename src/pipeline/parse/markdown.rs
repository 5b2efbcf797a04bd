//! Markdown to blocks, nodes and reading text, with the place of every character.

mod elements;
mod footnotes;
mod html;
mod inline;

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};

use self::footnotes::Footnotes;
use self::html::InlineHtml;
use super::headings::HeadingIds;
use super::{Block, BlockKind, BlockTag, Body, Container, Node};

/// The body of a Markdown text that begins at byte `skip` of its source.
pub(super) fn body(source: &str, skip: usize) -> Body {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_WIKILINKS;
    let mut builder = Builder { source, ..Builder::default() };
    for (event, range) in Parser::new_ext(&source[skip..], options).into_offset_iter() {
        builder.event(event, range.start + skip..range.end + skip);
    }
    builder.finish()
}

/// What is made, and what is open while it is made.
#[derive(Debug, Default)]
struct Builder<'a> {
    source: &'a str,
    body: Body,
    ids: HeadingIds,
    /// The block that text goes to.
    open: Option<OpenBlock>,
    /// What encloses that block, and the tag of text that stands in it without a block of its own.
    enclosing: Vec<(Container, Option<BlockTag>)>,
    /// Inline elements that are open, innermost last.
    inlines: Vec<InlineHtml>,
    /// Alternative text is not read with the rest: while a picture is open, text goes here.
    picture: Option<inline::Picture>,
    /// HTML or code that is being gathered.
    verbatim: Verbatim,
    footnotes: Footnotes,
    in_table_head: bool,
}

/// A block that text is being added to.
#[derive(Debug)]
struct OpenBlock {
    tag: BlockTag,
    /// The id that its author gave it.
    id: Option<String>,
    start: usize,
}

/// A run of lines that are no Markdown.
#[derive(Debug, Default)]
enum Verbatim {
    #[default]
    None,
    Html(String),
    Code(Box<str>, usize),
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text(&text, range);
            }
            Event::Code(code) => self.inline_code(&code, range),
            Event::Html(html) => self.html_line(&html),
            Event::InlineHtml(html) => self.inline_html(&html, range),
            Event::FootnoteReference(label) => self.footnote_reference(&label),
            Event::SoftBreak => self.soft_break(range),
            Event::HardBreak => self.hard_break(range),
            Event::Rule => self.between_blocks(Node::Rule),
            Event::TaskListMarker(ticked) => self.within_block(Node::TaskBox(ticked)),
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.open_block(self.paragraph_tag(), None),
            Tag::Heading { level, id, .. } => {
                self.open_block(BlockTag::Heading(level as u8), id.map(CowStr::into_string));
            }
            Tag::TableCell if self.in_table_head => self.open_block(BlockTag::HeaderCell, None),
            Tag::TableCell => self.open_block(BlockTag::Cell, None),
            Tag::DefinitionListTitle => self.open_block(BlockTag::Term, None),
            Tag::DefinitionListDefinition => {
                self.enter(Container::Definitions, Some(BlockTag::Definition));
            }
            Tag::CodeBlock(kind) => self.start_code(&kind),
            Tag::HtmlBlock => self.verbatim = Verbatim::Html(String::new()),
            Tag::FootnoteDefinition(label) => self.start_footnote(&label),
            Tag::Link { link_type, dest_url, title, .. } => {
                self.start_link(link_type, [&dest_url, &title], range);
            }
            Tag::Image { link_type, dest_url, title, .. } => {
                self.start_image(link_type, [&dest_url, &title], range);
            }
            Tag::MetadataBlock(_) => {}
            tag => match (elements::container(&tag), elements::inline(&tag)) {
                (Some(container), _) => self.open_container(container),
                (_, Some(element)) => self.open_inline(element),
                _ => {}
            },
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::TableCell
            | TagEnd::DefinitionListTitle => self.close_block(),
            TagEnd::DefinitionListDefinition => drop(self.leave()),
            TagEnd::CodeBlock | TagEnd::HtmlBlock => self.end_verbatim(),
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link => {
                self.close_inline();
            }
            TagEnd::Image => self.end_image(),
            TagEnd::FootnoteDefinition => self.end_footnote(),
            TagEnd::MetadataBlock(_) => {}
            _ => self.close_container(),
        }
    }

    /// What a paragraph is here.
    fn paragraph_tag(&self) -> BlockTag {
        match self.enclosing.last() {
            Some((_, Some(BlockTag::Definition))) => BlockTag::Definition,
            _ => BlockTag::Paragraph,
        }
    }

    fn open_block(&mut self, tag: BlockTag, id: Option<String>) {
        self.close_block();
        self.separate();
        let start = self.body.text.len();
        self.body.nodes.push(Node::OpenBlock(self.body.blocks.len() as u32, tag));
        self.open = Some(OpenBlock { tag, id, start });
    }

    /// Ends the open block, if there is one, and all inline elements in it.
    fn close_block(&mut self) {
        let Some(OpenBlock { tag, id, start }) = self.open.take() else { return };
        self.close_all_inlines();
        self.body.nodes.push(Node::CloseBlock(tag));
        let text = &self.body.text[start..];
        let has_text = !text.trim().is_empty();
        let kind = match tag {
            BlockTag::Heading(level) => {
                let id = match id {
                    Some(id) => self.ids.asked_for(&id),
                    None => self.ids.id(text),
                };
                BlockKind::Heading(level, id.into())
            }
            _ => BlockKind::Paragraph,
        };
        let is_cited =
            matches!(tag, BlockTag::Paragraph | BlockTag::ItemText | BlockTag::Definition)
                && has_text;
        let paragraph = if is_cited { self.body.next_paragraph() } else { 0 };
        let end = self.body.text.len() as u32;
        self.body.blocks.push(Block { kind, start: start as u32, end, paragraph });
    }

    /// Makes sure that text has a block to go to.
    fn need_block(&mut self) {
        if self.open.is_none() {
            let tag = self.enclosing.last().and_then(|it| it.1).unwrap_or(BlockTag::Paragraph);
            self.open_block(tag, None);
        }
    }

    /// Blocks are separated by line ends, which stand for nothing in the source.
    fn separate(&mut self) {
        let at = self.body.text.len();
        if at > 0 {
            let source = self.body.origin.end(at);
            self.body.origin.push_whole(at, source..source);
            self.body.text.push('\n');
        }
    }

    fn between_blocks(&mut self, node: Node) {
        self.close_block();
        self.body.nodes.push(node);
    }

    fn within_block(&mut self, node: Node) {
        self.need_block();
        self.body.nodes.push(node);
    }

    fn enter(&mut self, container: Container, bare: Option<BlockTag>) {
        self.close_block();
        self.enclosing.push((container, bare));
    }

    fn leave(&mut self) -> Option<Container> {
        self.close_block();
        self.enclosing.pop().map(|it| it.0)
    }

    fn open_container(&mut self, container: Container) {
        let bare = (container == Container::Item).then_some(BlockTag::ItemText);
        self.in_table_head = container == Container::TableHead || self.in_table_head;
        self.enter(container.clone(), bare);
        self.body.nodes.push(Node::Open(container));
    }

    fn close_container(&mut self) {
        let Some(container) = self.leave() else { return };
        self.in_table_head = self.in_table_head && container != Container::TableHead;
        self.body.nodes.push(Node::Close(container));
    }

    fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        self.close_block();
        self.separate();
        let language = match kind {
            CodeBlockKind::Fenced(words) => {
                words.split([' ', ',', '{']).next().unwrap_or_default().into()
            }
            CodeBlockKind::Indented => "".into(),
        };
        self.verbatim = Verbatim::Code(language, self.body.text.len());
    }

    fn html_line(&mut self, line: &str) {
        if let Verbatim::Html(html) = &mut self.verbatim {
            html.push_str(line);
        }
    }

    fn end_verbatim(&mut self) {
        match std::mem::take(&mut self.verbatim) {
            Verbatim::None => {}
            Verbatim::Html(html) => {
                let clean = html::clean_block(&html);
                if !clean.trim().is_empty() {
                    self.between_blocks(Node::html(clean.into()));
                }
            }
            Verbatim::Code(language, start) => {
                let (start, end) =
                    (start as u32, self.body.text.trim_end_matches('\n').len().max(start) as u32);
                self.body.text.truncate(end as usize);
                self.body.origin.truncate(end as usize);
                self.body.nodes.push(Node::CodeBlock(Box::new(super::Code {
                    language,
                    start,
                    end,
                })));
                self.body.blocks.push(Block { kind: BlockKind::Code, start, end, paragraph: 0 });
            }
        }
    }

    fn finish(mut self) -> Body {
        self.close_block();
        self.footnotes.append_to(&mut self.body.nodes);
        self.body
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Body {
        body(text, 0)
    }

    fn blocks(text: &str) -> Vec<(u32, String)> {
        let body = read(text);
        body.blocks.iter().map(|it| (it.paragraph, body.text[it.range()].to_owned())).collect()
    }

    /// The source of each piece of reading text between markup.
    fn origins(text: &str) -> Vec<String> {
        let body = read(text);
        let runs = body.nodes.iter().filter_map(|it| match it {
            Node::Text(start, end) | Node::InlineCode(start, end) => {
                Some(*start as usize..*end as usize)
            }
            _ => None,
        });
        runs.map(|it| format!("{}={}", &body.text[it.clone()], &text[body.origin.span(it)]))
            .collect()
    }

    #[test]
    fn reading_text_has_no_markup() {
        assert_eq!(
            blocks(
                "# A *b* `c` &amp; d\n\nOne\ntwo **three**  \nfour\n\n> five\n\n- six\n- seven\n\n|a|b|\n|-|-|\n|c||\n\n    code\n"
            ),
            [
                (0, "A b c & d"),
                (1, "One two three\nfour"),
                (2, "five"),
                (3, "six"),
                (4, "seven"),
                (0, "a"),
                (0, "b"),
                (0, "c"),
                (0, ""),
                (0, "code"),
            ]
            .map(|it| (it.0, it.1.to_owned()))
        );
    }

    #[test]
    fn each_piece_knows_its_source() {
        assert_eq!(
            origins("Caf&eacute; \\*not\\* a\n> b [c](d) `` e`f `` ^g\n"),
            ["Café *not* a=Caf&eacute; \\*not\\* a", "b =b ", "c=c", " = ", "e`f=e`f", " ^g= ^g"]
        );
    }

    #[test]
    fn heading_ids_are_unlike_each_other_and_paragraphs() {
        let ids = |text: &str| {
            let kinds = read(text).blocks.into_iter().map(|it| it.kind);
            kinds
                .filter_map(
                    |it| if let BlockKind::Heading(_, id) = it { Some(id.into()) } else { None },
                )
                .collect::<Vec<String>>()
        };
        assert_eq!(
            ids("# A's b!\n# As b\n# P12\n# !\n# Été\n# x {#Own_Id}\n# y {#p3}\n# As-b-2\n"),
            ["as-b", "as-b-2", "section-p12", "section", "été", "Own_Id", "section-p3", "as-b-2-2"]
        );
    }

    #[test]
    fn footnotes_stand_behind_the_text_in_the_order_of_their_numbers() {
        let body = read("[^b]: Second.\n\nOne[^a] two[^b] three[^a][^c].\n\n[^a]: First.\n");
        let footnotes: Vec<_> = body
            .nodes
            .iter()
            .filter(|it| matches!(it, Node::Open(Container::Footnote(..))))
            .collect();
        assert_eq!(
            footnotes,
            [&Node::Open(Container::Footnote(1, 2)), &Node::Open(Container::Footnote(2, 1))]
        );
        assert!(body.nodes.contains(&Node::FootnoteReference(1, 2)));
        assert!(body.text.contains("three[^c]"), "a note that is not there stays as written");
        let first = body.nodes.iter().position(|it| it == footnotes[0]).unwrap();
        assert!(
            !body.nodes[..first].contains(&Node::OpenBlock(0, BlockTag::Paragraph)),
            "it stands behind the text"
        );
    }

    #[test]
    fn html_is_cleaned_and_its_text_is_read() {
        let html = |text: &str| {
            let nodes = read(text).nodes.into_iter();
            nodes
                .filter_map(|it| if let Node::Html(html) = it { Some(html.0.into()) } else { None })
                .collect::<Vec<String>>()
        };
        assert_eq!(html("a <b onclick=x()>b</b> c"), ["<b>", "</b>"]);
        assert_eq!(html("a <b>b *c</b>* d"), ["<b>", "</b>"]);
        assert_eq!(
            html("a <img src=x.png onerror=y()> <script>z()</script> <!-- w -->"),
            ["<img src=\"x.png\">"]
        );
        assert_eq!(html("<div onclick=x()>a<script>b</script></div>\n"), ["<div>a</div>\n"]);
        assert_eq!(html("<script>x()</script>\n"), [""; 0]);
        assert_eq!(blocks("a <i>b</i> c<br>d"), [(1, "a b c\nd".to_owned())]);
    }

    #[test]
    fn links_lead_somewhere_and_run_nothing() {
        let body = read(
            "[a](b.md \"c\") [[d#e|f]] ![[g]] ![[h.png]] ![i *j*](k.png) <l@m.org> [n](JavaScript:o) [p](data:text/html,q)",
        );
        let links: Vec<_> =
            body.links.iter().map(|it| (it.destination.as_str(), it.title.as_str())).collect();
        let mail = ("mailto:l@m.org", "");
        assert_eq!(
            links,
            [("b.md", "c"), ("d#e", ""), ("g", ""), ("h.png", ""), ("k.png", ""), mail]
        );
        assert_eq!(body.refused.len(), 2);
        assert!(body.text.ends_with("n p"));
        let pictures: Vec<_> = body
            .nodes
            .iter()
            .filter_map(|it| if let Node::Image(it) = it { Some(&**it) } else { None })
            .collect();
        let picture = |a: &str, b: &str| (a.to_owned(), String::new(), b.to_owned());
        assert_eq!(pictures, [&picture("h.png", "h.png"), &picture("k.png", "i j")]);
    }
}
