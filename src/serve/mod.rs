//! A site in memory, shown in browsers that follow its changes: for authors at work.
//!
//! [`Changes`] takes the files of a site as they are made, [`Site`] holds them, [`Server`] shows the last
//! [`Shown`] state of it, and [`watch::Watch`] tells of what happens to folders on disk. What belongs to following
//! is added to pages as they are sent, and is in no site that was built.

mod http;
pub mod watch;

use std::collections::{HashMap, HashSet};
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use serde::Serialize;
use tokio::sync::watch as state;

use crate::files::output::Output;

/// The port that is tried first.
pub const USUAL_PORT: u16 = 3000;

/// How many ports are tried after it.
const MORE_PORTS: u16 = 100;

/// What happened while somebody waits for it.
#[derive(Debug)]
pub enum Signal {
    /// Something may have changed on disk.
    Changed,
    /// The user wants an end.
    Stop,
}

/// A file of a site.
#[derive(Debug, Clone)]
pub(crate) enum File {
    /// Made, and held in memory.
    Made(Bytes),
    /// A file of the manual: films are large, and are sent from the disk.
    OfManual,
}

/// A site in memory: files by their paths in it. Copies share the files.
#[derive(Debug, Clone, Default)]
pub struct Site {
    files: HashMap<Arc<str>, File>,
    /// Where the files of the manual are.
    manual: PathBuf,
}

/// Takes the files of a site that are made anew.
#[derive(Debug)]
pub struct Changes {
    manual: PathBuf,
    files: Mutex<Vec<(Arc<str>, File)>>,
}

impl Changes {
    /// `manual` is where files come from that the site shows as they are.
    pub fn new(manual: PathBuf) -> Self {
        Self { manual, files: Mutex::default() }
    }

    fn add(&self, path: &str, file: File) {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).push((path.into(), file));
    }
}

impl Output for Changes {
    fn put(&self, path: &str, content: &[u8]) -> std::io::Result<()> {
        self.add(path, File::Made(Bytes::copy_from_slice(content)));
        Ok(())
    }

    fn copy(&self, path: &str) -> std::io::Result<()> {
        self.add(path, File::OfManual);
        Ok(())
    }
}

/// What became of a site by [`Changes`].
#[derive(Debug, Default, Clone, Copy)]
pub struct Changed {
    /// How many files are others.
    pub files: usize,
    /// How many of them are pages.
    pub pages: usize,
    /// Whether anything is other that pages are shown with: style sheets, scripts, pictures.
    pub beside: bool,
}

impl Changed {
    /// Whether anything is other than it was.
    pub fn any(self) -> bool {
        self.files > 0 || self.beside
    }
}

impl Site {
    /// Takes changes over, and lets go of files that are `gone`: of all others, if the changes are the `whole` site.
    pub fn take(&mut self, changes: Changes, gone: &[String], whole: bool) -> Changed {
        let mut changed = Changed::default();
        self.manual = changes.manual;
        let files = changes.files.into_inner().unwrap_or_else(PoisonError::into_inner);
        if whole {
            let made: HashSet<&str> = files.iter().map(|(path, _)| &**path).collect();
            self.files.retain(|path, file| {
                let stays = made.contains(&**path);
                if !stays {
                    changed.note(path, file);
                }
                stays
            });
        }
        for (path, file) in files {
            let is_same = match (self.files.get(&path), &file) {
                (Some(File::Made(old)), File::Made(new)) => old == new,
                (Some(File::OfManual), File::OfManual) => true,
                _ => false,
            };
            if !is_same {
                changed.note(&path, &file);
                self.files.insert(path, file);
            }
        }
        for path in gone {
            if let Some(file) = self.files.remove(path.as_str()) {
                changed.note(path, &file);
            }
        }
        changed
    }

    /// The pages, by their paths.
    pub fn pages(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().filter_map(|(path, file)| match file {
            File::Made(content) => Some((&**path, &**content)),
            File::OfManual => None,
        })
    }

    /// The files that come from the manual as they are, by their paths.
    pub fn of_manual(&self) -> impl Iterator<Item = &str> {
        self.files.iter().filter(|(_, file)| matches!(file, File::OfManual)).map(|(path, _)| &**path)
    }
}

impl Changed {
    /// Takes later changes in.
    pub fn add(&mut self, later: Self) {
        self.files += later.files;
        self.pages += later.pages;
        self.beside |= later.beside;
    }

    fn note(&mut self, path: &str, file: &File) {
        self.files += 1;
        if path.ends_with(".html") {
            self.pages += 1;
        } else if path.starts_with("static/") || matches!(file, File::OfManual) {
            // Data and the index of the search are asked for anew when they are wanted.
            self.beside = true;
        }
    }
}

/// A mistake, as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mistake {
    /// `error` or `warning`.
    pub severity: &'static str,
    /// As the terminal shows it.
    pub text: String,
}

/// What browsers are shown.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    /// The last good site; none if there was none yet.
    pub site: Option<Arc<Site>>,
    /// Grows with each change of the site.
    pub version: u64,
    /// The version in which something beside the pages changed last.
    pub beside: u64,
    /// What keeps the manual from being shown as it is now.
    pub mistakes: Arc<[Mistake]>,
    /// The path below which the site is to be published: the page for lost readers counts on it.
    pub base: Arc<str>,
}

/// Why nothing can be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address is none of this computer's.
    #[error("`{0}` is no address of this computer")]
    Host(String),
    /// The port is in use, or the system does not allow it.
    #[error("cannot listen on {address}: {cause}")]
    Listen {
        /// The address with its port.
        address: SocketAddr,
        /// Why not.
        cause: std::io::Error,
    },
    /// The system gives no threads or no network.
    #[error("cannot serve: {0}")]
    System(std::io::Error),
}

/// Shows a site to browsers until it is dropped.
pub struct Server {
    shown: state::Sender<Shown>,
    address: SocketAddr,
}

impl Server {
    /// Listens on `host`, which may be a name, and `port`; without a port on the usual one, or the next that is
    /// free. Pressing Ctrl-C sends [`Signal::Stop`].
    ///
    /// # Errors
    /// When `host` is no address of this computer, the port is taken, or the machine fails.
    pub fn new(host: &str, port: Option<u16>, signals: Sender<Signal>) -> Result<Self, ServeError> {
        let listener = listen(host, port)?;
        let address = listener.local_addr().map_err(ServeError::System)?;
        listener.set_nonblocking(true).map_err(ServeError::System)?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(ServeError::System)?;
        let (shown, showing) = state::channel(Shown::default());
        let host = host.to_owned();
        std::thread::spawn(move || {
            runtime.block_on(http::serve(listener, showing, &host, move || drop(signals.send(Signal::Stop))));
        });
        Ok(Self { shown, address })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Shows something else from now on.
    pub fn show(&self, shown: Shown) {
        self.shown.send_replace(shown);
    }
}

fn listen(host: &str, port: Option<u16>) -> Result<TcpListener, ServeError> {
    use std::net::ToSocketAddrs as _;
    let named = host.trim_start_matches('[').trim_end_matches(']');
    let address: IpAddr = match named.parse() {
        Ok(address) => address,
        Err(_) => {
            let found = (named, 0).to_socket_addrs().ok().and_then(|mut found| found.next());
            found.ok_or_else(|| ServeError::Host(host.to_owned()))?.ip()
        }
    };
    let first = port.unwrap_or(USUAL_PORT);
    let last = if port.is_some() { first } else { first + MORE_PORTS };
    let mut number = first;
    loop {
        let address = SocketAddr::new(address, number);
        match TcpListener::bind(address) {
            Ok(listener) => return Ok(listener),
            Err(cause) if cause.kind() == std::io::ErrorKind::AddrInUse && number < last => number += 1,
            Err(cause) if cause.kind() == std::io::ErrorKind::AddrNotAvailable => {
                return Err(ServeError::Host(host.to_owned()));
            }
            Err(cause) => return Err(ServeError::Listen { address, cause }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_takes_what_changed_and_says_what() {
        let changes = |files: &[(&str, &str)]| {
            let changes = Changes::new("m".into());
            files.iter().for_each(|(path, content)| changes.put(path, content.as_bytes()).expect("memory"));
            changes
        };
        let mut site = Site::default();
        let all = [("index.html", "a"), ("a/b.html", "b"), ("static/x.css", "c"), ("data/m.json", "d")];
        let changed = site.take(changes(&all), &[], false);
        assert!(changed.pages == 2 && changed.beside);
        assert!(!site.take(changes(&all), &[], false).any());
        let changed = site.take(changes(&[("index.html", "aa"), ("data/m.json", "dd")]), &[], false);
        assert!(changed.pages == 1 && !changed.beside);
        let changed = site.take(changes(&[]), &["a/b.html".into(), "never.html".into()], false);
        assert_eq!((changed.pages, site.pages().count()), (1, 3));
        let picture = changes(&[]);
        picture.copy("assets/a.png").expect("memory");
        assert!(site.take(picture, &[], false).beside);
        assert_eq!(site.of_manual().collect::<Vec<_>>(), ["assets/a.png"]);
        let changed = site.take(changes(&all[..1]), &[], true);
        assert!(changed.any() && site.files.len() == 1);
    }

    #[test]
    fn the_next_free_port_is_taken_but_never_another_than_asked_for() {
        let taken = listen("127.0.0.1", Some(0)).expect("a free port");
        let port = taken.local_addr().expect("an address").port();
        assert!(matches!(listen("127.0.0.1", Some(port)), Err(ServeError::Listen { .. })));
        assert!(matches!(listen("no such.host", None), Err(ServeError::Host(_))));
        let (first, second) = (listen("127.0.0.1", None).expect("a port"), listen("127.0.0.1", None).expect("a port"));
        let ports = [first, second].map(|listener| listener.local_addr().expect("an address").port());
        assert!(ports[0] < ports[1] && ports[0] >= USUAL_PORT, "{ports:?}");
    }
}
