//! Lists the pages of a site.

use crate::link::targets::Resolved;
use crate::model::chapter::Chapter;
use crate::render::address::made::{MadePage, SITEMAP};
use crate::render::address::paths;
use crate::render::address::sheet::Sheet;
use crate::render::page::frame::PageMaker;
use crate::render::page::kind::{PageKind, PlannedPage};

impl<'a> PageMaker<'a> {
    /// All pages, in the order of the site.
    pub(crate) fn pages(&self) -> Vec<PlannedPage> {
        let manual = self.context.manual;
        let page = |path: &str, kind: PageKind| PlannedPage { path: path.to_owned(), kind };
        let made = |made: MadePage| page(made.path(), PageKind::Made(made));
        let (home, others): (Vec<MadePage>, Vec<MadePage>) =
            MadePage::of(manual).partition(|page| *page == MadePage::Home);
        let mut pages: Vec<PlannedPage> = home.into_iter().map(made).collect();
        pages.extend(manual.iter().map(|(ix, _)| page(self.context.page(ix), PageKind::Chapter(ix))));
        pages.extend(
            manual.parts.iter().enumerate().map(|(at, part)| page(&paths::part(&part.folder), PageKind::Part(at))),
        );
        pages.extend(manual.iter().filter_map(|(ix, chapter)| {
            let sheet = Sheet::of(chapter)?;
            Some(page(&paths::sheet(self.context.page(ix), sheet.name()), PageKind::Sheet(ix, sheet)))
        }));
        let withdrawn: Vec<String> = manual.withdrawn.iter().map(paths::withdrawn).collect();
        pages.extend(withdrawn.iter().enumerate().map(|(at, path)| page(path, PageKind::Withdrawn(at))));
        let redirects = |chapter: &Chapter, path: &str, to: Resolved| -> Vec<PlannedPage> {
            let aliases = chapter.common().aliases().iter();
            aliases
                .filter_map(|alias| Some(page(&paths::alias(path, &alias.value)?, PageKind::Redirect(to.clone()))))
                .collect()
        };
        for (ix, chapter) in manual.iter() {
            let redirects = redirects(chapter, self.context.page(ix), Resolved::Chapter(ix, None));
            let sheets = Sheet::of(chapter).into_iter().flat_map(|sheet| {
                let old = |old: &PlannedPage| {
                    page(&paths::sheet(&old.path, sheet.name()), PageKind::SheetRedirect(ix, sheet))
                };
                redirects.iter().map(old).collect::<Vec<_>>()
            });
            pages.extend(sheets);
            pages.extend(redirects);
        }
        for (at, gone) in manual.withdrawn.iter().enumerate() {
            pages.extend(redirects(&gone.chapter, &withdrawn[at], Resolved::Withdrawn(at)));
        }
        pages.extend(others.into_iter().map(made));
        if self.sections.are_apart() {
            let parts = 0..self.sections.parts.len();
            pages.extend(parts.map(|at| page(&paths::printed(at + 1), PageKind::PrintedPart(at))));
        }
        if manual.settings.base_url().is_some() {
            pages.push(page(SITEMAP, PageKind::Sitemap));
        }
        pages
    }
}
