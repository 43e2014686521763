//! Turns a directive into what it draws.

use crate::link::checks::directives::is_about;
use crate::link::course::SessionTable;
use crate::link::place::ChapterIx;
use crate::link::relation::MENTIONS;
use crate::link::targets::Resolved;
use crate::model::body::Body;
use crate::model::directive::{
    ChaptersOptions, Directive, DirectiveOptions, EvidenceSummaryOptions, ForestPlotOptions, SessionSummaryOptions,
    SessionTimelineOptions, VideoOptions,
};
use crate::model::kind::Kind;
use crate::render::address::anchor;
use crate::render::template::error::TemplateError;
use crate::render::template::{Component, Templates};
use crate::render::text::rendered::Rendered;
use crate::render::text::renderer::{Medium, Renderer};
use crate::render::view::chart::forest::ForestView;
use crate::render::view::chart::timeline::TimelineView;
use crate::render::view::chart::{forest, timeline};
use crate::render::view::link::link;
use crate::render::view::table::{control, evidence, matrix, session, settings};
use crate::render::view::types::{TableView, VideoView};
use crate::render::view::{form, glossary_and_references, phases};
use crate::span::Spanned;

/// Draws a directive of the chapter `ix`, the one with this `number` there.
///
/// # Errors
/// When a template fails.
pub(crate) fn draw(
    renderer: &Renderer<'_>,
    templates: &Templates,
    ix: ChapterIx,
    number: u32,
    directive: &Directive,
) -> Result<String, TemplateError> {
    let Some(options) = directive.read() else { return Ok(String::new()) };
    let id = |name: &str| format!("{}{name}-{}", renderer.prefix, number + 1);
    let draw_table = |table: Option<TableView>| match table {
        Some(table) => templates.component(Component::Table, &TableView { id: id("table"), ..table }),
        None => Ok(String::new()),
    };
    match options {
        DirectiveOptions::SessionTimeline(options) => match timeline_of(renderer, options) {
            Some(view) => templates.component(Component::SessionTimeline, &TimelineView { id: id("timeline"), ..view }),
            // A protocol without stages says so where its table would be.
            None => draw_table(stages_of(renderer, options)),
        },
        DirectiveOptions::PhaseMap(options) => {
            let protocol = named(renderer, options.protocol()).or(renderer.context.manual.default_protocol);
            let phases = protocol.map(|protocol| phases::phases(renderer, protocol)).unwrap_or_default();
            templates.component(Component::PhaseMap, &phases)
        }
        DirectiveOptions::ForestPlot(options) => {
            let view = forest::forest(renderer, &evidence_chapters(renderer, options), text(options.caption()));
            templates.component(Component::ForestPlot, &ForestView { id: id("forest"), ..view })
        }
        DirectiveOptions::Worksheet(options) => {
            let worksheet = named(renderer, options.worksheet()).unwrap_or(ix);
            match form::form(renderer.context.manual.chapter(worksheet), &id(anchor::FORM)) {
                Some(form) => templates.component(Component::Form, &form),
                None => Ok(String::new()),
            }
        }
        DirectiveOptions::Video(options) => {
            templates.component(Component::Video, &video(&renderer.within(&id("film")), options, &directive.wording))
        }
        DirectiveOptions::Chapters(options) => chapter_list(renderer, templates, ix, options),
        // On the page with all chapters they stand once, at the end.
        DirectiveOptions::Glossary | DirectiveOptions::References if renderer.medium == Medium::Print => {
            Ok(String::new())
        }
        DirectiveOptions::Glossary => {
            templates.component(Component::Glossary, &glossary_and_references::glossary(renderer))
        }
        DirectiveOptions::References => {
            templates.component(Component::References, &glossary_and_references::references(renderer))
        }
        DirectiveOptions::Say(_) => {
            let mut wording = Rendered::default();
            renderer.fill(&directive.wording, &mut wording, &mut |_, _| {});
            templates.component(Component::Say, &wording.html.trim())
        }
        DirectiveOptions::SessionSummary(_)
        | DirectiveOptions::TechniqueMatrix(_)
        | DirectiveOptions::MeasureMatrix(_)
        | DirectiveOptions::SettingComparison(_)
        | DirectiveOptions::EvidenceSummary(_)
        | DirectiveOptions::EvidenceOverview(_)
        | DirectiveOptions::DocumentControl => draw_table(table(renderer, options)),
    }
}

/// The table that a directive draws, without an id; none if it draws something else, or has nothing to show.
fn table(renderer: &Renderer<'_>, options: DirectiveOptions<'_>) -> Option<TableView> {
    let all = |kind| all(renderer, kind);
    Some(match options {
        DirectiveOptions::SessionSummary(options) => session_summary(renderer, options)?,
        DirectiveOptions::TechniqueMatrix(options) => {
            let protocol = named(renderer, options.protocol());
            matrix::techniques(renderer, &all(Kind::Technique), options.across(), protocol, text(options.caption()))
        }
        DirectiveOptions::MeasureMatrix(options) => {
            let protocol = named(renderer, options.protocol());
            matrix::measures(renderer, &all(Kind::Measure), protocol, text(options.caption()))
        }
        DirectiveOptions::SettingComparison(options) => {
            settings::settings(renderer, &all(Kind::Setting), text(options.caption()))
        }
        DirectiveOptions::EvidenceSummary(options) => evidence_summary(renderer, options),
        DirectiveOptions::EvidenceOverview(options) => {
            evidence::overview(renderer, &all(Kind::Evidence), text(options.caption()))
        }
        DirectiveOptions::DocumentControl => {
            let chapters: Vec<ChapterIx> = renderer.context.manual.iter().map(|(ix, _)| ix).collect();
            control::document_control(renderer, &chapters, &[])
        }
        _ => return None,
    })
}

/// The picture of the sessions that are meant, without an id; none without stages.
fn timeline_of(renderer: &Renderer<'_>, options: SessionTimelineOptions<'_>) -> Option<TimelineView> {
    timeline::of(renderer, sessions_of(renderer, options)?, text(options.caption()))
}

/// The stages of the sessions that are meant, as a table.
fn stages_of(renderer: &Renderer<'_>, options: SessionTimelineOptions<'_>) -> Option<TableView> {
    let table = SessionTable::new(renderer.context.manual, sessions_of(renderer, options)?)?;
    Some(session::session_summary(renderer, &table, session::USUAL_SESSION_COLUMNS, text(options.caption())))
}

/// The chapters that a `chapters` directive means, as cards or as a list.
fn chapter_list(
    renderer: &Renderer<'_>,
    templates: &Templates,
    ix: ChapterIx,
    options: ChaptersOptions<'_>,
) -> Result<String, TemplateError> {
    let chapters: Vec<_> = chapters(renderer, ix, options).into_iter().map(|found| link(renderer, found)).collect();
    let mut values = templates.values();
    values.insert("chapters", &chapters);
    values.insert("style", options.style().unwrap_or("cards"));
    templates.render("components/chapters", &values)
}

/// All chapters of a kind.
fn all(renderer: &Renderer<'_>, kind: Kind) -> Vec<ChapterIx> {
    renderer.context.manual.of_kind(kind).map(|(ix, _)| ix).collect()
}

fn text(line: Option<&Spanned<String>>) -> Option<&str> {
    line.map(Spanned::as_str)
}

fn named(renderer: &Renderer<'_>, id: Option<&Spanned<String>>) -> Option<ChapterIx> {
    renderer.context.manual.meant_by(id?)
}

/// The protocol or setting whose sessions are meant.
fn sessions_of(renderer: &Renderer<'_>, options: SessionTimelineOptions<'_>) -> Option<ChapterIx> {
    named(renderer, options.setting())
        .or_else(|| named(renderer, options.protocol()))
        .or(renderer.context.manual.default_protocol)
}

fn session_summary(renderer: &Renderer<'_>, options: SessionSummaryOptions<'_>) -> Option<TableView> {
    let table = SessionTable::new(renderer.context.manual, sessions_of(renderer, options.as_timeline())?)?;
    let caption = text(options.caption());
    if options.by() == Some("session") {
        return Some(session::by_session(renderer, &table, caption));
    }
    let chosen = options.columns();
    let columns = if chosen.is_empty() { session::USUAL_SESSION_COLUMNS } else { &chosen };
    Some(session::session_summary(renderer, &table, columns, caption))
}

fn evidence_summary(renderer: &Renderer<'_>, options: EvidenceSummaryOptions<'_>) -> TableView {
    let chosen = options.columns();
    let columns = if chosen.is_empty() { evidence::USUAL_EVIDENCE_COLUMNS } else { &chosen };
    let chapters = evidence_chapters(renderer, options.as_forest_plot());
    evidence::evidence(renderer, &chapters, columns, text(options.caption()))
}

/// The evidence chapters that the options of a directive ask for; all, if they ask for nothing.
fn evidence_chapters(renderer: &Renderer<'_>, options: ForestPlotOptions<'_>) -> Vec<ChapterIx> {
    let manual = renderer.context.manual;
    let condition = text(options.condition());
    // A relation between evidence and another chapter may be declared on either side.
    let tied = |evidence: ChapterIx, other: ChapterIx, relation: &str| {
        manual.named(evidence, relation).any(|named| named == other)
            || manual.named(other, Kind::Evidence.plural()).any(|named| named == evidence)
    };
    let wanted: Vec<(ChapterIx, &str)> = [
        (options.technique(), Kind::Technique),
        (options.setting(), Kind::Setting),
        (options.protocol(), Kind::Protocol),
        (options.problem_area(), Kind::ProblemArea),
    ]
    .into_iter()
    .filter_map(|(id, kind)| Some((named(renderer, id)?, kind.plural())))
    .collect();
    manual
        .of_kind(Kind::Evidence)
        .filter(|(_, chapter)| condition.is_none_or(|condition| is_about(chapter, condition)))
        .filter(|(ix, _)| wanted.iter().all(|(other, relation)| tied(*ix, *other, relation)))
        .map(|(ix, _)| ix)
        .collect()
}

/// A film: a file of the manual, an address on another site, or neither if a programme adds its own.
fn video(renderer: &Renderer<'_>, options: VideoOptions<'_>, said: &Body) -> VideoView {
    let file = |path: Option<&Spanned<String>>| {
        let path = renderer.context.manual.file_meant_by(path?)?;
        Some(renderer.address(&Resolved::File(path.to_owned())))
    };
    let address = text(options.address()).unwrap_or_default();
    let host = address.split_once("://").map_or("", |(_, rest)| rest.split('/').next().unwrap_or_default());
    let mut transcript = Rendered::default();
    renderer.fill(said, &mut transcript, &mut |_, _| {});
    VideoView {
        title: text(options.title()).unwrap_or_default().to_owned(),
        file: file(options.file()).unwrap_or_default(),
        media_type: text(options.file()).map(media_type).unwrap_or_default(),
        poster: file(options.poster()).unwrap_or_default(),
        captions: file(options.captions()).unwrap_or_default(),
        address: address.to_owned(),
        host: host.to_owned(),
        transcript_html: transcript.html.trim().to_owned(),
        language: renderer.context.manual.settings.language.clone(),
    }
}

/// The type of a film or sound by its file name; empty if the browser must find out.
fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default().to_lowercase().as_str() {
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "ogv" => "video/ogg",
        _ => "",
    }
}

/// The chapters that a `chapters` directive means: of a kind, of a part, and connected with a chapter by a relation in
/// either direction. If several of these are given, the chapters that fit all.
fn chapters(renderer: &Renderer<'_>, here: ChapterIx, options: ChaptersOptions<'_>) -> Vec<ChapterIx> {
    let manual = renderer.context.manual;
    let kind = options.kind().and_then(Kind::from_name);
    let part = options.part().and_then(|part| manual.parts.iter().position(|known| known.folder == part.value));
    let fits = |ix: ChapterIx| {
        kind.is_none_or(|kind| manual.chapter(ix).kind == kind)
            && part.is_none_or(|part| manual.part_of[ix.0 as usize] == Some(part))
            && ix != here
    };
    let Some(relation) = options.relation() else {
        return manual.iter().map(|(ix, _)| ix).filter(|ix| fits(*ix)).collect();
    };
    let of = options.of().and_then(|of| manual.meant_by(of)).unwrap_or(here);
    let relation = relation.value.as_str();
    let outgoing: Vec<ChapterIx> = manual.named(of, relation).filter(|ix| fits(*ix)).collect();
    if outgoing.is_empty() || relation == MENTIONS {
        return manual.naming(of, relation).filter(|ix| fits(*ix)).collect();
    }
    outgoing
}
