//! What stands within a block: text, links, pictures, code, emphasis.

use std::ops::Range;

use pulldown_cmark::LinkType;

use super::html::{self, InlineHtml};
use super::{Builder, Verbatim};
use crate::pipeline::parse::{Inline, LinkRef, Node};

/// A picture whose alternative text is being gathered.
#[derive(Debug)]
pub(super) struct Picture {
    destination: String,
    title: String,
    alternative: String,
    /// Pictures within its alternative text.
    depth: usize,
}

impl Builder<'_> {
    pub(super) fn text(&mut self, text: &str, range: Range<usize>) {
        if let Some(picture) = &mut self.picture {
            picture.alternative.push_str(text);
        } else if let Verbatim::Code(..) = self.verbatim {
            self.read(text, range);
        } else {
            self.need_block();
            let (start, end) = self.read(text, range);
            match self.body.nodes.last_mut() {
                Some(Node::Text(_, last)) if *last == start => *last = end,
                _ => self.body.nodes.push(Node::Text(start, end)),
            }
        }
    }

    /// Adds to the reading text what was made from `range` of the source.
    fn read(&mut self, text: &str, range: Range<usize>) -> (u32, u32) {
        let at = self.body.text.len();
        let before = self.body.origin.end(at).min(range.start);
        self.body.origin.push(at, before, range.start);
        self.body.text.push_str(text);
        if !self.source.get(range.clone()).is_some_and(|it| is_verbatim(it, text)) {
            for (offset, _) in text.char_indices().skip(1) {
                self.body.origin.push_whole(at + offset, range.clone());
            }
            self.body.origin.push(at + text.len(), range.end, range.end);
        }
        (at as u32, self.body.text.len() as u32)
    }

    pub(super) fn inline_code(&mut self, code: &str, range: Range<usize>) {
        if let Some(picture) = &mut self.picture {
            return picture.alternative.push_str(code);
        }
        self.need_block();
        let inner = code_within(&self.source[range.clone()], code, range.start).unwrap_or(range);
        let (start, end) = self.read(code, inner);
        self.body.nodes.push(Node::InlineCode(start, end));
    }

    /// A line end in the source is a blank in the text, so that a name may go across it.
    pub(super) fn soft_break(&mut self, range: Range<usize>) {
        self.text(" ", range);
    }

    pub(super) fn hard_break(&mut self, range: Range<usize>) {
        if self.picture.is_some() {
            return self.text(" ", range);
        }
        self.need_block();
        self.read("\n", range);
        self.body.nodes.push(Node::HardBreak);
    }

    pub(super) fn inline_html(&mut self, written: &str, range: Range<usize>) {
        if self.picture.is_some() {
            return;
        }
        self.need_block();
        match html::inline(written) {
            html::Piece::Break => self.hard_break(range),
            html::Piece::Open(name, clean) => {
                self.inlines.push(InlineHtml::Html(name));
                self.body.nodes.push(Node::html(clean));
            }
            html::Piece::Close(name) => self.close_html(&name),
            html::Piece::Whole(clean) => self.body.nodes.push(Node::html(clean)),
            html::Piece::Nothing => {}
        }
    }

    pub(super) fn open_inline(&mut self, element: Inline) {
        if self.picture.is_some() {
            return;
        }
        self.need_block();
        self.body.nodes.push(Node::OpenInline(element.clone()));
        self.inlines.push(InlineHtml::Markdown(element));
    }

    /// Begins an element of which nothing but its text is kept.
    fn open_nothing(&mut self) {
        self.need_block();
        self.inlines.push(InlineHtml::Nothing);
    }

    /// Ends the innermost element of Markdown, and the HTML that was left open within it.
    pub(super) fn close_inline(&mut self) {
        if self.picture.is_some() {
            return;
        }
        while let Some(open) = self.inlines.pop() {
            let is_markdown = !matches!(open, InlineHtml::Html(_));
            self.body.nodes.extend(open.close());
            if is_markdown {
                return;
            }
        }
    }

    /// Ends the HTML element `name`, unless an element of Markdown was begun within it and is still open.
    fn close_html(&mut self, name: &str) {
        let within = |it: &InlineHtml| matches!(it, InlineHtml::Html(_));
        let reach = self.inlines.iter().rev().take_while(|it| within(it)).count();
        let depth = self
            .inlines
            .iter()
            .rev()
            .take(reach)
            .position(|it| *it == InlineHtml::Html(name.into()));
        for _ in 0..depth.map_or(0, |it| it + 1) {
            let open = self.inlines.pop().expect("it was just counted");
            self.body.nodes.extend(open.close());
        }
    }

    pub(super) fn close_all_inlines(&mut self) {
        while let Some(open) = self.inlines.pop() {
            self.body.nodes.extend(open.close());
        }
    }

    pub(super) fn start_link(
        &mut self,
        link: LinkType,
        [destination, title]: [&str; 2],
        span: Range<usize>,
    ) {
        let scheme = if link == LinkType::Email { "mailto:" } else { "" };
        let destination = format!("{scheme}{destination}");
        self.push_link(destination, title.to_owned(), span);
    }

    fn push_link(&mut self, destination: String, title: String, span: Range<usize>) {
        if self.picture.is_some() {
            return;
        }
        if !html::is_safe(&destination) {
            self.body.refused.push(span);
            return self.open_nothing();
        }
        let index = self.body.links.len() as u32;
        self.body.links.push(LinkRef { destination, title, span });
        self.open_inline(Inline::Link(index));
    }

    pub(super) fn start_image(
        &mut self,
        link: LinkType,
        [destination, title]: [&str; 2],
        span: Range<usize>,
    ) {
        if let Some(picture) = &mut self.picture {
            picture.depth += 1;
        } else if matches!(link, LinkType::WikiLink { .. }) && !is_picture(destination) {
            // What Obsidian would show in place, we link to.
            self.push_link(destination.to_owned(), title.to_owned(), span);
        } else if html::is_safe(destination) || destination.starts_with("data:image/") {
            let (destination, title) = (destination.to_owned(), title.to_owned());
            // No node refers to it; it is there to be checked like a link.
            let link = LinkRef { destination: destination.clone(), title: String::new(), span };
            self.body.links.push(link);
            self.picture =
                Some(Picture { destination, title, alternative: String::new(), depth: 0 });
        } else {
            self.body.refused.push(span);
            self.open_nothing();
        }
    }

    pub(super) fn end_image(&mut self) {
        match self.picture.take() {
            None => self.close_inline(),
            Some(picture) if picture.depth > 0 => {
                self.picture = Some(Picture { depth: picture.depth - 1, ..picture });
            }
            Some(Picture { destination, title, alternative, .. }) => {
                self.within_block(Node::Image(Box::new((destination, title, alternative))));
            }
        }
    }
}

/// Whether `text` is `source` but for line ends that became blanks.
fn is_verbatim(source: &str, text: &str) -> bool {
    let is_same = |(a, b): (u8, u8)| a == b || (b == b' ' && a.is_ascii_whitespace());
    source.len() == text.len() && source.bytes().zip(text.bytes()).all(is_same)
}

/// Where `code` is in the code span `written`, which begins at `start`.
fn code_within(written: &str, code: &str, start: usize) -> Option<Range<usize>> {
    let ticks = written.bytes().take_while(|it| *it == b'`').count();
    // One blank on each side does not belong to the code.
    [ticks, ticks + 1].into_iter().find_map(|skip| {
        let inner = written.get(skip..written.len().checked_sub(skip)?)?;
        is_verbatim(inner, code).then_some(start + skip..start + skip + code.len())
    })
}

fn is_picture(destination: &str) -> bool {
    let extension = destination.rsplit('.').next().unwrap_or_default().to_lowercase();
    ["png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp"].contains(&extension.as_str())
}
