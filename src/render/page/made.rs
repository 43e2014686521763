//! Makes the pages that every manual gets.

use crate::link::course::SessionTable;
use crate::link::place::ChapterIx;
use crate::model::kind::Kind;
use crate::render::address::anchor::anchor;
use crate::render::address::paths;
use crate::render::page::frame::{Site, parts_from_root};
use crate::render::page::kind::What;
use crate::render::template::Component;
use crate::render::template::error::TemplateError;
use crate::render::text::filler::{Filler, Stand};
use crate::render::text::numbering::without_part;
use crate::render::view::chart::timeline::{self, TimelineView};
use crate::render::view::link::link;
use crate::render::view::table::{control, evidence, session};
use crate::render::view::types::*;
use crate::render::view::{glossary_and_references, letters, phases};
use crate::span::Spanned;

impl<'a> Site<'a> {
    /// The pages that every manual gets, but for the one with all chapters.
    pub(crate) fn made(&self, what: &What, root: &str) -> Result<(&'static str, String, Vec<TocView>), TemplateError> {
        let (book, manual) = (self.book, self.book.manual);
        let filler = Filler::plain(book, Stand::Page(root), "");
        let mut values = self.templates.values();
        let mut contents = Vec::new();
        let entry = |id: &str, text: &str| TocView { level: 2, id: id.to_owned(), text: text.to_owned() };
        let name = match what {
            What::Home => {
                values.insert("title", &manual.settings.title);
                values.insert("subtitle", manual.settings.yaml().subtitle().map_or("", Spanned::as_str));
                let mut parts = self.parts_with_chapters(&filler, false);
                if manual.chapters.len() > MOST_ON_HOME {
                    // Their own pages list them; the home page stays as small as it is.
                    parts.iter_mut().for_each(|part| part.chapters.clear());
                }
                values.insert("parts", &parts);
                let protocol = manual.default_protocol;
                let timeline = protocol.and_then(|protocol| timeline::of(&filler, protocol, None));
                let timeline = timeline.map(|view| TimelineView { id: "course".into(), ..view });
                values.insert("timeline", &timeline);
                values.insert("phases", &protocol.map(|ix| phases::phases(&filler, ix)).unwrap_or_default());
                "home"
            }
            What::SessionSummary => {
                let of = |kind: Kind| -> Vec<TableView> {
                    let table = |ix: ChapterIx| {
                        let table = SessionTable::new(manual, ix)?;
                        let mut view = session::session_summary(&filler, &table, session::USUAL_SESSION_COLUMNS, None);
                        view.caption = manual.chapter(ix).title.clone();
                        view.id = anchor(&manual.chapter(ix).key());
                        Some(view)
                    };
                    manual.of_kind(kind).filter_map(|(ix, _)| table(ix)).collect()
                };
                let (protocols, settings) = (of(Kind::Protocol), of(Kind::Setting));
                contents.extend(protocols.iter().chain(&settings).map(|table| entry(&table.id, &table.caption)));
                values.insert("protocols", &protocols);
                values.insert("settings", &settings);
                "session-summary"
            }
            What::Evidence => {
                let chapters: Vec<ChapterIx> = manual.of_kind(Kind::Evidence).map(|(ix, _)| ix).collect();
                let mut overview = evidence::overview(&filler, &chapters, None);
                overview.id = "overview".into();
                values.insert("overview", &overview);
                let columns = evidence::USUAL_EVIDENCE_COLUMNS;
                let mut table = evidence::evidence(&filler, &chapters, columns, None);
                table.id = "findings".into();
                values.insert("findings", &table);
                contents.extend([&overview, &table].map(|table| entry(&table.id, &table.caption)));
                "evidence"
            }
            What::Glossary => {
                values.insert(
                    "list_html",
                    &self.templates.component(Component::Glossary, &glossary_and_references::glossary(&filler))?,
                );
                "glossary"
            }
            What::References => {
                let references = glossary_and_references::references(&filler);
                let to_check = references.iter().filter(|reference| !reference.to_check.is_empty()).count();
                values.insert("to_check", &to_check);
                values.insert("list_html", &self.templates.component(Component::References, &references)?);
                "references"
            }
            What::ReferencesToCheck => {
                let mut references = glossary_and_references::references(&filler);
                references.retain(|reference| !reference.to_check.is_empty());
                values.insert("references", &references);
                "references-to-check"
            }
            What::Contents => {
                let mut parts = self.parts_with_chapters(&filler, true);
                if self.is_large() {
                    let own = parts.iter_mut().filter(|part| !part.url.is_empty());
                    own.for_each(|part| part.chapters.clear());
                }
                contents.extend(parts.iter().map(|part| entry(&part.id, &part.title)));
                values.insert("parts", &parts);
                "contents"
            }
            What::Search => {
                values.insert("letters", &letters::letters(&filler, !self.is_large()));
                "search"
            }
            What::DocumentControl => {
                let large = self.is_large();
                let chapters = manual.iter().map(|(ix, _)| ix);
                let chapters: Vec<ChapterIx> =
                    chapters.filter(|ix| !large || manual.part_of[ix.0 as usize].is_none()).collect();
                let withdrawn: Vec<usize> = (0..manual.withdrawn.len()).collect();
                let mut table = control::document_control(&filler, &chapters, &withdrawn);
                table.id = "chapters".into();
                let parts = if large { parts_from_root(manual, 0..manual.parts.len()) } else { Vec::new() };
                values.insert("table", &table);
                values.insert("parts", &parts);
                values.share("site", &self.site);
                "document-control"
            }
            What::Withdrawn(at) => {
                let instead = manual.withdrawn[*at].replaced_by.iter();
                let instead: Vec<LinkView> = instead.map(|ix| link(&filler, *ix)).collect();
                values.insert("replaced_by", &instead);
                values.insert("contents_url", &format!("{root}contents.html"));
                "withdrawn"
            }
            _ => {
                let home = format!("{root}index.html");
                let contents = format!("{root}contents.html");
                values.insert("home_url", &home);
                values.insert("contents_url", &contents);
                "404"
            }
        };
        values.insert("root", root);
        let content = self.templates.render(&format!("pages/{name}.html"), &values)?;
        Ok((name, content, contents))
    }

    /// The parts with their chapters; what belongs to no part comes last, under a title of its own.
    pub(crate) fn parts_with_chapters(&self, filler: &Filler<'_>, with_rest: bool) -> Vec<PartView> {
        let manual = self.book.manual;
        let view = |title: String, url: String, id: String, summary: String, chapters: &[ChapterIx]| PartView {
            title,
            url,
            id,
            summary,
            chapters: chapters.iter().map(|ix| link(filler, *ix)).collect(),
        };
        let root = match filler.stand {
            Stand::Page(root) => root,
            Stand::Print => "",
        };
        let mut parts: Vec<PartView> = manual
            .parts
            .iter()
            .map(|part| {
                let url = format!("{root}{}", paths::part_address(&part.folder));
                let id = format!("part-{}", part.folder.replace('/', "-"));
                view(part.title.clone(), url, id, part.summary.clone().unwrap_or_default(), &part.chapters)
            })
            .collect();
        let rest = without_part(manual);
        if with_rest && !rest.is_empty() {
            parts.push(view(self.words("other-pages"), String::new(), "part-other".into(), String::new(), &rest));
        }
        parts
    }

    /// A page for what is not found may be shown at any depth: where the site's address is known,
    /// its links begin there.
    pub(crate) fn root_of_not_found(&self) -> String {
        let base = self.book.manual.settings.base_url().and_then(|base| base.split_once("://"));
        base.map(|(_, rest)| rest.find('/').map_or("/", |at| &rest[at..]))
            .map(|path| format!("{}/", path.trim_end_matches('/')))
            .unwrap_or_default()
    }
}

/// The most chapters that a home page lists, if no chapter takes its place.
const MOST_ON_HOME: usize = 300;
