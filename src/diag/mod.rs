//! Describes errors and warnings about a manual as plain values: every stage collects them, `cli/report.rs` shows them.
//!
//! A stage never prints and never stops at the first error. It adds [`Diagnostic`]s to a list and continues. The same
//! values become text for people, and JSON, SARIF or annotations for machines.
//!
//! # Who may use whom
//!
//! ```text
//! diag -> { code, codes, diagnostic, named, nearest }
//! named -> { code, codes, nearest }
//! codes -> code
//! diagnostic -> code
//! ```
//!
//! In the table each file has its own name, and this one the name of the folder. This file only re-exports what the others
//! define. They use each other by their full paths, and never use this file.

mod code;
mod codes;
mod diagnostic;
mod named;
mod nearest;

pub use code::{Code, Severity};
pub use codes::ALL;
pub(crate) use codes::*;
pub use diagnostic::{Diagnostic, Fix, Label, Reports, count, sort};
pub(crate) use named::codes_named;
pub(crate) use nearest::{NameList, nearest, nearest_few};
