//! Links to other sites, asked of a server that this test starts: no network.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use crate::site::{Said, Site};

/// A server that answers by path and remembers what it was asked.
struct Other {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Other {
    fn new() -> Other {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming() {
                answer(stream.unwrap(), &log);
            }
        });
        Other { address, asked }
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }
}

fn answer(mut stream: TcpStream, log: &Mutex<Vec<String>>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let Some(Ok(first)) = lines.next() else { return };
    let request = first.rsplit_once(' ').unwrap().0.to_owned();
    let agent = lines
        .map_while(Result::ok)
        .take_while(|it| !it.is_empty())
        .any(|it| it.to_lowercase().starts_with("user-agent: seedbed/"));
    assert!(agent, "it does not say who asks");
    let status = match request.as_str() {
        "HEAD /there" | "GET /no-heads" | "HEAD /moved" => "200 OK",
        "HEAD /away" => "301 Moved Permanently\r\nLocation: /moved",
        "HEAD /gone" | "GET /gone" => "404 Not Found",
        "HEAD /no-heads" => "405 Method Not Allowed",
        _ => "503 Service Unavailable",
    };
    log.lock().unwrap().push(request);
    write!(stream, "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").unwrap();
}

fn check(site: &Site) -> Said {
    let mut command = site.command(&["check", "--external", "--format", "short"]);
    // No proxy of this machine shall answer in place of the server.
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"]
    {
        command.env_remove(name);
    }
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Said { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

#[test]
fn broken_links_are_told_from_those_that_cannot_be_verified() {
    let other = Other::new();
    let at = |path: &str| format!("http://{}/{path}", other.address);
    let links: Vec<_> = ["there", "there#part", "away", "gone", "no-heads", "unwell"]
        .iter()
        .map(|it| format!("[{it}]({})", at(it)))
        .collect();
    let nobody = "[nobody](http://127.0.0.1:1/)";
    let text = format!("---\ntitle: Links\ndate: 2020\n---\n\n{}\n\n{nobody}\n", links.join("\n"));
    let site = Site::of(&[("seeds/links.md", &text)]);
    let said = check(&site).with_code(0);
    let found: Vec<_> = said.out.lines().filter(|it| it.contains("-link: ")).collect();
    assert_eq!(found.len(), 3, "{}", said.out);
    assert!(
        found[0].starts_with("seeds/links.md:9:1: warning: broken-external-link: ")
            && found[0].contains("/gone leads to a page that is not there"),
        "{}",
        found[0]
    );
    assert!(
        found[1].starts_with("seeds/links.md:11:1: note: unverified-link: ")
            && found[1].contains("/unwell could not be verified: its site answers 503"),
        "{}",
        found[1]
    );
    assert!(found[2].contains("http://127.0.0.1:1/ could not be verified"), "{}", found[2]);
    let mut asked = other.asked();
    asked.sort();
    assert_eq!(
        asked,
        [
            "GET /gone",
            "GET /no-heads",
            "GET /unwell",
            "HEAD /away",
            "HEAD /gone",
            "HEAD /moved",
            "HEAD /no-heads",
            "HEAD /there",
            "HEAD /unwell"
        ]
    );

    // What was there a moment ago is not asked again.
    check(&site).with_code(0);
    let mut again = other.asked();
    again.sort();
    assert_eq!(again, ["GET /gone", "GET /unwell", "HEAD /gone", "HEAD /unwell"]);
    assert!(site.has(".seedbed/links.json"));
}

#[test]
fn nobody_is_asked_without_the_flag() {
    let other = Other::new();
    let text =
        format!("---\ntitle: Links\ndate: 2020\n---\n\n[x](http://{}/gone)\n", other.address);
    let site = Site::of(&[("seeds/links.md", &text)]);
    site.run(&["check"]).with_code(0);
    assert!(other.asked().is_empty() && !site.has(".seedbed/links.json"));
}
