//! Turns views into pages with the theme's templates: one file for each sort of page.
//!
//! [`kind`] says which page it is, [`frame`] adds what is around the content of every page, and
//! [`PageMaker::render`](frame::PageMaker::render) finds the function that makes it.
//!
//! # Who may use whom
//!
//! ```text
//! page -> { frame, kind }
//! chapter -> { frame, kind }
//! made -> { frame, kind }
//! part -> { frame, kind }
//! print -> { frame, kind }
//! redirect -> { frame, kind }
//! sheet -> { frame, kind }
//! withdrawn -> { frame, kind }
//! frame -> kind
//! ```

pub(crate) mod chapter;
pub(crate) mod frame;
pub(crate) mod kind;
pub(crate) mod made;
pub(crate) mod part;
pub(crate) mod print;
pub(crate) mod redirect;
pub(crate) mod sheet;
pub(crate) mod withdrawn;

use crate::link::targets::Resolved;
use crate::render::address::made::MadePage;
use crate::render::address::paths;
use crate::render::page::frame::{ChapterListener, PageMaker};
use crate::render::page::kind::{PageKind, PlannedPage};
use crate::render::template::error::TemplateError;
use crate::render::view::link::{bare_link, blank};
use crate::render::view::types::*;

impl<'a> PageMaker<'a> {
    /// Renders a page. `listener` notes what a chapter's page says.
    ///
    /// # Errors
    /// When a template fails.
    pub(crate) fn render(&self, page: &PlannedPage, listener: ChapterListener<'_>) -> Result<String, TemplateError> {
        let root = match page.kind {
            PageKind::Made(MadePage::NotFound) => self.root_of_not_found(),
            _ => paths::root(&page.path),
        };
        match &page.kind {
            PageKind::Chapter(ix) => self.chapter(page, *ix, &root, listener),
            PageKind::Sheet(ix, sheet) => self.sheet(page, *ix, *sheet, &root),
            PageKind::Part(part) => self.part(page, *part, &root),
            PageKind::Made(made) => self.made_page(page, *made, &root),
            PageKind::PrintedPart(at) => self.print_part(page, *at),
            PageKind::Withdrawn(at) => self.withdrawn(page, *at, &root),
            PageKind::Redirect(to) => self.redirect(page, &root, |renderer| match to {
                Resolved::Chapter(ix, _) => bare_link(renderer, *ix),
                to => LinkView { url: renderer.address(to), ..blank(&renderer.title(to)) },
            }),
            PageKind::SheetRedirect(ix, sheet) => self.redirect(page, &root, |renderer| {
                let sheet = paths::sheet(self.context.page(*ix), sheet.name());
                LinkView { url: format!("{root}{}", paths::address(&sheet)), ..bare_link(renderer, *ix) }
            }),
            PageKind::Sitemap => Ok(self.sitemap()),
        }
    }
}
