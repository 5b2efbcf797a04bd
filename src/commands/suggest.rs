//! A site's folder to what its vocabulary lacks, as YAML ready to paste.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::cli::Suggest;
use crate::commands::amend::{Amendment, amend};
use crate::commands::console::Console;
use crate::commands::load::{ENTITIES, Kept, Request, SiteFolder, load};
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

/// Names that may be one: for each, the name of higher rank that has the same letters.
fn alike<'n>(names: &[UnknownName<'n>]) -> BTreeMap<&'n str, &'n str> {
    let mut first: BTreeMap<String, &'n str> = BTreeMap::new();
    let mut alike = BTreeMap::new();
    for name in names {
        let key = slug(name.text).replace('-', "").trim_end_matches('s').to_owned();
        match first.get(&key) {
            Some(other) => drop(alike.insert(name.text, *other)),
            None => drop(first.insert(key, name.text)),
        }
    }
    alike
}

fn entry(site: &Site, name: &UnknownName<'_>, alike: Option<&str>) -> String {
    let quoted = |it: &str| serde_json::Value::from(it).to_string();
    let counts = format!(
        "{} in {}",
        counted(u64::from(name.mentions), "time", "times"),
        counted(u64::from(name.documents), "document", "documents")
    );
    let contexts: String = name.places.iter().map(|it| context(site, it)).collect();
    let same = alike.map_or(String::new(), |it| format!("# perhaps an alias of {}\n", quoted(it)));
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
