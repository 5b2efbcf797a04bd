//! A site's folder to the inputs of a build: its configuration, vocabulary, templates and documents.

mod annotated;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::cli::InputArgs;
use crate::commands::Failure;
use crate::config::{self, SiteConfig};
use crate::diagnostic::{Diagnostic, FileName};
use crate::pipeline::read;
use crate::pipeline::render::templates::{SHIPPED, TemplateError, Templates};
use crate::pipeline::write::files;
use crate::pipeline::{Drafts, Inputs, Read, Site, inspect};
use crate::policy::Rule;
use crate::report::{FileText, Finding};
use crate::vocabulary::{self, Origin, Vocabulary};

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
    pub templates: Templates,
    /// The site's own templates that work: name and source.
    overrides: Vec<(String, String)>,
    /// Hand-written files by name: for excerpts, and for findings about them.
    texts: FxHashMap<FileName, String>,
    /// How findings name the folder of documents.
    seeds_name: String,
}

/// What need not be made again while the files that it is made from stay the same.
#[derive(Default)]
pub struct Kept {
    vocabulary: Option<(Option<String>, Option<String>, Arc<Vocabulary>)>,
}

/// Reads a site's folder; everything in it but the documents may be missing.
pub fn load(request: &Request<'_>, kept: &mut Kept) -> Result<SiteFolder, Failure> {
    let root = request.dir.clone();
    if !root.is_dir() {
        return Err(Failure::NoFolder(root));
    }
    let mut texts = FxHashMap::default();
    let mut diagnostics = Vec::new();
    let config = configured(request, &mut texts, &mut diagnostics)?;
    let vocabulary = known_names(&root, kept, (&mut texts, &mut diagnostics))?;
    let own = own_templates(&root, &mut texts)?;
    let (templates, overrides) = compiled(own, &mut diagnostics);
    let (seeds, seeds_name) = match &request.inputs.seeds {
        Some(seeds) => (seeds.clone(), "seeds".to_owned()),
        None => (root.join(&config.seeds), config.seeds.clone()),
    };
    let read::Seeds { sources, mut assets } = match request.annotations {
        Some(_) => read::Seeds { assets: read::assets(&seeds), ..read::Seeds::default() },
        None => read::read(&seeds, &seeds_name)
            .map_err(|it| Failure::of_seeds(it, &root, &seeds))?
            .split(&mut diagnostics),
    };
    assets.extend(static_files(&root)?);
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
    let entities = text_of(root, ENTITIES, texts)?;
    let themes = text_of(root, THEMES, texts)?;
    let entries = entities
        .as_ref()
        .map_or(Vec::new(), |it| vocabulary::entities::parse(&it.0, &it.1).split(into));
    let own = |it: &(FileName, String)| vocabulary::themes::parse(&it.0, &it.1, Origin::Vocabulary);
    let listed = themes.as_ref().map_or(Vec::new(), |it| own(it).split(into));
    let text = |it: &Option<(FileName, String)>| it.as_ref().map(|it| it.1.clone());
    let (a, b) = (text(&entities), text(&themes));
    let vocabulary = match kept.vocabulary.take().filter(|it| (&it.0, &it.1) == (&a, &b)) {
        Some(kept) => kept.2,
        None => Arc::new(Vocabulary::new(entries, listed)),
    };
    if let Some((file, text)) = &entities {
        into.extend(vocabulary::entities::check(file, text, &vocabulary.entries));
    }
    if let Some((file, text)) = &themes {
        into.extend(vocabulary::themes::check(file, text, &vocabulary.themes));
    }
    kept.vocabulary = Some((a, b, Arc::clone(&vocabulary)));
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

/// What a site adds to the theme's own files; those have places of their own among the hashed assets.
fn static_files(root: &Path) -> Result<Vec<(String, PathBuf)>, Failure> {
    const THEME: &[&str] =
        &["site.css", "site.js", "document.js", "lists.js", "icon.svg", "search/", "fonts/"];
    let mut files = files_in(root, "static")?;
    files.retain(|(name, _)| {
        !THEME.iter().any(|it| name == it || (it.ends_with('/') && name.starts_with(it)))
    });
    Ok(files)
}

/// Compiles the templates; one that does not work is a finding, and the shipped one takes its place.
fn compiled(
    mut own: Vec<(String, String)>,
    into: &mut Vec<Diagnostic>,
) -> (Templates, Vec<(String, String)>) {
    loop {
        match Templates::new(&own) {
            Ok(templates) => {
                into.extend(idle(&own));
                return (templates, own);
            }
            Err(error) => {
                drop_template(&mut own, &error.template);
                into.push(of_template(&error));
            }
        }
    }
}

/// Takes a template that does not work away; all of them if it is not clear which.
fn drop_template(own: &mut Vec<(String, String)>, name: &str) {
    let before = own.len();
    own.retain(|it| it.0 != name);
    if own.len() == before {
        assert!(!own.is_empty(), "the shipped templates compile, as a test asserts");
        own.clear();
    }
}

fn of_template(error: &TemplateError) -> Diagnostic {
    let file = format!("templates/{}", error.template).into();
    Diagnostic::new(Rule::InvalidTemplate, &file, error.span.clone(), error.message.clone())
}

fn idle(own: &[(String, String)]) -> Vec<Diagnostic> {
    let files: Vec<FileName> = own.iter().map(|it| format!("templates/{}", it.0).into()).collect();
    let pages = own.iter().zip(&files).filter(|it| is_page(&it.0.0));
    let own: Vec<_> = pages.map(|(it, file)| (it.0.as_str(), file, it.1.as_str())).collect();
    let shipped: Vec<_> = SHIPPED.iter().map(|it| it.0).collect();
    inspect::templates::unused(&own, &shipped)
}

impl SiteFolder {
    /// Takes away a template that its page did not suit, and gives the finding. Nothing if it is not one of the site's own.
    pub fn without(&mut self, error: &TemplateError) -> Option<Diagnostic> {
        if !self.overrides.iter().any(|it| it.0 == error.template) {
            return None;
        }
        let mut own = std::mem::take(&mut self.overrides);
        drop_template(&mut own, &error.template);
        (self.templates, self.overrides) = compiled(own, &mut Vec::new());
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

    /// The texts of all files that findings speak of, by name.
    pub fn catalogue<'a>(&'a self, site: Option<&'a Site>) -> Catalogue<'a> {
        let mut files: FxHashMap<&str, FileText<'a>> = FxHashMap::default();
        files.extend(
            self.texts
                .iter()
                .map(|it| (&**it.0, FileText { text: it.1, origin: None, document: None })),
        );
        for source in &self.inputs.sources {
            let sidecar = source.sidecar.as_ref();
            files.extend(
                sidecar.map(|it| (&*it.0, FileText { text: &it.1, origin: None, document: None })),
            );
            let text =
                FileText { text: &source.text, origin: Some(&source.origin), document: None };
            files.insert(&source.file, text);
        }
        for (reading, entry) in
            site.iter().flat_map(|it| it.readings.iter().zip(&it.collection.documents))
        {
            if let Some(file) = files.get_mut(&*reading.document.file) {
                file.document = Some(&entry.slug);
            }
        }
        Catalogue { files }
    }
}

/// The files that findings speak of.
pub struct Catalogue<'a> {
    files: FxHashMap<&'a str, FileText<'a>>,
}

impl<'a> Catalogue<'a> {
    /// The file of this name.
    pub fn file(&self, name: &str) -> Option<FileText<'a>> {
        self.files.get(name).copied()
    }

    /// The same under the names that the user would give them.
    pub fn as_shown(&self, folder: &SiteFolder) -> FxHashMap<String, FileText<'a>> {
        self.files.iter().map(|it| (folder.shown(it.0), *it.1)).collect()
    }
}
