//! Makes the page of a part.

use crate::link::part::Part;
use crate::link::place::ChapterIx;
use crate::model::kind::Kind;
use crate::render::page::frame::PageMaker;
use crate::render::page::kind::PlannedPage;
use crate::render::template::error::TemplateError;
use crate::render::text::renderer::{Medium, Renderer};
use crate::render::view::link::{bare_link, link};
use crate::render::view::table::{control, evidence, matrix, settings};
use crate::render::view::types::*;
use crate::words::Counted;

impl<'a> PageMaker<'a> {
    /// The page of a part: its chapters, and the tables that show them best. `at` is its place among the parts.
    ///
    /// # Errors
    /// When a template fails.
    pub(crate) fn part(&self, page: &PlannedPage, at: usize, root: &str) -> Result<String, TemplateError> {
        let part = &self.context.manual.parts[at];
        let renderer = Renderer::plain(self.context, Medium::Page(root), "");
        let chapters: Vec<LinkView> = part.chapters.iter().map(|ix| link(&renderer, *ix)).collect();
        let mut values = self.templates.values();
        let summary = part.summary.clone().unwrap_or_default();
        values.insert("title", &part.title);
        values.insert("summary", &summary);
        values.insert("chapters", &chapters);
        values.insert("count", &self.context.words.count(Counted::Chapters, chapters.len()));
        let mut tables = part_tables(&renderer, part);
        if self.is_large() {
            let control = control::document_control(&renderer, &part.chapters, &[]);
            tables.push(TableView { id: format!("table-{}", tables.len() + 1), ..control });
        }
        values.insert("tables", &tables);
        let content = self.templates.render("pages/part", &values)?;
        let mut values = self.values(page, root, &renderer)?;
        values.insert("page", &self.page_view(page, &part.title, summary, None));
        values.insert("content_html", &content);
        values.insert("breadcrumb", &vec![self.home_link(root)]);
        values.insert("contents", &Vec::<TocView>::new());
        values.insert("previous", &None::<LinkView>);
        values.insert("next", &part.chapters.first().map(|ix| bare_link(&renderer, *ix)));
        values.insert("terms", &Vec::<TermView>::new());
        self.templates.render("page", &values)
    }
}

/// The tables that show a part of this kind best.
fn part_tables(renderer: &Renderer<'_>, part: &Part) -> Vec<TableView> {
    let chapters: Vec<ChapterIx> =
        part.chapters.iter().copied().filter(|ix| renderer.context.manual.chapter(*ix).kind == part.kind).collect();
    let across = |what| matrix::techniques(renderer, &chapters, what, None, None);
    let tables = match part.kind {
        Kind::Technique => vec![across(Kind::Stage), across(Kind::ProblemArea)],
        Kind::Measure => vec![matrix::measures(renderer, &chapters, None, None)],
        Kind::Setting => vec![settings::settings(renderer, &chapters, None)],
        Kind::Evidence => vec![evidence::overview(renderer, &chapters, None)],
        _ => Vec::new(),
    };
    let shown = tables.into_iter().filter(|table| !table.rows.is_empty());
    (1..).zip(shown).map(|(number, table)| TableView { id: format!("table-{number}"), ..table }).collect()
}
