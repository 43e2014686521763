//! Shows a manual in browsers that follow its changes, for authors at work.
//!
//! A [`PreviewSession`] reads the manual and makes its site again and again, in memory. The script that follows changes
//! is added to pages as they are sent. It is not in any site that was built.
//!
//! # Who may use whom
//!
//! ```text
//! serve -> session -> { server, watch } -> signal
//! server -> http -> site
//!     session -> site
//!     server -> site
//! ```

mod http;
mod server;
mod session;
mod signal;
mod site;
mod watch;

pub(crate) use crate::serve::server::ServeError;
pub(crate) use crate::serve::session::{PreviewOptions, PreviewSession, ReportPrinter};
