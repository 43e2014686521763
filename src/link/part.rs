//! Parts with their chapters, and chapters that were withdrawn.

use crate::link::place::ChapterIx;
use crate::model::chapter::Chapter;
use crate::model::kind::Kind;

/// A part with its chapters.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its title.
    pub title: String,
    /// Its folder, relative to the manual.
    pub folder: String,
    /// What its chapters are about.
    pub kind: Kind,
    /// A sentence under its title.
    pub summary: Option<String>,
    /// Its chapters, in order.
    pub chapters: Vec<ChapterIx>,
}

/// A chapter that was withdrawn: its page says so, and nothing else shows it.
#[derive(Debug)]
pub struct Withdrawn {
    /// The chapter.
    pub chapter: Chapter,
    /// The folder of its part, even if that has no other chapters; none outside of parts.
    pub folder: Option<String>,
    /// What to read instead.
    pub replaced_by: Vec<ChapterIx>,
}
