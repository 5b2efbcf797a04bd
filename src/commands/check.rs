//! A site's folder to what is wrong or doubtful about it; nothing is written.

use std::time::Instant;

use crate::cli::Check;
use crate::commands::console::Console;
use crate::commands::load::{Kept, Request, load};
use crate::commands::make::{Nowhere, make};
use crate::commands::memory::Memory;
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
    let made = make(&mut folder, &memory.memos, &Nowhere)?;
    memory.keep();
    let verdict = tell(&made, &folder, (args.report, Asked::Findings), console);
    if !args.report.quiet {
        console.say(&ledger((&made.site, made.pages), begun.elapsed()));
    }
    Ok(verdict)
}
