//! Writes a generated collection: `cargo bench --bench generate -- FOLDER DOCUMENTS [SEED]`.

#[expect(dead_code, reason = "what is true of the documents concerns the other bench")]
mod collection;

use std::path::Path;

#[expect(clippy::disallowed_methods, reason = "a program of its own, outside the pipeline")]
fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let [folder, documents, seed @ ..] = arguments.as_slice() else {
        return Err(std::io::Error::other(
            "usage: cargo bench --bench generate -- FOLDER DOCUMENTS [SEED]",
        ));
    };
    let number = |text: &str| text.parse().map_err(std::io::Error::other);
    let documents = number(documents)?;
    let world =
        collection::World::new(seed.first().map_or(Ok(1), |it| number(it))? as u64, documents);
    for document in (0..documents).map(|it| world.document(it)) {
        let path = Path::new(folder).join(document.date.0.to_string()).join(&document.file);
        std::fs::create_dir_all(path.parent().expect("a file is in a folder"))?;
        std::fs::write(path, &document.text)?;
    }
    Ok(())
}
