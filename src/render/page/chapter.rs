//! Makes the page of a chapter.
//!
//! A user's own theme may leave out sections of a chapter. Only the finished HTML shows which, so the table of contents
//! looks for its anchors there.

use crate::link::place::ChapterIx;
use crate::render::page::frame::{ChapterListener, PageMaker};
use crate::render::page::kind::PlannedPage;
use crate::render::template::error::TemplateError;
use crate::render::template::escaped;
use crate::render::text::renderer::Renderer;
use crate::render::view::chapter::ChapterView;
use crate::render::view::link::bare_link;
use crate::render::view::types::*;
use crate::render::view::{chapter, contents, glossary_and_references};

impl<'a> PageMaker<'a> {
    /// The page of a chapter. `listener` notes what the page says.
    ///
    /// # Errors
    /// When a template fails.
    pub(crate) fn chapter(
        &self,
        page: &PlannedPage,
        ix: ChapterIx,
        root: &str,
        listener: ChapterListener<'_>,
    ) -> Result<String, TemplateError> {
        let manual = self.context.manual;
        let chapter = manual.chapter(ix);
        let renderer = Renderer::page(self.context, root, &chapter.source);
        let view = chapter::chapter(&renderer, self.templates, ix)?;
        listener(ix, &view);
        let content = self.content(&view)?;
        let mut values = self.values(page, root, &renderer)?;
        let mut page_view = self.page_view(page, &chapter.title, self.context.summary(ix).to_owned(), Some(chapter));
        page_view.review_due.clone_from(&view.review_due);
        values.insert("page", &page_view);
        values.insert("content_html", &content);
        values.insert("breadcrumb", &self.breadcrumb(ix, root));
        // The home page shows the way to other pages, not to its own headings.
        let is_home = manual.home == Some(ix);
        let mut contents = if is_home { Vec::new() } else { contents::contents(&renderer, chapter, &view) };
        if self.templates.are_own() {
            // Such a template may leave sections out.
            contents.retain(|entry| content.contains(&format!("id=\"{}\"", escaped(&entry.id))));
        }
        values.insert("contents", &contents);
        let neighbour = |ix: Option<u32>| {
            ix.filter(|ix| (*ix as usize) < manual.chapters.len()).map(|ix| bare_link(&renderer, ChapterIx(ix)))
        };
        values.insert("previous", &neighbour(ix.0.checked_sub(1)));
        values.insert("next", &neighbour(ix.0.checked_add(1)));
        let terms: Vec<TermView> =
            renderer.terms().into_iter().map(|term| glossary_and_references::term(&renderer, term)).collect();
        values.insert("terms", &terms);
        self.templates.render("page", &values)
    }

    /// What a chapter's page shows between the navigation above and below.
    ///
    /// # Errors
    /// When the template of its kind fails.
    pub(crate) fn content(&self, view: &ChapterView) -> Result<String, TemplateError> {
        let mut values = self.templates.values();
        values.insert("chapter", view);
        self.templates.render(&format!("kinds/{}", view.kind), &values)
    }
}
