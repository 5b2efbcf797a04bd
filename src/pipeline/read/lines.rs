//! Files of JSON lines to their lines, one after another.
#![expect(clippy::disallowed_methods, reason = "this is part of the module that reads the disk")]

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{ReadError, unreadable};

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The file.
    pub file: Arc<Path>,
    /// Its number, from 1.
    pub number: usize,
    /// Its bytes, without the line end.
    pub bytes: Vec<u8>,
}

/// The lines of every file in `folder`, but for hidden ones and marks such as `_SUCCESS`: file by file in the order of their names, each read when it is asked for.
pub fn lines(
    folder: &Path,
) -> Result<impl Iterator<Item = Result<Line, ReadError>> + use<>, ReadError> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|cause| unreadable(folder, cause))? {
        let path = entry.map_err(|cause| unreadable(folder, cause))?.path();
        if is_wanted(&path) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files.into_iter().flat_map(of_file))
}

/// Engines name their parts as they like (`part-00000`), and begin what is no part with a dot or an underscore.
fn is_wanted(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    !name.starts_with(['.', '_']) && path.is_file()
}

fn of_file(path: PathBuf) -> Box<dyn Iterator<Item = Result<Line, ReadError>>> {
    let file: Arc<Path> = path.into();
    match File::open(&file) {
        Ok(open) => Box::new(numbered(BufReader::new(open)).map(move |it| match it {
            Ok((number, bytes)) => Ok(Line { file: Arc::clone(&file), number, bytes }),
            Err(cause) => Err(unreadable(&file, cause)),
        })),
        Err(cause) => Box::new(std::iter::once(Err(unreadable(&file, cause)))),
    }
}

/// The lines of any stream that are not blank, with their numbers from 1.
pub fn numbered(stream: impl BufRead) -> impl Iterator<Item = io::Result<(usize, Vec<u8>)>> {
    let lines = (1..).zip(stream.split(b'\n'));
    lines
        .map(|(number, line)| line.map(|it| (number, it)))
        .filter(|it| it.as_ref().map_or(true, |it| !it.1.trim_ascii().is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_in_the_order_of_files_without_the_blank_ones() {
        let home = tempfile::tempdir().unwrap();
        let texts = [
            ("b.jsonl", "3\n"),
            ("a.jsonl", "1\n\n \r\n2"),
            ("_SUCCESS", "4\n"),
            (".c.crc", "5\n"),
        ];
        for (name, text) in texts {
            std::fs::write(home.path().join(name), text).unwrap();
        }
        let found = lines(home.path()).unwrap().map(Result::unwrap);
        let shown: Vec<_> = found.map(|it| (it.number, it.bytes)).collect();
        let expected = [(1, "1"), (4, "2"), (1, "3")];
        assert_eq!(shown, expected.map(|it| (it.0, it.1.as_bytes().to_vec())));
        assert!(lines(&home.path().join("none")).is_err());
    }
}
