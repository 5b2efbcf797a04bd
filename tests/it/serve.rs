//! The preview, over HTTP.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::site::Site;

/// A preview that ends with the test.
struct Preview {
    child: Child,
    address: String,
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// An answer of the server.
#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Preview {
    fn of(site: &Site) -> Preview {
        let mut child =
            site.command(&["serve", "--port", "0"]).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let line = lines
            .find(|it| it.as_ref().is_ok_and(|it| it.contains("preview at")))
            .unwrap()
            .unwrap();
        // What it says later must not fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        let address = line.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
        Preview { child, address }
    }

    fn ask(&self, request: &str, headers: &str, body: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let host = if headers.contains("Host:") {
            String::new()
        } else {
            format!("Host: {}\r\n", self.address)
        };
        let length = body.len();
        write!(stream, "{request} HTTP/1.1\r\n{host}{headers}Connection: close\r\nContent-Length: {length}\r\n\r\n{body}").unwrap();
        let mut text = Vec::new();
        stream.read_to_end(&mut text).unwrap();
        let text = String::from_utf8_lossy(&text).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_lowercase(), body: body.to_owned() }
    }

    fn get(&self, path: &str) -> Answer {
        self.ask(&format!("GET {path}"), "", "")
    }

    fn token(&self) -> String {
        self.get("/")
            .body
            .split("data-token=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned()
    }

    fn say(&self, path: &str, body: &str) -> Answer {
        let headers =
            format!("X-Seedbed-Token: {}\r\nContent-Type: application/json\r\n", self.token());
        self.ask(&format!("POST {path}"), &headers, body)
    }

    /// Waits until a page says something.
    #[track_caller]
    fn until(&self, path: &str, says: impl Fn(&str) -> bool) -> String {
        let begun = Instant::now();
        loop {
            let body = self.get(path).body;
            if says(&body) {
                return body;
            }
            assert!(begun.elapsed() < Duration::from_mins(1), "{path} still says {body}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

#[test]
fn serves_the_site_and_follows_changes() {
    let site = Site::small();
    let preview = Preview::of(&site);
    let home = preview.get("/");
    assert_eq!(home.status, 200);
    assert!(home.head.contains("content-type: text/html; charset=utf-8"), "{}", home.head);
    assert!(home.body.contains("/__seedbed/preview.js"));
    assert_eq!(preview.get("/documents").status, 308);
    assert_eq!(preview.get("/no/such/page/").status, 404);
    assert!(preview.get("/data/documents.json").head.contains("application/json"));

    site.write(
        "seeds/third.txt",
        "21 May 2021\n\nThe pier is closed\n\nThe Tidewater Harbour Board closed it.\n",
    );
    preview.until("/data/documents.json", |it| it.contains("The pier is closed"));
    std::fs::remove_file(site.path("seeds/third.txt")).unwrap();
    preview.until("/data/documents.json", |it| !it.contains("The pier is closed"));
    assert!(!site.has("public"), "a preview writes nothing");
}

#[test]
fn keeps_the_last_good_site_while_something_is_broken() {
    let site = Site::small();
    site.write("site.toml", "title = \"Good\"\n");
    let preview = Preview::of(&site);
    site.write("site.toml", "title = \"Better\"\ntitel = \"Bad\"\n");
    let trouble = preview.until("/__seedbed/trouble", |it| it != "[]");
    assert!(
        trouble.contains("site.toml:2:1") && trouble.contains("did you mean `title`?"),
        "{trouble}"
    );
    assert!(preview.get("/").body.contains("<title>Good"));
    site.write("site.toml", "title = \"Better\"\n");
    preview.until("/__seedbed/trouble", |it| it == "[]");
    assert!(preview.get("/").body.contains("<title>Better"));
}

#[test]
fn corrections_are_written_and_taken_back() {
    let site = Site::small();
    site.write("vocabulary/entities.yaml", "# Mine.\n");
    let preview = Preview::of(&site);
    let made = preview.say(
        "/__seedbed/said",
        r#"{"answer":"kind","entity":"tidewater-harbour-board","kind":"place"}"#,
    );
    let lines = r"+ - name: Tidewater Harbour Board\n+   kind: place\n";
    let written = format!(r#"{{"written":true,"undo":1,"lines":"{lines}"}}"#);
    assert_eq!((made.status, made.body), (200, written));
    assert_eq!(
        site.read("vocabulary/entities.yaml"),
        "# Mine.\n- name: Tidewater Harbour Board\n  kind: place\n"
    );
    preview.until("/data/entities.json", |it| {
        it.contains(r#""name":"Tidewater Harbour Board","kind":"place""#)
    });
    assert_eq!(preview.say("/__seedbed/undo", "{}").status, 200);
    assert_eq!(site.read("vocabulary/entities.yaml"), "# Mine.\n");
    assert_eq!(preview.say("/__seedbed/undo", "{}").status, 409);
}

#[test]
fn each_answer_makes_the_smallest_change() {
    const MINE: &str = "# Mine.\n- name: Pier Wardens # old\n  kind: organization\n";
    let site = Site::small();
    site.write("vocabulary/entities.yaml", MINE);
    site.write("seeds/third.txt", "The Pier Wardens met in Lisbon on 3 May 2021.\n");
    let preview = Preview::of(&site);
    let ours = "tidewater-harbour-board";
    let answers = [
        (
            format!(r#"{{"answer":"right","entity":"{ours}"}}"#),
            "+ - name: Tidewater Harbour Board|+   kind: organization|",
        ),
        (r#"{"answer":"right","entity":"pier-wardens"}"#.to_owned(), ""),
        (r#"{"answer":"hide","entity":"pier-wardens"}"#.to_owned(), "+   hidden: true|"),
        (
            r#"{"answer":"not","entity":"pier-wardens","phrases":["The Pier Wardens met","a"]}"#
                .to_owned(),
            "+   not: [The Pier Wardens met, a]|",
        ),
        (
            r#"{"answer":"rename","entity":"pier-wardens","name":"Wardens"}"#.to_owned(),
            "- - name: Pier Wardens # old|-   kind: organization|+ - name: Wardens # old|+   kind: organization|+   aliases: [Pier Wardens]|",
        ),
        (
            format!(
                r#"{{"answer":"same-as","entity":"{ours}","surface":"Tidewater Harbour Board","target":"pier-wardens"}}"#
            ),
            "+   aliases: [Tidewater Harbour Board]|",
        ),
        (
            r#"{"answer":"new","surface":"East Pier","kind":"place","not":["the East Pier"]}"#
                .to_owned(),
            "+ - name: East Pier|+   kind: place|+   not: [the East Pier]|",
        ),
    ];
    for (answer, lines) in answers {
        let made = preview.say("/__seedbed/said", &answer);
        assert_eq!(made.status, 200, "{answer}: {}", made.body);
        let told: serde_json::Value = serde_json::from_str(&made.body).unwrap();
        assert_eq!(told["lines"].as_str().unwrap().replace('\n', "|"), lines, "{answer}");
        if !lines.is_empty() {
            assert_eq!(preview.say("/__seedbed/undo", "{}").status, 200);
        }
        assert_eq!(site.read("vocabulary/entities.yaml"), MINE, "{answer}");
    }
}

#[test]
fn a_page_asked_for_by_a_foreign_name_has_no_token() {
    let preview = Preview::of(&Site::small());
    let page = preview.ask("GET /", "Host: evil.example\r\n", "").body;
    assert!(page.contains("/__seedbed/preview.js") && !page.contains("data-token"), "{page}");
}

#[test]
fn corrections_come_from_this_preview_only() {
    let site = Site::small();
    let preview = Preview::of(&site);
    let token = preview.token();
    let body = r#"{"answer":"hide","entity":"tidewater-harbour-board"}"#;
    let json = "Content-Type: application/json\r\n";
    let asked = |headers: String| {
        preview.ask("POST /__seedbed/said", &format!("{headers}{json}"), body).status
    };
    assert_eq!(asked(String::new()), 403);
    assert_eq!(asked("X-Seedbed-Token: 0\r\n".to_owned()), 403);
    assert_eq!(asked(format!("Host: evil.example\r\nX-Seedbed-Token: {token}\r\n")), 403);
    assert!(!site.has("vocabulary/entities.yaml"));
}

#[test]
fn a_port_that_is_taken_is_passed_over() {
    let site = Site::small();
    let first = Preview::of(&site);
    let port = first.address.rsplit(':').next().unwrap().to_owned();
    let mut second =
        site.command(&["serve", "--port", &port]).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(second.stderr.take().unwrap()).lines();
    let line =
        lines.find(|it| it.as_ref().is_ok_and(|it| it.contains("preview at"))).unwrap().unwrap();
    second.kill().unwrap();
    second.wait().unwrap();
    assert!(!line.contains(&format!(":{port}/")), "{line}");
}
