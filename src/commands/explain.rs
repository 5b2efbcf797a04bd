//! A document to the reasons for all that was inferred about it.

use std::fmt::Display;
use std::ops::Range;

use crate::cli::Explain;
use crate::commands::console::Console;
use crate::commands::load::kept::Kept;
use crate::commands::load::{Request, SiteFolder, load};
use crate::commands::memory::Memory;
use crate::commands::{Failure, Verdict};
use crate::diagnostic::did_you_mean;
use crate::pipeline::annotate::rivals::{Rival, rivals};
use crate::pipeline::annotate::{Mention, Name, ThemeScore, rules};
use crate::pipeline::calendar::{DATE_RULES, DateMention};
use crate::pipeline::describe::Inferred;
use crate::pipeline::read::Source;
use crate::pipeline::{Drafts, Reading, Site, understand};
use crate::vocabulary::Origin;

/// A document, with what it was made from.
struct Explained<'a> {
    site: &'a Site,
    at: usize,
    reading: &'a Reading,
    source: &'a Source,
    rivals: Vec<Rival>,
}

/// Prints the reasons.
pub(super) fn run(args: &Explain, console: &mut Console) -> Result<Verdict, Failure> {
    let request = Request {
        dir: args.site.dir.clone(),
        inputs: args.site.inputs.clone(),
        ..Request::default()
    };
    let mut folder = load(&request, &mut Kept::default())?;
    folder.inputs.drafts = Drafts::Publish;
    let site = understand(&folder.inputs, &Memory::of(&request).memos);
    let at = find(&site, &folder, &args.document)?;
    let reading = &site.readings[at];
    let source = folder.inputs.sources.iter().find(|it| it.id == reading.document.id);
    let source = source.expect("each reading is of a source");
    let rivals = rivals(&reading.document, &reading.description, &site.vocabulary);
    let explained = Explained { site: &site, at, reading, source, rivals };
    let text = match args.at {
        Some(line) => explained.line(line),
        None => {
            explained.head() + &explained.names(None) + &explained.dates(None) + &explained.themes()
        }
    };
    console.print(&text);
    Ok(Verdict::Clean)
}

/// The document that is meant: by its file, its path below the seeds folder, or its address.
fn find(site: &Site, folder: &SiteFolder, wanted: &str) -> Result<usize, Failure> {
    let wanted = wanted.replace('\\', "/");
    let wanted = wanted.trim_start_matches("./").trim_matches('/');
    let slug = wanted.rsplit_once("documents/").map_or(wanted, |it| it.1);
    let names = |at: usize| {
        let document = &site.readings[at].document;
        [folder.shown(&document.file), document.file.to_string(), document.id.to_string()]
    };
    let all = 0..site.readings.len();
    let found = all.clone().find(|it| {
        names(*it).iter().any(|name| name == wanted) || site.collection.documents[*it].slug == slug
    });
    found.ok_or_else(|| {
        let ids: Vec<_> = all.map(|it| folder.shown(&site.readings[it].document.file)).collect();
        Failure::NoDocument(
            wanted.to_owned(),
            did_you_mean(wanted, ids.iter().map(String::as_str)).map(str::to_owned),
        )
    })
}

impl Explained<'_> {
    /// What the document is.
    fn head(&self) -> String {
        let description = &self.reading.description;
        let mut text = format!("{}\n", self.reading.document.file);
        text += &fact("title", Some(&description.title));
        text += &fact("date", description.date.as_ref());
        text += &fact("issuer", description.issuer.as_ref());
        text += &fact("kind", description.kind.as_ref());
        text += &fact("symbol", description.symbol.as_ref());
        text += &fact("language", Some(&description.language));
        for speaker in &description.speakers {
            let name = [speaker.value.name.as_str(), &speaker.value.role].join(", ");
            text += &line("speaker", name.trim_end_matches(", "), &speaker.rule, &speaker.evidence);
        }
        for author in &description.authors {
            text += &fact("author", Some(author));
        }
        text
    }

    /// Every mention, or those that touch a span of the text.
    fn names(&self, within: Option<&Range<usize>>) -> String {
        let mentions = self.reading.annotations.mentions.iter();
        let shown = mentions.filter(|it| within.is_none_or(|span| touches(span, it.start, it.end)));
        section("names", shown.map(|it| self.mention(it)))
    }

    fn mention(&self, mention: &Mention) -> String {
        let surface = &self.reading.document.text[mention.start as usize..mention.end as usize];
        let name = &self.reading.annotations.names[usize::from(mention.name)];
        let entity = self.site.collection.documents[self.at].entities[usize::from(mention.name)];
        let page = entity.map_or("no page".to_owned(), |it| {
            let entity = &self.site.collection.entities[it.0 as usize];
            format!("{}/{}", entity.kind.folder(), entity.id)
        });
        let meaning = rules::RULES[usize::from(mention.rule.0)].1;
        let evidence =
            if name.evidence.is_empty() { String::new() } else { format!(": {}", name.evidence) };
        format!(
            "  line {}: \"{surface}\" -> {page}\n    {}: {meaning}{}{}\n    {} {}{evidence}\n{}",
            self.line_of(mention.start),
            mention.rule.name(),
            self.entry(name),
            self.around(mention),
            name.kind.name(),
            name.text,
            self.lost(mention),
        )
    }

    /// The entry of a list that says so.
    fn entry(&self, name: &Name) -> String {
        let entry = name.entry.map(|it| self.site.vocabulary.entry(it));
        let list = entry.map(|it| (it, it.origin));
        match list {
            Some((it, Origin::Vocabulary)) => {
                format!("; entry `{}` of vocabulary/entities.yaml", it.name)
            }
            Some((it, Origin::Gazetteer)) => format!("; entry `{}` of the gazetteer", it.name),
            _ => String::new(),
        }
    }

    /// The longer name that a mention is part of.
    fn around(&self, mention: &Mention) -> String {
        let (mentions, text) = (&self.reading.annotations.mentions, &self.reading.document.text);
        let outer = mention.nested_in.map(|it| &mentions[usize::from(it)]);
        let surface = outer.map(|it| &text[it.start as usize..it.end as usize]);
        surface.map_or(String::new(), |it| format!(", inside \"{it}\""))
    }

    /// What the mention was not taken for.
    fn lost(&self, mention: &Mention) -> String {
        let here = |it: &&Rival| (it.start, it.end) == (mention.start, mention.end);
        let rivals = self.rivals.iter().filter(here);
        rivals.flat_map(|it| ["    rival: ", &it.what, "\n"]).collect()
    }

    /// Every calendar expression, or those that touch a span of the text.
    fn dates(&self, within: Option<&Range<usize>>) -> String {
        let dates = self.reading.annotations.dates.iter();
        let shown = dates.filter(|it| within.is_none_or(|span| touches(span, it.start, it.end)));
        section("dates in the text", shown.map(|it| self.date(it)))
    }

    fn date(&self, date: &DateMention) -> String {
        let surface = &self.reading.document.text[date.start as usize..date.end as usize];
        let (rule, meaning) = DATE_RULES[usize::from(date.rule.0)];
        let value = Some(date.value()).filter(|it| !it.is_empty());
        let value = value.unwrap_or_else(|| "stays open".to_owned());
        format!(
            "  line {}: \"{surface}\" -> {value}\n    {rule}: {meaning}\n",
            self.line_of(date.start)
        )
    }

    /// The themes with the terms that put them there.
    fn themes(&self) -> String {
        section("themes", self.reading.annotations.themes.iter().map(|it| self.theme(it)))
    }

    fn theme(&self, score: &ThemeScore) -> String {
        let terms: Vec<_> =
            score.evidence.iter().map(|(term, count)| format!("{term} {count}")).collect();
        let weight = if score.core { "core" } else { "secondary" };
        let name = &self.site.vocabulary.theme(score.theme).name;
        format!("  {name} ({weight}, {:.2}): {}\n", score.score, terms.join(", "))
    }

    /// What stands on one line of the file.
    fn line(&self, number: usize) -> String {
        let Some(line) = self.source.text.lines().nth(number.saturating_sub(1)) else {
            return format!("{} has no line {number}\n", self.reading.document.file);
        };
        let from = line.as_ptr() as usize - self.source.text.as_ptr() as usize;
        let disk = self.source.origin.span(from..from + line.len());
        let origin = &self.reading.document.origin;
        let length = self.reading.document.text.len();
        let within = first(length, |it| origin.start(it) >= disk.start)..first(length, |it| {
            origin.start(it) >= disk.end
        });
        let found = self.names(Some(&within)) + &self.dates(Some(&within));
        let found =
            if found.is_empty() { "\nnothing was found on this line\n".to_owned() } else { found };
        format!("{}:{number}: {line}\n{found}", self.reading.document.file)
    }

    /// The line of the file that a place of the text is on.
    fn line_of(&self, at: u32) -> usize {
        let disk = self.reading.document.origin.start(at as usize);
        let length = self.source.text.len();
        let end = first(length, |it| self.source.origin.start(it) >= disk);
        memchr::memchr_iter(b'\n', &self.source.text.as_bytes()[..end]).count() + 1
    }
}

/// The first of `0..=length` for which something holds that holds for all behind it.
fn first(length: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, length);
    while low < high {
        let middle = usize::midpoint(low, high);
        if holds(middle) { high = middle } else { low = middle + 1 }
    }
    low
}

/// Lines under a heading; nothing without lines.
fn section(heading: &str, lines: impl Iterator<Item = String>) -> String {
    let lines: String = lines.collect();
    if lines.is_empty() { lines } else { format!("\n{heading}\n{lines}") }
}

fn touches(span: &Range<usize>, start: u32, end: u32) -> bool {
    (start as usize) < span.end && span.start < end as usize
}

fn fact<T: Display>(name: &str, value: Option<&Inferred<T>>) -> String {
    value.map_or_else(
        || format!("  {name}: none found\n"),
        |it| line(name, &it.value, &it.rule, &it.evidence),
    )
}

fn line(name: &str, value: &(impl Display + ?Sized), rule: &str, evidence: &str) -> String {
    let evidence = if evidence.is_empty() { String::new() } else { format!(", {evidence}") };
    format!("  {name}: {value}\n    {rule}{evidence}\n")
}
