//! The pages of a site, one file a sort.

pub(crate) mod chapter;
pub(crate) mod frame;
pub(crate) mod kind;
pub(crate) mod made;
pub(crate) mod part;
pub(crate) mod print;
pub(crate) mod redirect;
pub(crate) mod sheet;

use crate::link::targets::Resolved;
use crate::render::address::paths;
use crate::render::page::frame::{Said, Site};
use crate::render::page::kind::{Page, What};
use crate::render::template::error::TemplateError;
use crate::render::view::link::{bare_link, blank};
use crate::render::view::types::*;

impl<'a> Site<'a> {
    /// Renders a page. `said` is shown what a chapter's page holds.
    ///
    /// # Errors
    /// When a template fails.
    pub(crate) fn render(&self, page: &Page, said: Said<'_>) -> Result<String, TemplateError> {
        let root = match page.what {
            What::NotFound => self.root_of_not_found(),
            _ => paths::root(&page.path),
        };
        match &page.what {
            What::Chapter(ix) => self.chapter(page, *ix, &root, said),
            What::Sheet(ix, sheet) => self.sheet(page, *ix, *sheet, &root),
            What::Part(part) => self.part(page, *part, &root),
            What::Redirect(to) => self.redirect(page, &root, |filler| match to {
                Resolved::Chapter(ix, _) => bare_link(filler, *ix),
                to => LinkView { url: filler.address(to), ..blank(&filler.title(to)) },
            }),
            What::SheetRedirect(ix, sheet) => self.redirect(page, &root, |filler| {
                let sheet = paths::sheet(self.book.page(*ix), sheet.name());
                LinkView { url: format!("{root}{}", paths::address(&sheet)), ..bare_link(filler, *ix) }
            }),
            What::Print => self.print(page),
            What::PrintedPart(at) => self.print_part(page, *at),
            What::PrintedGlossary => self.print_glossary(page),
            What::PrintedReferences => self.print_references(page),
            What::Sitemap => Ok(self.sitemap()),
            what => {
                let (name, content, contents) = self.made(what, &root)?;
                let title = match what {
                    What::Home => self.book.manual.settings.title.clone(),
                    What::Withdrawn(at) => self.book.manual.withdrawn[*at].chapter.title.clone(),
                    _ => self.book.words.get(&format!("page-{name}")).to_owned(),
                };
                self.layout(page, &root, &title, content, contents)
            }
        }
    }
}
