//! Lists the pages of a site.

use crate::link::targets::Resolved;
use crate::model::chapter::Chapter;
use crate::render::address::paths;
use crate::render::address::sheet::Sheet;
use crate::render::page::frame::Site;
use crate::render::page::kind::{Page, What};

impl<'a> Site<'a> {
    /// All pages, in the order of the site.
    pub(crate) fn pages(&self) -> Vec<Page> {
        let manual = self.book.manual;
        let page = |path: &str, what: What| Page { path: path.to_owned(), what };
        let mut pages = Vec::new();
        if manual.home.is_none() {
            pages.push(page("index.html", What::Home));
        }
        pages.extend(manual.iter().map(|(ix, _)| page(self.book.page(ix), What::Chapter(ix))));
        pages
            .extend(manual.parts.iter().enumerate().map(|(at, part)| page(&paths::part(&part.folder), What::Part(at))));
        pages.extend(manual.iter().filter_map(|(ix, chapter)| {
            let sheet = Sheet::of(chapter)?;
            Some(page(&paths::sheet(self.book.page(ix), sheet.name()), What::Sheet(ix, sheet)))
        }));
        let withdrawn: Vec<String> = manual.withdrawn.iter().map(paths::withdrawn).collect();
        pages.extend(withdrawn.iter().enumerate().map(|(at, path)| page(path, What::Withdrawn(at))));
        let redirects = |chapter: &Chapter, path: &str, to: Resolved| -> Vec<Page> {
            let aliases = chapter.common().aliases().iter();
            aliases
                .filter_map(|alias| Some(page(&paths::alias(path, &alias.value)?, What::Redirect(to.clone()))))
                .collect()
        };
        for (ix, chapter) in manual.iter() {
            let redirects = redirects(chapter, self.book.page(ix), Resolved::Chapter(ix, None));
            let sheets = Sheet::of(chapter).into_iter().flat_map(|sheet| {
                let old = |old: &Page| page(&paths::sheet(&old.path, sheet.name()), What::SheetRedirect(ix, sheet));
                redirects.iter().map(old).collect::<Vec<_>>()
            });
            pages.extend(sheets);
            pages.extend(redirects);
        }
        for (at, gone) in manual.withdrawn.iter().enumerate() {
            pages.extend(redirects(&gone.chapter, &withdrawn[at], Resolved::Withdrawn(at)));
        }
        pages.extend([
            page("session-summary.html", What::SessionSummary),
            page("evidence.html", What::Evidence),
            page("glossary.html", What::Glossary),
            page("references.html", What::References),
            page("references-to-check.html", What::ReferencesToCheck),
            page("contents.html", What::Contents),
            page("search.html", What::Search),
            page("document-control.html", What::DocumentControl),
            page("404.html", What::NotFound),
            page(paths::PRINT, What::Print),
        ]);
        if self.sections.are_apart() {
            let parts = (0..self.sections.parts.len()).map(|at| page(&paths::printed(at + 1), What::PrintedPart(at)));
            pages.extend(parts);
            pages.push(page(paths::PRINTED_GLOSSARY, What::PrintedGlossary));
            pages.push(page(paths::PRINTED_REFERENCES, What::PrintedReferences));
        }
        if manual.settings.base_url().is_some() {
            pages.push(page("sitemap.xml", What::Sitemap));
        }
        pages
    }
}
