//! Makes the manual for paper: all chapters on one page or, if there are very many, a page for each part.
//!
//! Parts and chapters are numbered, because paper has no links: a link names the section that it leads to.
//!
//! Headings move down two levels in the finished HTML, not while holes are filled: most headings of a chapter come from
//! the theme's template for its kind, which also makes the chapter's own page.

use serde::Serialize;

use crate::link::place::ChapterIx;
use crate::model::kind::Kind;
use crate::par;
use crate::render::address::anchor::anchor;
use crate::render::address::made::MadePage;
use crate::render::page::frame::{MOST_LISTED, PageMaker};
use crate::render::page::kind::PlannedPage;
use crate::render::template::Component;
use crate::render::template::error::TemplateError;
use crate::render::text::numbering::Section;
use crate::render::text::renderer::{Medium, Renderer};
use crate::render::view::form::has_form;
use crate::render::view::{chapter, glossary_and_references, link};
use crate::words::Word;

/// A part as the contents of the printed manual show it.
#[derive(Serialize)]
struct ContentsPartView<'a> {
    number: String,
    title: String,
    url: String,
    chapters: Vec<ContentsChapterView<'a>>,
}

#[derive(Serialize)]
struct ContentsChapterView<'a> {
    number: &'a str,
    title: &'a str,
    url: String,
}

/// A part with its chapters.
#[derive(Serialize)]
struct PrintedView<'a> {
    number: String,
    title: String,
    id: &'a str,
    html: String,
}

impl PageMaker<'_> {
    /// The whole manual, or links to its parts.
    pub(crate) fn print(&self, page: &PlannedPage) -> Result<String, TemplateError> {
        let (manual, sections) = (self.context.manual, &self.sections);
        let view = |(at, section): (usize, &Section<'_>)| ContentsPartView {
            number: (at + 1).to_string(),
            title: self.section_title(section),
            url: format!("{}#{}", sections.file(at), section.id),
            chapters: match section.chapters.as_slice() {
                _ if manual.chapters.len() > MOST_LISTED => Vec::new(),
                chapters => chapters.iter().map(|ix| self.entry(*ix, &sections.file(at))).collect(),
            },
        };
        let contents: Vec<ContentsPartView<'_>> = sections.parts.iter().enumerate().map(view).collect();
        let home = manual.home.map(|home| self.printed_chapter(home, None)).transpose()?.unwrap_or_default();
        if sections.are_apart() {
            let forms = manual.home.is_some_and(|home| has_form(manual.chapter(home)));
            return self.paper(page, &contents, &home, &[], forms);
        }
        let printed = (0..sections.parts.len()).map(|at| self.printed(at)).collect::<Result<Vec<_>, _>>()?;
        self.paper(page, &contents, &home, &printed, manual.chapters.iter().any(has_form))
    }

    /// A part of a large manual.
    pub(crate) fn print_part(&self, page: &PlannedPage, at: usize) -> Result<String, TemplateError> {
        let forms = self.sections.parts[at].chapters.iter().any(|ix| has_form(self.context.manual.chapter(*ix)));
        self.paper(page, &[], "", &[self.printed(at)?], forms)
    }

    /// The glossary or the references of a large manual.
    pub(crate) fn print_list(&self, page: &PlannedPage) -> Result<String, TemplateError> {
        self.paper(page, &[], "", &[], false)
    }

    fn paper(
        &self,
        page: &PlannedPage,
        contents: &[ContentsPartView<'_>],
        home_html: &str,
        printed: &[PrintedView<'_>],
        forms: bool,
    ) -> Result<String, TemplateError> {
        let (sections, apart) = (&self.sections, self.sections.are_apart());
        let renderer = Renderer::plain(self.context, Medium::Print, "");
        let glossary = || -> Result<String, TemplateError> {
            self.templates.component(Component::Glossary, &glossary_and_references::glossary(&renderer))
        };
        let references = || -> Result<String, TemplateError> {
            self.templates.component(Component::References, &glossary_and_references::references(&renderer))
        };
        let with = |list: MadePage| !apart || page.path == list.path();
        let glossary = if with(MadePage::PrintedGlossary) { glossary()? } else { String::new() };
        let references = if with(MadePage::PrintedReferences) { references()? } else { String::new() };
        let has = |there: bool, list: MadePage, id: &str| match (apart, there) {
            (true, _) => format!("{}#{id}", list.path()),
            (false, true) => format!("#{id}"),
            (false, false) => String::new(),
        };
        let mut values = self.values(page, "", &renderer)?;
        if let Some(mut safety) = link::safety(&renderer) {
            safety.url.insert_str(0, &sections.elsewhere(safety.url.trim_start_matches('#'), &page.path));
            values.insert("safety", &safety);
        }
        let mut page_view = self.page_view(page, &self.word(MadePage::Print.word()), String::new(), None);
        page_view.forms = forms;
        values.insert("page", &page_view);
        values.insert("is_whole", &(page.path == MadePage::Print.path()));
        values.insert("is_apart", &apart);
        values.insert("contents", contents);
        values.insert("glossary_url", &has(!glossary.is_empty(), MadePage::PrintedGlossary, "glossary"));
        values.insert("references_url", &has(!references.is_empty(), MadePage::PrintedReferences, "references"));
        values.insert("home_html", home_html);
        values.insert("printed", printed);
        values.insert("glossary_html", &sections.named(&glossary, &page.path, None));
        values.insert("references_html", &sections.named(&references, &page.path, None));
        self.templates.render(MadePage::Print.template(), &values)
    }

    fn section_title(&self, section: &Section<'_>) -> String {
        section.title.map_or_else(|| self.word(Word::OtherPages), str::to_owned)
    }

    fn entry(&self, ix: ChapterIx, file: &str) -> ContentsChapterView<'_> {
        let chapter = self.context.manual.chapter(ix);
        let url = format!("{file}#{}", anchor(&chapter.key()));
        ContentsChapterView { number: self.sections.number(ix), title: &chapter.title, url }
    }

    fn printed(&self, at: usize) -> Result<PrintedView<'_>, TemplateError> {
        let section = &self.sections.parts[at];
        let html = par::try_map(&section.chapters, |ix| self.printed_chapter(*ix, Some(at)))?.concat();
        Ok(PrintedView { number: (at + 1).to_string(), title: self.section_title(section), id: &section.id, html })
    }

    fn printed_chapter(&self, ix: ChapterIx, at: Option<usize>) -> Result<String, TemplateError> {
        let renderer = Renderer::print(self.context, ix);
        let view = chapter::chapter(&renderer, self.templates, ix)?;
        // Under the titles of the manual, the part and the chapter.
        let content = demoted(&self.content(&view)?, 2);
        let file = at.map_or_else(|| MadePage::Print.path().to_owned(), |at| self.sections.file(at));
        let mut values = self.templates.values();
        values.insert("id", &anchor(&view.key));
        values.insert("number", self.sections.number(ix));
        values.insert("title", &view.title);
        let is_page = self.context.manual.chapter(ix).kind == Kind::Page;
        values.insert("kind_label", if is_page { "" } else { &view.kind_label });
        values.insert("content_html", &self.sections.named(&content, &file, Some(ix)));
        self.templates.render("components/print-chapter", &values)
    }
}

/// HTML that iptbook made, with every heading some levels lower.
fn demoted(html: &str, levels: u8) -> String {
    let mut lower = String::with_capacity(html.len() + 16);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let tag = &rest.as_bytes()[at + 1..];
        let closing = usize::from(tag.first() == Some(&b'/'));
        let name = at + 1 + closing;
        lower.push_str(&rest[..name]);
        rest = &rest[name..];
        if let [b'h', digit @ b'1'..=b'6', b' ' | b'>', ..] = &tag[closing..] {
            lower.push('h');
            lower.push(char::from((digit + levels).min(b'6')));
            rest = &rest[2..];
        }
    }
    lower.push_str(rest);
    lower
}

#[cfg(test)]
mod tests {
    use super::demoted;

    #[test]
    fn headings_go_down_and_nothing_else_changes() {
        assert_eq!(
            demoted("<h2 id=\"a\">x</h2><hr><h5>y</h5><header>", 2),
            "<h4 id=\"a\">x</h4><hr><h6>y</h6><header>"
        );
    }
}
