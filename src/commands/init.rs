//! Nothing, or a folder of texts, to a site that works.

use std::path::{Path, PathBuf};

use crate::cli::{Build, Format, Init, InputArgs, ReportArgs, SiteArgs};
use crate::commands::console::Console;
use crate::commands::{Failure, Verdict, build};
use crate::pipeline::write::files::{Existing, Written, below, copy, write};

/// What a new site has: where, and what stands in it.
const FILES: [(&str, &str); 5] = [
    ("site.toml", include_str!("init/site.toml")),
    ("vocabulary/entities.yaml", include_str!("init/entities.yaml")),
    ("vocabulary/themes.yaml", include_str!("init/themes.yaml")),
    (".github/workflows/pages.yml", include_str!("init/pages.yml")),
    (".gitignore", include_str!("init/gitignore")),
];

/// A document to begin with, where there are none.
const EXAMPLE: (&str, &str) = ("seeds/a-first-document.md", include_str!("init/example.md"));

/// Where documents come from.
enum Texts {
    /// There are none yet.
    Example,
    /// From a folder below the site's, which becomes its `seeds`.
    Inside(String),
    /// From a folder elsewhere, which is copied.
    Elsewhere(PathBuf),
}

/// Writes what is missing and says what to do next.
pub(super) fn run(args: &Init, console: &mut Console) -> Result<Verdict, Failure> {
    let existing = if args.force { Existing::Replace } else { Existing::Keep };
    let texts = texts(args)?;
    for (name, content) in FILES {
        let path = args.dir.join(name);
        let written = write(&path, adapted(content, &texts).as_bytes(), existing)?;
        say(console, &path, written);
    }
    match &texts {
        Texts::Example => {
            let path = args.dir.join(EXAMPLE.0);
            let written = write(&path, EXAMPLE.1.as_bytes(), existing)?;
            say(console, &path, written);
        }
        Texts::Inside(_) => {}
        Texts::Elsewhere(folder) => copy_texts(folder, &args.dir.join("seeds"), existing, console)?,
    }
    if args.from.is_some() {
        first_look(&args.dir, console)?;
    }
    console.say(&next(&args.dir));
    Ok(Verdict::Clean)
}

/// Builds the site, to say what is in it.
fn first_look(dir: &Path, console: &mut Console) -> Result<(), Failure> {
    let site = SiteArgs { dir: dir.to_owned(), inputs: InputArgs::default() };
    let report = ReportArgs { format: Format::Human, strict: false, quiet: false };
    let build = Build { site, output_dir: None, base_url: None, annotations: None, report };
    console.say("\n");
    // What is wrong with the texts is told; the site is made all the same.
    let _found = build::run(&build, console)?;
    Ok(())
}

fn texts(args: &Init) -> Result<Texts, Failure> {
    let Some(from) = &args.from else { return Ok(Texts::Example) };
    if !from.is_dir() {
        return Err(Failure::NoFolder(from.clone()));
    }
    let absolute = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let (from, site) = (absolute(from), absolute(&args.dir));
    Ok(match from.strip_prefix(&site) {
        Ok(inside) if inside.as_os_str().is_empty() => return Err(Failure::TextsInTheMiddle(from)),
        Ok(inside) => Texts::Inside(inside.to_string_lossy().replace('\\', "/")),
        Err(_) => Texts::Elsewhere(from),
    })
}

/// A file of [`FILES`] with the few places filled in that depend on where it is written.
fn adapted(content: &str, texts: &Texts) -> String {
    let repository = env!("CARGO_PKG_REPOSITORY");
    let install = if repository.is_empty() {
        "seedbed".to_owned()
    } else {
        format!("--git {repository} seedbed")
    };
    let content = content.replace("{INSTALL}", &install);
    match texts {
        Texts::Inside(folder) => {
            content.replace("seeds = \"seeds\"", &format!("seeds = {folder:?}"))
        }
        _ => content,
    }
}

fn copy_texts(
    from: &Path,
    to: &Path,
    existing: Existing,
    console: &mut Console,
) -> Result<(), Failure> {
    let (mut copied, mut kept) = (0, 0);
    for path in below(from)? {
        match copy(&from.join(&path), &to.join(&path), existing)? {
            Written::Yes => copied += 1,
            Written::Kept => kept += 1,
        }
    }
    let kept = if kept == 0 { String::new() } else { format!("; {kept} were there and are kept") };
    console.say(&format!("copied {copied} files to {}{kept}\n", to.display()));
    Ok(())
}

fn say(console: &mut Console, path: &Path, written: Written) {
    let path = path.display();
    console.say(&match written {
        Written::Yes => format!("wrote {path}\n"),
        Written::Kept => format!("kept {path}, which was there (--force writes over it)\n"),
    });
}

fn next(dir: &Path) -> String {
    let dir = if dir == Path::new(".") { String::new() } else { format!(" {}", dir.display()) };
    format!(
        "\nNext:
  seedbed serve{dir} --open    look at it; click on a name to correct it
  seedbed suggest{dir}         names that the built-in lists lack, as entries for vocabulary/entities.yaml
  seedbed check{dir}           what is wrong or doubtful
Give it a title in site.toml. Pushed to GitHub, the workflow in .github/ publishes it.
"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{SiteConfig, parse};

    #[test]
    fn the_new_site_toml_is_clean_and_explains_every_key() {
        let file = "site.toml".into();
        assert_eq!(parse(&file, FILES[0].1).diagnostics, []);
        let uncommented: String = FILES[0]
            .1
            .lines()
            .map(|it| match it.strip_prefix("# ") {
                Some(line) if line.contains(" = ") => format!("{line}\n"),
                _ => format!("{it}\n"),
            })
            .collect();
        assert_eq!(parse(&file, &uncommented).diagnostics, []);
        for key in SiteConfig::KEYS {
            let explained = uncommented.contains(&format!("\n{key} = "))
                || uncommented.contains(&format!("\n[{key}]"));
            assert!(explained, "{key}");
        }
    }

    #[test]
    fn defaults_are_those_of_a_site_without_site_toml() {
        assert_eq!(parse(&"site.toml".into(), FILES[0].1).value, SiteConfig::default());
    }

    #[test]
    fn texts_below_the_site_are_left_where_they_are() {
        let texts = Texts::Inside("old \"texts\"".to_owned());
        let config = parse(&"site.toml".into(), &adapted(FILES[0].1, &texts));
        assert_eq!((config.value.seeds.as_str(), config.diagnostics.len()), ("old \"texts\"", 0));
    }
}
