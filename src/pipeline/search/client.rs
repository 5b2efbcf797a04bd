//! The client's sources to the one script that pages load, when search is used.

/// In the order in which they stand in the script.
const SOURCES: [&str; 7] = [
    include_str!("../../../static/search/terms.js"),
    include_str!("../../../static/search/coder.js"),
    include_str!("../../../static/search/shards.js"),
    include_str!("../../../static/search/query.js"),
    include_str!("../../../static/search/passages.js"),
    include_str!("../../../static/search/page.js"),
    include_str!("../../../static/search/begin.js"),
];

/// The client: a classic script, for browsers load no other from disk.
///
/// On the search page (where there is `#search-form`) it answers queries; on any other it marks what the address asks for.
pub fn client() -> String {
    let lines = SOURCES
        .iter()
        .flat_map(|it| it.lines())
        .map(str::trim)
        .filter(|it| !it.is_empty() && !it.starts_with("//"));
    let mut script = "(()=>{\"use strict\";\n".to_owned();
    for line in lines {
        script.push_str(line);
        script.push('\n');
    }
    script + "})()\n"
}
