//! The lines of a page to the title of the document.

use std::ops::Range;

use crate::pipeline::describe::dated::Stamp;
use crate::pipeline::describe::datelines::{Place, is_alone, is_dateline, is_place};
use crate::pipeline::describe::page::{Page, plain};
use crate::pipeline::describe::{Inferred, issued, rules, voices};
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
    made(page, furniture)
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

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
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
    page.head().find_map(|block| {
        let tokens = page.tokens(block);
        let dear = page.words.is_word(tokens.start, "dear") && page.length(block) <= 8;
        let comma = tokens.end.checked_sub(1).filter(|it| *it > tokens.start + 1)?;
        let marked = matches!(page.words.surface(comma), "," | ":");
        let name = tokens.start + 1..comma + usize::from(!marked);
        let one = page.words.listed(name.start, list::HONORIFIC)
            || ["sir", "madam"].iter().any(|it| page.words.is_word(name.start, it));
        let titled = (0..block).any(|it| plain(page.text(it)).contains("letter"));
        let value = format!("Letter to {}", squeeze(page.words.slice(name)));
        let title = page.inferred(value, rules::SALUTATION, page.range(block));
        (dear && one && !titled).then_some(Title { title, block: None })
    })
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
    let line = plain(text);
    let length = page.length(at);
    let words = page.tokens(at).filter(|it| page.words.shape(*it).is(Shape::WORD)).count();
    let sentence = page.ends_sentence(at) && text.ends_with('.') && length > 14;
    let banned = NO_TITLE.iter().any(|it| line.starts_with(it))
        || text.contains('@')
        || line.contains("http");
    let bracketed = text.starts_with('(') && text.ends_with(')');
    words > 0
        && length <= 70
        && !sentence
        && !banned
        && !text.ends_with([',', ':', ';'])
        && !bracketed
        && page.document.blocks[at].kind != BlockKind::Code
        && !issued::is_kind_only(&line)
        && voices::blog_owner(page, at).is_none()
        && voices::byline(page, at).is_none()
        && issued::symbol_in(page, at).is_none_or(|it| length > page.count(it) + 2)
        && !is_date_only(page, at)
        && !is_place(page, page.tokens(at))
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

/// An organization's name and nothing else.
pub(super) fn is_letterhead(page: Page<'_>, at: usize) -> bool {
    let tokens = page.tokens(at);
    let length = page.length(at);
    if tokens.is_empty() || length > 14 || page.text(at).contains([':', '?', '"', '“']) {
        return false;
    }
    let known = page.vocabulary.name_at(page.words, tokens.start, tokens.end);
    if known.is_some_and(|(end, _)| page.count(end..tokens.end) <= 1) {
        return true;
    }
    let small = |it: usize| {
        page.words.shape(it).is(Shape::WORD) && !page.words.shape(it).is(Shape::CAPITAL)
    };
    let verbal = tokens.clone().any(|it| small(it) && !page.words.listed(it, list::STOP));
    let first = is_head(page, tokens.start)
        && (page.words.is_word(tokens.start + 1, "of")
            || page.words.is_word(tokens.start + 1, "for"));
    let capital = page.words.shape(tokens.start).is(Shape::CAPITAL);
    !verbal && capital && length <= 10 && (first || ends_in_head(page, tokens))
}

fn is_head(page: Page<'_>, at: usize) -> bool {
    page.words.listed(at, list::HEAD_ORGANIZATION) && !page.words.listed(at, list::HEAD_WEAK)
}

/// "Harbour Workers' Association"; not "Mayor Opens New Office", whose verb title case hides.
fn ends_in_head(page: Page<'_>, tokens: Range<usize>) -> bool {
    let words: Vec<_> = tokens.filter(|it| page.is_word(*it)).collect();
    let Some((&last, others)) = words.split_last() else { return false };
    let verbal = |it: &&usize| {
        let surface = page.words.surface(**it);
        (surface.ends_with('s') || surface.ends_with("ed"))
            && !page.words.shape(**it + 1).is(Shape::POSSESSIVE)
    };
    words.len() <= 5 && is_head(page, last) && !others.iter().any(|it| verbal(&it))
}

/// A title made from the first sentence, cut where a clause ends.
fn made(page: Page<'_>, furniture: &[bool]) -> Title {
    let blocks = 0..page.document.blocks.len();
    let open = |it: &usize| !furniture[*it] && page.length(*it) > 0;
    let prose = blocks.clone().find(|it| open(it) && page.is_prose(*it));
    let Some(block) = prose.or_else(|| blocks.clone().find(open)) else {
        let name = page.document.id.rsplit('/').next().unwrap_or("").to_owned();
        let evidence = "no text; the file's name".to_owned();
        return Title {
            title: Inferred { value: name, rule: rules::MADE.into(), span: None, evidence },
            block: None,
        };
    };
    let tokens = page.tokens(block);
    let start = behind_dateline(page, block);
    let sentence = start..page.words.sentence(start).end.min(tokens.end).max(start + 1);
    let end = cut(page, sentence.clone());
    let mut value = capitalised(&squeeze(&page.document.text[page.bytes(sentence.start..end)]));
    let whole = end == sentence.end;
    value.truncate(value.trim_end_matches(['.', ',', ';', ':', '–', '—', ' ']).len());
    if !whole {
        value.push('…');
    }
    Title { title: page.inferred_by(value, rules::MADE, sentence.start..end), block: None }
}

/// With a capital at the start: what stood before it was cut off.
fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |it| it.to_uppercase().chain(letters).collect())
}

/// Where the sentence begins behind "On 17 August, " or "LONDON, 5 May 2014 (Reuters) – ".
fn behind_dateline(page: Page<'_>, block: usize) -> usize {
    let tokens = page.tokens(block);
    let Some(expression) = page.expressions(block).first() else { return tokens.start };
    let near = page.count(tokens.start..expression.first as usize) <= 4;
    let dash = (tokens.start..tokens.end.min(tokens.start + 16))
        .find(|it| matches!(page.words.surface(*it), "–" | "—") && *it > expression.end as usize);
    let comma = page.words.is_mark(expression.end as usize, b',')
        && near
        && expression.stated().is_some_and(|it| it.day.is_some());
    match dash {
        Some(dash) if near => dash + 1,
        _ if comma => expression.end as usize + 1,
        _ => tokens.start,
    }
}

/// Where to cut a sentence so that about twelve words are left.
fn cut(page: Page<'_>, sentence: Range<usize>) -> usize {
    const WANTED: usize = 12;
    if page.count(sentence.clone()) <= WANTED + 4 {
        return sentence.end;
    }
    let mut words = 0_usize;
    let mut best = (usize::MAX, sentence.end);
    for at in sentence.clone() {
        if words >= 6 && !page.words.listed(at.saturating_sub(1), list::STOP) {
            let cost = words.abs_diff(WANTED) + break_cost(page, at);
            best = best.min((cost, at));
        }
        words += usize::from(page.is_word(at));
        if words > WANTED + 10 {
            break;
        }
    }
    best.1
}

/// How bad it is to break a sentence before token `at`.
fn break_cost(page: Page<'_>, at: usize) -> usize {
    let word = page.words.surface(at);
    let is = |words: &[&str]| words.iter().any(|it| word.eq_ignore_ascii_case(it));
    match () {
        () if matches!(word, "," | ";" | "–" | "—" | "(" | ":") => 0,
        () if is(&[
            "which", "who", "while", "after", "before", "but", "because", "although", "as",
        ]) =>
        {
            1
        }
        () if is(&[
            "and", "that", "to", "with", "by", "in", "at", "on", "for", "from", "during",
        ]) =>
        {
            3
        }
        () if is(&["of"]) => 5,
        () => 9,
    }
}
