//! A site's folder to the same without what builds made in it.

use crate::cli::Clean;
use crate::commands::console::Console;
use crate::commands::load::{Request, configuration};
use crate::commands::memory::FOLDER;
use crate::commands::{Failure, Verdict};
use crate::pipeline::write::files::{remove_memos, remove_site};

/// Removes the built site, if it is one, and what builds remembered.
pub(super) fn run(args: &Clean, console: &mut Console) -> Result<Verdict, Failure> {
    let config = configuration(&Request { dir: args.dir.clone(), ..Request::default() })?;
    let output = args.output_dir.clone().unwrap_or_else(|| args.dir.join(&config.output_dir));
    let memos = args.dir.join(FOLDER);
    for (folder, removed) in [(&output, remove_site(&output)?), (&memos, remove_memos(&memos)?)] {
        if removed {
            console.say(&format!("removed {}\n", folder.display()));
        }
    }
    Ok(Verdict::Clean)
}
