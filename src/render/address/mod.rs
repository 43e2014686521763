//! Turns chapters, parts and other pages into paths, addresses and anchors. Nothing else makes these.
//!
//! A path is relative to the site. Every address in a page is relative, so that the site works from a disk and under
//! any path. [`made`] knows everything about the pages that the tool itself adds. [`taken`] reports two things that
//! want the same path.
//!
//! # Who may use whom
//!
//! ```text
//! taken -> { made, paths, sheet }
//! paths -> made
//! sheet
//! anchor
//! ```

pub(crate) mod anchor;
pub(crate) mod made;
pub(crate) mod paths;
pub(crate) mod sheet;
pub(crate) mod taken;
