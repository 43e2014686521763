//! Turns a chapter into what its page shows.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::link::checks::directives::is_about;
use crate::link::checks::review;
use crate::link::course::SessionTable;
use crate::link::place::ChapterIx;
use crate::model::chapter::Chapter;
use crate::model::directive::{DirectiveKind, DirectiveOptions, SessionTimelineOptions};
use crate::model::kind::Kind;
use crate::model::kinds;
use crate::model::kinds::case::Case;
use crate::model::kinds::evidence::Evidence;
use crate::model::kinds::protocol::Protocol;
use crate::model::kinds::worksheet::Worksheet;
use crate::model::schema::record::{FieldValue, Text};
use crate::model::schema::shape::{Field, Shape};
use crate::render::address::anchor::{FORM, section_anchor};
use crate::render::template::error::TemplateError;
use crate::render::template::{Component, Templates};
use crate::render::text::piece::{self, label};
use crate::render::text::rendered::Rendered;
use crate::render::text::renderer::{Medium, Renderer};
use crate::render::view::chart::{forest, timeline};
use crate::render::view::control::control;
use crate::render::view::form::{FormView, form};
use crate::render::view::relations::{backlinks, relations};
use crate::render::view::sheet::sheet_link;
use crate::render::view::table::records::generic_table;
use crate::render::view::table::{evidence, session};
use crate::render::view::types::*;
use crate::render::view::{directive, finding};

/// What a kind's template gets.
#[derive(Debug, Serialize)]
pub struct ChapterView {
    /// The kind's name.
    pub(crate) kind: &'static str,
    /// The kind in the reader's language.
    pub(crate) kind_label: String,
    /// `kind/id`.
    pub(crate) key: String,
    /// What makes anchors unique.
    pub(crate) anchor: String,
    /// The title.
    pub(crate) title: String,
    /// The summary; may be empty.
    pub(crate) summary_html: Rendered,
    /// Single values of the front matter.
    pub(crate) facts: Vec<FactView>,
    /// Lists of texts of the front matter.
    pub(crate) sections: Vec<SectionView>,
    /// Lists of mappings of the front matter, by their keys.
    pub(crate) tables: BTreeMap<&'static str, TableView>,
    /// The text.
    pub(crate) body_html: Rendered,
    /// What the chapter names.
    pub(crate) relations: Vec<GroupView>,
    /// What names the chapter; empty on the page with all chapters.
    pub(crate) backlinks: Vec<GroupView>,
    /// Who is responsible for it, and when it is reviewed.
    pub(crate) control: Vec<FactView>,
    /// When its next review is due, `YYYY-MM-DD`; may be empty.
    pub(crate) review_due: String,
    /// The session summary of a protocol or setting, or the effects of an evidence chapter, as a
    /// picture; may be empty.
    pub(crate) figure_html: String,
    /// The anchor and caption of that picture.
    #[serde(skip)]
    pub(crate) figure: Option<(String, String)>,
    /// The form of a worksheet.
    pub(crate) form: Option<FormView>,
    /// The anchor of the form's heading.
    pub(crate) form_anchor: String,
    /// The link to its blank sheet; none on the page with all chapters.
    pub(crate) sheet: Option<LinkView>,
    /// For a case, a sentence about how it was made; may be empty.
    pub(crate) banner: String,
    /// For a draft or a chapter under review, a word that says so; may be empty.
    pub(crate) status: String,
}

impl ChapterView {
    /// The tables that stand on the page. The stages of a protocol are its session summary there.
    pub(crate) fn shown_tables(&self) -> impl Iterator<Item = &TableView> {
        self.tables.values().filter(|table| table.name != Protocol::KEYS.stages)
    }
}

/// Makes what a kind's template gets.
///
/// # Errors
/// When a template that a directive needs fails.
pub fn chapter(renderer: &Renderer<'_>, templates: &Templates, ix: ChapterIx) -> Result<ChapterView, TemplateError> {
    let context = renderer.context;
    let chapter = context.manual.chapter(ix);
    let words = context.words;
    let body_html = body(renderer, templates, ix)?;
    let (figure, figure_html) = figure(renderer, templates, ix)?.unzip();
    let status = Some(chapter.status).filter(|status| status.is_shown());
    Ok(ChapterView {
        kind: chapter.kind.name(),
        kind_label: words.kind(chapter.kind).to_owned(),
        key: chapter.key(),
        anchor: renderer.prefix.clone(),
        title: chapter.title.clone(),
        summary_html: chapter.summary().map(|summary| renderer.text(summary)).unwrap_or_default(),
        facts: facts(renderer, chapter),
        sections: chapter.sections().map(|(field, texts)| section(renderer, chapter, field, texts)).collect(),
        tables: record_tables(renderer, ix),
        body_html,
        relations: relations(renderer, ix),
        backlinks: if renderer.medium == Medium::Print { Vec::new() } else { backlinks(renderer, ix) },
        control: control(renderer, chapter),
        review_due: review::due(chapter, &context.manual.settings).map(|due| due.to_string()).unwrap_or_default(),
        figure_html: figure_html.unwrap_or_default(),
        figure,
        form: form(chapter, &format!("{}{FORM}", renderer.prefix))
            .filter(|_| !draws(renderer, ix, DirectiveKind::Worksheet)),
        form_anchor: format!("{}{}", renderer.prefix, section_anchor(chapter, Worksheet::KEYS.fields)),
        sheet: match renderer.medium {
            Medium::Page(root) => sheet_link(renderer, ix, root),
            Medium::Print => None,
        },
        banner: chapter
            .case()
            .and_then(|case| case.basis())
            .map(|basis| words.banner(basis).to_owned())
            .unwrap_or_default(),
        status: status.map(|status| words.status(status).to_owned()).unwrap_or_default(),
    })
}

fn body(renderer: &Renderer<'_>, templates: &Templates, ix: ChapterIx) -> Result<Rendered, TemplateError> {
    let chapter = renderer.context.manual.chapter(ix);
    let mut text = renderer.empty(chapter.body.html.len() * 5 / 4);
    let mut failure = None;
    renderer.fill(&chapter.body, &mut text, &mut |number, text| {
        let directive = &chapter.directives[number as usize];
        match directive::draw(renderer, templates, ix, number, directive) {
            // What a template says may be other words than those that it was given.
            Ok(drawn) => text.push_foreign(&drawn),
            Err(error) => failure = failure.take().or(Some(error)),
        }
    });
    failure.map_or(Ok(text), Err)
}

/// Keys that are shown elsewhere: common ones, and those that the template places itself.
fn is_plain_fact(chapter: &Chapter, field: &Field) -> bool {
    let common = kinds::COMMON.iter().any(|common| common.name == field.name);
    let banner = chapter.kind == Kind::Case && field.name == Case::KEYS.basis;
    !common && !banner
}

pub(crate) fn facts(renderer: &Renderer<'_>, chapter: &Chapter) -> Vec<FactView> {
    let own = chapter.front.iter().filter(|(field, _)| is_plain_fact(chapter, field));
    let fact = |(field, value): (&'static Field, &FieldValue)| {
        let html = piece::value(renderer, field, value)?;
        Some(FactView { name: field.name.into(), label: label(renderer.context.words, field.name), html })
    };
    let mut facts: Vec<FactView> =
        own.filter(|(field, _)| !matches!(field.shape, Shape::Texts)).filter_map(fact).collect();
    if chapter.kind == Kind::Evidence
        && let Some(finding) = finding::headline(chapter)
    {
        let words = renderer.context.words;
        let html = finding::answer_html(words, finding);
        facts.push(FactView { name: "in-short".into(), label: label(words, "in-short"), html });
    }
    facts
}

pub(crate) fn section(renderer: &Renderer<'_>, chapter: &Chapter, field: &Field, texts: &[Text]) -> SectionView {
    SectionView {
        name: field.name.into(),
        id: format!("{}{}", renderer.prefix, section_anchor(chapter, field.name)),
        label: label(renderer.context.words, field.name),
        ordered: kinds::is_sequence(field),
        items_html: texts.iter().map(|text| renderer.text(text)).collect(),
    }
}

/// Every list of mappings as its own table. The sessions of protocols and settings, and the findings of evidence, have
/// special tables.
fn record_tables(renderer: &Renderer<'_>, ix: ChapterIx) -> BTreeMap<&'static str, TableView> {
    let manual = renderer.context.manual;
    let chapter = manual.chapter(ix);
    let mut made = BTreeMap::new();
    for (field, value) in chapter.front.iter() {
        if let FieldValue::Records(records) = value
            && let Shape::Records(fields) = field.shape
            && !records.is_empty()
            && field.name != Worksheet::KEYS.fields
        {
            made.insert(field.name, generic_table(renderer, chapter, field, fields, records));
        }
    }
    if let Some(table) = SessionTable::new(manual, ix)
        && !draws(renderer, ix, DirectiveKind::SessionSummary)
    {
        let mut view = session::session_summary(renderer, &table, session::USUAL_SESSION_COLUMNS, None);
        view.id = format!("{}{}", renderer.prefix, section_anchor(chapter, "session-summary"));
        made.insert("session-summary", view);
    }
    if chapter.evidence().is_some_and(|evidence| evidence.findings().len() > 0) {
        let mut view = evidence::evidence(renderer, &[ix], evidence::CHAPTER_EVIDENCE_COLUMNS, None);
        view.id = format!("{}{}", renderer.prefix, section_anchor(chapter, Evidence::KEYS.findings));
        made.insert(Evidence::KEYS.findings, view);
    }
    made
}

/// Whether a chapter's own text contains a drawing of the chapter itself, so that it is not shown twice.
fn draws(renderer: &Renderer<'_>, ix: ChapterIx, kind: DirectiveKind) -> bool {
    let manual = renderer.context.manual;
    let chapter = manual.chapter(ix);
    let shows_own_sessions = |options: SessionTimelineOptions<'_>| match (options.setting(), options.protocol()) {
        (None, None) => manual.default_protocol == Some(ix),
        (Some(setting), _) => chapter.kind == Kind::Setting && setting.value == chapter.id.value,
        (_, Some(protocol)) => chapter.kind == Kind::Protocol && protocol.value == chapter.id.value,
    };
    let shows_own = |options: DirectiveOptions<'_>| match options {
        DirectiveOptions::Worksheet(options) => options.worksheet().is_none_or(|id| id.value == chapter.id.value),
        DirectiveOptions::ForestPlot(options) => {
            options.condition().is_some_and(|condition| is_about(chapter, &condition.value))
        }
        DirectiveOptions::SessionSummary(options) => shows_own_sessions(options.as_timeline()),
        DirectiveOptions::SessionTimeline(options) => shows_own_sessions(options),
        _ => false,
    };
    let mut same = chapter.directives.iter().filter(|known| known.kind == Some(kind));
    same.any(|known| known.read().is_some_and(shows_own))
}

/// The picture that a chapter gets automatically: the stages of a protocol or setting, the effects of evidence where
/// there are several.
pub(crate) fn figure(
    renderer: &Renderer<'_>,
    templates: &Templates,
    ix: ChapterIx,
) -> Result<Option<Figure>, TemplateError> {
    let chapter = renderer.context.manual.chapter(ix);
    match chapter.kind {
        Kind::Protocol | Kind::Setting if !draws(renderer, ix, DirectiveKind::SessionTimeline) => {
            let Some(mut view) = timeline::of(renderer, ix, None) else { return Ok(None) };
            view.id = format!("{}{}", renderer.prefix, section_anchor(chapter, "session-timeline"));
            let html = templates.component(Component::SessionTimeline, &view)?;
            Ok(Some(((view.id, view.caption), html)))
        }
        Kind::Evidence if forest::count(renderer, &[ix]) > 1 && !draws(renderer, ix, DirectiveKind::ForestPlot) => {
            let mut view = forest::forest(renderer, &[ix], None);
            view.id = format!("{}{}", renderer.prefix, section_anchor(chapter, "forest-plot"));
            let html = templates.component(Component::ForestPlot, &view)?;
            Ok(Some(((view.id, view.caption), html)))
        }
        _ => Ok(None),
    }
}

/// A picture's anchor and caption, and the picture.
type Figure = ((String, String), String);
