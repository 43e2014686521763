//! Makes the pages that the tool itself adds to every manual: one function for each.

use crate::link::course::SessionTable;
use crate::link::place::ChapterIx;
use crate::model::kind::Kind;
use crate::render::address::anchor::{anchor, part_anchor};
use crate::render::address::made::MadePage;
use crate::render::address::paths;
use crate::render::page::frame::{PageMaker, parts_from_root};
use crate::render::page::kind::PlannedPage;
use crate::render::template::error::TemplateError;
use crate::render::template::{Component, PageValues};
use crate::render::text::numbering::without_part;
use crate::render::text::renderer::{Medium, Renderer};
use crate::render::view::chart::timeline::{self, TimelineView};
use crate::render::view::link::link;
use crate::render::view::table::{control, evidence, session};
use crate::render::view::types::*;
use crate::render::view::{glossary_and_references, letters, phases};
use crate::span::Spanned;
use crate::words::Word;

impl<'a> PageMaker<'a> {
    /// Makes one of the tool's own pages.
    ///
    /// # Errors
    /// When a template fails.
    pub(crate) fn made_page(&self, page: &PlannedPage, made: MadePage, root: &str) -> Result<String, TemplateError> {
        let renderer = Renderer::plain(self.context, Medium::Page(root), "");
        let mut values = self.templates.values();
        let mut contents = Vec::new();
        match made {
            MadePage::Home => self.home(&renderer, &mut values),
            MadePage::SessionSummary => contents = self.session_summary(&renderer, &mut values),
            MadePage::Evidence => contents = self.evidence(&renderer, &mut values),
            MadePage::Glossary => self.glossary(&renderer, &mut values)?,
            MadePage::References => self.references(&renderer, &mut values)?,
            MadePage::ReferencesToCheck => references_to_check(&renderer, &mut values),
            MadePage::Contents => contents = self.contents(&renderer, &mut values),
            MadePage::Search => values.insert("letters", &letters::letters(&renderer, !self.is_large())),
            MadePage::DocumentControl => self.document_control(&renderer, &mut values),
            MadePage::NotFound => not_found(root, &mut values),
            MadePage::Print => return self.print(page),
            MadePage::PrintedGlossary | MadePage::PrintedReferences => return self.print_list(page),
        }
        values.insert("root", root);
        let content = self.templates.render(made.template(), &values)?;
        let title = match made {
            MadePage::Home => self.context.manual.settings.title.clone(),
            _ => self.word(made.word()),
        };
        self.layout(page, root, &title, content, contents)
    }

    /// The title, the parts, and the course of the usual protocol.
    fn home(&self, renderer: &Renderer<'_>, values: &mut PageValues) {
        let manual = self.context.manual;
        values.insert("title", &manual.settings.title);
        values.insert("subtitle", manual.settings.yaml().subtitle().map_or("", Spanned::as_str));
        let mut parts = self.parts_with_chapters(renderer, false);
        if manual.chapters.len() > MOST_ON_HOME {
            // Their own pages list them; the home page stays as small as it is.
            parts.iter_mut().for_each(|part| part.chapters.clear());
        }
        values.insert("parts", &parts);
        let protocol = manual.default_protocol;
        let timeline = protocol.and_then(|protocol| timeline::of(renderer, protocol, None));
        let timeline = timeline.map(|view| TimelineView { id: "course".into(), ..view });
        values.insert("timeline", &timeline);
        values.insert("phases", &protocol.map(|ix| phases::phases(renderer, ix)).unwrap_or_default());
    }

    /// A table for each protocol and each setting. Returns the contents of the page.
    fn session_summary(&self, renderer: &Renderer<'_>, values: &mut PageValues) -> Vec<TocView> {
        let manual = self.context.manual;
        let table = |ix: ChapterIx| {
            let table = SessionTable::new(manual, ix)?;
            let mut view = session::session_summary(renderer, &table, session::USUAL_SESSION_COLUMNS, None);
            view.caption = manual.chapter(ix).title.clone();
            view.id = anchor(&manual.chapter(ix).key());
            Some(view)
        };
        let of = |kind| -> Vec<TableView> { manual.of_kind(kind).filter_map(|(ix, _)| table(ix)).collect() };
        let (protocols, settings) = (of(Kind::Protocol), of(Kind::Setting));
        values.insert("protocols", &protocols);
        values.insert("settings", &settings);
        protocols.iter().chain(&settings).map(|table| entry(&table.id, &table.caption)).collect()
    }

    /// An overview of all evidence, and a table of all findings. Returns the contents of the page.
    fn evidence(&self, renderer: &Renderer<'_>, values: &mut PageValues) -> Vec<TocView> {
        let chapters: Vec<ChapterIx> = self.context.manual.of_kind(Kind::Evidence).map(|(ix, _)| ix).collect();
        let mut overview = evidence::overview(renderer, &chapters, None);
        overview.id = "overview".into();
        values.insert("overview", &overview);
        let mut table = evidence::evidence(renderer, &chapters, evidence::USUAL_EVIDENCE_COLUMNS, None);
        table.id = "findings".into();
        values.insert("findings", &table);
        [&overview, &table].map(|table| entry(&table.id, &table.caption)).into()
    }

    fn glossary(&self, renderer: &Renderer<'_>, values: &mut PageValues) -> Result<(), TemplateError> {
        let terms = glossary_and_references::glossary(renderer);
        values.insert("list_html", &self.templates.component(Component::Glossary, &terms)?);
        Ok(())
    }

    /// All works cited, and how many of them somebody must check.
    fn references(&self, renderer: &Renderer<'_>, values: &mut PageValues) -> Result<(), TemplateError> {
        let references = glossary_and_references::references(renderer);
        let to_check = references.iter().filter(|reference| !reference.to_check.is_empty()).count();
        values.insert("to_check", &to_check);
        values.insert("list_html", &self.templates.component(Component::References, &references)?);
        Ok(())
    }

    /// All parts with their chapters; in a large manual only the parts, and the chapters that belong to no part.
    /// Returns the contents of the page.
    fn contents(&self, renderer: &Renderer<'_>, values: &mut PageValues) -> Vec<TocView> {
        let mut parts = self.parts_with_chapters(renderer, true);
        if self.is_large() {
            let own = parts.iter_mut().filter(|part| !part.url.is_empty());
            own.for_each(|part| part.chapters.clear());
        }
        values.insert("parts", &parts);
        parts.iter().map(|part| entry(&part.id, &part.title)).collect()
    }

    /// A table of all chapters; in a large manual only of those that belong to no part, and the parts.
    fn document_control(&self, renderer: &Renderer<'_>, values: &mut PageValues) {
        let (manual, large) = (self.context.manual, self.is_large());
        let chapters = manual.iter().map(|(ix, _)| ix);
        let chapters: Vec<ChapterIx> =
            chapters.filter(|ix| !large || manual.part_of[ix.0 as usize].is_none()).collect();
        let withdrawn: Vec<usize> = (0..manual.withdrawn.len()).collect();
        let mut table = control::document_control(renderer, &chapters, &withdrawn);
        table.id = "chapters".into();
        let parts = if large { parts_from_root(manual, 0..manual.parts.len()) } else { Vec::new() };
        values.insert("table", &table);
        values.insert("parts", &parts);
        values.share("site", &self.site);
    }

    /// The parts with their chapters; what belongs to no part comes last, under a title of its own.
    pub(crate) fn parts_with_chapters(&self, renderer: &Renderer<'_>, with_rest: bool) -> Vec<PartView> {
        let manual = self.context.manual;
        let view = |title: String, url: String, id: String, summary: String, chapters: &[ChapterIx]| PartView {
            title,
            url,
            id,
            summary,
            chapters: chapters.iter().map(|ix| link(renderer, *ix)).collect(),
        };
        let root = match renderer.medium {
            Medium::Page(root) => root,
            Medium::Print => "",
        };
        let mut parts: Vec<PartView> = manual
            .parts
            .iter()
            .map(|part| {
                let url = format!("{root}{}", paths::part_address(&part.folder));
                let id = part_anchor(&part.folder);
                view(part.title.clone(), url, id, part.summary.clone().unwrap_or_default(), &part.chapters)
            })
            .collect();
        let rest = without_part(manual);
        if with_rest && !rest.is_empty() {
            parts.push(view(self.word(Word::OtherPages), String::new(), "part-other".into(), String::new(), &rest));
        }
        parts
    }

    /// A page for what is not found may be shown at any depth: where the site's address is known,
    /// its links begin there.
    pub(crate) fn root_of_not_found(&self) -> String {
        let base = self.context.manual.settings.base_url().and_then(|base| base.split_once("://"));
        base.map(|(_, rest)| rest.find('/').map_or("/", |at| &rest[at..]))
            .map(|path| format!("{}/", path.trim_end_matches('/')))
            .unwrap_or_default()
    }
}

/// The most chapters on a home page that is not a chapter.
const MOST_ON_HOME: usize = 300;

/// The works cited that somebody must check.
fn references_to_check(renderer: &Renderer<'_>, values: &mut PageValues) {
    let mut references = glossary_and_references::references(renderer);
    references.retain(|reference| !reference.to_check.is_empty());
    values.insert("references", &references);
}

/// The way back into the manual.
fn not_found(root: &str, values: &mut PageValues) {
    values.insert("home_url", &MadePage::Home.address(root));
    values.insert("contents_url", &MadePage::Contents.address(root));
}

/// A line of the contents of a page.
fn entry(id: &str, text: &str) -> TocView {
    TocView { level: 2, id: id.to_owned(), text: text.to_owned() }
}
