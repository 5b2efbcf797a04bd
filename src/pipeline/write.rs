//! Output files to disk: the other module that touches the disk.

pub mod files;

/// A file of the site, not yet anywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Its path below the output folder, with `/`.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}
