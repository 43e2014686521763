//! Makes pages at old addresses that redirect to another page.

use crate::render::page::frame::PageMaker;
use crate::render::page::kind::PlannedPage;
use crate::render::template::error::TemplateError;
use crate::render::text::renderer::{Medium, Renderer};
use crate::render::view::types::*;

impl<'a> PageMaker<'a> {
    /// A page that redirects to `target`. `target` gets the renderer of the page.
    ///
    /// # Errors
    /// When the template fails.
    pub(crate) fn redirect(
        &self,
        page: &PlannedPage,
        root: &str,
        target: impl FnOnce(&Renderer<'_>) -> LinkView,
    ) -> Result<String, TemplateError> {
        let renderer = Renderer::plain(self.context, Medium::Page(root), "");
        let mut values = self.templates.values();
        values.share("site", &self.site);
        values.insert("root", root);
        values.insert("target", &target(&renderer));
        values.insert("path", &page.path);
        self.templates.render("pages/redirect", &values)
    }
}
