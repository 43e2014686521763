//! Makes the page that takes the place of a withdrawn chapter.

use crate::render::address::made::MadePage;
use crate::render::page::frame::PageMaker;
use crate::render::page::kind::PlannedPage;
use crate::render::template::error::TemplateError;
use crate::render::text::renderer::{Medium, Renderer};
use crate::render::view::link::link;
use crate::render::view::types::*;

impl<'a> PageMaker<'a> {
    /// Says that the chapter was withdrawn, and links to those that replace it. `at` is its place among the withdrawn.
    ///
    /// # Errors
    /// When a template fails.
    pub(crate) fn withdrawn(&self, page: &PlannedPage, at: usize, root: &str) -> Result<String, TemplateError> {
        let gone = &self.context.manual.withdrawn[at];
        let renderer = Renderer::plain(self.context, Medium::Page(root), "");
        let instead: Vec<LinkView> = gone.replaced_by.iter().map(|ix| link(&renderer, *ix)).collect();
        let mut values = self.templates.values();
        values.insert("replaced_by", &instead);
        values.insert("contents_url", &MadePage::Contents.address(root));
        values.insert("root", root);
        let content = self.templates.render("pages/withdrawn", &values)?;
        self.layout(page, root, &gone.chapter.title, content, Vec::new())
    }
}
