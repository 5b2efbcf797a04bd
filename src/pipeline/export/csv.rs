//! Rows to CSV as RFC 4180 has it, with a line feed for its line ends.

/// A table being written.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    bytes: Vec<u8>,
    begun: bool,
}

impl Table {
    /// A table with the names of its columns.
    pub(crate) fn new(columns: &[&str]) -> Table {
        let mut table = Table::part(Vec::new());
        for column in columns {
            table.text(column);
        }
        table.end();
        table
    }

    /// Rows to be put behind `others`.
    pub(crate) fn part(others: Vec<u8>) -> Table {
        Table { bytes: others, begun: false }
    }

    /// A field.
    pub(crate) fn text(&mut self, field: &str) {
        self.next();
        if !field.bytes().any(|it| matches!(it, b'"' | b',' | b'\n' | b'\r')) {
            self.bytes.extend_from_slice(field.as_bytes());
            return;
        }
        self.bytes.push(b'"');
        for (at, piece) in field.split('"').enumerate() {
            if at > 0 {
                self.bytes.extend_from_slice(b"\"\"");
            }
            self.bytes.extend_from_slice(piece.as_bytes());
        }
        self.bytes.push(b'"');
    }

    /// A field that needs no quotes: an id.
    pub(crate) fn plain(&mut self, field: &str) {
        self.next();
        self.bytes.extend_from_slice(field.as_bytes());
    }

    /// A number, with letters before it that need no quotes, or none: `p7`.
    pub(crate) fn number(&mut self, letters: &str, number: impl itoa::Integer) {
        self.plain(letters);
        self.bytes.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
    }

    /// Ends a row.
    pub(crate) fn end(&mut self) {
        self.bytes.push(b'\n');
        self.begun = false;
    }

    /// What it has so far.
    pub(crate) fn bytes(self) -> Vec<u8> {
        self.bytes
    }

    fn next(&mut self) {
        if self.begun {
            self.bytes.push(b',');
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
        let bytes = table.bytes();
        let expected = "a,b,c\nplain,\"with \"\"quotes\"\", and comma\",\"two\nlines\"\n";
        assert_eq!(String::from_utf8(bytes).unwrap(), expected);
    }

    #[test]
    fn empty_fields_keep_their_place() {
        let mut table = Table::new(&["a", "b"]);
        table.text("");
        table.number("", 3);
        table.end();
        assert_eq!(table.bytes(), b"a,b\n,3\n");
    }
}
