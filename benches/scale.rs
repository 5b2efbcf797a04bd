//! Builds generated collections of growing size, and one with a growing vocabulary, and draws what that costs.
//!
//! `cargo bench --bench scale -- FOLDER [DOCUMENTS…]`; needs Linux, where the processor time and memory of another program can be read.

#[expect(dead_code, reason = "what is true of the documents concerns another bench")]
mod collection;

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use std::{fs, io, thread};

const DOCUMENTS: [usize; 4] = [1_000, 3_000, 10_000, 30_000];
const ENTRIES: [usize; 5] = [1_000, 3_000, 10_000, 30_000, 100_000];
/// How many documents the vocabularies are tried on.
const TRIED: usize = 3_000;

/// What a run cost.
#[derive(Clone, Copy, Default)]
struct Cost {
    seconds: f64,
    megabytes: f64,
}

/// A label, a colour, and what of a cost is drawn.
type Curve = (&'static str, &'static str, fn(&Cost) -> f64);

/// A run: how much there was, and what it cost.
type Run = (usize, Cost);

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let [folder, sizes @ ..] = arguments.as_slice() else {
        return Err(io::Error::other("usage: cargo bench --bench scale -- FOLDER [DOCUMENTS…]"));
    };
    let sizes: Result<Vec<usize>, _> = sizes.iter().map(|it| it.parse()).collect();
    let sizes = sizes.map_err(io::Error::other)?;
    let folder = PathBuf::from(folder);
    let sizes = if sizes.is_empty() { DOCUMENTS.to_vec() } else { sizes };
    let grown: io::Result<Vec<Run>> =
        sizes.into_iter().map(|it| Ok((it, built(&folder, it, 0)?))).collect();
    report("documents", &grown?, &folder)?;
    let named: io::Result<Vec<Run>> =
        ENTRIES.into_iter().map(|it| Ok((it, built(&folder, TRIED, it)?))).collect();
    report("entries", &named?, &folder)
}

/// Builds a site of so many documents and entries of the vocabulary, and takes it away again.
#[expect(clippy::disallowed_methods, reason = "a program of its own, outside the pipeline")]
fn built(folder: &Path, documents: usize, entries: usize) -> io::Result<Cost> {
    let site = folder.join(format!("{documents}-{entries}"));
    write_documents(&site.join("seeds"), documents)?;
    if entries > 0 {
        fs::create_dir_all(site.join("vocabulary"))?;
        fs::write(site.join("vocabulary/entities.yaml"), vocabulary(entries))?;
    }
    let child = Command::new(env!("CARGO_BIN_EXE_seedbed"))
        .args(["build", "--no-cache", "--quiet"])
        .arg(&site)
        .stderr(Stdio::null())
        .spawn()?;
    let cost = watched(child)?;
    fs::remove_dir_all(&site)?;
    Ok(cost)
}

#[expect(clippy::disallowed_methods, reason = "a program of its own, outside the pipeline")]
fn write_documents(seeds: &Path, documents: usize) -> io::Result<()> {
    let world = collection::World::new(1, documents);
    for document in (0..documents).map(|it| world.document(it)) {
        let path = seeds.join(document.date.0.to_string()).join(&document.file);
        fs::create_dir_all(path.parent().expect("a file is in a folder"))?;
        fs::write(path, &document.text)?;
    }
    Ok(())
}

/// So many names, half of which no document has.
fn vocabulary(entries: usize) -> String {
    let world = collection::World::new(1, TRIED);
    let mut random = collection::Random::new(2);
    let mut text = String::new();
    let mut taken = std::collections::BTreeSet::new();
    let known = world.named.iter().map(|it| it.forms[0].clone()).take(entries / 2);
    let syllables =
        ["ba", "dor", "el", "fin", "gar", "hol", "im", "jas", "kel", "lor", "mu", "nev"];
    let mut known = known.collect::<Vec<_>>().into_iter();
    while taken.len() < entries {
        let name = known.next().unwrap_or_else(|| {
            let word = |random: &mut collection::Random| {
                let word: String = (0..4).map(|_| *random.pick(&syllables)).collect();
                format!("{}{}", word[..1].to_uppercase(), &word[1..])
            };
            format!("{} {} Institute", word(&mut random), word(&mut random))
        });
        if taken.insert(name.clone()) {
            writeln!(text, "- name: {name}\n  kind: organization")
                .expect("memory takes everything");
        }
    }
    text
}

/// Waits for a program and reads what it has used until shortly before its end.
#[expect(clippy::disallowed_methods, reason = "a program of its own, outside the pipeline")]
fn watched(mut child: Child) -> io::Result<Cost> {
    let mut cost = Cost::default();
    let proc = PathBuf::from(format!("/proc/{}", child.id()));
    loop {
        let stat = fs::read_to_string(proc.join("stat")).unwrap_or_default();
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
        let ticks = |at: usize| fields.get(at).and_then(|it| it.parse::<f64>().ok());
        if let (Some(user), Some(system)) = (ticks(11), ticks(12)) {
            cost.seconds = (user + system) / 100.0;
        }
        let status = fs::read_to_string(proc.join("status")).unwrap_or_default();
        let peak = status.lines().find_map(|it| it.strip_prefix("VmHWM:"));
        if let Some(kilobytes) =
            peak.and_then(|it| it.split_whitespace().next()?.parse::<f64>().ok())
        {
            cost.megabytes = kilobytes / 1024.0;
        }
        if let Some(status) = child.try_wait()? {
            return if status.success() { Ok(cost) } else { Err(io::Error::other("no build")) };
        }
        thread::sleep(Duration::from_millis(20));
    }
}

/// Prints a table and draws it.
#[expect(clippy::disallowed_methods, reason = "a program of its own, outside the pipeline")]
#[expect(clippy::print_stdout, reason = "a program of its own, outside the pipeline")]
fn report(what: &str, runs: &[Run], folder: &Path) -> io::Result<()> {
    println!("| {what} | processor time, s | ms for each of the {what} | peak memory, MB |");
    println!("|---|---|---|---|");
    for (count, cost) in runs {
        let each = cost.seconds * 1000.0 / *count as f64;
        println!("| {count} | {:.1} | {each:.2} | {:.0} |", cost.seconds, cost.megabytes);
    }
    fs::write(folder.join(format!("scale-{what}.svg")), drawn(what, runs))
}

/// Both curves over a logarithmic scale; a straight line from corner to corner grows as the collection does.
fn drawn(what: &str, runs: &[Run]) -> String {
    let (width, height, edge) = (560.0, 320.0, 48.0);
    let most = |of: fn(&Cost) -> f64| runs.iter().map(|it| of(&it.1)).fold(1.0, f64::max);
    let (least, all) = (runs[0].0 as f64, runs[runs.len() - 1].0 as f64);
    let x = |count: usize| {
        edge + (width - 2.0 * edge) * (count as f64 / least).ln() / (all / least).ln()
    };
    let y = |part: f64, whole: f64, lowest: f64| {
        height
            - edge
            - (height - 2.0 * edge) * (part / lowest).ln() / (whole / lowest).ln().max(0.1)
    };
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
    );
    let curves: [Curve; 2] = [
        ("processor time, s", "#0b5cad", |it| it.seconds),
        ("peak memory, MB", "#b3470b", |it| it.megabytes),
    ];
    for (line, (label, colour, of)) in curves.into_iter().enumerate() {
        let (whole, lowest) = (most(of), of(&runs[0].1).max(0.01));
        let points: Vec<(f64, f64)> =
            runs.iter().map(|it| (x(it.0), y(of(&it.1).max(0.01), whole, lowest))).collect();
        let path: Vec<String> =
            points.iter().map(|it| format!("{:.1},{:.1}", it.0, it.1)).collect();
        let _ = writeln!(
            svg,
            "<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" points=\"{}\"/>",
            path.join(" ")
        );
        for (at, (x, y)) in points.iter().enumerate() {
            let value = of(&runs[at].1);
            let y = y + if line == 0 { -8.0 } else { 16.0 };
            let _ = writeln!(
                svg,
                "<text x=\"{x:.1}\" y=\"{y:.1}\" fill=\"{colour}\" text-anchor=\"middle\">{value:.0}</text>"
            );
        }
        let top = 18.0 + 16.0 * line as f64;
        let _ = writeln!(svg, "<text x=\"{edge}\" y=\"{top}\" fill=\"{colour}\">{label}</text>");
    }
    for (count, _) in runs {
        let _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{}\" text-anchor=\"middle\">{count}</text>",
            x(*count),
            height - 14.0
        );
    }
    let _ = writeln!(
        svg,
        "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{what}</text></svg>",
        width - edge,
        height - 32.0
    );
    svg
}
