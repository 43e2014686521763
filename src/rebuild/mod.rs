//! A manual built again and again, as it is worked on: each time only what changed.
//!
//! [`Rebuild`] remembers the manual as it was. A chapter is read again only if its file changed, and a
//! file of the site is made again only if it shows something that changed ([`crate::render::site::fingerprint`]).
//! What comes of it is, byte for byte, what a build from nothing gives.
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
