//! The lines of a page to the title of the document.

use std::ops::Range;
use std::sync::LazyLock;

use crate::pipeline::describe::dated::Stamp;
use crate::pipeline::describe::headlines::{headlines, rule};
use crate::pipeline::describe::kinds::names_kind;
use crate::pipeline::describe::page::{Page, plain, squeeze};
use crate::pipeline::describe::stems::Stems;
use crate::pipeline::describe::weights::Scale;
use crate::pipeline::describe::{Inferred, made, rules};
use crate::pipeline::parse::{BlockKind, Format};
use crate::vocabulary::lexicon::list;
use crate::vocabulary::lists::{columns, rows};

/// Labels of the line that says what a message is about, and what an answer has before its subject.
static SUBJECTS: LazyLock<[Vec<&'static str>; 2]> = LazyLock::new(|| {
    ["line", "answer"].map(|place| {
        let rows = rows(include_str!("subject-labels.tsv")).map(columns::<2>);
        rows.filter(|row| row[0] == place).map(|row| row[1]).collect()
    })
});

/// A title, and the blocks that it is made of, if it stands in the text by itself.
pub(super) struct Title {
    pub(super) title: Inferred<String>,
    pub(super) blocks: Range<usize>,
}

impl Title {
    /// The first of its blocks.
    pub(super) fn block(&self) -> Option<usize> {
        self.blocks.clone().next()
    }
}

/// The title, the surest evidence first.
pub(super) fn title(page: Page<'_>, furniture: &[bool], stamp: Option<&Stamp>) -> Title {
    if let Some(block) = heading(page) {
        return of_blocks(page, block..block + 1, rules::HEADING);
    }
    if let Some(title) = subject(page) {
        return title;
    }
    if let Some(title) = salutation(page) {
        return title;
    }
    headline(page, furniture, stamp).unwrap_or_else(|| made::made(page, furniture))
}

/// The line at the top, or the lines, that most speaks for being the title.
fn headline(page: Page<'_>, furniture: &[bool], stamp: Option<&Stamp>) -> Option<Title> {
    let line = stamp.filter(|it| it.is_line(page)).and_then(|it| it.block);
    let date = line.filter(|it| *it <= page.body && !page.is_prose(*it));
    let text = Stems::of_text(page);
    let headlines = headlines(page, furniture, line, &text);
    let scale = Scale::new(page, &headlines, date, &text);
    let best = scale.best().filter(|it| !is_all(page, furniture, it))?;
    let repeated = scale.is_repeated(best);
    let rule = if repeated { rules::REPEATED } else { rule(best, &headlines[0], date) };
    Some(of_blocks(page, best.clone(), rule))
}

/// Whether a headline is the whole text, and a sentence: then the text has no title.
fn is_all(page: Page<'_>, furniture: &[bool], headline: &Range<usize>) -> bool {
    let last = headline.end - 1;
    let sentence = page.ends_sentence(last) && page.text(last).ends_with('.');
    sentence && furniture[headline.end..].iter().all(|it| *it)
}

/// The first heading of a Markdown document: of level 1 in the head, or of any level as the first block.
fn heading(page: Page<'_>) -> Option<usize> {
    if page.document.format != Format::Markdown {
        return None;
    }
    let is = |at: &usize, most: u8| matches!(page.document.blocks[*at].kind, BlockKind::Heading(level, _) if level <= most);
    page.head().find(|it| is(it, 1)).or_else(|| page.head().take(3).find(|it| is(it, 6)))
}

fn of_blocks(page: Page<'_>, blocks: Range<usize>, rule: &str) -> Title {
    let range = behind_date(page, blocks.start)..page.range(blocks.end - 1).end;
    let value = joined(&page.document.text[range.clone()]);
    Title { title: page.inferred(value, rule, range), blocks }
}

/// Where a headline begins behind its date: "January 5, 2012 – Mayor Opens New Office".
fn behind_date(page: Page<'_>, block: usize) -> usize {
    let (tokens, start) = (page.tokens(block), page.range(block).start);
    let Some(date) = page.expressions(block).first() else { return start };
    let full =
        date.first as usize == tokens.start && date.stated().is_some_and(|it| it.civil().is_some());
    let (mark, next) = (date.end as usize, date.end as usize + 1);
    let divided = next < tokens.end
        && matches!(page.words.surface(mark), "-" | "–" | "—" | ":" | "|" | "•" | "·");
    if full && divided { page.words.tokens[next].start as usize } else { start }
}

/// A passage on one line, words that a hyphen breaks at the end of a line made whole.
fn joined(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for line in text.lines().map(squeeze).filter(|it| !it.is_empty()) {
        let broken = joined.ends_with('-') && !joined.ends_with(" -");
        if broken && line.starts_with(char::is_lowercase) {
            joined.pop();
        } else if !broken && !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(&line);
    }
    joined
}

/// "Subject: …", "Re: …".
fn subject(page: Page<'_>) -> Option<Title> {
    page.head().find_map(|block| {
        let text = page.text(block);
        let [labels, answers] = &*SUBJECTS;
        let label = labels.iter().find(|it| text.starts_with(**it))?;
        let rest = text[label.len()..].trim();
        let rest = rest.lines().next().unwrap_or("").trim();
        let bare =
            answers.iter().fold(rest, |it, prefix| it.strip_prefix(prefix).unwrap_or(it).trim());
        let start = page.range(block).start + label.len() + text[label.len()..].find(bare)?;
        let title = page.inferred(squeeze(bare), rules::SUBJECT, start..start + bare.len());
        (!bare.is_empty()).then_some(Title { title, blocks: 0..0 })
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
    // A speech may greet one person too; its title says what it is.
    let titled =
        (0..block).any(|it| plain(page.text(it)).contains("letter") || names_kind(page.text(it)));
    let value = format!("Letter to {}", squeeze(page.words.slice(name)));
    let title = page.inferred(value, rules::SALUTATION, page.range(block));
    (one && !titled).then_some(Title { title, blocks: 0..0 })
}
