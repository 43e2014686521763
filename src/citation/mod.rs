//! Turns a bibliography and the citations of a manual into finished HTML: the text of each citation,
//! cut into linkable parts, and the reference list.
//!
//! Text goes in and values come out. This module knows nothing of files, chapters, diagnostics or
//! templates: who calls it reads the files, finds `[@key, p. 3]` in the chapters, reports unknown keys,
//! and decides where a part links to.
//!
//! hayagriva does the CSL work. What it leaves to be done stands in the files beside this one:
//! `bibliography` reads on after a mistake and repairs entries, `style` repairs styles,
//! `locator` understands `pp. 3-9`, `name_lists` finds works that hayagriva must not look at too closely, `format` arranges the work so that the result does
//! not depend on where in the manual a work is cited, and `html` writes markup that a strict
//! Content-Security-Policy allows.

mod bibliography;
mod format;
mod html;
mod locator;
mod marks;
mod name_lists;
mod style;

pub use bibliography::{Bibliography, BibliographyFormat, BibliographyMistake, read};
pub use format::{CitedWork, Cluster, Formatted, FormattedPart, FormattedReference, format};
pub use style::{Style, UnknownStyle, style_by_name, style_from_csl};

#[cfg(test)]
mod tests;
