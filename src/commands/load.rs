//! A site's folder to the inputs of a build: its configuration, vocabulary, templates and documents.

mod annotated;
mod catalogue;
pub mod kept;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::cli::InputArgs;
use crate::commands::Failure;
use crate::commands::load::kept::{Compiled, Kept, compiled, drop_template, of_template};
use crate::config::{self, SiteConfig};
use crate::diagnostic::{Diagnostic, FileName};
use crate::pipeline::read;
use crate::pipeline::render::assets::is_theme;
use crate::pipeline::render::templates::{TemplateError, Templates};
use crate::pipeline::write::files;
use crate::pipeline::{Drafts, Inputs, Read};
use crate::report::Finding;
use crate::vocabulary::Vocabulary;

/// The site's own names.
pub const ENTITIES: &str = "vocabulary/entities.yaml";
const THEMES: &str = "vocabulary/themes.yaml";
const CONFIG: &str = "site.toml";
/// Folders of the site that may be missing.
const FOLDERS: [&str; 3] = ["vocabulary", "templates", "static"];

/// What was asked for on the command line.
#[derive(Debug, Clone, Default)]
pub struct Request<'a> {
    /// The site's folder.
    pub dir: PathBuf,
    /// What is read.
    pub inputs: InputArgs,
    /// Where the site will stand, instead of where `site.toml` says.
    pub base_url: Option<&'a str>,
    /// A folder of annotated documents, instead of documents.
    pub annotations: Option<&'a Path>,
}

/// A site's folder as it is on disk now.
pub struct SiteFolder {
    /// Where it is.
    pub root: PathBuf,
    /// Where its documents are.
    pub seeds: PathBuf,
    /// What a build is made from.
    pub inputs: Inputs,
    /// What annotated documents brought along, in the order of the sources; else nothing.
    pub known: Vec<Read>,
    /// The templates that work; what is wrong with the others is among the findings.
    pub templates: Arc<Templates>,
    /// The site's own templates that work: name and source.
    overrides: Vec<(String, String)>,
    /// Hand-written files by name: for excerpts, and for findings about them.
    texts: FxHashMap<FileName, String>,
    /// How findings name the folder of documents.
    seeds_name: String,
}

/// Reads a site's folder; everything in it but the documents may be missing.
pub fn load(request: &Request<'_>, kept: &mut Kept) -> Result<SiteFolder, Failure> {
    let root = request.dir.clone();
    if !root.is_dir() {
        return Err(Failure::NoFolder(root));
    }
    let mut texts = FxHashMap::default();
    let mut diagnostics = Vec::new();
    let mut config = configured(request, &mut texts, &mut diagnostics)?;
    let vocabulary = known_names(&root, kept, (&mut texts, &mut diagnostics))?;
    let own = own_templates(&root, &mut texts)?;
    let Compiled { templates, overrides, findings } = kept.templates(own);
    diagnostics.extend(findings);
    let (seeds, seeds_name) = match &request.inputs.seeds {
        Some(seeds) => (seeds.clone(), "seeds".to_owned()),
        None => (root.join(&config.seeds), config.seeds.clone()),
    };
    let read::Seeds { sources, mut assets } = match request.annotations {
        Some(_) => read::Seeds { assets: read::assets(&seeds), ..read::Seeds::default() },
        None => kept
            .seeds(&seeds, &seeds_name)
            .map_err(|it| Failure::of_seeds(it, &root, &seeds))?
            .split(&mut diagnostics),
    };
    assets.extend(static_files(&root, &mut config)?);
    let drafts = if request.inputs.drafts { Drafts::Publish } else { Drafts::Skip };
    let mut inputs = Inputs { config, vocabulary, sources, assets, drafts, diagnostics };
    let known = match request.annotations {
        Some(folder) => annotated::documents(folder, &seeds_name, &mut inputs)?,
        None => Vec::new(),
    };
    Ok(SiteFolder { root, seeds, inputs, known, templates, overrides, texts, seeds_name })
}

/// All that a single document is read with, and how findings name the folder of documents.
pub fn ground(request: &Request<'_>) -> Result<(Inputs, String), Failure> {
    let (mut texts, mut diagnostics) = (FxHashMap::default(), Vec::new());
    if !request.dir.is_dir() {
        return Err(Failure::NoFolder(request.dir.clone()));
    }
    let config = configured(request, &mut texts, &mut diagnostics)?;
    let known = (&mut texts, &mut diagnostics);
    let vocabulary = known_names(&request.dir, &mut Kept::default(), known)?;
    let (sources, assets, seeds) = (Vec::new(), Vec::new(), config.seeds.clone());
    let drafts = Drafts::Publish;
    Ok((Inputs { config, vocabulary, sources, assets, drafts, diagnostics }, seeds))
}

/// The configuration alone.
pub fn configuration(request: &Request<'_>) -> Result<SiteConfig, Failure> {
    configured(request, &mut FxHashMap::default(), &mut Vec::new())
}

type Texts = FxHashMap<FileName, String>;

/// A hand-written file, if it is there.
fn text_of(
    root: &Path,
    name: &str,
    texts: &mut Texts,
) -> Result<Option<(FileName, String)>, Failure> {
    let Some(text) = read::file(&root.join(name))? else { return Ok(None) };
    let file: FileName = name.into();
    texts.insert(Arc::clone(&file), text.clone());
    Ok(Some((file, text)))
}

fn configured(
    request: &Request<'_>,
    texts: &mut Texts,
    into: &mut Vec<Diagnostic>,
) -> Result<SiteConfig, Failure> {
    let mut config = match text_of(&request.dir, CONFIG, texts)? {
        Some((file, text)) => config::parse(&file, &text).split(into),
        None => SiteConfig::default(),
    };
    if let Some(url) = request.base_url {
        config.base_url = config::base_url(url).ok_or_else(|| Failure::BaseUrl(url.to_owned()))?;
    }
    Ok(config)
}

/// The vocabulary, made again only if one of its files has changed.
fn known_names(
    root: &Path,
    kept: &mut Kept,
    (texts, into): (&mut Texts, &mut Vec<Diagnostic>),
) -> Result<Arc<Vocabulary>, Failure> {
    let (entities, themes) = (text_of(root, ENTITIES, texts)?, text_of(root, THEMES, texts)?);
    let (vocabulary, findings) = kept.names(entities, themes);
    into.extend(findings);
    Ok(vocabulary)
}

/// Files below a folder of the site by their path in it, with `/`.
fn files_in(root: &Path, folder: &str) -> Result<Vec<(String, PathBuf)>, Failure> {
    let folder = root.join(folder);
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let paths = files::below(&folder)?;
    Ok(paths
        .into_iter()
        .map(|it| (it.to_string_lossy().replace('\\', "/"), folder.join(&it)))
        .collect())
}

fn own_templates(root: &Path, texts: &mut Texts) -> Result<Vec<(String, String)>, Failure> {
    let mut own = Vec::new();
    for (name, _) in files_in(root, "templates")? {
        if is_page(&name) || name.rsplit_once('.').is_some_and(|it| it.1 == "toml") {
            own.extend(text_of(root, &format!("templates/{name}"), texts)?.map(|it| (name, it.1)));
        }
    }
    Ok(own)
}

/// Whether a file is a template of a page or a part of one, rather than words or something else.
fn is_page(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|it| it.1 == "html")
}

/// What a site publishes as it is; what stands in the place of the theme's files goes into `config`.
fn static_files(root: &Path, config: &mut SiteConfig) -> Result<Vec<(String, PathBuf)>, Failure> {
    let (theme, rest): (Vec<_>, Vec<_>) =
        files_in(root, "static")?.into_iter().partition(|it| is_theme(&it.0));
    for (name, path) in theme {
        config.theme_files.insert(name, read::bytes(&path)?);
    }
    Ok(rest)
}

impl SiteFolder {
    /// Takes away a template that its page did not suit, and gives the finding. Nothing if it is not one of the site's own.
    pub fn without(&mut self, error: &TemplateError) -> Option<Diagnostic> {
        if !self.overrides.iter().any(|it| it.0 == error.template) {
            return None;
        }
        let mut own = std::mem::take(&mut self.overrides);
        drop_template(&mut own, &error.template);
        Compiled { templates: self.templates, overrides: self.overrides, .. } = compiled(own);
        let found = of_template(error);
        // The template is gone from this folder, so that whoever builds from it again is to hear of it too.
        self.inputs.diagnostics.push(found.clone());
        Some(found)
    }

    /// The folder that is written, unless the command line names another.
    pub fn output(&self) -> PathBuf {
        self.root.join(&self.inputs.config.output_dir)
    }

    /// Folders whose every change may change the site.
    pub fn folders(&self) -> Vec<PathBuf> {
        FOLDERS.iter().map(|it| self.root.join(it)).chain([self.seeds.clone()]).collect()
    }

    /// The site's own vocabulary of entities.
    pub fn entities(&self) -> Option<(&FileName, &str)> {
        self.texts.get_key_value(ENTITIES).map(|it| (it.0, it.1.as_str()))
    }

    /// How the user would name a file that findings name `file`.
    pub fn shown(&self, file: &str) -> String {
        let below = file.strip_prefix(&self.seeds_name).and_then(|it| it.strip_prefix('/'));
        let path = below.map_or_else(|| self.root.join(file), |it| self.seeds.join(it));
        let path = path.strip_prefix(".").unwrap_or(&path);
        path.to_string_lossy().replace('\\', "/")
    }

    /// Findings with their files named as the user would.
    pub fn as_shown(&self, findings: &[Finding]) -> Vec<Finding> {
        let renamed = |it: &Finding| {
            (it.0, Diagnostic { file: self.shown(&it.1.file).into(), ..it.1.clone() })
        };
        findings.iter().map(renamed).collect()
    }
}
