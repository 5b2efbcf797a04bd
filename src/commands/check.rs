//! A site's folder to what is wrong or doubtful about it; no site is written.

use std::time::Instant;

use crate::cli::Check;
use crate::commands::console::Console;
use crate::commands::external::external;
use crate::commands::load::kept::Kept;
use crate::commands::load::{Request, load};
use crate::commands::make::{Nowhere, add, make};
use crate::commands::memory::{FOLDER, Memory};
use crate::commands::told::{Asked, ledger, tell};
use crate::commands::{Failure, Verdict};

/// Makes the site as a build would, and reports.
pub(super) fn run(args: &Check, console: &mut Console) -> Result<Verdict, Failure> {
    let begun = Instant::now();
    let request = Request {
        dir: args.site.dir.clone(),
        inputs: args.site.inputs.clone(),
        ..Request::default()
    };
    let mut folder = load(&request, &mut Kept::default())?;
    let mut memory = Memory::of(&request);
    let mut made = make(&mut folder, &memory.memos, &Nowhere)?;
    memory.keep();
    if args.external {
        let found = external(&made.site, &folder.root.join(FOLDER), console)?;
        add(&mut made.site, found);
    }
    let verdict = tell(&made, &folder, (args.report, Asked::Findings), console);
    if !args.report.quiet {
        console.say(&ledger((&made.site, made.pages), &made.site.findings, begun.elapsed()));
    }
    Ok(verdict)
}
