//! Which pages a site has, and where each stands.

use crate::pipeline::collate::{DocumentIndex, EntityIndex};
use crate::vocabulary::Kind;

/// One page of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Page {
    /// The first page.
    Home,
    /// All documents, newest first; the part of a long list, from 0.
    Documents(u32),
    /// A document.
    Document(DocumentIndex),
    /// An earlier address of a document: which of its front matter's `aliases`.
    Alias(DocumentIndex, u32),
    /// The entities of a kind, most named first.
    Index(Kind),
    /// Those of a long index whose name begins with a letter.
    Letter(Kind, char, u32),
    /// Someone or something named.
    Entity(EntityIndex),
    /// What documents of a year (or undated ones) say of an entity named very often.
    EntityYear(EntityIndex, Option<i16>, u32),
    /// All years.
    Years,
    /// A year.
    Year(i16, u32),
    /// Documents that nobody has dated.
    Undated(u32),
    /// All themes.
    Themes,
    /// A theme, by its place in the collection's list.
    Theme(u32, u32),
    /// Who is named together with whom.
    Network,
    /// What the build read, inferred, doubted and skipped.
    About,
    /// Search.
    Search,
    /// What the server shows for an address that leads nowhere.
    NotFound,
}

/// Where a page stands below the site's root: empty for the first page, else ending in `/` or in a file's name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address(pub String);

impl Address {
    /// An address below this one: `people/` and `x` to `people/x/`.
    pub(crate) fn join(&self, part: &str) -> Address {
        Address([self.0.as_str(), part, "/"].concat())
    }

    /// The part of a long list: nothing for the first, `2/` for the next.
    pub(crate) fn part(self, part: u32) -> Address {
        if part == 0 { self } else { self.join(&(part + 1).to_string()) }
    }

    /// The file that holds the page.
    pub fn file(&self) -> String {
        if self.0.is_empty() || self.0.ends_with('/') {
            [self.0.as_str(), "index.html"].concat()
        } else {
            self.0.clone()
        }
    }

    /// From a page at this address back to the root: `../../`.
    pub(crate) fn root(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }
}

/// The address of a document's page.
pub(crate) fn document(slug: &str) -> Address {
    Address(["documents/", slug, "/"].concat())
}

/// The address of an entity's page.
pub(crate) fn entity(kind: Kind, id: &str) -> Address {
    Address([kind.folder(), "/", id, "/"].concat())
}

/// The address of a year's page.
pub(crate) fn year(year: i16) -> Address {
    Address(["years/", itoa::Buffer::new().format(year), "/"].concat())
}

/// The address of a letter's page in a long index.
pub(crate) fn letter(kind: Kind, letter: char) -> Address {
    let letter: String = letter.to_lowercase().collect();
    Address(format!("{}/a-to-z/{letter}/", kind.folder()))
}

/// The address that an earlier address of a document, as its author wrote it, stands for.
pub(crate) fn alias(written: &str) -> Address {
    let path = written.split("://").last().unwrap_or(written);
    let path =
        if written.contains("://") { path.split_once('/').map_or("", |it| it.1) } else { path };
    let parts: Vec<&str> = path.split('/').filter(|it| !matches!(*it, "" | "." | "..")).collect();
    let mut path = parts.join("/");
    if !path.to_ascii_lowercase().ends_with(".html") {
        path.push('/');
    }
    Address(path)
}

#[cfg(test)]
mod tests {
    use super::{Address, alias};

    #[test]
    fn the_way_back_to_the_root_is_as_long_as_the_way_out() {
        assert_eq!(Address(String::new()).root(), "");
        assert_eq!(Address("people/x/".to_owned()).root(), "../../");
        assert_eq!(Address("people/x/".to_owned()).file(), "people/x/index.html");
        assert_eq!(Address("old/page.html".to_owned()).root(), "../");
    }

    #[test]
    fn aliases_cannot_leave_the_site() {
        assert_eq!(alias("/old/page").0, "old/page/");
        assert_eq!(alias("../../etc/x.html").0, "etc/x.html");
        assert_eq!(alias("https://example.org/2019/x/").0, "2019/x/");
    }
}
