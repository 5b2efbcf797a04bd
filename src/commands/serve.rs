//! A site's folder to a preview that follows every change.

pub(in crate::commands) mod answer;
mod inject;
mod preview;
mod review;
mod said;
mod server;
mod stock;
mod watch;

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Instant;

use crate::cli::Serve;
use crate::commands::console::Console;
use crate::commands::load::kept::Kept;
use crate::commands::load::{ENTITIES, Request, load};
use crate::commands::memory::Memory;
use crate::commands::serve::preview::{Preview, Shown, Trouble, token};
use crate::commands::serve::server::{Server, router};
use crate::commands::serve::stock::Stock;
use crate::commands::serve::watch::Watch;
use crate::commands::told::{ledger, text};
use crate::commands::{Failure, Verdict};
use crate::pipeline::understand;
use crate::policy::{Rule, Severity};
use crate::report::{Color, Finding, Format, Notes, Style};

/// How many ports are tried.
const PORTS: u16 = 100;

/// Serves until the user stops it.
pub(super) fn run(args: &Serve, console: &mut Console) -> Result<Verdict, Failure> {
    let (listener, address) = listen(args.interface, args.port)?;
    let corrections = args.interface.is_loopback().then(token);
    let server = Arc::new(Server {
        preview: Preview::new(corrections),
        entities: args.site.dir.join(ENTITIES),
    });
    let mut builder = Builder::new(args)?;
    console.say(&builder.build(&server.preview)?);
    console.say(&format!("preview at http://{address}/ (Ctrl-C stops it)\n"));
    if args.open {
        browse(&format!("http://{address}/"));
    }
    let shared = Arc::clone(&server);
    std::thread::scope(|scope| {
        let follower = scope.spawn(move || builder.follow(&shared.preview));
        let served = serve(listener, server);
        // The follower waits for a change that may never come.
        if follower.is_finished() {
            served
        } else {
            std::process::exit(i32::from(served.is_err()) * 2)
        }
    })
}

/// The first free port from the one that is wanted on.
fn listen(interface: IpAddr, port: u16) -> Result<(TcpListener, SocketAddr), Failure> {
    let ports = if port == 0 { 0..=0 } else { port..=port.saturating_add(PORTS) };
    let mut last = None;
    for port in ports {
        match TcpListener::bind((interface, port)) {
            Ok(listener) => {
                let address = listener.local_addr().map_err(Failure::Port)?;
                return Ok((listener, address));
            }
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => last = Some(error),
            Err(error) => return Err(Failure::Port(error)),
        }
    }
    Err(Failure::Port(last.unwrap_or_else(|| io::ErrorKind::AddrInUse.into())))
}

fn serve(listener: TcpListener, server: Arc<Server>) -> Result<Verdict, Failure> {
    listener.set_nonblocking(true).map_err(Failure::Port)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(Failure::Port)?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener).map_err(Failure::Port)?;
        tokio::select! {
            served = axum::serve(listener, router(server)) => served.map_err(Failure::Port),
            _ = tokio::signal::ctrl_c() => Ok(()),
        }
    })?;
    Ok(Verdict::Clean)
}

/// Asks the desktop to open an address; where there is none, the address is on the terminal.
fn browse(address: &str) {
    let programs: &[(&str, &[&str])] = match std::env::consts::OS {
        "macos" => &[("open", &[])],
        "windows" => &[("cmd", &["/C", "start"])],
        _ => &[("xdg-open", &[]), ("sensible-browser", &[])],
    };
    for (program, arguments) in programs {
        let mut command = Command::new(program);
        command.args(*arguments).arg(address).stdout(Stdio::null()).stderr(Stdio::null());
        if command.spawn().is_ok() {
            return;
        }
    }
}

/// Builds again and again, with what earlier builds remembered.
struct Builder<'a> {
    request: Request<'a>,
    kept: Kept,
    memory: Memory,
    watch: Watch,
}

impl<'a> Builder<'a> {
    fn new(args: &'a Serve) -> Result<Self, Failure> {
        let request = Request {
            dir: args.site.dir.clone(),
            inputs: args.site.inputs.clone(),
            ..Request::default()
        };
        let watch = Watch::new().map_err(Failure::Watch)?;
        let memory = Memory::of(&request);
        Ok(Builder { request, kept: Kept::default(), memory, watch })
    }

    /// Builds whenever something changes.
    fn follow(mut self, preview: &Preview) {
        while let Some(changes) = self.watch.wait() {
            self.kept.changed(changes);
            let said = self.build(preview).unwrap_or_else(|failure| {
                preview.keep(vec![Trouble {
                    place: String::new(),
                    message: failure.to_string(),
                    report: format!("{failure}\n"),
                    kept: true,
                }]);
                format!("error: {failure}\n")
            });
            Console::standard().say(&said);
        }
    }

    /// Builds once, shows it, and says how it went.
    ///
    /// What a page can be shown without comes behind: what only all documents together tell, and what is remembered on disk.
    fn build(&mut self, preview: &Preview) -> Result<String, Failure> {
        let begun = Instant::now();
        if self.watch.is_idle() {
            // Already now, so that nothing that is written while it is read goes unseen.
            self.watch.cover(&self.request.dir, &[]);
        }
        let folder = load(&self.request, &mut self.kept)?;
        self.watch.cover(&folder.root, &folder.folders());
        let site = understand(&folder.inputs, &self.memory.memos);
        let last = preview.shown();
        let stock = Arc::new(Stock::new(folder, site, last.stock.as_deref())?);
        show(preview, &stock, &stock.site.findings);
        let took = begun.elapsed();
        // Freeing a large site takes its time, too.
        drop(last);
        show(preview, &stock, stock.findings());
        let said = ledger((&stock.site, stock.pages()), stock.findings(), took);
        self.memory.keep();
        Ok(said)
    }
}

/// Shows a site with what is wrong with it, or only the latter if the last site is better.
fn show(preview: &Preview, stock: &Arc<Stock>, findings: &[Finding]) {
    let trouble = trouble(findings, stock);
    if spoilt(findings) && preview.version() > 0 {
        preview.keep(trouble);
    } else {
        preview.show(Shown { stock: Some(Arc::clone(stock)), trouble });
    }
}

/// Whether a file that all pages depend on is broken, so that the last site is better than this one.
fn spoilt(findings: &[Finding]) -> bool {
    let common = [Rule::InvalidConfig, Rule::InvalidVocabulary, Rule::InvalidTemplate];
    findings.iter().any(|it| it.0 == Severity::Error && common.contains(&it.1.rule))
}

fn trouble(findings: &[Finding], stock: &Stock) -> Vec<Trouble> {
    let errors = findings.iter().filter(|it| it.0 == Severity::Error);
    let style = |format| Style { format, notes: Notes::Counted, color: Color::Plain };
    let from = (&stock.folder, Some(&stock.site));
    let told = |it: &Finding, format| text(std::slice::from_ref(it), from, style(format));
    let one = |it: &Finding| Trouble {
        place: told(it, Format::Short).split(": ").next().unwrap_or_default().to_owned(),
        message: it.1.message.clone(),
        report: told(it, Format::Human),
        kept: false,
    };
    errors.take(20).map(one).collect()
}
