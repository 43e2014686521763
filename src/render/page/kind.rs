//! Which page it is, and where it stands.

use crate::link::place::ChapterIx;
use crate::link::targets::Resolved;
use crate::render::address::sheet::Sheet;

/// A page to be made.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    /// Its path in the site.
    pub(crate) path: String,
    pub(crate) what: What,
}

impl Page {
    /// Whether it is the page of a chapter.
    pub(crate) fn is_chapter(&self) -> bool {
        matches!(self.what, What::Chapter(_))
    }
}

#[derive(Debug, Clone)]
pub(crate) enum What {
    Chapter(ChapterIx),
    Sheet(ChapterIx, Sheet),
    Part(usize),
    Home,
    SessionSummary,
    Evidence,
    Glossary,
    References,
    ReferencesToCheck,
    Contents,
    Search,
    DocumentControl,
    NotFound,
    /// The whole manual on one page, or the way to its parts.
    Print,
    /// A part of a large manual, all its chapters on one page.
    PrintedPart(usize),
    PrintedGlossary,
    PrintedReferences,
    /// What stands where a chapter was that was withdrawn.
    Withdrawn(usize),
    Redirect(Resolved),
    /// Where a chapter's blank sheet was.
    SheetRedirect(ChapterIx, Sheet),
    Sitemap,
}
