//! The preview to HTTP: built files, news of builds, and corrections from this machine only.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError};

use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Serialize;
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt};

use crate::commands::amend::amend;
use crate::commands::serve::answer::{Answer, answer, media_type};
use crate::commands::serve::inject::{Injected, inject};
use crate::commands::serve::preview::Preview;
use crate::commands::serve::review::{Said, reviewed, unmarked};
use crate::commands::serve::said::amendments;
use crate::pipeline::read;
use crate::pipeline::write::files::{Existing, write};
use crate::vocabulary::Kind;

/// What the server needs.
pub(super) struct Server {
    pub(super) preview: Preview,
    /// The file that corrections are written to.
    pub(super) entities: PathBuf,
}

type Shared = State<Arc<Server>>;

/// Every address of the preview.
pub(super) fn router(server: Arc<Server>) -> Router {
    let corrections = Router::new()
        .route("/__seedbed/name", get(name))
        .route("/__seedbed/names", get(names))
        .route("/__seedbed/said", post(said))
        .route("/__seedbed/unmarked", get(standing))
        .route("/__seedbed/undo", get(undoable).post(undo))
        .layer(middleware::from_fn_with_state(Arc::clone(&server), only_from_here));
    Router::new()
        .route("/__seedbed/news", get(news))
        .route("/__seedbed/trouble", get(trouble))
        .route("/__seedbed/preview.js", get(script))
        .route("/__seedbed/preview.css", get(style))
        .merge(corrections)
        .fallback(page)
        .with_state(server)
}

async fn script() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, media_type("preview.js"))], include_str!("preview.js"))
}

async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, media_type("preview.css"))], include_str!("preview.css"))
}

async fn page(State(server): Shared, uri: Uri, headers: HeaderMap) -> Response {
    let version = server.preview.version();
    let shown = server.preview.shown();
    // A foreign name that means this machine gets no token to correct names with.
    let token = server.preview.token.as_deref().filter(|_| loopback(&headers));
    let injected = Injected { version, token };
    let file = |path: &str| shown.stock.as_ref()?.file(path);
    // A search index of thousands of documents may take its time when it is first asked for.
    match tokio::task::block_in_place(|| answer(&file, uri.path())) {
        Answer::Moved(to) => {
            (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, to)]).into_response()
        }
        Answer::Missing(Some(bytes)) => {
            sent(StatusCode::NOT_FOUND, "404.html", inject(&bytes, injected))
        }
        Answer::Missing(None) => sent(
            StatusCode::NOT_FOUND,
            "404.html",
            inject(b"<title>Seedbed</title><body>Nothing is built yet.</body>", injected),
        ),
        Answer::Found(name, bytes) if media_type(&name).starts_with("text/html") => {
            sent(StatusCode::OK, &name, inject(&bytes, injected))
        }
        Answer::Found(name, bytes) => sent(StatusCode::OK, &name, bytes.to_vec()),
    }
}

fn sent(status: StatusCode, name: &str, bytes: Vec<u8>) -> Response {
    let headers = [(header::CONTENT_TYPE, media_type(name)), (header::CACHE_CONTROL, "no-store")];
    (status, headers, bytes).into_response()
}

/// The number of each build that is shown, the present one first.
async fn news(State(server): Shared) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let versions = WatchStream::new(server.preview.changes());
    Sse::new(versions.map(|it| Ok(Event::default().data(it.to_string()))))
        .keep_alive(KeepAlive::default())
}

async fn trouble(State(server): Shared) -> Response {
    Json(&server.preview.shown().trouble).into_response()
}

/// Lets through what comes from a page of this server in a browser on this machine: a loopback host (so that no foreign
/// name can be made to mean it) and the token that only its own pages have.
async fn only_from_here(State(server): Shared, request: Request, next: Next) -> Response {
    if from_here(request.headers(), server.preview.token.as_deref()) {
        return next.run(request).await;
    }
    (StatusCode::FORBIDDEN, "corrections are taken from pages of this preview only").into_response()
}

fn from_here(headers: &HeaderMap, token: Option<&str>) -> bool {
    let given = headers.get("x-seedbed-token").and_then(|it| it.to_str().ok());
    loopback(headers) && given.is_some() && given == token
}

fn loopback(headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let name = host
        .rsplit_once(':')
        .filter(|it| it.1.bytes().all(|b| b.is_ascii_digit()))
        .map_or(host, |it| it.0);
    matches!(name, "localhost" | "[::1]")
        || name.parse::<std::net::Ipv4Addr>().is_ok_and(|it| it.is_loopback())
}

/// Everything about one name.
async fn name(State(server): Shared, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let shown = server.preview.shown();
    let id = query.get("id").map_or("", String::as_str);
    match shown.site().and_then(|it| reviewed(it, id)) {
        Some(reviewed) => Json(reviewed).into_response(),
        None => (StatusCode::NOT_FOUND, "no such name: the site has changed").into_response(),
    }
}

/// Where words stand that are no name yet.
async fn standing(
    State(server): Shared,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    let shown = server.preview.shown();
    let words = query.get("words").map_or("", String::as_str);
    match shown.site() {
        Some(site) => Json(unmarked(site, words)).into_response(),
        None => (StatusCode::NOT_FOUND, "nothing is built yet").into_response(),
    }
}

/// A name that another may be the same as.
#[derive(Serialize)]
struct Choice<'a> {
    id: &'a str,
    name: &'a str,
    kind: Kind,
}

async fn names(State(server): Shared) -> Response {
    let shown = server.preview.shown();
    let entities = shown.site().map_or(&[][..], |it| &it.collection.entities);
    let choices = entities.iter().map(|it| Choice { id: &it.id, name: &it.name, kind: it.kind });
    Json(choices.collect::<Vec<_>>()).into_response()
}

/// What became of a correction.
#[derive(Serialize)]
struct Made {
    /// Whether anything was written.
    written: bool,
    /// How many corrections can be taken back.
    undo: usize,
    /// The lines of the vocabulary that went and came.
    lines: String,
}

/// How many corrections can be taken back, and what the last one wrote.
async fn undoable(State(server): Shared) -> Response {
    let undo = server.preview.undo.lock().unwrap_or_else(PoisonError::into_inner);
    let lines = undo.last().map_or(String::new(), |it| changed(&it.0, &it.1));
    Json(Made { written: false, undo: undo.len(), lines }).into_response()
}

/// The lines that went and those that came.
fn changed(before: &str, after: &str) -> String {
    let (old, new): (Vec<_>, Vec<_>) = (before.lines().collect(), after.lines().collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - same;
    let ends = old.iter().rev().zip(new.iter().rev()).take(rest);
    let tail = ends.take_while(|(a, b)| a == b).count();
    let marked = |mark, lines: &[&str]| -> String {
        lines.iter().map(|it| format!("{mark} {it}\n")).collect()
    };
    marked("-", &old[same..old.len() - tail]) + &marked("+", &new[same..new.len() - tail])
}

async fn said(State(server): Shared, Json(said): Json<Said>) -> Response {
    match correct(&server, &said) {
        Ok(made) => Json(made).into_response(),
        Err(message) => (StatusCode::CONFLICT, message).into_response(),
    }
}

async fn undo(State(server): Shared) -> Response {
    match take_back(&server) {
        Ok(made) => Json(made).into_response(),
        Err(message) => (StatusCode::CONFLICT, message).into_response(),
    }
}

/// Writes the correction; the watcher sees the file change and builds again.
fn correct(server: &Server, said: &Said) -> Result<Made, String> {
    let shown = server.preview.shown();
    let site = shown.site().ok_or("nothing is built yet")?;
    let amendments = amendments(site, said).ok_or("no such name: the site has changed")?;
    let before = read::file(&server.entities).map_err(|it| it.to_string())?.unwrap_or_default();
    let mut after = before.clone();
    for amendment in &amendments {
        after = amend(&after, amendment).map_err(|it| it.to_string())?;
    }
    let mut undo = server.preview.undo.lock().unwrap_or_else(PoisonError::into_inner);
    if after != before {
        write(&server.entities, after.as_bytes(), Existing::Replace)
            .map_err(|it| it.to_string())?;
        undo.push((before.clone(), after.clone()));
    }
    let lines = changed(&before, &after);
    Ok(Made { written: after != before, undo: undo.len(), lines })
}

/// Restores the text before the last correction, if nobody has changed the file since.
fn take_back(server: &Server) -> Result<Made, String> {
    let mut undo = server.preview.undo.lock().unwrap_or_else(PoisonError::into_inner);
    let (before, after) = undo.last().ok_or("there is nothing to take back")?;
    let now = read::file(&server.entities).map_err(|it| it.to_string())?.unwrap_or_default();
    if now != *after {
        return Err(
            "vocabulary/entities.yaml has been changed since: take it back by hand".to_owned()
        );
    }
    write(&server.entities, before.as_bytes(), Existing::Replace).map_err(|it| it.to_string())?;
    let lines = changed(after, before);
    undo.pop();
    Ok(Made { written: true, undo: undo.len(), lines })
}
