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

pub mod cell;
pub mod control;
pub mod evidence;
pub mod matrix;
pub mod records;
pub mod session;
pub mod settings;
