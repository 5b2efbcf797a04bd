//! The lines of a page to what kind of document it is.

use std::sync::LazyLock;

use crate::pipeline::describe::issued::{first_words, last_words};
use crate::pipeline::describe::page::{Page, plain};
use crate::pipeline::describe::phrases::{Telling, Where};
use crate::pipeline::describe::{Inferred, authors, rules, voices};

static KINDS: LazyLock<Telling> = LazyLock::new(|| Telling::read(include_str!("kinds.tsv")));

/// Kinds that say how a text came to the public; what it is by its title goes before.
const CHANNELS: &[&str] = &["press release", "news article", "blog post"];

/// Kinds of what somebody said or wrote, by whatever way it came to the public.
const SAID: &[&str] =
    &["speech", "remarks", "statement", "interview", "transcript", "communiqué", "declaration"];

/// What may stand behind the name of a kind that is no title: "Press release no. 12".
const LABELS: &[&str] = &[
    "no",
    "number",
    "for",
    "immediate",
    "release",
    "news",
    "press",
    "media",
    "statement",
    "and",
    "statements",
    "releases",
];

/// Whether a line is nothing but the name of a kind: "PRESS RELEASE".
pub(super) fn is_kind_only(line: &str) -> bool {
    let bare = line.trim_matches(|it: char| !it.is_alphanumeric());
    let Some((phrase, _)) = KINDS.find(bare, Where::Head) else { return false };
    let rest = bare.strip_prefix(phrase).unwrap_or(bare);
    let label = |it: &str| LABELS.contains(&it) || it.bytes().any(|it| it.is_ascii_digit());
    rest.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).all(label)
}

/// Whether a line begins as titles of a kind do, in several words: "Statement by".
pub(super) fn names_kind(text: &str) -> bool {
    let line = plain(first_words(text, 60));
    let named = KINDS.find(&line, Where::Title);
    named.is_some_and(|(phrase, _)| phrase.contains(' ') && line.starts_with(phrase))
}

/// What kind of document it is, the surest evidence first; what `agency` spreads is news.
pub(super) fn kind(
    page: Page<'_>,
    title: &Inferred<String>,
    agency: Option<&Inferred<String>>,
) -> Option<Inferred<String>> {
    let made = &*title.rule == rules::MADE;
    let of_title = || if made { None } else { of_title(title) };
    let of_head = of_head(page).filter(|_| !made || page.body > 0);
    let channel = of_head.as_ref().is_some_and(|it| CHANNELS.contains(&it.value.as_str()));
    let said = if channel { of_title() } else { None };
    said.filter(|it| SAID.contains(&it.value.as_str()))
        .or(of_head)
        .or_else(of_title)
        .or_else(|| of_foot(page))
        .or_else(|| posted(page))
        .or_else(|| voices::kind(page))
        .or_else(|| agency.map(|it| Inferred { value: "news article".to_owned(), ..it.clone() }))
}

fn of_head(page: Page<'_>) -> Option<Inferred<String>> {
    page.head().take_while(|it| *it <= page.body).find_map(|block| {
        let line = plain(first_words(page.text(block), 200));
        let kind = match KINDS.find(&line, Where::Head) {
            Some((_, kind)) => kind,
            None if authors::is_sender(page, block) => "e-mail",
            None => return None,
        };
        Some(page.inferred(kind.to_owned(), rules::KIND_PHRASE, page.range(block)))
    })
}

fn of_title(title: &Inferred<String>) -> Option<Inferred<String>> {
    let (phrase, kind) = KINDS.find(&plain(&title.value), Where::Title)?;
    Some(Inferred {
        value: kind.to_owned(),
        rule: rules::KIND_PHRASE.into(),
        span: title.span,
        evidence: format!("\"{phrase}\" in the title"),
    })
}

fn of_foot(page: Page<'_>) -> Option<Inferred<String>> {
    let blocks = page.document.blocks.len();
    (blocks.saturating_sub(4)..blocks).find_map(|block| {
        let tail = plain(last_words(page.text(block)));
        let (_, kind) = KINDS.find(&tail, Where::Foot)?;
        Some(page.inferred(kind.to_owned(), rules::KIND_PHRASE, page.range(block)))
    })
}

/// "Posted on August 9, 2021 by Jane Doe": what a person posts is a blog post.
fn posted(page: Page<'_>) -> Option<Inferred<String>> {
    let blog = |it: &usize| {
        page.words.is_word(page.tokens(*it).start, "posted") && authors::byline(page, *it).is_some()
    };
    let block = page.head().take_while(|it| *it <= page.body).find(blog)?;
    Some(page.inferred("blog post".to_owned(), rules::BYLINE, page.range(block)))
}
