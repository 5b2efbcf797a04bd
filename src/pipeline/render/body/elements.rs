//! Containers, inline elements, code, pictures and notes of a document's text.

use super::Encoder;
use crate::pipeline::collate::links::{self, Link};
use crate::pipeline::parse::{Container, Inline};
use crate::pipeline::render::anchors::heading_id;
use crate::pipeline::render::code::highlight;
use crate::pipeline::render::html::percent_encode;
use crate::pipeline::render::page::Address;

impl<'e> Encoder<'e> {
    pub(super) fn open(&mut self, container: &Container) {
        let out = &mut self.body.html;
        match container {
            Container::Quote(None) => out.raw("<blockquote>\n"),
            Container::Quote(Some(alert)) => {
                let kind = alert.name();
                out.raw("<div role=\"note\" class=\"alert alert-")
                    .text(kind)
                    .raw("\"><p class=\"alert-title\">");
                out.text(self.from.words().get(kind)).raw("</p>\n")
            }
            Container::List => out.raw("<ul>\n"),
            Container::Numbered(1) => out.raw("<ol>\n"),
            Container::Numbered(first) => out.raw("<ol start=\"").number(*first).raw("\">\n"),
            Container::Item => out.raw("<li>"),
            Container::Table => {
                self.tables += 1;
                let label = self.from.words().fill("table_n", &[("n", &self.tables.to_string())]);
                out.raw("<section class=\"scroll\" tabindex=\"0\"").attribute("aria-label", &label);
                out.raw("><table>\n")
            }
            Container::TableHead => out.raw("<thead><tr>"),
            Container::TableRow => out.raw("<tr>"),
            Container::Footnote(..) => {
                self.outside.push(std::mem::take(out));
                out
            }
            Container::Definitions => out.raw("<dl>\n"),
        };
    }

    pub(super) fn close(&mut self, container: &'e Container) {
        if self.held.pop().is_some() {
            return;
        }
        let out = &mut self.body.html;
        match container {
            Container::Quote(None) => out.raw("</blockquote>\n"),
            Container::Quote(Some(_)) => out.raw("</div>\n"),
            Container::List => out.raw("</ul>\n"),
            Container::Numbered(_) => out.raw("</ol>\n"),
            Container::Item => out.raw("</li>\n"),
            Container::Table => out.raw("</tbody></table></section>\n"),
            Container::TableHead => out.raw("</tr></thead><tbody>\n"),
            Container::TableRow => out.raw("</tr>\n"),
            Container::Definitions => out.raw("</dl>\n"),
            Container::Footnote(number, references) => {
                self.close_footnote(*number, *references);
                &mut self.body.html
            }
        };
    }

    fn close_footnote(&mut self, number: u32, references: u32) {
        let outside = self.outside.pop().unwrap_or_default();
        let mut note = std::mem::replace(&mut self.body.html, outside);
        for which in 1..=references {
            note.raw(" <a href=\"#fnref-").number(number).raw("-").number(which).raw("\"");
            note.attribute("aria-label", self.from.words().get("back_to_text")).raw(">↩</a>");
        }
        self.notes.insert(number, note);
    }

    pub(super) fn footnote_reference(&mut self, number: u32, which: u32) {
        let label = self.from.words().fill("footnote_n", &[("n", &number.to_string())]);
        let out = self.out();
        out.raw("<sup><a id=\"fnref-")
            .number(number)
            .raw("-")
            .number(which)
            .raw("\" href=\"#fn-")
            .number(number)
            .raw("\"");
        out.attribute("aria-label", &label).raw(">").number(number).raw("</a></sup>");
    }

    pub(super) fn open_inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Emphasis => self.out().raw("<em>"),
            Inline::Strong => self.out().raw("<strong>"),
            Inline::Strikethrough => self.out().raw("<s>"),
            Inline::Superscript => self.out().raw("<sup>"),
            Inline::Subscript => self.out().raw("<sub>"),
            Inline::Link(number) => {
                self.open_link(*number);
                &mut self.body.html
            }
        };
    }

    pub(super) fn close_inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Emphasis => self.out().raw("</em>"),
            Inline::Strong => self.out().raw("</strong>"),
            Inline::Strikethrough => self.out().raw("</s>"),
            Inline::Superscript => self.out().raw("</sup>"),
            Inline::Subscript => self.out().raw("</sub>"),
            Inline::Link(number) => {
                self.in_link = self.in_link.saturating_sub(1);
                let end = if self.href(*number).is_some() { "</a>" } else { "</span>" };
                self.out().raw(end)
            }
        };
    }

    fn open_link(&mut self, number: u32) {
        self.in_link += 1;
        let href = self.href(number);
        let title = &self.reading.document.links[number as usize].title;
        let out = self.out();
        match href {
            Some(href) => out.raw("<a").attribute("href", &href),
            None => out.raw("<span class=\"dead\""),
        };
        if !title.is_empty() {
            out.attribute("title", title);
        }
        out.raw(">");
    }

    /// The way that a link goes, if it goes anywhere.
    fn href(&self, number: u32) -> Option<String> {
        let destination = &self.reading.document.links[number as usize].destination;
        Some(
            match links::resolve(
                &self.reading.document.id,
                destination,
                self.from.edition.link_targets(),
            ) {
                Link::Elsewhere(url) => return is_harmless(&url).then_some(url),
                Link::Here(id) => format!("#{}", percent_encode(&place(&id))),
                Link::Document(document, id) if id.is_empty() => self.from.to_document(document),
                Link::Document(document, id) => {
                    format!("{}#{}", self.from.to_document(document), percent_encode(&place(&id)))
                }
                Link::BrokenFragment(document, _) => self.from.to_document(document),
                Link::Page(address) => self.from.to(&Address(address)),
                Link::File(path) => format!("{}{}", self.from.root(), percent_encode(&path)),
                Link::Broken(_) => return None,
            },
        )
    }

    pub(super) fn code_block(&mut self, language: &str, start: u32, end: u32) {
        self.listings += 1;
        let label = format!("{} {}", self.from.words().get("code"), self.listings);
        let code = self.slice(start, end);
        let out = self.out();
        out.raw("<section class=\"code\" tabindex=\"0\"")
            .attribute("aria-label", &label)
            .raw("><pre><code>");
        highlight(out, language, code);
        out.raw("</code></pre></section>\n");
    }

    /// A picture of our own is shown; one that stands elsewhere is linked to, for a page loads nothing from other sites.
    pub(super) fn image(&mut self, destination: &str, title: &str, alternative: &str) {
        let elsewhere = destination.contains("://") || destination.starts_with("//");
        let label = self.from.words().fill("remote_image", &[("alt", alternative)]);
        let root = self.from.root().to_owned();
        let source = links::file(&self.reading.document.id, destination);
        let out = self.out();
        if elsewhere && is_harmless(destination) {
            out.link(destination, &label);
            return;
        }
        out.raw("<img").attribute("src", &format!("{root}{}", percent_encode(&source)));
        out.attribute("alt", alternative).raw(" loading=\"lazy\" decoding=\"async\"");
        if !title.is_empty() {
            out.attribute("title", title);
        }
        out.raw(">");
    }
}

/// The id on the page of a place that an author names.
fn place(id: &str) -> String {
    let paragraph = id
        .strip_prefix('p')
        .is_some_and(|it| !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit()));
    if paragraph { id.to_owned() } else { heading_id(id) }
}

/// Whether following a URL can do no more than open another page.
fn is_harmless(url: &str) -> bool {
    let scheme = url.split_once(':').map_or("", |it| it.0).to_ascii_lowercase();
    url.starts_with("//")
        || ["http", "https", "mailto", "tel", "ftp", "doi", "urn"].contains(&scheme.as_str())
}
