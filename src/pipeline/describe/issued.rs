//! The lines of a page to who issued the document.

use std::sync::LazyLock;

use crate::pipeline::describe::letterhead::is_letterhead;
use crate::pipeline::describe::page::{Page, plain, squeeze};
use crate::pipeline::describe::phrases::{Telling, Where};
use crate::pipeline::describe::{Inferred, authors, rules};
use crate::vocabulary::Kind;

static AGENCIES: LazyLock<Telling> = LazyLock::new(|| Telling::read(include_str!("agencies.tsv")));

/// Labels of lines that name who issued a document.
const PUBLISHERS: &[&str] = &[
    "press release of ",
    "press release by ",
    "press release from ",
    "issued by ",
    "published by ",
    "released by ",
    "source:",
    "issuer:",
    "publisher:",
    "press service of ",
    "prepared by ",
];

/// The first characters of a block.
pub(super) fn first_words(text: &str, most: usize) -> &str {
    &text[..text.char_indices().nth(most).map_or(text.len(), |it| it.0)]
}

/// The last words of a block, where agencies put their mark.
pub(super) fn last_words(text: &str) -> &str {
    let start = text.char_indices().rev().nth(79).map_or(0, |it| it.0);
    let start =
        if start == 0 { 0 } else { text[start..].find(' ').map_or(start, |it| start + it + 1) };
    &text[start..]
}

/// Who issued the document, if not `agency`.
pub(super) fn issuer(
    page: Page<'_>,
    furniture: &[bool],
    title: Option<usize>,
    agency: Option<&Inferred<String>>,
) -> Option<Inferred<String>> {
    publisher(page)
        .or_else(|| agency.cloned())
        .or_else(|| letterhead(page, furniture, title))
        .or_else(|| copyright(page))
        .or_else(|| sender(page))
}

/// "Issued by …", "Source: …" in a line of their own.
fn publisher(page: Page<'_>) -> Option<Inferred<String>> {
    let blocks = page.document.blocks.len();
    page.head().chain(blocks.saturating_sub(6).max(page.head().end)..blocks).find_map(|block| {
        let text = page.text(block);
        let label = PUBLISHERS
            .iter()
            .find(|it| text.get(..it.len()).is_some_and(|start| start.eq_ignore_ascii_case(it)))?;
        let name = text[label.len()..].trim().trim_end_matches('.');
        let name = name.strip_prefix("the ").unwrap_or(name);
        let short = !name.is_empty()
            && page.length(block) <= 14
            && name.starts_with(char::is_uppercase)
            && !name.contains("://");
        let start = page.range(block).start + label.len() + text[label.len()..].find(name)?;
        short.then(|| page.inferred(name.to_owned(), rules::PUBLISHER, start..start + name.len()))
    })
}

/// A news agency in the dateline or its mark at the end: "(Reuters)", "Xinhua, November 23, 2016".
pub(super) fn agency(page: Page<'_>, furniture: &[bool]) -> Option<Inferred<String>> {
    let head = page.head().take_while(|it| *it <= page.body).filter(|it| !furniture[*it]);
    let of_head = head.clone().find_map(|block| {
        let dated = page.expressions(block).first()?;
        let near = page.count(page.tokens(block).start..dated.first as usize) <= 8;
        let range = page.range(block);
        let start = first_words(page.text(block), 80);
        let (phrase, name) = AGENCIES.find(&plain(start), Where::Head).filter(|_| near)?;
        let mark = phrase.trim_matches(|it: char| !it.is_alphanumeric());
        let at = (0..start.len()).find(|it| {
            start.get(*it..it + mark.len()).is_some_and(|it| it.eq_ignore_ascii_case(mark))
        })?;
        let at = range.start + at;
        Some(page.inferred(name.to_owned(), rules::AGENCY, at..at + mark.len()))
    });
    let blocks = page.document.blocks.len();
    of_head.or_else(|| {
        (blocks.saturating_sub(6)..blocks).rev().find_map(|block| {
            let tail = last_words(page.text(block));
            let (_, name) = AGENCIES.find(&plain(tail), Where::Foot)?;
            let end = page.range(block).end;
            Some(page.inferred(name.to_owned(), rules::AGENCY, end - tail.len()..end))
        })
    })
}

/// An organization's name by itself among the first lines.
fn letterhead(
    page: Page<'_>,
    furniture: &[bool],
    title: Option<usize>,
) -> Option<Inferred<String>> {
    let body = page.body;
    let heads =
        page.head().take_while(|it| *it < body).filter(|it| !furniture[*it] && Some(*it) != title);
    let mut heads = heads.take_while(|it| title.is_none_or(|title| *it < title + 3));
    let block = heads.find(|it| is_letterhead(page, *it) && is_organization(page, *it))?;
    let name = squeeze(page.text(block));
    Some(page.inferred(name, rules::LETTERHEAD, page.range(block)))
}

/// A known name in a letterhead must be an organization's; an unknown one has a head noun.
fn is_organization(page: Page<'_>, block: usize) -> bool {
    let tokens = page.tokens(block);
    let known = page
        .vocabulary
        .name_at(page.words, tokens.start, tokens.end)
        .filter(|it| page.count(it.0..tokens.end) <= 1);
    known.is_none_or(|(_, owners)| {
        page.vocabulary.entry(owners.form.entry).kind == Kind::Organization
    })
}

/// "© 2019 Acme Foundation. All rights reserved."
fn copyright(page: Page<'_>) -> Option<Inferred<String>> {
    let blocks = page.document.blocks.len();
    let short = |it: &usize| page.document.blocks[*it].range().len() < 300;
    (blocks.saturating_sub(12)..blocks).rev().filter(short).find_map(|block| {
        let text = page.text(block);
        let mark = ["©", "Copyright", "(c) ", "COPYRIGHT"]
            .iter()
            .find_map(|it| text.find(it).map(|at| at + it.len()))?;
        let rest = text[mark..].trim_start_matches(|it: char| !it.is_alphabetic());
        let rest = rest.strip_prefix("by ").unwrap_or(rest);
        let end = rest.find(['.', '|', ',', ';', '\n', '–']).unwrap_or(rest.len());
        let name = rest[..end].trim();
        let named = name.starts_with(char::is_uppercase)
            && (1..=8).contains(&name.split_whitespace().count())
            && !name.starts_with("All rights");
        let start = page.range(block).start + (text.len() - rest.len());
        (named && page.length(block) <= 30)
            .then(|| page.inferred(name.to_owned(), rules::COPYRIGHT, start..start + name.len()))
    })
}

/// Words by which a sender is told to be no person.
const BODIES: &str = "office ministry department commission secretariat agency council service \
    committee association university institute desk team";

/// The sender of a message, if it is no person's name: "From: Press Office <press@…>".
pub(super) fn sender(page: Page<'_>) -> Option<Inferred<String>> {
    let (block, name) = authors::sender(page)?;
    let organization =
        page.tokens(block).any(|at| BODIES.split(' ').any(|word| page.words.is_word(at, word)));
    let start = page.range(block).start + page.text(block).find(name)?;
    organization.then(|| page.inferred(name.to_owned(), rules::SENDER, start..start + name.len()))
}
