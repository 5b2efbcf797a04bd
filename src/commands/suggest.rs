//! A site's folder to what its vocabulary lacks, as YAML ready to paste.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::cli::Suggest;
use crate::commands::amend::{Amendment, amend};
use crate::commands::console::Console;
use crate::commands::load::kept::Kept;
use crate::commands::load::{ENTITIES, Request, SiteFolder, load};
use crate::commands::memory::Memory;
use crate::commands::told::counted;
use crate::commands::{Failure, Verdict, keyness};
use crate::pipeline::inspect::names::{UnknownName, unknown_names};
use crate::pipeline::write::files::{Existing, write};
use crate::pipeline::{Site, understand};
use crate::vocabulary::slug;

/// How much of the text is shown around a name, in bytes at most.
const CONTEXT: usize = 40;

/// Prints or adds them.
pub(super) fn run(args: &Suggest, console: &mut Console) -> Result<Verdict, Failure> {
    let request = Request {
        dir: args.site.dir.clone(),
        inputs: args.site.inputs.clone(),
        ..Request::default()
    };
    let folder = load(&request, &mut Kept::default())?;
    let site = understand(&folder.inputs, &Memory::of(&request).memos);
    if args.themes {
        console.print(&keyness::suggested(&site, args.number));
        return Ok(Verdict::Clean);
    }
    let names = ranked(&site, args.number);
    if names.is_empty() {
        console.say("The documents use no name that the lists lack.\n");
    } else if args.write {
        add(&names, &folder, console)?;
    } else {
        let alike = alike(&names);
        console.print(
            &names
                .iter()
                .map(|it| entry(&site, it, alike.get(it.text).copied()))
                .collect::<String>(),
        );
    }
    Ok(Verdict::Clean)
}

/// Names that no list knows: those in most documents first, then those that stand most often.
fn ranked(site: &Site, number: usize) -> Vec<UnknownName<'_>> {
    let mut names = unknown_names(site);
    let weight = |it: &UnknownName<'_>| (it.documents, it.mentions, it.acronym.is_some());
    names.sort_by_key(|it| Reverse(weight(it)));
    names.truncate(number);
    names
}

/// Names that may be one: for each, the name of higher rank that it may be the same as, with the reason.
fn alike<'n>(names: &[UnknownName<'n>]) -> BTreeMap<&'n str, (&'n str, &'static str)> {
    let mut alike = BTreeMap::new();
    for (at, name) in names.iter().enumerate() {
        let before = names[..at].iter();
        let found = before.filter_map(|other| Some((other.text, same(name.text, other.text)?)));
        if let Some(other) = found.into_iter().next() {
            alike.insert(name.text, other);
        }
    }
    alike
}

/// Why two names may be one.
fn same(a: &str, b: &str) -> Option<&'static str> {
    let (a, b) = (slug(a), slug(b));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let letters = |it: &str| it.replace('-', "").trim_end_matches('s').to_owned();
    let initials: String = long.split('-').filter_map(|it| it.chars().next()).collect();
    let inside = format!("-{long}-").contains(&format!("-{short}-"));
    if letters(short) == letters(long) {
        Some("the same letters")
    } else if short.len() > 1 && *short == initials {
        Some("its initials")
    } else if inside && short.contains('-') {
        Some("a part of it")
    } else if short.len() > 7 && strsim::osa_distance(short, long) == 1 {
        Some("one letter differs")
    } else {
        None
    }
}

fn entry(site: &Site, name: &UnknownName<'_>, alike: Option<(&str, &str)>) -> String {
    let quoted = |it: &str| serde_json::Value::from(it).to_string();
    let counts = format!(
        "{} in {}",
        counted(u64::from(name.mentions), "time", "times"),
        counted(u64::from(name.documents), "document", "documents")
    );
    let contexts: String = name.places.iter().map(|it| context(site, it)).collect();
    let same = alike.map_or(String::new(), |(name, why)| {
        format!("# perhaps an alias of {} ({why})\n", quoted(name))
    });
    let aliases = name.acronym.map_or(String::new(), |it| format!("  aliases: [{}]\n", quoted(it)));
    format!(
        "# {counts}; {}\n{contexts}{same}- name: {}\n  kind: {}\n{aliases}\n",
        name.evidence,
        quoted(name.text),
        name.kind.name()
    )
}

/// A comment with the words around a name.
fn context(
    site: &Site,
    (document, span): &(crate::pipeline::collate::DocumentIndex, std::ops::Range<usize>),
) -> String {
    let document = &site.readings[document.0 as usize].document;
    let from = document.text.ceil_char_boundary(span.start.saturating_sub(CONTEXT));
    let to = document.text.floor_char_boundary((span.end + CONTEXT).min(document.text.len()));
    // A word that is cut is none.
    let cut = |text: &str| text.find(char::is_whitespace).unwrap_or(0);
    let from = if from == 0 { 0 } else { from + cut(&document.text[from..span.start]) };
    let behind = document.text[span.end..to].rfind(char::is_whitespace);
    let to = if to == document.text.len() { to } else { behind.map_or(to, |it| span.end + it) };
    let words: Vec<_> = document.text[from..to].split_whitespace().collect();
    format!("#   … {} …  ({})\n", words.join(" "), document.file)
}

/// Adds the names to the vocabulary, each by itself.
fn add(
    names: &[UnknownName<'_>],
    folder: &SiteFolder,
    console: &mut Console,
) -> Result<(), Failure> {
    let mut text = folder.entities().map_or(String::new(), |it| it.1.to_owned());
    for name in names {
        let mut fields =
            vec![("name", name.text.to_owned()), ("kind", name.kind.name().to_owned())];
        fields.extend(name.acronym.map(|it| ("aliases", it.to_owned())));
        text = amend(&text, &Amendment::Add(fields))?;
    }
    let path = folder.root.join(ENTITIES);
    write(&path, text.as_bytes(), Existing::Replace)?;
    let count = counted(names.len() as u64, "name", "names");
    console.say(&format!("added {count} to {}: look them over\n", path.display()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::same;

    #[test]
    fn names_that_may_be_one_are_seen() {
        assert_eq!(same("Harbour Boards", "Harbour-Board"), Some("the same letters"));
        assert_eq!(same("Tidewater Harbour Board", "THB"), Some("its initials"));
        assert_eq!(same("Lantern Society", "Wexcombe Lantern Society"), Some("a part of it"));
        assert_eq!(same("Harbor Board", "Harbour Board"), Some("one letter differs"));
        assert_eq!(same("Board", "Harbour Board"), None);
        assert_eq!(same("East Pier", "West Pier"), None);
    }
}
