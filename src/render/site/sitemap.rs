//! Writes the sitemap.

use std::collections::HashSet;

use crate::render::address::paths;
use crate::render::page::frame::Site;
use crate::render::page::kind::What;

impl<'a> Site<'a> {
    pub(crate) fn sitemap(&self) -> String {
        let base = self.book.manual.settings.base_url().unwrap_or_default().trim_end_matches('/').to_owned();
        let left_out: HashSet<&str> =
            HashSet::from(["404.html", "search.html", "print.html", "references-to-check.html", "sitemap.xml"]);
        let mut xml = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
        );
        for page in self.pages() {
            let for_paper = matches!(
                page.what,
                What::Sheet(..) | What::PrintedPart(_) | What::PrintedGlossary | What::PrintedReferences
            );
            if for_paper
                || matches!(page.what, What::Redirect(_) | What::SheetRedirect(..) | What::Withdrawn(_))
                || left_out.contains(page.path.as_str())
            {
                continue;
            }
            xml.push_str("<url><loc>");
            crate::model::text::escape(&mut xml, &format!("{base}/{}", paths::address(&page.path)));
            xml.push_str("</loc></url>\n");
        }
        xml.push_str("</urlset>\n");
        xml
    }
}
