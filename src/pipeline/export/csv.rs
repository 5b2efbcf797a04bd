//! Rows to CSV as RFC 4180 has it, with a line feed for its line ends.

use std::fmt::Write;

use crate::pipeline::export::file;
use crate::pipeline::write::OutputFile;

/// A table being written.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    text: String,
    begun: bool,
}

impl Table {
    /// A table with the names of its columns.
    pub(crate) fn new(columns: &[&str]) -> Table {
        let mut table = Table::part();
        for column in columns {
            table.text(column);
        }
        table.end();
        table
    }

    /// Rows to be put behind others.
    pub(crate) fn part() -> Table {
        Table { text: String::new(), begun: false }
    }

    /// A field.
    pub(crate) fn text(&mut self, field: &str) {
        self.next();
        if !field.bytes().any(|it| matches!(it, b'"' | b',' | b'\n' | b'\r')) {
            self.text.push_str(field);
            return;
        }
        self.text.push('"');
        for (at, piece) in field.split('"').enumerate() {
            if at > 0 {
                self.text.push_str("\"\"");
            }
            self.text.push_str(piece);
        }
        self.text.push('"');
    }

    /// A field that needs no quotes: a number, an id.
    pub(crate) fn plain(&mut self, field: impl std::fmt::Display) {
        self.next();
        write!(self.text, "{field}").expect("writing to memory cannot fail");
    }

    /// Ends a row.
    pub(crate) fn end(&mut self) {
        self.text.push('\n');
        self.begun = false;
    }

    pub(crate) fn append(&mut self, rows: &Table) {
        self.text.push_str(&rows.text);
    }

    pub(crate) fn file(self, path: &str) -> OutputFile {
        file(path, self.text)
    }

    fn next(&mut self) {
        if self.begun {
            self.text.push(',');
        }
        self.begun = true;
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn quotes_commas_and_line_ends_are_kept() {
        let mut table = Table::new(&["a", "b", "c"]);
        table.text("plain");
        table.text("with \"quotes\", and comma");
        table.text("two\nlines");
        table.end();
        let bytes = table.file("x.csv").bytes;
        let expected = "a,b,c\nplain,\"with \"\"quotes\"\", and comma\",\"two\nlines\"\n";
        assert_eq!(String::from_utf8(bytes).unwrap(), expected);
    }

    #[test]
    fn empty_fields_keep_their_place() {
        let mut table = Table::new(&["a", "b"]);
        table.text("");
        table.plain(3);
        table.end();
        assert_eq!(table.file("x.csv").bytes, b"a,b\n,3\n");
    }
}
