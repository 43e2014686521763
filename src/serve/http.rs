//! Turns requests into answers.

use std::convert::Infallible;
use std::future::IntoFuture as _;
use std::net::{IpAddr, TcpListener};
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_TYPE, HOST, HeaderName, HeaderValue, LOCATION, RANGE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{Method, StatusCode, Uri};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use memchr::memmem;
use mime_guess::Mime;
use percent_encoding::percent_decode_str;
use serde_json::json;
use tokio::sync::watch;
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::WatchStream;
use tower_http::services::ServeFile;

use crate::render::address::made::{MadePage, is_page};
use crate::render::address::paths;
use crate::serve::site::{Preview, Site, SiteFile};

/// The script that makes a page follow changes. No file of a site begins with a dot.
const SCRIPT_PATH: &str = "/.iptbook/live.js";

/// Where pages hear of changes.
const EVENTS_PATH: &str = "/.iptbook/live";

const SCRIPT: &str = include_str!("live.js");

/// What is shown as long as there is no good site.
const NO_SITE: &str = "<!DOCTYPE html><html lang=\"en\" data-none><head><meta charset=\"utf-8\"><title>iptbook</title></head>\
     <body><p>There is no site yet, because the manual has errors.</p></body></html>";

/// Other sites must not include what is shown here, such as pictures or scripts: `Cross-Origin-Resource-Policy`.
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// What all answers depend on.
#[derive(Clone)]
struct ServerState {
    preview: watch::Receiver<Preview>,
    /// The name on which the server listens: requests may use it.
    host: Arc<str>,
    /// Tells this run from others.
    run: u32,
}

/// Answers requests as long as there is something to show. `stop` gets a signal when the user wants to stop.
pub(super) async fn serve(listener: TcpListener, preview: watch::Receiver<Preview>, host: &str, stop: impl Fn()) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return stop() };

    let mut ends = preview.clone();

    let answers = axum::serve(listener, router(preview, host)).into_future();

    let stopping = asked_to_stop();

    tokio::pin!(answers, stopping);

    let mut stopped = false;

    loop {
        tokio::select! {
            // Ends never by itself.
            _ = &mut answers => return,
            () = &mut stopping, if !stopped => {
                stopped = true;
                stop();
            }
            changed = ends.changed() => if changed.is_err() { return },
        }
    }
}

/// Waits until the user presses Ctrl-C, or the system asks the program to stop.
async fn asked_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut ended) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = ended.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

/// What is answered to whom.
fn router(preview: watch::Receiver<Preview>, host: &str) -> Router {
    let serving = ServerState { preview, host: host.into(), run: std::process::id() };
    Router::new()
        .route(SCRIPT_PATH, get(script))
        .route(EVENTS_PATH, get(events))
        .fallback(file)
        .layer(axum::middleware::from_fn_with_state(serving.clone(), guarded))
        .with_state(serving)
}

/// Answers no request for a name that is not ours: that is how other websites could read the manual (DNS rebinding). It
/// also tells browsers to keep nothing, and other sites to include nothing.
async fn guarded(State(serving): State<ServerState>, request: Request, next: axum::middleware::Next) -> Response {
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    let mut response = if host.is_some_and(|host| is_ours(host, &serving.host)) {
        next.run(request).await
    } else {
        let why = "This is a preview by iptbook. It answers only at the address that iptbook has printed.\n";
        (StatusCode::FORBIDDEN, why).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(RESOURCE_POLICY, HeaderValue::from_static("same-origin"));
    response
}

/// Whether the name in a request can only mean us: an address, which nobody can redirect, this computer, or what we
/// were told to listen on.
fn is_ours(asked: &str, host: &str) -> bool {
    let name = match asked.strip_prefix('[') {
        Some(address) => address.split_once(']').map_or(address, |(address, _)| address),
        None => asked.rsplit_once(':').map_or(asked, |(name, _)| name),
    };
    name.parse::<IpAddr>().is_ok() || name.eq_ignore_ascii_case("localhost") || name.eq_ignore_ascii_case(host)
}

async fn script() -> Response {
    ([(CONTENT_TYPE, "text/javascript; charset=utf-8")], SCRIPT).into_response()
}

/// Tells a page of the present state, and of each that follows.
async fn events(State(serving): State<ServerState>) -> Response {
    let run = serving.run;
    let stream = WatchStream::new(serving.preview).map(move |preview| {
        let told = json!({
            "run": run,
            "version": preview.version,
            "beside": preview.beside,
            "mistakes": *preview.mistakes,
        });
        Ok::<_, Infallible>(Event::default().data(told.to_string()))
    });
    Sse::new(stream).keep_alive(KeepAlive::default()).into_response()
}

/// A file of the site.
async fn file(State(serving): State<ServerState>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET, HEAD")]).into_response();
    }
    let (site, live) = {
        let preview = serving.preview.borrow();
        let live = LiveState { run: serving.run, version: preview.version, is_anywhere: false };
        (preview.site.clone().map(|site| (site, Arc::clone(&preview.base))), live)
    };
    let Some((site, base)) = site else {
        return (StatusCode::SERVICE_UNAVAILABLE, page(NO_SITE.as_bytes(), live)).into_response();
    };
    match find(&site, &base, request.uri()) {
        Resource::File(path, SiteFile::Made(content)) => made_file(path, content, live),
        Resource::File(path, SiteFile::OfManual) => of_manual(&site, path, request).await,
        Resource::Folder(mut path) => {
            path.extend(request.uri().query().into_iter().flat_map(|query| ["?", query]));
            (StatusCode::TEMPORARY_REDIRECT, [(LOCATION, path)]).into_response()
        }
        Resource::Nothing => match site.files.get(MadePage::NotFound.path()) {
            Some(SiteFile::Made(content)) => {
                // Without an address to be published at, its links count on the top of the site.
                let live = LiveState { is_anywhere: base.is_empty(), ..live };
                (StatusCode::NOT_FOUND, page(content, live)).into_response()
            }
            _ => StatusCode::NOT_FOUND.into_response(),
        },
    }
}

/// A file of the manual, if it still is one: a link that leads out of the manual may have replaced it.
async fn of_manual(site: &Site, path: &str, mut request: Request) -> Response {
    let place = site.manual.canonicalize().and_then(|manual| {
        let place = manual.join(path).canonicalize()?;
        let size = place.metadata()?.len();
        Ok(place.starts_with(manual).then_some((place, size)))
    });
    let Ok(Some((place, size))) = place else { return StatusCode::NOT_FOUND.into_response() };
    if request.headers().get(RANGE).is_some_and(|range| !is_one_range(range, size)) {
        request.headers_mut().remove(RANGE);
    }
    // Knows ranges and types, and sends large files piece by piece.
    match ServeFile::new_with_mime(place, &kind_of(path)).try_call(request).await {
        Ok(response) => response.map(Body::new),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Whether [`ServeFile`] answers a range correctly: it must be in bytes, and must not ask for more of the end than
/// there is. Any other range may be ignored (RFC 9110, 14.2).
fn is_one_range(range: &HeaderValue, size: u64) -> bool {
    let range = range.to_str().ok().and_then(|range| range.trim().strip_prefix("bytes="));
    let Some((first, last)) = range.and_then(|range| range.split_once('-')) else { return false };
    let number = |text: &str| text.parse::<u64>().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
    match (first, last) {
        ("", last) => number(last).is_some_and(|last| last <= size),
        (first, "") => number(first).is_some(),
        (first, last) => number(first).zip(number(last)).is_some_and(|(first, last)| first <= last),
    }
}

/// What an address means.
enum Resource<'a> {
    /// A file, by its path.
    File(&'a str, &'a SiteFile),
    /// A folder without the slash that its pages need; the address with the slash.
    Folder(String),
    /// Nothing that the site has.
    Nothing,
}

/// Looks up an address among the files of the site. It cannot mean any other file.
fn find<'a>(site: &'a Site, base: &str, address: &Uri) -> Resource<'a> {
    let asked = address.path();
    let asked = asked.strip_prefix(base).filter(|rest| !base.is_empty() && rest.starts_with('/')).unwrap_or(asked);
    let Ok(path) = percent_decode_str(asked.trim_start_matches('/')).decode_utf8() else { return Resource::Nothing };
    let path = if path.is_empty() || path.ends_with('/') { MadePage::Home.address(&path) } else { path.into_owned() };
    if let Some((path, file)) = site.files.get_key_value(path.as_str()) {
        return Resource::File(path, file);
    }
    if site.files.contains_key(paths::part(&path).as_str()) {
        // Two slashes would lead to another computer.
        return Resource::Folder(format!("/{}/", asked.trim_matches('/')));
    }
    Resource::Nothing
}

fn made_file(path: &str, content: &Bytes, live: LiveState) -> Response {
    if is_page(path) {
        return page(content, live);
    }
    ([(CONTENT_TYPE, kind_of(path).to_string())], content.clone()).into_response()
}

/// The type of a file, by its name; texts are UTF-8.
fn kind_of(path: &str) -> Mime {
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let is_text = kind.type_() == "text" || ["javascript", "json", "xml", "svg"].contains(&kind.subtype().as_str());
    if is_text { format!("{kind}; charset=utf-8").parse().unwrap_or(kind) } else { kind }
}

/// What a page that follows has to know.
#[derive(Clone, Copy)]
struct LiveState {
    run: u32,
    version: u64,
    /// Whether the page is shown at any address, although its links are those of a page at the top.
    is_anywhere: bool,
}

/// A page, made to follow changes.
fn page(html: &[u8], live: LiveState) -> Response {
    ([(CONTENT_TYPE, "text/html; charset=utf-8")], following(html, live)).into_response()
}

/// Adds the script to a page's head, and lets the page ask this server for changes.
fn following(html: &[u8], live: LiveState) -> Vec<u8> {
    /// How the policy of a page begins: of two rules on the same thing the first one counts.
    const POLICY: &[u8] = b"http-equiv=\"Content-Security-Policy\" content=\"";
    const MAY_ASK: &[u8] = b"connect-src 'self'; ";
    const NOT_ANYWHERE: &[u8] = b"base-uri 'none'";
    const ANYWHERE: &[u8] = b"base-uri 'self'";
    const HEAD: &[u8] = b"<head>";
    let mut sent = Vec::with_capacity(html.len() + 200);
    let Some(head) = memmem::find(html, HEAD).map(|at| at + HEAD.len()) else { return html.to_vec() };
    let LiveState { run, version, is_anywhere } = live;
    sent.extend_from_slice(&html[..head]);
    if is_anywhere {
        sent.extend_from_slice(b"<base href=\"/\">");
    }
    let script = format!("<script src=\"{SCRIPT_PATH}\" data-run=\"{run}\" data-version=\"{version}\" defer></script>");
    sent.extend_from_slice(script.as_bytes());
    let rest = &html[head..];
    let policy = memmem::find(rest, POLICY).map_or(0, |at| at + POLICY.len());
    sent.extend_from_slice(&rest[..policy]);
    if policy > 0 {
        sent.extend_from_slice(MAY_ASK);
    }
    let (mut rest, forbidden) = (&rest[policy..], memmem::find(&rest[policy..], NOT_ANYWHERE));
    if let Some(at) = forbidden.filter(|_| is_anywhere) {
        sent.extend_from_slice(&rest[..at]);
        sent.extend_from_slice(ANYWHERE);
        rest = &rest[at + NOT_ANYWHERE.len()..];
    }
    sent.extend_from_slice(rest);
    sent
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::output::Output as _;
    use crate::serve::site::ChangedFiles;

    #[test]
    fn only_names_that_nobody_can_redirect_are_answered() {
        for ours in ["127.0.0.1:3000", "localhost:3000", "LOCALHOST", "[::1]:3000", "192.168.1.7:3000", "ward.local:1"]
        {
            assert!(is_ours(ours, "ward.local"), "{ours}");
        }
        for foreign in ["evil.example:3000", "localhost.evil.example", "127.0.0.1.evil.example:80", "", ":3000"] {
            assert!(!is_ours(foreign, "127.0.0.1"), "{foreign}");
        }
    }

    #[test]
    fn a_range_that_is_none_is_passed_over() {
        for (range, is_one) in [
            ("bytes=0-0", true),
            ("bytes=5-", true),
            ("bytes=-10", true),
            ("bytes=200-300", true),
            ("bytes=-11", false),
            ("bytes=0-0,5-6", false),
            ("bytes=6-5", false),
            ("bytes=+1-2", false),
            ("bytes=abc", false),
            ("items=0-5", false),
            ("bytes=-", false),
        ] {
            assert_eq!(is_one_range(&HeaderValue::from_static(range), 10), is_one, "{range}");
        }
    }

    #[test]
    fn addresses_mean_files_of_the_site_and_nothing_else() {
        let changes = ChangedFiles::new("m".into());
        for path in ["index.html", "a/index.html", "a/b c.html", "404.html"] {
            changes.put(path, path.as_bytes()).expect("memory");
        }
        let mut site = Site::default();
        site.take(changes, &[], true);
        let found = |address: &str| match find(&site, "/guide", &address.parse().expect("an address")) {
            Resource::File(path, _) => path.to_owned(),
            Resource::Folder(path) => format!("-> {path}"),
            Resource::Nothing => "none".into(),
        };
        for (address, file) in [
            ("/", "index.html"),
            ("/a/", "a/index.html"),
            ("/a", "-> /a/"),
            ("//a", "-> /a/"),
            ("/a/b%20c.html?x=1", "a/b c.html"),
            ("/guide/a/", "a/index.html"),
            ("/guidea/", "none"),
            ("/../Cargo.toml", "none"),
            ("/a/%2e%2e/index.html", "none"),
            ("/a%2Findex.html", "a/index.html"),
            ("/%FF", "none"),
            ("/c:%5Cwindows", "none"),
        ] {
            assert_eq!(found(address), file, "{address}");
        }
    }

    #[test]
    fn a_page_gets_the_script_and_may_ask_and_is_otherwise_as_it_is() {
        let html = "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" \
                    content=\"default-src 'none'; base-uri 'none'\"></head><body>a</body></html>";
        let live = LiveState { run: 7, version: 3, is_anywhere: false };
        let sent = String::from_utf8(following(html.as_bytes(), live)).expect("text");
        let script = "<script src=\"/.iptbook/live.js\" data-run=\"7\" data-version=\"3\" defer></script>";
        assert!(sent.contains(script));
        assert_eq!(sent.replace(script, "").replace("connect-src 'self'; ", ""), html);
        assert_eq!(following(b"no head", live), b"no head");
        let live = LiveState { is_anywhere: true, ..live };
        let sent = String::from_utf8(following(html.as_bytes(), live)).expect("text");
        assert!(
            sent.contains("<head><base href=\"/\"><script") && sent.contains("default-src 'none'; base-uri 'self'\"")
        );
    }
}
