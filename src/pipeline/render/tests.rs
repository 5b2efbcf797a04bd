use std::collections::{BTreeMap, BTreeSet};

use super::assets::Assets;
use super::edition::Edition;
use super::edition::listings::Listings;
use super::page::Page;
use super::sample::{day, site};
use super::templates::Templates;
use super::{companions, plan, render, view};
use crate::pipeline::Site;
use crate::pipeline::collate::DocumentIndex;
use crate::pipeline::write::OutputFile;

const FIRST: &str = "Water & <talks> in Weir Town
    Ada Reed spoke for the River Board of water in 2015. Ada Reed said \"talks\" twice: talks.
    # The <River> Treaty
    Ada Reed read the River Treaty aloud.
    > The River Board keeps the water.
    | Year | Level / 2015 | high in Weir Town
    `let ada = \"Ada Reed\";
    [Ada Reed wrote more](other.txt#p1)
    [Nothing here](missing.txt)
    [Do not](javascript:alert)
    ~ Share this page
    The same words.
    The same words.";

const OTHER: &str = "A second paper
    The Spring Meeting of 2015 heard Ada Reed. The River Board sent nobody.";

fn small() -> Site {
    site(&[
        ("press/first.txt", Some(day(2019, 11, 19)), FIRST),
        ("press/other.txt", Some(day(2016, 2, 3)), OTHER),
        ("loose.txt", None, OTHER),
    ])
}

fn pages(site: &Site) -> BTreeMap<String, String> {
    let templates = Templates::new(&[]).unwrap();
    let (assets, listings) = shared(site);
    let edition = Edition::new(site, templates.words("en"), (&assets, &listings));
    let mut files = BTreeMap::new();
    let mut add = |file: OutputFile| {
        let text = String::from_utf8_lossy(&file.bytes).into_owned();
        assert_eq!(files.insert(file.path.clone(), text), None, "two files claim {}", file.path);
    };
    for page in plan(&edition) {
        add(render(&view(&page, &edition), &templates)
            .unwrap_or_else(|it| panic!("{page:?}: {it}")));
        companions(&page, &edition).into_iter().for_each(&mut add);
    }
    assets.files().iter().cloned().for_each(add);
    files
}

fn shared(site: &Site) -> (Assets, Listings) {
    (super::assets(&site.config), Listings::new(site))
}

fn values<'t>(html: &'t str, name: &str) -> Vec<&'t str> {
    let start = format!(" {name}=\"");
    html.split(&start[..]).skip(1).filter_map(|it| it.split_once('"')).map(|it| it.0).collect()
}

/// The file that a link leads to, and the place in it.
fn follow(from: &str, link: &str) -> (String, String) {
    let (path, id) = link.split_once('#').unwrap_or((link, ""));
    if path.is_empty() {
        return (from.to_owned(), id.to_owned());
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        if part == ".." {
            parts.pop().expect("no link leaves the site");
        } else {
            parts.push(part);
        }
    }
    (parts.join("/"), id.to_owned())
}

#[test]
fn every_link_inside_the_site_leads_somewhere() {
    let pages = pages(&small());
    let elsewhere = ["https:", "data:", "atom.xml", "datapackage.json", "/kb/"];
    for (path, html) in pages.iter().filter(|it| it.1.starts_with("<!doctype")) {
        for link in values(html, "href")
            .into_iter()
            .chain(values(html, "action"))
            .chain(values(html, "src"))
        {
            if elsewhere.iter().any(|it| link.starts_with(it) || link.ends_with(it))
                || link.contains("data/")
            {
                continue;
            }
            let (file, id) = follow(path, link);
            let target = pages
                .get(&file)
                .unwrap_or_else(|| panic!("{path} links to {link}, that is {file}"));
            assert!(
                id.is_empty() || values(target, "id").contains(&id.as_str()),
                "{path}: {link} has no such place"
            );
        }
    }
}

#[test]
fn no_page_says_an_id_twice() {
    for (path, html) in pages(&small()).iter().filter(|it| it.1.starts_with("<!doctype")) {
        let ids = values(html, "id");
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(unique.len(), ids.len(), "{path}: {ids:?}");
    }
}

#[test]
fn the_lost_find_their_way_from_any_depth() {
    let pages = pages(&small());
    for link in values(&pages["404.html"], "href") {
        assert!(link.starts_with("/kb/") || link.starts_with('#'), "{link}");
    }
}

fn document() -> String {
    pages(&small()).remove("documents/first/index.html").unwrap()
}

#[test]
fn the_first_mention_in_each_section_is_a_link() {
    let html = document();
    let link =
        "<a class=\"e\" data-e=\"ada-reed\" href=\"../../people/ada-reed/index.html\">Ada Reed</a>";
    assert_eq!(html.matches(link).count(), 2, "one before the heading, one after it");
    assert_eq!(
        html.matches("<span class=\"m\" data-e=\"ada-reed\">Ada Reed</span>").count(),
        2,
        "the second, and the one inside a link"
    );
    assert!(
        html.contains("<h2 id=\"the-&lt;river&gt;-treaty\">The &lt;River&gt; Treaty</h2>"),
        "headings are left alone"
    );
    assert!(html.contains("&quot;Ada Reed&quot;"), "code is left alone");
}

#[test]
fn text_is_escaped_and_links_are_harmless() {
    let html = document();
    assert!(html.contains("<h1 id=\"p0\">Water &amp; &lt;talks&gt; in Weir Town</h1>"));
    assert!(html.contains("<title>Water &amp; &lt;talks&gt; in Weir Town – River Papers</title>"));
    assert!(html.contains("<span class=\"dead\">Nothing here</span>"));
    assert!(!html.contains("javascript:"));
    assert!(html.contains("href=\"../../documents/other/index.html#p1\""));
    assert!(!html.contains("<talks>") && !html.contains("<as it stands>"));
}

#[test]
fn paragraphs_have_two_ids_and_furniture_has_none() {
    let html = document();
    let prose = html.split_once("<div class=\"prose\">").unwrap().1;
    let id = prose.split_once(" <a class=\"pn\" id=\"").unwrap().1.split_once('"').unwrap().0;
    assert!(prose.contains(&format!(
        "<a class=\"pn\" id=\"{id}\" href=\"#{id}\" aria-label=\"Paragraph 1\">1</a></p>"
    )));
    assert!(html.contains("<li>Share this page</li>"));
    assert!(!prose.contains("<ul>\n<li><"), "a list with nothing but furniture is not written");
}

#[test]
fn the_view_is_all_that_a_page_depends_on() {
    let (one, two) = (small(), {
        let mut site = small();
        site.config.title = "Other Papers".into();
        site
    });
    let templates = Templates::new(&[]).unwrap();
    let hash = |site: &Site| {
        let (assets, listings) = shared(site);
        let edition = Edition::new(site, templates.words("en"), (&assets, &listings));
        view(&Page::Document(DocumentIndex(0)), &edition).hash()
    };
    assert_eq!(hash(&one), hash(&small()));
    assert_ne!(hash(&one), hash(&two));
}

#[test]
fn an_override_takes_the_place_of_a_shipped_template() {
    let site = small();
    let source = "{{ page.title }}|{{ document.kind }}|{{ words.search }}";
    let templates = Templates::new(&[("document.html".into(), source.into())]).unwrap();
    let (assets, listings) = shared(&site);
    let edition = Edition::new(&site, templates.words("en"), (&assets, &listings));
    let page = render(&view(&Page::Document(DocumentIndex(2)), &edition), &templates).unwrap();
    assert_eq!(String::from_utf8(page.bytes).unwrap(), "A second paper|report|Search");
    let templates =
        Templates::new(&[("document.html".into(), "a\n{{ document.kin }}".into())]).unwrap();
    let error = render(&view(&Page::Document(DocumentIndex(2)), &edition), &templates).unwrap_err();
    assert_eq!((error.template.as_str(), error.line), ("document.html", 2), "{error}");
}
