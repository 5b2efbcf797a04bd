//! Source to document: front matter, blocks and reading text. Cannot fail: a bad document is a document with findings.

mod body;
mod extra;
mod front_matter;
pub mod head;
mod headings;
mod markdown;
pub mod nodes;
mod plain;

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use self::body::Body;
use self::head::Head;
use self::nodes::Nodes;
use crate::diagnostic::{Diagnostic, FileName, Outcome};
use crate::pipeline::read::{OffsetMap, Source, SourceId};
use crate::policy::Rule;

/// A parsed source: what a person reads in it, and where each piece of that stands in the file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The path of its source below the seeds folder.
    pub id: SourceId,
    /// Its path as findings name it.
    pub file: FileName,
    /// How it was written.
    pub format: Format,
    /// What its author said about it.
    pub front_matter: Head,
    /// The reading text: what stands on the page, without markup, blocks separated by line ends. Packed apart, if at all.
    #[serde(skip)]
    pub text: Arc<str>,
    /// From `text` to bytes of the file on disk.
    pub origin: OffsetMap,
    /// The blocks of `text`, in order, none inside another.
    pub blocks: Vec<Block>,
    /// The body as a flat tree, from which HTML is made.
    pub body: Nodes,
    /// Where it links to, and the pictures in it.
    pub links: Vec<LinkRef>,
}

impl Document {
    /// The number of the paragraph at `offset` of the text, or of the one before it; 0 before the first, as in the title.
    pub fn paragraph_at(&self, offset: u32) -> u32 {
        let behind = self.blocks.partition_point(|it| it.start <= offset);
        let numbered = self.blocks[..behind].iter().rev().find(|it| it.paragraph > 0);
        numbered.map_or(0, |it| it.paragraph)
    }
}

/// How a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// No markup at all.
    Plain,
    /// `CommonMark` with extensions.
    Markdown,
}

/// A piece of reading text that stands by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it begins in the text.
    pub start: u32,
    /// Where it ends in the text.
    pub end: u32,
    /// The number of the paragraph, from 1, that its page id is made of (`p12`); 0 for blocks that cannot be cited.
    pub paragraph: u32,
}

impl Block {
    /// Where it is in the text.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockKind {
    /// Running text, a list item, a table cell, a quotation's paragraph.
    Paragraph,
    /// A heading of level 1 to 6, with its id on the page.
    Heading(u8, Box<str>),
    /// Code: never searched for names.
    Code,
}

/// A step of the body: open something, close it, or a piece of text. There are many of them, so what is rare is kept apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Node {
    /// Begins block number `.0` of [`Document::blocks`] as this element; all text up to its `CloseBlock` is in it.
    OpenBlock(u32, BlockTag),
    /// Ends the innermost open block.
    CloseBlock(BlockTag),
    /// Begins an element that holds blocks.
    Open(Container),
    /// Ends it.
    Close(Container),
    /// A run of reading text: these bytes of [`Document::text`].
    Text(u32, u32),
    /// Begins an inline element.
    OpenInline(Inline),
    /// Ends it.
    CloseInline(Inline),
    /// Inline code: these bytes of the text.
    InlineCode(u32, u32),
    /// A block of code.
    CodeBlock(Box<Code>),
    /// HTML that the author wrote.
    Html(Box<Markup>),
    /// A picture: destination, title, alternative text.
    Image(Box<(String, String, String)>),
    /// A line end that is only white space.
    SoftBreak,
    /// A line end that counts.
    HardBreak,
    /// A thematic break.
    Rule,
    /// A reference to the footnote of this number, from 1, and which reference to it this is, from 1.
    FootnoteReference(u32, u32),
    /// A task list's box, ticked or not.
    TaskBox(bool),
}

impl Node {
    fn html(clean: Box<str>) -> Node {
        Node::Html(Box::new(Markup(clean)))
    }
}

/// A block of code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// The language, may be empty.
    pub language: Box<str>,
    /// Where it begins in the text.
    pub start: u32,
    /// Where it ends in the text.
    pub end: u32,
}

/// HTML that the author wrote, already cleaned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Markup(pub Box<str>);

/// The element that a block of text becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockTag {
    /// `<p>`
    Paragraph,
    /// `<h1>` to `<h6>`
    Heading(u8),
    /// The text of a tight list item: no element of its own.
    ItemText,
    /// `<th>`
    HeaderCell,
    /// `<td>`
    Cell,
    /// `<dt>`
    Term,
    /// `<dd>`'s text.
    Definition,
}

/// An element that holds blocks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Container {
    /// `<blockquote>`, or a GitHub alert.
    Quote(Option<Alert>),
    /// `<ul>`
    List,
    /// `<ol>`, beginning with this number.
    Numbered(u64),
    /// `<li>`
    Item,
    /// `<table>`
    Table,
    /// `<thead>` and its row.
    TableHead,
    /// `<tr>` in the body of a table.
    TableRow,
    /// The footnote of this number: `(number, how many references there are to it)`.
    Footnote(u32, u32),
    /// `<dl>`
    Definitions,
}

/// What an alert is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Alert {
    /// Worth knowing.
    Note,
    /// Helpful.
    Tip,
    /// Not to be missed.
    Important,
    /// Urgent.
    Warning,
    /// Of what may go wrong.
    Caution,
}

impl Alert {
    /// Its word: `note`.
    pub fn name(self) -> &'static str {
        match self {
            Alert::Note => "note",
            Alert::Tip => "tip",
            Alert::Important => "important",
            Alert::Warning => "warning",
            Alert::Caution => "caution",
        }
    }
}

/// An inline element.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Inline {
    /// `<em>`
    Emphasis,
    /// `<strong>`
    Strong,
    /// `<s>`
    Strikethrough,
    /// `<sup>`
    Superscript,
    /// `<sub>`
    Subscript,
    /// `<a>`: which of [`Document::links`].
    Link(u32),
}

/// A link as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkRef {
    /// The destination.
    pub destination: String,
    /// The title, may be empty.
    pub title: String,
    /// Where it is in the file.
    pub span: Range<usize>,
}

/// The document that `source` holds.
pub fn parse(source: &Source) -> Outcome<Document> {
    let format = format(&source.id);
    let mut diagnostics = Vec::new();
    let head = front_matter::head(source, format);
    let begins = head.as_ref().map_or(0, |it| it.body);
    let front_matter = front_matter::front_matter(source, head).split(&mut diagnostics);
    let body = match format {
        Format::Plain => plain::body(&source.text, begins),
        Format::Markdown => markdown::body(&source.text, begins),
    };
    if body.blocks.is_empty() {
        diagnostics.push(Diagnostic::new(
            Rule::EmptyDocument,
            &source.file,
            0..0,
            "has no text below its front matter",
        ));
    }
    for span in &body.refused {
        let message = "this address could run a program on a reader's machine, so it is left out";
        let span = source.origin.span(span.clone());
        diagnostics.push(Diagnostic::new(Rule::BrokenLink, &source.file, span, message));
    }
    diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
    let front_matter = front_matter.into();
    let document = Document { front_matter, ..document(source, format, body) };
    Outcome { value: document, diagnostics }
}

/// By the file's name.
fn format(id: &str) -> Format {
    let is_plain = id.rsplit('.').next().is_some_and(|it| it.eq_ignore_ascii_case("txt"));
    if is_plain { Format::Plain } else { Format::Markdown }
}

/// A body with its spans led back to the file.
fn document(source: &Source, format: Format, mut body: Body) -> Document {
    for link in &mut body.links {
        link.span = source.origin.span(link.span.clone());
    }
    // Plain text without a head is read as it stands: then there is one copy of it.
    let text = if *body.text == *source.text { Arc::clone(&source.text) } else { body.text.into() };
    Document {
        id: Arc::clone(&source.id),
        file: Arc::clone(&source.file),
        format,
        front_matter: Head::default(),
        origin: body.origin.through(&source.origin, text.len()),
        text,
        blocks: body.blocks,
        body: Nodes::from(&*body.nodes),
        links: body.links,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn source(id: &str, text: &str) -> Source {
        Source {
            id: id.into(),
            file: id.into(),
            text: text.into(),
            origin: OffsetMap::default(),
            sidecar: None,
        }
    }

    /// What every document promises to those who read it.
    fn keeps_its_promises(document: &Document, length: usize) {
        let text = &document.text;
        let mut behind = 0;
        for block in &document.blocks {
            assert!(text.get(block.range()).is_some(), "{block:?} is not in the text");
            assert!(behind <= block.range().start, "{block:?} begins within the one before");
            behind = block.range().end;
        }
        let paragraphs: Vec<u32> =
            document.blocks.iter().map(|it| it.paragraph).filter(|it| *it > 0).collect();
        assert!(paragraphs.iter().copied().eq(1..=paragraphs.len() as u32), "{paragraphs:?}");
        let mut open: Vec<Node> = Vec::new();
        let mut opened = Vec::new();
        for node in &document.body.all() {
            match node {
                Node::OpenBlock(block, tag) => {
                    assert!(
                        !open.iter().any(|it| matches!(it, Node::CloseBlock(_))),
                        "a block within a block"
                    );
                    opened.push(*block);
                    open.push(Node::CloseBlock(*tag));
                }
                Node::Open(it) => open.push(Node::Close(it.clone())),
                Node::OpenInline(it) => open.push(Node::CloseInline(it.clone())),
                Node::CloseBlock(_) | Node::Close(_) | Node::CloseInline(_) => {
                    assert_eq!(open.pop().as_ref(), Some(node));
                }
                Node::Text(start, end) | Node::InlineCode(start, end) => {
                    let block = &document.blocks[*opened.last().unwrap() as usize];
                    assert!(
                        block.start <= *start && start <= end && *end <= block.end,
                        "{node:?} is outside of {block:?}"
                    );
                    assert!(text.get(*start as usize..*end as usize).is_some());
                }
                Node::CodeBlock(it) => {
                    let Code { start, end, .. } = &**it;
                    assert!(text.get(*start as usize..*end as usize).is_some());
                }
                _ => {}
            }
        }
        assert_eq!(open, []);
        opened.sort_unstable();
        let no_code =
            (0..).zip(&document.blocks).filter(|it| it.1.kind != BlockKind::Code).map(|it| it.0);
        assert!(no_code.eq(opened), "not every block is shown once");
        for (at, character) in text.char_indices() {
            let span = document.origin.span(at..at + character.len_utf8());
            assert!(span.end <= length, "{span:?} is not in the file");
        }
        assert!(document.links.iter().all(|it| it.span.end <= length));
    }

    /// Scraps of everything that means something to one of the formats.
    fn scraps() -> impl Strategy<Value = String> {
        let scraps = "a¦Words of a sentence. ¦CAPITALS¦é¦漢¦\u{301}¦\n¦\n¦\n\n¦\r\n¦\r¦\x0c¦\t¦    ¦- ¦* ¦1. ¦2) ¦• ¦> ¦\
            > [!NOTE]\n¦# ¦## H {#id}\n¦===\n¦---\n¦+++\n¦```\n¦```rust\n¦`¦*¦**¦_¦~~¦[¦]¦](x)¦[[w|x]]¦![a *b*](c.png)¦\
            ![[n]]¦<b>¦</b>¦<div>\n¦</div>\n¦<!-- ¦-->¦<br>¦<script>¦&amp;¦&#0;¦\\¦|¦|a|b|\n|-|-|\n¦[^1]¦[^1]: ¦\
            [x]: y\n¦- [x] ¦: ¦title: x\n¦date: 2019\n¦{¦\"¦<https://x.org>¦\0¦Q: ¦12\n";
        let scraps: Vec<&str> = scraps.split('¦').collect();
        prop::collection::vec(prop::sample::select(scraps), 0..40).prop_map(|it| it.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        #[test]
        fn every_text_is_a_document(text in scraps(), id in prop::sample::select(&["a.txt", "a.md"][..])) {
            keeps_its_promises(&parse(&source(id, &text)).value, text.len());
        }

        #[test]
        fn so_is_every_string(text in any::<String>(), id in prop::sample::select(&["a.txt", "a.md"][..])) {
            keeps_its_promises(&parse(&source(id, &text)).value, text.len());
        }

        #[test]
        fn words_of_markdown_are_where_their_spans_say(text in "([a-zé]{1,8}[ *_\n>&|-]{1,3}){1,20}") {
            let document = parse(&source("a.md", &text)).value;
            for (at, character) in document.text.char_indices().filter(|it| it.1.is_alphabetic()) {
                let span = document.origin.span(at..at + character.len_utf8());
                prop_assert_eq!(&text[span], character.to_string());
            }
        }
    }
}
