//! The files of a site to a folder on disk: the old site or the new one, never a mixture.
//!
//! A site is made in a folder beside the one it is meant for and takes its place whole, in one step
//! where the system has one. Only a folder that an earlier run made (it left a marker) or an empty
//! one is ever replaced.
//!
//! Files for people to change ([`new`]) never take the place of others; texts of theirs
//! are changed together or not at all ([`rewrite`](mod@rewrite)).
//!
//! # Who may use whom
//!
//! ```text
//! staging -> { beside, system }
//! { beside, new, rewrite, staging } -> error
//! ```

mod beside;
mod error;
mod new;
mod rewrite;
mod staging;
mod system;

pub(crate) use crate::write::beside::wait_for_others;
pub(crate) use crate::write::error::WriteError;
pub(crate) use crate::write::new::{more_files, new_copies, new_files};
pub(crate) use crate::write::rewrite::{Rewrite, rewrite};
pub(crate) use crate::write::staging::{Staging, place_for_site};
