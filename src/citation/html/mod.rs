//! Turns hayagriva's element trees into HTML without `style` attributes.
//!
//! A tree becomes a list of runs, the runs are corrected, and then they are written. Nothing here knows the bibliography
//! or the style: the caller says which run belongs to which work.
//!
//! # Who may use whom
//!
//! ```text
//! html -> { additions, markup, punctuation, runs, split }
//! split -> runs
//! punctuation -> runs
//! markup -> runs
//! additions -> runs
//! ```

mod additions;
mod markup;
mod punctuation;
mod runs;
mod split;

pub(super) use crate::citation::html::additions::{EtAlWords, write_and, write_et_al, write_year_letter};
pub(super) use crate::citation::html::markup::{escape, write};
pub(super) use crate::citation::html::punctuation::clean;
pub(super) use crate::citation::html::runs::{TextRun, runs_of, runs_of_child};
pub(super) use crate::citation::html::split::{begins_with_label, split_author, split_brackets, split_label};
