//! The output folder from outside: the last good site stays until there is a better one.

use crate::site::Site;

#[test]
fn a_build_that_fails_leaves_the_last_good_site() {
    let site = Site::small();
    site.run(&["build", "-q"]).with_code(0);
    let before = site.read("public/index.html");
    // A folder cannot be where a page is.
    site.write("static/index.html/in-the-way.css", "p {}");
    site.run(&["build", "-q"]).with_code(2);
    assert_eq!(site.read("public/index.html"), before);
    let left = std::fs::read_dir(site.path("")).unwrap().map(|it| it.unwrap().file_name());
    let left: Vec<_> = left.filter(|it| it.to_string_lossy().contains(".new")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn an_output_that_cannot_be_written_is_told() {
    let site = Site::small();
    site.write("occupied", "a file");
    let said = site.run(&["build", "-o", "occupied/site"]).with_code(2);
    assert!(said.err.contains("occupied"), "{}", said.err);
    let said = site.run(&["build", "-o", "occupied"]).with_code(2);
    assert!(said.err.contains("is not a folder"), "{}", said.err);
}

#[test]
fn a_file_that_has_not_changed_keeps_its_time() {
    let site = Site::small();
    let time = || std::fs::metadata(site.path("public/index.html")).unwrap().modified().unwrap();
    site.run(&["build", "-q"]).with_code(0);
    let before = time();
    site.run(&["build", "-q"]).with_code(0);
    assert_eq!(time(), before);
}
