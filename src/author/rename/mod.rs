//! A chapter and a new id to all the places that have to change, as edits of texts.
//!
//! [`plan`] finds what names the chapter as the checks do, and edits nothing else: words that happen to be the
//! same stay. Whether the edited manual means the same is for the caller to check, by reading it again. What could
//! not be read ([`unread`]) may name the chapter where nothing finds it.
//!
//! # Who may use whom
//!
//! ```text
//! rename -> outcome -> edits
//! ```

mod edits;
mod outcome;

pub(crate) use crate::author::rename::edits::{MeaningChange, changes, file_and_line, plan, unread};
pub(crate) use crate::author::rename::outcome::{edited, new_reports, order};
