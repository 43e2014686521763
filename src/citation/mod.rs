//! Turns a bibliography and the citations of a manual into finished HTML: the text of each citation,
//! cut into linkable parts, and the reference list.
//!
//! Text goes in and values come out. This module knows nothing about files, chapters, diagnostics or
//! templates: the caller reads the files, finds `[@key, p. 3]` in the chapters, reports unknown keys,
//! and decides where a part links to.
//!
//! hayagriva does the CSL work. The rest is done here:
//!
//! - `bibliography` continues after a mistake, and repairs entries.
//! - `style` finds a style, and repairs it.
//! - `locator` reads `pp. 3-9`.
//! - `name_lists` finds works that hayagriva must not look at too closely.
//! - `format` arranges the work so that the result does not depend on where in the manual a work is cited.
//! - `html` writes markup that a strict Content-Security-Policy allows.
//! - `marks` has the characters that go through hayagriva and are taken out again.
//!
//! # Who may use whom
//!
//! ```text
//! citation -> { bibliography, format, style }
//! format -> { bibliography, html, locator, marks, name_lists, style }
//! html -> marks
//! bibliography -> marks
//! ```
//!
//! In the table each file has its own name, and a `mod.rs` the name of its folder. An arrow reaches to the end of its line.

mod bibliography;
mod format;
mod html;
mod locator;
mod marks;
mod name_lists;
mod style;

pub(crate) use crate::citation::bibliography::Bibliography;
pub use crate::citation::bibliography::{BibliographyFormat, read};
pub(crate) use crate::citation::format::{CitedWork, Cluster, Formatted, FormattedPart, FormattedReference, format};
pub(crate) use crate::citation::style::{Style, style_by_name, style_from_csl};

#[cfg(test)]
mod tests;
