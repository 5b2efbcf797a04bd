//! The client's sources to the one script that pages load, when search is used.

use std::borrow::Cow;

/// By name below `static/`, in the order in which they stand in the script.
const SOURCES: [(&str, &str); 7] = [
    ("search/terms.js", include_str!("../../../static/search/terms.js")),
    ("search/coder.js", include_str!("../../../static/search/coder.js")),
    ("search/shards.js", include_str!("../../../static/search/shards.js")),
    ("search/query.js", include_str!("../../../static/search/query.js")),
    ("search/passages.js", include_str!("../../../static/search/passages.js")),
    ("search/page.js", include_str!("../../../static/search/page.js")),
    ("search/begin.js", include_str!("../../../static/search/begin.js")),
];

/// The shipped source of this name.
pub(crate) fn shipped(name: &str) -> Option<&'static str> {
    SOURCES.iter().find(|it| it.0 == name).map(|it| it.1)
}

/// The client: a classic script, for browsers load no other from disk. `own` is what a site has put in the place of a source.
///
/// On the search page (where there is `#search-form`) it answers queries; on any other it marks what the address asks for.
pub fn client<'a>(own: impl Fn(&str) -> Option<Cow<'a, str>>) -> String {
    let mut script = "(()=>{\"use strict\";\n".to_owned();
    for (name, source) in SOURCES {
        let source = own(name).unwrap_or(Cow::Borrowed(source));
        let lines = source.lines().map(str::trim);
        for line in lines.filter(|it| !it.is_empty() && !it.starts_with("//")) {
            script.push_str(line);
            script.push('\n');
        }
    }
    script + "})()\n"
}
