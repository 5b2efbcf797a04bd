//! A site's folder to the site on disk.

use std::path::Path;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::{Build, Format};
use crate::commands::console::Console;
use crate::commands::load::kept::Kept;
use crate::commands::load::{Request, SiteFolder, load};
use crate::commands::make::{Made, made, understood};
use crate::commands::memory::{Memory, leave};
use crate::commands::told::{Asked, ledger, tell};
use crate::commands::{Failure, Verdict};
use crate::pipeline::write::moves::Last;
use crate::pipeline::write::staging::Staging;

/// Builds and writes it.
pub(super) fn run(args: &Build, console: &mut Console) -> Result<Verdict, Failure> {
    let begun = Instant::now();
    let busy = busy(args);
    let (dir, inputs) = (args.site.dir.clone(), args.site.inputs.clone());
    let (base_url, annotations) = (args.base_url.as_deref(), args.annotations.as_deref());
    let request = Request { dir, inputs, base_url, annotations };
    let mut folder = load(&request, &mut Kept::default())?;
    let output = args.output_dir.clone().unwrap_or_else(|| folder.output());
    let made = written(&mut folder, Memory::of(&request), &output)?;
    busy.finish_and_clear();
    let verdict = tell(&made, &folder, (args.report, Asked::Site), console);
    if !args.report.quiet {
        console.say(&ledger((&made.site, made.pages), &made.site.findings, begun.elapsed()));
    }
    // The program ends: to take a large site apart, document by document, would only cost time.
    std::mem::forget((made, folder));
    Ok(verdict)
}

/// Makes the site of `folder` with the help of what is remembered, and writes it to `output`.
pub fn written(
    folder: &mut SiteFolder,
    mut memory: Memory,
    output: &Path,
) -> Result<Made, Failure> {
    memory.know(folder);
    let staging = Staging::begin(output)?;
    // One is the work of one thread for a while, and so is the other.
    let (mut site, past) =
        rayon::join(|| understood(folder, &memory.memos), || memory.past(output));
    memory.keep();
    memory.put_by(&mut site);
    let to = memory.ledger();
    // What nobody asks for again would only stand in the way of the pages.
    drop(memory);
    let mut made = made(folder, site, (&staging, &past))?;
    let (left, others) = made.left.take().map_or((None, None), |it| (Some(it.bytes), it.others));
    let last = others.zip(past.time()).map(|(others, time)| Last { others, time });
    let time = staging.finish_after(last.as_ref())?.1;
    leave(to.as_deref(), left, time);
    Ok(made)
}

/// Shows that something is going on, on a terminal only; a short build ends before it appears.
fn busy(args: &Build) -> ProgressBar {
    let wanted = !args.report.quiet && args.report.format == Format::Human;
    let target =
        if wanted { ProgressDrawTarget::stderr_with_hz(10) } else { ProgressDrawTarget::hidden() };
    let busy = ProgressBar::with_draw_target(None, target);
    busy.set_style(
        ProgressStyle::with_template("{spinner} building, {elapsed}")
            .expect("the template is fixed"),
    );
    busy.enable_steady_tick(Duration::from_millis(400));
    busy
}
