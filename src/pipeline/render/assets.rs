//! The theme's stylesheets, scripts and typeface, with what a site puts in their place, to files with a hash in their names.

mod minify;

use std::borrow::Cow;

use crate::config::{Font, SiteConfig};
use crate::memo::ledger::{self, Ledger};
use crate::pipeline::render::html::Html;
use crate::pipeline::search::client;
use crate::pipeline::write::{Output, OutputFile, WriteError};
use minify::{minify_css, minify_js};

/// The theme's files by name below `static/`; a site replaces one by a file of the same name.
const SHIPPED: &[(&str, &[u8])] = &[
    ("site.css", include_bytes!("../../../static/site.css")),
    ("document.css", include_bytes!("../../../static/document.css")),
    ("lists.css", include_bytes!("../../../static/lists.css")),
    ("search.css", include_bytes!("../../../static/search.css")),
    ("site.js", include_bytes!("../../../static/site.js")),
    ("document.js", include_bytes!("../../../static/document.js")),
    ("lists.js", include_bytes!("../../../static/lists.js")),
    ("icon.svg", include_bytes!("../../../static/icon.svg")),
    (FACES, include_bytes!("../../../static/fonts/faces.css")),
    (ROMAN, include_bytes!("../../../static/fonts/source-serif-4-latin.woff2")),
    (ITALIC, include_bytes!("../../../static/fonts/source-serif-4-latin-italic.woff2")),
    (LICENCE, include_bytes!("../../../static/fonts/OFL.txt")),
];
const FACES: &str = "fonts/faces.css";
const ROMAN: &str = "fonts/source-serif-4-latin.woff2";
const ITALIC: &str = "fonts/source-serif-4-latin-italic.woff2";
const LICENCE: &str = "fonts/OFL.txt";
/// A site's own rules, behind those of the theme.
const CUSTOM: &str = "custom.css";

/// The script that sets the reader's colours before anything is drawn; allowed by its hash.
pub(crate) const COLOURS: &str =
    "try{var t=localStorage.theme;if(t)document.documentElement.dataset.theme=t}catch(e){}";
/// The hash of [`COLOURS`], as a content security policy names it; a test compares them.
pub(crate) const COLOURS_HASH: &str = "sha256-dPKjgS1/Z+DtjkK/WBKesTY1RZF/SG7TGvGCMK2UFeY=";

/// Where the theme's files stand below the root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assets {
    /// The stylesheet of every page but documents.
    pub style: String,
    /// The stylesheet of documents: the page that most readers see first waits for no rule that it does not need.
    pub document_style: String,
    /// The script of every page but documents.
    pub script: String,
    /// The script of documents.
    pub document_script: String,
    /// The script of search.
    pub search: String,
    /// The icon.
    pub icon: String,
    /// The typeface, if it is shipped.
    pub font: Option<String>,
    files: Vec<OutputFile>,
}

/// Whether a file of a site's `static/` stands in the place of one of the theme's, or adds to those.
pub fn is_theme(name: &str) -> bool {
    name == CUSTOM || SHIPPED.iter().any(|it| it.0 == name) || client::shipped(name).is_some()
}

/// The bytes of a file of the theme, or of the one that the site has put in its place.
fn bytes<'c>(config: &'c SiteConfig, name: &str) -> &'c [u8] {
    let shipped = || SHIPPED.iter().find(|it| it.0 == name).map_or(&[][..], |it| it.1);
    config.theme_files.get(name).map_or_else(shipped, Vec::as_slice)
}

fn text<'c>(config: &'c SiteConfig, name: &str) -> Cow<'c, str> {
    String::from_utf8_lossy(bytes(config, name))
}

impl Assets {
    pub(crate) fn new(config: &SiteConfig) -> Self {
        let mut files = Vec::new();
        let (faces, font) = typeface(config, &mut files);
        let mut add = |name: &str, text: &str| store(&mut files, name, text.as_bytes());
        let style = |names: &[&str]| {
            let rules = names.iter().map(|it| text(config, it)).collect::<Vec<_>>().join("\n");
            minify_css(&format!("{faces}{rules}"))
        };
        let script = |names: &[&str]| {
            minify_js(&names.iter().map(|it| text(config, it)).collect::<Vec<_>>().join("\n"))
        };
        let own = |name: &str| config.theme_files.get(name).map(|it| String::from_utf8_lossy(it));
        Assets {
            style: add("site.css", &style(&["site.css", "lists.css", "search.css", CUSTOM])),
            document_style: add("document.css", &style(&["site.css", "document.css", CUSTOM])),
            script: add("site.js", &script(&["site.js", "lists.js"])),
            document_script: add("document.js", &script(&["site.js", "document.js"])),
            search: add("search.js", &client::client(own)),
            icon: add("icon.svg", text(config, "icon.svg").trim()),
            font,
            files,
        }
    }

    /// Where all of them stand, which says of each what it is.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|it| it.path.as_str())
    }

    /// Hands over the files.
    pub(crate) fn hand(&self, output: &dyn Output, ledger: &Ledger<'_>) -> Result<(), WriteError> {
        self.files.iter().try_for_each(|it| {
            let name = format!("asset {}", it.path);
            ledger.hand_one((&name, ledger::key(&it.bytes)), output, || it.clone()).map(drop)
        })
    }

    /// The files themselves.
    pub fn files(&self) -> &[OutputFile] {
        &self.files
    }
}

/// The rules that load the typeface, and where it stands; nothing where the reader's own is used.
fn typeface(config: &SiteConfig, files: &mut Vec<OutputFile>) -> (String, Option<String>) {
    if config.font == Font::None {
        return (String::new(), None);
    }
    let roman = store(files, "serif.woff2", bytes(config, ROMAN));
    let italic = store(files, "serif-italic.woff2", bytes(config, ITALIC));
    store(files, "OFL.txt", bytes(config, LICENCE));
    let faces = text(config, FACES);
    (faces.replace("ROMAN", below(&roman)).replace("ITALIC", below(&italic)), Some(roman))
}

fn store(files: &mut Vec<OutputFile>, name: &str, bytes: &[u8]) -> String {
    let path = hashed(name, bytes);
    files.push(OutputFile { path: path.clone(), bytes: bytes.to_vec() });
    path
}

/// `site.css` to `assets/site.0123abcd.css`.
fn hashed(name: &str, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    let (stem, extension) = name.rsplit_once('.').expect("every asset has an extension");
    format!("assets/{stem}.{}.{extension}", &hash[..8])
}

/// The name of an asset for another one beside it.
fn below(path: &str) -> &str {
    path.strip_prefix("assets/").expect("assets stand together")
}

/// The policy that every page carries: nothing from elsewhere, no inline style, one inline script known by its hash.
pub(crate) fn policy() -> Html {
    Html(format!(
        "default-src 'none'; script-src 'self' '{COLOURS_HASH}'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
         connect-src 'self'; base-uri 'none'; form-action 'self'"
    ))
}

#[cfg(test)]
mod tests {
    use super::{Assets, COLOURS, is_theme, policy};
    use crate::config::{Font, SiteConfig};

    fn with(name: &str, bytes: &str) -> SiteConfig {
        let mut config = SiteConfig::default();
        config.theme_files.insert(name.to_owned(), bytes.as_bytes().to_vec());
        config
    }

    fn file(assets: &Assets, path: &str) -> String {
        let file = assets.files.iter().find(|it| it.path == path).expect("it is among the files");
        String::from_utf8(file.bytes.clone()).expect("it is a text")
    }

    #[test]
    fn a_file_of_the_site_stands_in_the_place_of_the_theme_s() {
        let assets = Assets::new(&with("icon.svg", "<svg/>"));
        assert_eq!(file(&assets, &assets.icon), "<svg/>");
        let assets = Assets::new(&with("document.css", ".doc{color:red}"));
        let (document, other) =
            (file(&assets, &assets.document_style), file(&assets, &assets.style));
        assert!(document.ends_with("}.doc{color:red}") && !other.contains(".doc{color:red}"));
        assert!(is_theme("document.css") && is_theme("search/query.js") && !is_theme("logo.svg"));
    }

    #[test]
    fn own_rules_come_behind_the_theme_s_on_every_page() {
        let assets = Assets::new(&with("custom.css", "h1 { color: red }"));
        for path in [&assets.style, &assets.document_style] {
            assert!(file(&assets, path).ends_with("}h1{color:red}"));
        }
        assert_ne!(
            assets.style,
            Assets::new(&SiteConfig::default()).style,
            "a new name, for caches"
        );
    }

    #[test]
    fn no_font_ships_no_font() {
        let files = |font| Assets::new(&SiteConfig { font, ..SiteConfig::default() });
        assert!(files(Font::None).files().iter().all(|it| !it.path.contains("serif")));
        assert_eq!(
            files(Font::Serif).files().iter().filter(|it| it.path.contains(".woff2")).count(),
            2
        );
    }

    #[test]
    fn the_policy_names_the_script_that_is_shipped() {
        // Known by heart, for there is no SHA-256 in this house: `printf %s "$COLOURS" | openssl dgst -sha256 -binary | base64`.
        assert_eq!(COLOURS.len(), 85, "change COLOURS_HASH together with COLOURS");
        assert!(policy().0.contains("'self' 'sha256-"));
    }
}
