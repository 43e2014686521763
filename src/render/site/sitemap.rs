//! Writes the sitemap.

use crate::render::address::paths;
use crate::render::page::frame::PageMaker;
use crate::render::page::kind::PageKind;

impl<'a> PageMaker<'a> {
    pub(crate) fn sitemap(&self) -> String {
        let base = self.context.manual.settings.base_url().unwrap_or_default().trim_end_matches('/').to_owned();
        let mut xml = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
        );
        for page in self.pages().iter().filter(|page| is_listed(&page.kind)) {
            xml.push_str("<url><loc>");
            crate::model::text::escape(&mut xml, &format!("{base}/{}", paths::address(&page.path)));
            xml.push_str("</loc></url>\n");
        }
        xml.push_str("</urlset>\n");
        xml
    }
}

/// Whether people who search the web may want to find a page: not a page for paper, and not one that only redirects.
fn is_listed(kind: &PageKind) -> bool {
    match kind {
        PageKind::Chapter(_) | PageKind::Part(_) => true,
        PageKind::Made(page) => page.is_in_sitemap(),
        PageKind::Sheet(..)
        | PageKind::PrintedPart(_)
        | PageKind::Withdrawn(_)
        | PageKind::Redirect(_)
        | PageKind::SheetRedirect(..)
        | PageKind::Sitemap => false,
    }
}
