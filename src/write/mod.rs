//! Writes the files of a site to a folder on disk: there is always the old site or the new one, never a mixture.
//!
//! A site is written to a folder beside its destination, and then takes that place as a whole, in one step if the
//! system can do that. Only an empty folder, or one that an earlier run made (it left a marker), is ever replaced.
//!
//! Files that people will change ([`new`]) never replace others. Texts that people wrote are changed together or not at
//! all ([`rewrite`](mod@rewrite)).
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
pub(crate) use crate::write::staging::{Staging, place_for_site, usual_site};
