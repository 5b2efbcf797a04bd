//! The command line's types, nothing else.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};

/// Turns a folder of plain documents into a research site: every name, date and theme found, cross-linked and citable.
#[derive(Debug, Parser)]
#[command(
    name = "seedbed",
    version,
    about,
    propagate_version = true,
    arg_required_else_help = true
)]
#[command(after_help = "Example, from a folder of texts to a preview in the browser:
  seedbed init archive --from texts
  seedbed serve archive --open

Exit codes: 0 clean, 1 findings of severity error (with --strict also warnings), 2 could not run.")]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build the site.
    #[command(after_help = "Examples:
  seedbed build
  seedbed build --base-url https://user.github.io/repository/
  seedbed build --seeds ../texts -o ../texts-site
  seedbed build archive --annotations annotated")]
    Build(Build),
    /// Find who, what and when is named in documents on standard input, for builds shared by many machines.
    #[command(after_help = "Example, a line of JSON for each document:
  seedbed annotate --site archive < documents.jsonl > annotated/part-0.jsonl")]
    Annotate(Annotate),
    /// Build without writing, and report what is wrong or doubtful.
    #[command(after_help = "Examples:
  seedbed check
  seedbed check --strict --format github

How bad each rule is can be set in site.toml:
  [rules]
  undated-document = \"error\"    # or \"warning\", \"note\", \"allow\"")]
    Check(Check),
    /// Show the site in the browser, rebuild it when a file changes, and correct names by a click.
    #[command(after_help = "Example:
  seedbed serve --open --drafts")]
    Serve(Serve),
    /// Begin a site: configuration, an example, a workflow for GitHub Pages.
    #[command(after_help = "Examples:
  seedbed init archive
  seedbed init archive --from ~/texts")]
    Init(Init),
    /// Say why a document has its title, date and issuer, and why each name in it was tagged.
    #[command(after_help = "Examples:
  seedbed explain seeds/minutes/march.txt
  seedbed explain minutes/march.txt --at 12")]
    Explain(Explain),
    /// List names that the documents use and the vocabulary lacks, as YAML ready to paste.
    #[command(after_help = "Examples:
  seedbed suggest
  seedbed suggest --write
  seedbed suggest --themes")]
    Suggest(Suggest),
    /// Begin a document.
    #[command(after_help = "Example:
  seedbed new \"Minutes of the March meeting\"")]
    New(New),
    /// List what the site has, a line each.
    #[command(after_help = "Examples:
  seedbed list undated
  seedbed list entities --format json")]
    List(List),
    /// Measure what is found against texts that you annotated by hand.
    #[command(after_help = "Examples:
  seedbed evaluate archive gold.txt
  seedbed evaluate archive gold/letters.txt gold/minutes.json --errors")]
    Evaluate(Evaluate),
    /// Remove the built site and what builds remembered.
    #[command(after_help = "Example:
  seedbed clean")]
    Clean(Clean),
    /// Print completions for a shell.
    #[command(after_help = "Example, for bash:
  seedbed completions bash > ~/.local/share/bash-completion/completions/seedbed")]
    Completions(Completions),
}

/// Where the site is.
#[derive(Debug, Clone, Default, Args)]
pub struct SiteArgs {
    /// The site's folder, with site.toml, seeds/ and vocabulary/; all of them may be missing.
    #[arg(default_value = ".", value_hint = ValueHint::DirPath)]
    pub dir: PathBuf,
    #[command(flatten)]
    #[expect(missing_docs, reason = "a doc comment would become the help of its arguments")]
    pub inputs: InputArgs,
}

/// What is read.
#[derive(Debug, Clone, Default, Args)]
pub struct InputArgs {
    /// The folder of documents, instead of the site's own.
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub seeds: Option<PathBuf>,
    /// Publish drafts too.
    #[arg(long)]
    pub drafts: bool,
    /// Read every document anew, and remember nothing.
    #[arg(long)]
    pub no_cache: bool,
}

/// What is said.
#[derive(Debug, Clone, Copy, Args)]
pub struct ReportArgs {
    /// How findings are written.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// Exit with 1 if there are warnings.
    #[arg(long)]
    pub strict: bool,
    /// Say nothing but errors.
    #[arg(long, short)]
    pub quiet: bool,
}

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With the line of the file and what to do.
    Human,
    /// `path:line:col: severity: rule: message`.
    Short,
    /// The records of data/findings.json, on standard output.
    Json,
    /// Annotations of a pull request on GitHub.
    Github,
}

/// Build the site.
#[derive(Debug, Args)]
#[expect(
    missing_docs,
    reason = "a doc comment on a flattened field would become the help of its arguments"
)]
pub struct Build {
    #[command(flatten)]
    pub site: SiteArgs,
    /// The folder to write, instead of the site's public/.
    #[arg(long, short, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub output_dir: Option<PathBuf>,
    /// A folder of files that `seedbed annotate` wrote, instead of documents.
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub annotations: Option<PathBuf>,
    /// Where the site will stand, for feeds and canonical links.
    #[arg(long, short = 'u', value_name = "URL", value_hint = ValueHint::Url)]
    pub base_url: Option<String>,
    #[command(flatten)]
    pub report: ReportArgs,
}

/// Annotate single documents.
#[derive(Debug, Args)]
pub struct Annotate {
    /// The folder of the site, for its vocabulary and configuration.
    #[arg(long = "site", value_name = "DIR", default_value = ".", value_hint = ValueHint::DirPath)]
    pub dir: PathBuf,
}

/// Build without writing.
#[derive(Debug, Args)]
#[expect(
    missing_docs,
    reason = "a doc comment on a flattened field would become the help of its arguments"
)]
pub struct Check {
    #[command(flatten)]
    pub site: SiteArgs,
    #[command(flatten)]
    pub report: ReportArgs,
}

/// Preview.
#[derive(Debug, Args)]
#[expect(
    missing_docs,
    reason = "a doc comment on a flattened field would become the help of its arguments"
)]
pub struct Serve {
    #[command(flatten)]
    pub site: SiteArgs,
    /// The port; if it is taken, the next free one.
    #[arg(long, short, default_value_t = 1111)]
    pub port: u16,
    /// The address to listen at. Corrections by a click work on this machine only.
    #[arg(long, default_value = "127.0.0.1")]
    pub interface: IpAddr,
    /// Open the browser.
    #[arg(long, short = 'O')]
    pub open: bool,
}

/// Begin a site.
#[derive(Debug, Args)]
pub struct Init {
    /// The folder to make or fill.
    #[arg(default_value = ".", value_hint = ValueHint::DirPath)]
    pub dir: PathBuf,
    /// A folder of texts to begin with; they are copied to seeds/.
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub from: Option<PathBuf>,
    /// Write over files that are there.
    #[arg(long)]
    pub force: bool,
}

/// Say why.
#[derive(Debug, Args)]
#[expect(
    missing_docs,
    reason = "a doc comment on a flattened field would become the help of its arguments"
)]
pub struct Explain {
    /// The document: its file, its path below the seeds folder, or its address on the site.
    #[arg(value_hint = ValueHint::FilePath)]
    pub document: String,
    /// Only what stands on this line of the file.
    #[arg(long, value_name = "LINE")]
    pub at: Option<usize>,
    #[command(flatten)]
    pub site: ElsewhereArgs,
}

/// Where the site is, for commands whose first argument is something else.
#[derive(Debug, Clone, Default, Args)]
#[expect(
    missing_docs,
    reason = "a doc comment on a flattened field would become the help of its arguments"
)]
pub struct ElsewhereArgs {
    /// The site's folder.
    #[arg(long = "site", value_name = "DIR", default_value = ".", value_hint = ValueHint::DirPath)]
    pub dir: PathBuf,
    #[command(flatten)]
    pub inputs: InputArgs,
}

/// List what the vocabulary lacks.
#[derive(Debug, Args)]
#[expect(
    missing_docs,
    reason = "a doc comment on a flattened field would become the help of its arguments"
)]
pub struct Suggest {
    #[command(flatten)]
    pub site: SiteArgs,
    /// Add them to vocabulary/entities.yaml.
    #[arg(long)]
    pub write: bool,
    /// Terms for themes, instead of names.
    #[arg(long)]
    pub themes: bool,
    /// How many.
    #[arg(long, short, default_value_t = 30)]
    pub number: usize,
}

/// Begin a document.
#[derive(Debug, Args)]
pub struct New {
    /// Its title; its file is named after it.
    pub title: String,
    /// The site's folder.
    #[arg(long = "site", value_name = "DIR", default_value = ".", value_hint = ValueHint::DirPath)]
    pub dir: PathBuf,
    /// Its date: 2019-11-19, 2019-11 or 2019.
    #[arg(long)]
    pub date: Option<String>,
}

/// List what the site has.
#[derive(Debug, Args)]
#[expect(
    missing_docs,
    reason = "a doc comment on a flattened field would become the help of its arguments"
)]
pub struct List {
    /// What to list.
    #[arg(value_enum)]
    pub what: Listing,
    #[command(flatten)]
    pub site: ElsewhereArgs,
    /// A line each with tabs between, or an array of records.
    #[arg(long, value_enum, default_value_t = ListFormat::Short)]
    pub format: ListFormat,
}

/// What to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Listing {
    /// Id, date, title, file.
    Documents,
    /// Id, kind, name, number of mentions and documents.
    Entities,
    /// Documents that say that they are drafts.
    Drafts,
    /// Documents without a date, or without a year.
    Undated,
}

/// How a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// A line each, with tabs between.
    Short,
    /// An array of records.
    Json,
}

/// Measure.
#[derive(Debug, Args)]
pub struct Evaluate {
    /// The site's folder, for its vocabulary and documents; or a folder of documents alone.
    #[arg(value_hint = ValueHint::DirPath)]
    pub dir: PathBuf,
    /// Files of annotations: texts with [Jane Doe|person] in them, or lists that end in .json.
    #[arg(required = true, value_hint = ValueHint::FilePath)]
    pub gold: Vec<PathBuf>,
    /// List everything missed or wrong.
    #[arg(long)]
    pub errors: bool,
    /// Tables, or one array of records.
    #[arg(long, value_enum, default_value_t = ListFormat::Short)]
    pub format: ListFormat,
}

/// Remove what was built.
#[derive(Debug, Args)]
pub struct Clean {
    /// The site's folder.
    #[arg(default_value = ".", value_hint = ValueHint::DirPath)]
    pub dir: PathBuf,
    /// The folder that was written, if not the site's public/.
    #[arg(long, short, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub output_dir: Option<PathBuf>,
}

/// Print completions.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell.
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::*;

    #[test]
    fn the_types_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_has_an_example() {
        for command in Cli::command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            let call = format!("  seedbed {}", command.get_name());
            assert!(help.contains("Example") && help.contains(&call), "{}", command.get_name());
        }
    }

    #[test]
    fn every_example_can_be_typed() {
        for command in Cli::command().get_subcommands() {
            let help = command.get_after_help().unwrap().to_string();
            for line in help
                .lines()
                .filter_map(|it| it.strip_prefix("  "))
                .filter(|it| it.starts_with("seedbed"))
            {
                let line = line
                    .split(" > ")
                    .next()
                    .unwrap()
                    .split(" < ")
                    .next()
                    .unwrap()
                    .replace("\"Minutes of the March meeting\"", "Minutes");
                assert!(Cli::try_parse_from(line.split(' ')).is_ok(), "{line}");
            }
        }
    }
}
