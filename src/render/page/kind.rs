//! Names a page that is to be made, and its path.

use crate::link::place::ChapterIx;
use crate::link::targets::Resolved;
use crate::render::address::made::MadePage;
use crate::render::address::sheet::Sheet;

/// A page to make.
#[derive(Debug, Clone)]
pub(crate) struct PlannedPage {
    /// Its path in the site.
    pub(crate) path: String,
    pub(crate) kind: PageKind,
}

impl PlannedPage {
    /// Whether it is the page of a chapter.
    pub(crate) fn is_chapter(&self) -> bool {
        matches!(self.kind, PageKind::Chapter(_))
    }
}

/// What a page shows. This decides which function makes the page, and what the function gets.
#[derive(Debug, Clone)]
pub(crate) enum PageKind {
    Chapter(ChapterIx),
    /// A blank sheet of a chapter.
    Sheet(ChapterIx, Sheet),
    /// A part, by its place among the parts.
    Part(usize),
    Made(MadePage),
    /// A part of a large manual for paper, all its chapters on one page.
    PrintedPart(usize),
    /// A withdrawn chapter, by its place among those.
    Withdrawn(usize),
    /// An old address of a chapter.
    Redirect(Resolved),
    /// An old address of a chapter's blank sheet.
    SheetRedirect(ChapterIx, Sheet),
    Sitemap,
}
