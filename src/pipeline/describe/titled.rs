//! The lines of a page to the title of the document.

use crate::pipeline::describe::dated::Stamp;
use crate::pipeline::describe::datelines::{Place, is_alone, is_dateline, is_place};
use crate::pipeline::describe::letterhead::is_letterhead;
use crate::pipeline::describe::page::{Page, plain, squeeze};
use crate::pipeline::describe::{Inferred, authors, issued, made, rules, symbol};
use crate::pipeline::parse::{BlockKind, Format};
use crate::pipeline::words::Shape;
use crate::vocabulary::lexicon::list;

/// Beginnings of lines that are no title.
const NO_TITLE: &[&str] = &[
    "from:",
    "to:",
    "cc:",
    "bcc:",
    "date:",
    "sent:",
    "contact:",
    "tel:",
    "phone:",
    "email:",
    "e-mail:",
    "fax:",
    "media contact",
    "dear ",
    "excellenc",
    "ladies and gentlemen",
    "mr. chair",
    "mr. president",
    "distinguished",
    "your excellenc",
    "source:",
    "photo",
    "image:",
    "by ",
    "http",
    "www.",
    "©",
    "copyright",
    "present:",
    "in attendance",
    "location:",
    "venue:",
    "place:",
    "time:",
    "author:",
    "tags:",
    "category:",
    "categories:",
    "topic:",
    "topics:",
    "keywords:",
    "embargo",
    "check against delivery",
    "for immediate release",
    "news release",
    "reference:",
    "ref:",
    "our ref",
    "contacts:",
    "media inquiries",
    "published by",
    "issued by",
    "message-id",
    "reply-to",
    "importance:",
    "q:",
    "a:",
];

/// A title, and the block that it is, if it is one.
pub(super) struct Title {
    pub(super) title: Inferred<String>,
    pub(super) block: Option<usize>,
}

/// The title, the surest evidence first.
pub(super) fn title(page: Page<'_>, furniture: &[bool], stamp: Option<&Stamp>) -> Title {
    if let Some(block) = heading(page) {
        return of_block(page, block, rules::HEADING);
    }
    if let Some(title) = subject(page) {
        return title;
    }
    if let Some(title) = salutation(page) {
        return title;
    }
    let date =
        stamp.filter(|it| matches!(&*it.date.rule, rules::DATE_LINE)).and_then(|it| it.block);
    let candidates = candidates(page, furniture, stamp);
    if let Some((block, rule)) = choose(page, &candidates, date) {
        return of_block(page, block, rule);
    }
    made::made(page, furniture)
}

/// The first heading of a Markdown document: of level 1 in the head, or of any level as the first block.
fn heading(page: Page<'_>) -> Option<usize> {
    if page.document.format != Format::Markdown {
        return None;
    }
    let is = |at: &usize, most: u8| matches!(page.document.blocks[*at].kind, BlockKind::Heading(level, _) if level <= most);
    page.head().find(|it| is(it, 1)).or_else(|| page.head().take(3).find(|it| is(it, 6)))
}

fn of_block(page: Page<'_>, block: usize, rule: &str) -> Title {
    let range = page.range(block);
    let value = squeeze(page.text(block));
    Title { title: page.inferred(value, rule, range), block: Some(block) }
}

/// "Subject: …", "Re: …".
fn subject(page: Page<'_>) -> Option<Title> {
    page.head().find_map(|block| {
        let text = page.text(block);
        let label = ["Subject:", "SUBJECT:", "Re:", "RE:", "Subj:"]
            .iter()
            .find(|it| text.starts_with(**it))?;
        let rest = text[label.len()..].trim();
        let rest = rest.lines().next().unwrap_or("").trim();
        let bare = ["Re:", "RE:", "Fwd:", "FW:", "Fw:"]
            .iter()
            .fold(rest, |it, prefix| it.strip_prefix(prefix).unwrap_or(it).trim());
        let start = page.range(block).start + label.len() + text[label.len()..].find(bare)?;
        let title = page.inferred(squeeze(bare), rules::SUBJECT, start..start + bare.len());
        (!bare.is_empty()).then_some(Title { title, block: None })
    })
}

/// A letter without a subject: named for whom it greets. "Dear friends" opens speeches too, so it takes a title or "Sir".
fn salutation(page: Page<'_>) -> Option<Title> {
    let dear =
        |it: &usize| page.words.is_word(page.tokens(*it).start, "dear") && page.length(*it) <= 8;
    let block = page.head().find(dear)?;
    let tokens = page.tokens(block);
    let comma = tokens.end.checked_sub(1).filter(|it| *it > tokens.start + 1)?;
    let marked = matches!(page.words.surface(comma), "," | ":");
    let name = tokens.start + 1..comma + usize::from(!marked);
    let one = page.words.listed(name.start, list::HONORIFIC)
        || ["sir", "madam"].iter().any(|it| page.words.is_word(name.start, it));
    let titled = (0..block).any(|it| plain(page.text(it)).contains("letter"));
    let value = format!("Letter to {}", squeeze(page.words.slice(name)));
    let title = page.inferred(value, rules::SALUTATION, page.range(block));
    (one && !titled).then_some(Title { title, block: None })
}

/// The blocks above the text that can be a title.
fn candidates(page: Page<'_>, furniture: &[bool], stamp: Option<&Stamp>) -> Vec<usize> {
    let body = page.body;
    let alone = stamp
        .filter(|it| {
            !matches!(&*it.date.rule, rules::LINE_END | rules::HELD_ON | rules::FIRST_DATE)
        })
        .and_then(|it| it.block);
    page.head()
        .take_while(|it| *it < body.max(1))
        .filter(|it| !furniture[*it] && Some(*it) != alone && may_be_title(page, *it))
        .collect()
}

fn may_be_title(page: Page<'_>, at: usize) -> bool {
    let text = page.text(at);
    let length = page.length(at);
    let worded = page.tokens(at).any(|it| page.words.shape(it).is(Shape::WORD));
    let sentence = page.ends_sentence(at) && text.ends_with('.') && length > 14;
    let bracketed = text.starts_with('(') && text.ends_with(')');
    worded
        && length <= 70
        && !sentence
        && !bracketed
        && !text.ends_with([',', ':', ';'])
        && page.document.blocks[at].kind != BlockKind::Code
        && !says_other(page, at, &plain(text))
}

/// Whether block `at`, in small letters `line`, says something else than what the document is called.
fn says_other(page: Page<'_>, at: usize, line: &str) -> bool {
    NO_TITLE.iter().any(|it| line.starts_with(it))
        || line.contains('@')
        || line.contains("http")
        || issued::is_kind_only(line)
        || authors::blog_owner(page, at).is_some()
        || authors::byline(page, at).is_some()
        || symbol::symbol_in(page, at).is_some_and(|it| page.length(at) <= page.count(it) + 2)
        || is_date_only(page, at)
        || is_place(page, page.tokens(at))
}

/// Whether block `at` says nothing but when and where: a second date, a place with its date.
fn is_date_only(page: Page<'_>, at: usize) -> bool {
    page.expressions(at).iter().any(|expression| {
        let place = expression.stated().map(|date| Place { block: at, expression, date });
        place.is_some_and(|it| {
            let last = page.count(it.expression.tokens().end..page.tokens(at).end) == 0;
            is_alone(page, &it) || (last && is_dateline(page, &it) && page.length(at) <= 8)
        })
    })
}

/// The best of `candidates`, where `date` is the line that holds the date and nothing else.
fn choose(
    page: Page<'_>,
    candidates: &[usize],
    date: Option<usize>,
) -> Option<(usize, &'static str)> {
    let headlines: Vec<_> =
        candidates.iter().copied().filter(|it| !is_letterhead(page, *it)).collect();
    if let Some(chosen) = date.and_then(|it| beside_date(page, &headlines, it)) {
        return Some(chosen);
    }
    if let Some(&block) = candidates.iter().find(|it| is_repeated(page, **it)) {
        return Some((block, rules::REPEATED));
    }
    let first = headlines.iter().find(|it| page.length(**it) >= 3);
    let first = first.or(headlines.first()).or(candidates.first());
    first.map(|it| (*it, rules::FIRST_LINE))
}

/// The headline next behind the date line, or the first one above it.
fn beside_date(page: Page<'_>, headlines: &[usize], date: usize) -> Option<(usize, &'static str)> {
    let after = headlines.iter().copied().find(|it| *it > date);
    let before = headlines.iter().copied().find(|it| *it < date);
    match (before, after) {
        (Some(before), Some(after)) if prefers_before(page, before, after) => {
            Some((before, rules::BEFORE_DATE))
        }
        (_, Some(after)) => Some((after, rules::AFTER_DATE)),
        (before, None) => before.map(|it| (it, rules::BEFORE_DATE)),
    }
}

/// Whether the line above the date is the title although one below it could be.
fn prefers_before(page: Page<'_>, before: usize, after: usize) -> bool {
    let (above, below) = (page.length(before), page.length(after));
    let heading = matches!(page.document.blocks[after].kind, BlockKind::Heading(..));
    let stop = page.ends_sentence(after);
    above >= 4 && (below <= 2 || stop || (heading && above > below) || (below <= 3 && above >= 6))
}

/// Whether the block stands again among the first ones, perhaps with a date behind it.
fn is_repeated(page: Page<'_>, at: usize) -> bool {
    let text = page.text(at);
    text.len() > 15
        && page.head().filter(|it| *it > at).any(|it| {
            page.text(it).strip_prefix(text).is_some_and(|rest| {
                rest.is_empty()
                    || (rest.len() < 30 && rest.contains(|it: char| it.is_ascii_digit()))
            })
        })
}
