//! Turns a chapter and its new id into edits of all the places that must change.
//!
//! [`plan`] finds what names the chapter in the same way as the checks, and edits nothing else: the same words in other
//! places stay. The caller reads the edited manual again, to check that it still means the same. A file that could not
//! be read ([`unread`]) may name the chapter without being found.
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
