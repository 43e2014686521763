//! Builds a manual again and again while authors work on it: each time only what changed.
//!
//! [`Rebuild`] remembers the manual as it was. A chapter is read again only if its file changed. A file of the site is
//! made again only if it shows something that changed ([`crate::render::site::fingerprint`]). The result is, byte for
//! byte, the same as that of a build from nothing.
//!
//! # Who may use whom
//!
//! ```text
//! rebuild -> build -> check -> before
//! ```

mod before;
mod build;
mod check;

pub use crate::rebuild::before::EarlierState;
pub use crate::rebuild::build::{Rebuild, Rebuilt};
pub use crate::rebuild::check::check_again;
