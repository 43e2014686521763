//! Listens on a port, and sends what it is told to show.

use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::mpsc::Sender;

use tokio::sync::watch as state;

use crate::serve::http;
use crate::serve::signal::Signal;
use crate::serve::site::Preview;

/// The port that is tried first.
pub(crate) const USUAL_PORT: u16 = 3000;

/// How many ports are tried after it.
const MORE_PORTS: u16 = 100;

/// Why nothing can be served.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ServeError {
    /// The address does not belong to this computer.
    #[error("`{0}` is not an address of this computer")]
    Host(String),
    /// The port is in use, or the system does not allow it.
    #[error("cannot listen on {address}: {cause}")]
    Listen {
        /// The address with its port.
        address: SocketAddr,
        /// Why not.
        cause: std::io::Error,
    },
    /// The system provides no threads or no network.
    #[error("cannot show the manual: {0}")]
    System(std::io::Error),
}

/// Shows a site to browsers until it is dropped.
pub(crate) struct Server {
    preview: state::Sender<Preview>,
    address: SocketAddr,
}

impl Server {
    /// Listens on `host`, which may be a name, and `port`; without a port, on the usual one or the next free one.
    /// Pressing Ctrl-C sends [`Signal::Stop`].
    ///
    /// # Errors
    /// When `host` is not an address of this computer, the port is in use, or the system fails.
    pub(crate) fn new(host: &str, port: Option<u16>, signals: Sender<Signal>) -> Result<Self, ServeError> {
        let listener = listen(host, port)?;
        let address = listener.local_addr().map_err(ServeError::System)?;
        listener.set_nonblocking(true).map_err(ServeError::System)?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(ServeError::System)?;
        let (preview, showing) = state::channel(Preview::default());
        let host = host.to_owned();
        std::thread::spawn(move || {
            runtime.block_on(http::serve(listener, showing, &host, move || drop(signals.send(Signal::Stop))));
        });
        Ok(Self { preview, address })
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Shows something else from now on.
    pub(crate) fn show(&self, preview: Preview) {
        self.preview.send_replace(preview);
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
