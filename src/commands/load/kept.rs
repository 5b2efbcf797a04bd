//! What was made of a site's folder to the same again, as long as the files that it was made from are the same.

use std::path::Path;
use std::sync::Arc;

use crate::commands::load::is_page;
use crate::diagnostic::{Diagnostic, FileName, Outcome};
use crate::pipeline::inspect;
use crate::pipeline::read::again::{Changes, Earlier};
use crate::pipeline::read::{ReadError, Seeds};
use crate::pipeline::render::templates::{SHIPPED, TemplateError, Templates};
use crate::policy::Rule;
use crate::vocabulary::{self, Origin, Vocabulary};

/// What need not be made again while the files that it is made from stay the same.
#[derive(Default)]
pub struct Kept {
    vocabulary: Option<Names>,
    templates: Option<(Vec<(String, String)>, Compiled)>,
    seeds: Earlier,
    /// What may have changed since; anything, if nobody said what.
    changes: Option<Changes>,
}

/// The vocabulary with the texts of its files, and what was found in these.
struct Names {
    entities: Option<String>,
    themes: Option<String>,
    vocabulary: Arc<Vocabulary>,
    findings: Vec<Diagnostic>,
}

/// The templates that work, the site's own among them, and what was found in the others.
#[derive(Clone)]
pub(super) struct Compiled {
    pub(super) templates: Arc<Templates>,
    pub(super) overrides: Vec<(String, String)>,
    pub(super) findings: Vec<Diagnostic>,
}

impl Kept {
    /// Takes in what may have changed since the documents were read last.
    pub fn changed(&mut self, changes: Changes) {
        self.changes = Some(match (self.changes.take(), changes) {
            (Some(Changes::At(mut known)), Changes::At(new)) => {
                known.extend(new);
                Changes::At(known)
            }
            (Some(Changes::Anything), _) => Changes::Anything,
            (_, changes) => changes,
        });
    }

    /// Reads the documents, those again that may have changed.
    pub(super) fn seeds(
        &mut self,
        root: &Path,
        shown_as: &str,
    ) -> Result<Outcome<Seeds>, ReadError> {
        let changes = self.changes.clone().unwrap_or_default();
        let read = self.seeds.read(root, shown_as, &changes)?;
        self.changes = None;
        Ok(read)
    }

    /// The vocabulary of these files, made again only if one of them has changed; and what was found in them.
    pub(super) fn names(
        &mut self,
        entities: Option<(FileName, String)>,
        themes: Option<(FileName, String)>,
    ) -> (Arc<Vocabulary>, Vec<Diagnostic>) {
        let same = |known: &Option<String>, now: &Option<(FileName, String)>| {
            known.as_ref() == now.as_ref().map(|it| &it.1)
        };
        let known = self.vocabulary.take();
        let known = known.filter(|it| same(&it.entities, &entities) && same(&it.themes, &themes));
        let names = self.vocabulary.insert(known.unwrap_or_else(|| Names::new(entities, themes)));
        (Arc::clone(&names.vocabulary), names.findings.clone())
    }

    /// The templates of these sources, compiled only if one of them has changed.
    pub(super) fn templates(&mut self, own: Vec<(String, String)>) -> Compiled {
        let known = self.templates.take().filter(|it| it.0 == own);
        let known = known.unwrap_or_else(|| (own.clone(), compiled(own)));
        self.templates.insert(known).1.clone()
    }
}

impl Names {
    fn new(entities: Option<(FileName, String)>, themes: Option<(FileName, String)>) -> Names {
        let mut findings = Vec::new();
        let entries = entities.as_ref().map_or(Vec::new(), |it| {
            vocabulary::entities::parse(&it.0, &it.1).split(&mut findings)
        });
        let own =
            |it: &(FileName, String)| vocabulary::themes::parse(&it.0, &it.1, Origin::Vocabulary);
        let listed = themes.as_ref().map_or(Vec::new(), |it| own(it).split(&mut findings));
        let vocabulary = Arc::new(Vocabulary::new(entries, listed));
        if let Some((file, text)) = &entities {
            findings.extend(vocabulary::entities::check(file, text, &vocabulary.entries));
        }
        if let Some((file, text)) = &themes {
            findings.extend(vocabulary::themes::check(file, text, &vocabulary.themes));
        }
        let text = |it: Option<(FileName, String)>| it.map(|it| it.1);
        Names { entities: text(entities), themes: text(themes), vocabulary, findings }
    }
}

/// Compiles the templates; one that does not work is a finding, and the shipped one takes its place.
pub(super) fn compiled(mut own: Vec<(String, String)>) -> Compiled {
    let mut findings = Vec::new();
    loop {
        match Templates::new(&own) {
            Ok(templates) => {
                findings.extend(idle(&own));
                return Compiled { templates: Arc::new(templates), overrides: own, findings };
            }
            Err(error) => {
                drop_template(&mut own, &error.template);
                findings.push(of_template(&error));
            }
        }
    }
}

/// Takes a template that does not work away; all of them if it is not clear which.
pub(super) fn drop_template(own: &mut Vec<(String, String)>, name: &str) {
    let before = own.len();
    own.retain(|it| it.0 != name);
    if own.len() == before {
        assert!(!own.is_empty(), "the shipped templates compile, as a test asserts");
        own.clear();
    }
}

pub(super) fn of_template(error: &TemplateError) -> Diagnostic {
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
