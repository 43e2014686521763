//! Tests addresses on the web, and says what answers there.
//!
//! Only `check --external` asks for this. Each address is tested once in a run: first for its headers only, then for
//! its page if the server does not answer that well. One server gets only a few requests at the same time.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use ureq::http::{Response, header};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body};
use url::Url;

/// How addresses are tried.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ProbeOptions {
    /// How long one question may take.
    pub(crate) timeout: Duration,
    /// How often an address is tested again after no answer.
    pub(crate) retries: u32,
    /// How long to wait before the first repetition; then twice as long before the next.
    pub(crate) pause: Duration,
    /// How many are asked at the same time.
    pub(crate) at_once: usize,
    /// How many of these go to one server.
    pub(crate) of_one_server: usize,
}

impl Default for ProbeOptions {
    fn default() -> Self {
        let (timeout, pause) = (Duration::from_secs(15), Duration::from_millis(500));
        Self { timeout, retries: 2, pause, at_once: 16, of_one_server: 4 }
    }
}

/// The most redirects that are followed.
const MOST_STEPS: usize = 10;

/// What came of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    /// It is there.
    There,
    /// It exists, and says that it has moved permanently to another address.
    Moved(String),
    /// It is not there: the status that says so.
    Gone(u16),
    /// Its server answers only people, as many publishers' sites do: nothing is known.
    Refused(u16),
    /// No answer, and why.
    None(String),
}

/// Tests addresses, each once, without what follows a `#`. `tell` is called for each that is done.
pub(crate) fn answers(
    addresses: &BTreeSet<&str>,
    options: ProbeOptions,
    tell: impl Fn() + Sync,
) -> HashMap<String, Answer> {
    let config = Agent::config_builder()
        .timeout_global(Some(options.timeout))
        .http_status_as_error(false)
        .max_redirects(0)
        .user_agent(concat!("iptbook/", env!("CARGO_PKG_VERSION"), " (checks links)"))
        .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build());
    let agent = Agent::new_with_config(config.build());
    let mut of_servers: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    for address in addresses.iter().map(|address| without_fragment(address)).collect::<BTreeSet<_>>() {
        let server = Url::parse(address).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
        let lots = of_servers.entry(server).or_default();
        if lots.len() < options.of_one_server.max(1) {
            lots.push(Vec::new());
        }
        let shortest = lots.iter_mut().min_by_key(|lot| lot.len()).expect("there is one");
        shortest.push(address.to_owned());
    }
    let lots = Mutex::new(of_servers.into_values().flatten().collect::<Vec<_>>().into_iter());
    let found = Mutex::new(HashMap::new());
    thread::scope(|scope| {
        for _ in 0..options.at_once.max(1) {
            scope.spawn(|| {
                loop {
                    let lot = lots.lock().unwrap_or_else(PoisonError::into_inner).next();
                    let Some(lot) = lot else { return };
                    for address in lot {
                        let answer = answer(&agent, &address, options);
                        found.lock().unwrap_or_else(PoisonError::into_inner).insert(address, answer);
                        tell();
                    }
                }
            });
        }
    });
    found.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// An address as it is asked for.
pub(crate) fn without_fragment(address: &str) -> &str {
    address.split('#').next().unwrap_or_default()
}

fn answer(agent: &Agent, address: &str, options: ProbeOptions) -> Answer {
    let mut pause = options.pause;
    for _ in 0..options.retries {
        match once(agent, address) {
            Answer::None(_) => thread::sleep(pause),
            answer => return answer,
        }
        pause *= 2;
    }
    once(agent, address)
}

/// Requests an address, and those to which it redirects.
fn once(agent: &Agent, address: &str) -> Answer {
    let Ok(begin) = Url::parse(address) else { return Answer::None("this is not a web address".into()) };
    // Where it is for good: up to the first step that is for now only.
    let (mut at, mut for_good, mut steps_are_for_good) = (begin.clone(), begin.clone(), true);
    for _ in 0..MOST_STEPS {
        let response = match asked(agent, &at) {
            Ok(response) => response,
            Err(why) => return Answer::None(why),
        };
        let status = response.status().as_u16();
        let onward = response.headers().get(header::LOCATION).and_then(|location| location.to_str().ok());
        match status {
            301 | 302 | 303 | 307 | 308 => {
                let next = onward.and_then(|onward| at.join(onward).ok());
                let Some(next) = next.filter(|next| matches!(next.scheme(), "http" | "https")) else {
                    return Answer::None("it redirects to nothing".into());
                };
                steps_are_for_good &= matches!(status, 301 | 308);
                if steps_are_for_good {
                    for_good = next.clone();
                }
                at = next;
            }
            200..=399 if for_good == begin => return Answer::There,
            200..=399 => return Answer::Moved(for_good.into()),
            404 | 410 => return Answer::Gone(status),
            500..=599 => return Answer::None(format!("it answers {status}")),
            _ => return Answer::Refused(status),
        }
    }
    Answer::None(format!("it redirects more than {MOST_STEPS} times"))
}

/// Requests the headers, and the page if that gives no good answer: many servers answer only the latter.
fn asked(agent: &Agent, at: &Url) -> Result<Response<Body>, String> {
    match agent.head(at.as_str()).call() {
        Ok(response) if response.status().as_u16() < 400 => Ok(response),
        // Whoever cannot be reached at all is not asked twice.
        Err(error @ (ureq::Error::HostNotFound | ureq::Error::ConnectionFailed | ureq::Error::Timeout(_))) => {
            Err(why(&error))
        }
        _ => agent.get(at.as_str()).call().map_err(|error| why(&error)),
    }
}

fn why(error: &ureq::Error) -> String {
    match error {
        ureq::Error::HostNotFound => "there is no such server".into(),
        ureq::Error::ConnectionFailed => "its server accepts no connection".into(),
        ureq::Error::Timeout(_) => "its server does not answer in time".into(),
        ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::ConnectionRefused => {
            "its server accepts no connection".into()
        }
        error => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead as _, BufReader, Write as _};
    use std::net::TcpListener;
    use std::sync::Arc;

    use super::*;

    /// A server on this machine that answers with what `page` makes of method and path; and what it was asked.
    fn server(
        page: impl Fn(&str, usize) -> Option<String> + Send + Sync + 'static,
    ) -> (String, Arc<Mutex<Vec<String>>>) {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let root = format!("http://{}", listener.local_addr().expect("its address"));
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let heard = Arc::clone(&asked);
        let page = Arc::new(page);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (heard, page) = (Arc::clone(&heard), Arc::clone(&page));
                thread::spawn(move || {
                    let Ok(mut stream) = stream else { return };
                    let lines = BufReader::new(stream.try_clone().expect("both ways")).lines();
                    let head: Vec<String> = lines.map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
                    let Some(question) = head.first().map(|line| line.trim_end_matches(" HTTP/1.1").to_owned()) else {
                        return;
                    };
                    let before = {
                        let mut heard = heard.lock().expect("nobody panics in here");
                        heard.push(question.clone());
                        heard.iter().filter(|one| **one == question).count()
                    };
                    if let Some(answer) = page(&question, before) {
                        let answer = format!("HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                        let _ = stream.write_all(answer.as_bytes());
                    } else {
                        // Never, as far as anybody waits.
                        thread::sleep(Duration::from_secs(3));
                    }
                });
            }
        });
        (root, asked)
    }

    #[test]
    fn what_answers_and_what_does_not() {
        let (root, asked) = server(|question, times| {
            let (method, path) = question.split_once(' ').expect("a method and a path");
            Some(match (method, path) {
                (_, "/there" | "/new") => "200 OK".into(),
                ("HEAD", "/no-head") => "405 Method Not Allowed".into(),
                ("HEAD", "/false-head") => "404 Not Found".into(),
                (_, "/no-head" | "/false-head") => "200 OK".into(),
                (_, "/moved") => "301 Moved Permanently\r\nLocation: /new".into(),
                (_, "/for-now") => "302 Found\r\nLocation: new".into(),
                (_, "/now-then-good") => "302 Found\r\nLocation: /moved".into(),
                (_, "/good-then-now") => "308 Permanent Redirect\r\nLocation: /for-now".into(),
                (_, "/round") => "302 Found\r\nLocation: /round".into(),
                (_, "/gone") => "410 Gone".into(),
                (_, "/people") => "403 Forbidden".into(),
                (_, "/shaky") if times < 2 => "503 Service Unavailable".into(),
                (_, "/shaky") => "200 OK".into(),
                (_, "/down") => "500 Internal Server Error".into(),
                (_, "/to-a-file") => "302 Found\r\nLocation: file:///etc/passwd".into(),
                (_, "/slow") => return None,
                _ => "404 Not Found".into(),
            })
        });
        let free = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its address");
        let nobody = format!("http://{free}/");
        let wanted = [
            ("/there", Answer::There),
            ("/there#a", Answer::There),
            ("/no-head", Answer::There),
            ("/false-head", Answer::There),
            ("/moved", Answer::Moved(format!("{root}/new"))),
            ("/for-now", Answer::There),
            ("/now-then-good", Answer::There),
            ("/good-then-now", Answer::Moved(format!("{root}/for-now"))),
            ("/round", Answer::None("it redirects more than 10 times".into())),
            ("/gone", Answer::Gone(410)),
            ("/nothing", Answer::Gone(404)),
            ("/people", Answer::Refused(403)),
            ("/shaky", Answer::There),
            ("/down", Answer::None("it answers 500".into())),
            ("/to-a-file", Answer::None("it redirects to nothing".into())),
            ("/slow", Answer::None("its server does not answer in time".into())),
        ];
        let addresses: Vec<String> = wanted.iter().map(|(path, _)| format!("{root}{path}")).collect();
        let all: BTreeSet<&str> = addresses.iter().map(String::as_str).chain([nobody.as_str()]).collect();
        let (timeout, pause) = (Duration::from_millis(700), Duration::from_millis(5));
        let told = Mutex::new(0);
        let found = answers(&all, ProbeOptions { timeout, pause, ..ProbeOptions::default() }, || {
            *told.lock().expect("nobody panics in here") += 1;
        });
        for (address, (path, answer)) in addresses.iter().zip(&wanted) {
            assert_eq!(&found[without_fragment(address)], answer, "{path}");
        }
        assert_eq!(found[&nobody], Answer::None("its server accepts no connection".into()));
        assert_eq!(
            *told.lock().expect("nobody panics in here"),
            wanted.len(),
            "each address once, and the one of nobody"
        );
        let asked = asked.lock().expect("nobody panics in here");
        let times = |question: &str| asked.iter().filter(|one| *one == question).count();
        assert_eq!((times("HEAD /there"), times("GET /there")), (1, 0), "one question, and for the head only");
        assert_eq!((times("HEAD /gone"), times("GET /gone")), (1, 1), "what is gone is gone");
        assert_eq!((times("GET /shaky"), times("GET /down")), (1, 3), "what is down is asked again");
    }

    #[test]
    fn no_more_than_a_few_at_once() {
        let now = Arc::new(Mutex::new((0usize, 0usize)));
        let counted = Arc::clone(&now);
        let (root, _) = server(move |_, _| {
            {
                let mut now = counted.lock().expect("nobody panics in here");
                now.0 += 1;
                now.1 = now.1.max(now.0);
            }
            thread::sleep(Duration::from_millis(30));
            counted.lock().expect("nobody panics in here").0 -= 1;
            Some("200 OK".into())
        });
        let addresses: Vec<String> = (0..20).map(|number| format!("{root}/{number}")).collect();
        let all: BTreeSet<&str> = addresses.iter().map(String::as_str).collect();
        let found = answers(&all, ProbeOptions { of_one_server: 2, ..ProbeOptions::default() }, || {});
        assert!(found.len() == 20 && found.values().all(|answer| *answer == Answer::There));
        assert!(now.lock().expect("nobody panics in here").1 <= 2, "two at most at the same time");
    }
}
