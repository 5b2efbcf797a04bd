//! A site's folder to the texts of the files that findings speak of.

use rustc_hash::FxHashMap;

use crate::commands::load::SiteFolder;
use crate::pipeline::Site;
use crate::report::FileText;

impl SiteFolder {
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
