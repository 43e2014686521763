//! Lists parts with their chapters, and chapters that were withdrawn.

use crate::link::place::ChapterIx;
use crate::model::chapter::Chapter;
use crate::model::kind::Kind;

/// A part with its chapters.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// Its title.
    pub(crate) title: String,
    /// Its folder, relative to the manual.
    pub(crate) folder: String,
    /// What its chapters are about.
    pub(crate) kind: Kind,
    /// A sentence under its title.
    pub(crate) summary: Option<String>,
    /// Its chapters, in order.
    pub(crate) chapters: Vec<ChapterIx>,
}

/// A chapter that was withdrawn: its page says so, and nothing else shows it.
#[derive(Debug)]
pub(crate) struct Withdrawn {
    /// The chapter.
    pub(crate) chapter: Chapter,
    /// The folder of its part, even if the part has no other chapters; none outside all parts.
    pub(crate) folder: Option<String>,
    /// What to read instead.
    pub(crate) replaced_by: Vec<ChapterIx>,
}
