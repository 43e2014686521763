//! Turns session summaries, findings, settings and lists of mappings into tables.
//!
//! # Who may use whom
//!
//! ```text
//! session -> cell
//! records
//! matrix -> settings
//! settings -> cell
//! evidence -> cell
//! control -> cell
//! ```

pub(crate) mod cell;
pub(crate) mod control;
pub(crate) mod evidence;
pub(crate) mod matrix;
pub(crate) mod records;
pub(crate) mod session;
pub(crate) mod settings;
