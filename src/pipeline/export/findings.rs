//! What the build inferred, doubted or skipped to `findings.json`: the records of `check --format json`.

use crate::pipeline::Site;
use crate::pipeline::export::file;
use crate::pipeline::write::OutputFile;
use crate::report::record::records;
use crate::report::{Files, json};

/// `findings.json`
pub(crate) fn findings(site: &Site, files: &Files<'_>) -> OutputFile {
    file("data/findings.json", json(&records(&site.findings, files)))
}
