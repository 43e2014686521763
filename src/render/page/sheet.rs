//! Makes blank sheets.

use crate::link::place::ChapterIx;
use crate::render::address::sheet::Sheet;
use crate::render::page::frame::{PageMaker, PageView};
use crate::render::page::kind::PlannedPage;
use crate::render::template::error::TemplateError;
use crate::render::text::renderer::{Medium, Renderer};
use crate::render::view::link::bare_link;
use crate::render::view::types::*;
use crate::render::view::{link, sheet};

impl<'a> PageMaker<'a> {
    /// A blank sheet of a chapter: a page for paper.
    pub(crate) fn sheet(
        &self,
        page: &PlannedPage,
        ix: ChapterIx,
        sheet: Sheet,
        root: &str,
    ) -> Result<String, TemplateError> {
        let chapter = self.context.manual.chapter(ix);
        let mut renderer = Renderer::plain(self.context, Medium::Page(root), &chapter.source);
        renderer.elsewhere = true;
        let view = sheet::sheet(&renderer, ix, sheet);
        let mut values = self.templates.values();
        values.insert("sheet", &view);
        values.insert("safety", &link::safety(&renderer));
        let content = self.templates.render(&format!("pages/{}", sheet.name()), &values)?;
        let mut values = self.values(page, root, &renderer)?;
        let page_view = self.page_view(page, &chapter.title, String::new(), None);
        let page_view = PageView { sheet: sheet.name(), forms: true, kind_label: view.label.clone(), ..page_view };
        values.insert("page", &page_view);
        values.insert("content_html", &content);
        let mut breadcrumb = self.breadcrumb(ix, root);
        breadcrumb.push(bare_link(&renderer, ix));
        values.insert("breadcrumb", &breadcrumb);
        values.insert("contents", &Vec::<TocView>::new());
        values.insert("previous", &None::<LinkView>);
        values.insert("next", &None::<LinkView>);
        values.insert("terms", &Vec::<TermView>::new());
        self.templates.render("page", &values)
    }
}
