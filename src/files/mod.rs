//! Keeps files as values: the texts of a manual, and what is known about its other files.
//!
//! Nothing here touches a disk. [`crate::load`] fills these values, everything else reads them.
//!
//! # Who may use whom
//!
//! ```text
//! theme
//! position -> source
//! source -> attachments
//! output
//! attachments -> relpath
//! cause
//! ```

pub mod attachments;
pub(crate) mod cause;
pub mod output;
pub(crate) mod position;
pub mod relpath;
pub mod source;
pub mod theme;
