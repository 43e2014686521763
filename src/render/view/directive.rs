//! A directive to what it draws.

use crate::link::checks::directives::is_about;
use crate::link::course::SessionTable;
use crate::link::place::ChapterIx;
use crate::link::relation::MENTIONS;
use crate::link::targets::Resolved;
use crate::model::directive::{Directive, Drawing};
use crate::model::kind::Kind;
use crate::model::schema::record::Record;
use crate::render::address::anchor;
use crate::render::template::error::TemplateError;
use crate::render::template::{Component, Templates};
use crate::render::text::filler::{Filler, Stand};
use crate::render::view::chart::forest::ForestView;
use crate::render::view::chart::timeline::TimelineView;
use crate::render::view::chart::{forest, timeline};
use crate::render::view::link::link;
use crate::render::view::table::{control, evidence, matrix, session, settings};
use crate::render::view::types::{TableView, VideoView};
use crate::render::view::{form, glossary_and_references, phases};

/// Draws a directive of the chapter `ix`, the `number`th there.
///
/// # Errors
/// When a template fails.
pub(crate) fn draw(
    filler: &Filler<'_>,
    templates: &Templates,
    ix: ChapterIx,
    number: u32,
    directive: &Directive,
) -> Result<String, TemplateError> {
    let options = &directive.options;
    let Some(drawing) = directive.drawing else { return Ok(String::new()) };
    let with_id = |mut table: TableView| {
        table.id = format!("{}table-{}", filler.prefix, number + 1);
        table
    };
    let id = |name: &str| format!("{}{name}-{}", filler.prefix, number + 1);
    match drawing {
        Drawing::SessionSummary => match session_summary(filler, options) {
            Some(table) => templates.component(Component::Table, &with_id(table)),
            None => Ok(String::new()),
        },
        Drawing::SessionTimeline => {
            let Some(of) = sessions_of(filler, options) else { return Ok(String::new()) };
            match timeline::of(filler, of, caption(options)) {
                Some(view) => {
                    templates.component(Component::SessionTimeline, &TimelineView { id: id("timeline"), ..view })
                }
                // A protocol without stages says so where its table would be.
                None => match session_summary(filler, options) {
                    Some(table) => templates.component(Component::Table, &with_id(table)),
                    None => Ok(String::new()),
                },
            }
        }
        Drawing::PhaseMap => {
            let protocol = named(filler, options, "protocol").or(filler.book.manual.default_protocol);
            templates.component(
                Component::PhaseMap,
                &protocol.map(|protocol| phases::phases(filler, protocol)).unwrap_or_default(),
            )
        }
        Drawing::TechniqueMatrix => {
            let protocol = named(filler, options, "protocol");
            let across = options.choice("across").unwrap_or("stages");
            templates.component(
                Component::Table,
                &with_id(matrix::techniques(filler, &all(filler, Kind::Technique), across, protocol, caption(options))),
            )
        }
        Drawing::MeasureMatrix => {
            let protocol = named(filler, options, "protocol");
            templates.component(
                Component::Table,
                &with_id(matrix::measures(filler, &all(filler, Kind::Measure), protocol, caption(options))),
            )
        }
        Drawing::SettingComparison => templates.component(
            Component::Table,
            &with_id(settings::settings(filler, &all(filler, Kind::Setting), caption(options))),
        ),
        Drawing::EvidenceSummary => templates.component(Component::Table, &with_id(evidence_summary(filler, options))),
        Drawing::EvidenceOverview => templates.component(
            Component::Table,
            &with_id(evidence::overview(filler, &all(filler, Kind::Evidence), caption(options))),
        ),
        Drawing::ForestPlot => {
            let view = forest::forest(filler, &evidence_chapters(filler, options), caption(options));
            templates.component(Component::ForestPlot, &ForestView { id: id("forest"), ..view })
        }
        Drawing::Worksheet => {
            let manual = filler.book.manual;
            let worksheet = named(filler, options, "worksheet").unwrap_or(ix);
            let anchor = format!("{}{}-{}", filler.prefix, anchor::FORM, number + 1);
            match form::form(manual.chapter(worksheet), &anchor) {
                Some(form) => templates.component(Component::Form, &form),
                None => Ok(String::new()),
            }
        }
        Drawing::Video => templates.component(Component::Video, &video(&filler.within(&id("film")), directive)),
        Drawing::Chapters => {
            let chapters: Vec<_> = chapters(filler, ix, options).into_iter().map(|found| link(filler, found)).collect();
            {
                let mut values = templates.values();
                values.insert("chapters", &chapters);
                values.insert("style", options.choice("style").unwrap_or("cards"));
                templates.render("components/chapters.html", &values)
            }
        }
        // On the page with all chapters they stand once, at the end.
        Drawing::Glossary | Drawing::References if filler.stand == Stand::Print => Ok(String::new()),
        Drawing::Glossary => templates.component(Component::Glossary, &glossary_and_references::glossary(filler)),
        Drawing::References => templates.component(Component::References, &glossary_and_references::references(filler)),
        Drawing::DocumentControl => {
            let chapters: Vec<ChapterIx> = filler.book.manual.iter().map(|(ix, _)| ix).collect();
            templates.component(Component::Table, &with_id(control::document_control(filler, &chapters, &[])))
        }
        Drawing::Say => {
            let mut html = String::new();
            filler.fill(&directive.wording, &mut html, &mut |_, _| {});
            templates.component(Component::Say, &html.trim())
        }
    }
}

/// All chapters of a kind.
fn all(filler: &Filler<'_>, kind: Kind) -> Vec<ChapterIx> {
    filler.book.manual.of_kind(kind).map(|(ix, _)| ix).collect()
}

fn caption(options: &Record) -> Option<&str> {
    options.line("caption").map(|caption| caption.value.as_str())
}

fn named(filler: &Filler<'_>, options: &Record, name: &str) -> Option<ChapterIx> {
    filler.book.manual.meant_by(options.id(name)?)
}

/// The protocol or setting whose sessions are meant.
fn sessions_of(filler: &Filler<'_>, options: &Record) -> Option<ChapterIx> {
    named(filler, options, "setting")
        .or_else(|| named(filler, options, "protocol"))
        .or(filler.book.manual.default_protocol)
}

fn session_summary(filler: &Filler<'_>, options: &Record) -> Option<TableView> {
    let table = SessionTable::new(filler.book.manual, sessions_of(filler, options)?)?;
    if options.choice("by") == Some("session") {
        return Some(session::by_session(filler, &table, caption(options)));
    }
    let columns = options.choices("columns");
    let columns = if columns.is_empty() { session::USUAL_SESSION_COLUMNS } else { columns };
    Some(session::session_summary(filler, &table, columns, caption(options)))
}

fn evidence_summary(filler: &Filler<'_>, options: &Record) -> TableView {
    let columns = options.choices("columns");
    let columns = if columns.is_empty() { evidence::USUAL_EVIDENCE_COLUMNS } else { columns };
    evidence::evidence(filler, &evidence_chapters(filler, options), columns, caption(options))
}

/// The evidence chapters that the options of a directive ask for; all, if they ask for nothing.
fn evidence_chapters(filler: &Filler<'_>, options: &Record) -> Vec<ChapterIx> {
    let manual = filler.book.manual;
    let condition = options.line("condition").map(|condition| condition.value.as_str());
    // A relation between evidence and another chapter may be declared on either side.
    let tied = |evidence: ChapterIx, other: ChapterIx, relation: &str| {
        manual.named(evidence, relation).any(|named| named == other)
            || manual.named(other, "evidence").any(|named| named == evidence)
    };
    let wanted: Vec<(ChapterIx, &str)> = [
        ("technique", Kind::Technique),
        ("setting", Kind::Setting),
        ("protocol", Kind::Protocol),
        ("problem-area", Kind::ProblemArea),
    ]
    .into_iter()
    .filter_map(|(name, kind)| Some((named(filler, options, name)?, kind.plural())))
    .collect();
    manual
        .of_kind(Kind::Evidence)
        .filter(|(_, chapter)| condition.is_none_or(|condition| is_about(chapter, condition)))
        .filter(|(ix, _)| wanted.iter().all(|(other, relation)| tied(*ix, *other, relation)))
        .map(|(ix, _)| ix)
        .collect()
}

/// A film: a file of the manual, an outside address, or neither where a programme adds its own.
fn video(filler: &Filler<'_>, directive: &Directive) -> VideoView {
    let options = &directive.options;
    let line = |name: &str| options.line(name).map(|line| line.value.as_str());
    let file = |name: &str| {
        let path = filler.book.manual.file_meant_by(options.line(name)?)?;
        Some(filler.address(&Resolved::File(path.to_owned())))
    };
    let address = line("address").unwrap_or_default();
    let host = address.split_once("://").map_or("", |(_, rest)| rest.split('/').next().unwrap_or_default());
    let mut transcript = String::new();
    filler.fill(&directive.wording, &mut transcript, &mut |_, _| {});
    VideoView {
        title: line("title").unwrap_or_default().to_owned(),
        file: file("file").unwrap_or_default(),
        media_type: line("file").map(media_type).unwrap_or_default(),
        poster: file("poster").unwrap_or_default(),
        captions: file("captions").unwrap_or_default(),
        address: address.to_owned(),
        host: host.to_owned(),
        transcript_html: transcript.trim().to_owned(),
        language: filler.book.manual.settings.language.clone(),
    }
}

/// The type of a film or sound by its file's name; empty where a browser has to find out.
fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default().to_lowercase().as_str() {
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "ogv" => "video/ogg",
        _ => "",
    }
}

/// The chapters that a `chapters` directive means: of a kind, of a part, and tied to a chapter by a
/// relation in either direction; where several are given, those that fit all.
fn chapters(filler: &Filler<'_>, here: ChapterIx, options: &Record) -> Vec<ChapterIx> {
    let manual = filler.book.manual;
    let kind = options.choice("kind").and_then(Kind::from_name);
    let part = options.line("part").and_then(|part| manual.parts.iter().position(|known| known.folder == part.value));
    let fits = |ix: ChapterIx| {
        kind.is_none_or(|kind| manual.chapter(ix).kind == kind)
            && part.is_none_or(|part| manual.part_of[ix.0 as usize] == Some(part))
            && ix != here
    };
    let Some(relation) = options.line("relation") else {
        return manual.iter().map(|(ix, _)| ix).filter(|ix| fits(*ix)).collect();
    };
    let of = options.line("of").and_then(|of| manual.meant_by(of)).unwrap_or(here);
    let relation = relation.value.as_str();
    let outgoing: Vec<ChapterIx> = manual.named(of, relation).filter(|ix| fits(*ix)).collect();
    if outgoing.is_empty() || relation == MENTIONS {
        return manual.naming(of, relation).filter(|ix| fits(*ix)).collect();
    }
    outgoing
}
