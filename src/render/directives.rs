//! A directive to what it draws.

use super::chapter_view::link;
use super::fill::{Filler, Stand};
use super::session_table::SessionTable;
use super::tables;
use super::templates::{TemplateError, Templates};
use super::{lists, view::TableView};
use crate::link::checks::directives::is_about;
use crate::link::{ChapterIx, MENTIONS, resolve};
use crate::model::Kind;
use crate::model::directive::{Directive, Drawing};
use crate::model::schema::Record;

/// Draws a directive of the chapter `ix`, the `number`th there.
///
/// # Errors
/// When a template fails.
pub fn draw(
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
    match drawing {
        Drawing::SessionSummary => match session_summary(filler, options) {
            Some(table) => templates.table(&with_id(table)),
            None => Ok(String::new()),
        },
        Drawing::TechniqueMatrix => {
            let protocol = named(filler, options, "protocol", Kind::Protocol);
            let across = options.choice("across").unwrap_or("stages");
            templates.table(&with_id(tables::technique_matrix(filler, across, protocol, caption(options))))
        }
        Drawing::EvidenceSummary => templates.table(&with_id(evidence_summary(filler, options))),
        Drawing::Chapters => {
            let chapters: Vec<_> = chapters(filler, ix, options).into_iter().map(|found| link(filler, found)).collect();
            templates.chapters(&chapters, options.choice("style").unwrap_or("cards"))
        }
        // On the page with all chapters they stand once, at the end.
        Drawing::Glossary | Drawing::References if filler.stand == Stand::Print => Ok(String::new()),
        Drawing::Glossary => templates.glossary(&lists::glossary(filler)),
        Drawing::References => templates.references(&lists::references(filler)),
        Drawing::DocumentControl => templates.table(&with_id(tables::document_control(filler))),
        Drawing::Say => {
            let mut html = String::new();
            filler.fill(&directive.wording, &mut html, &mut |_, _| {});
            templates.say(html.trim())
        }
    }
}

fn caption(options: &Record) -> Option<&str> {
    options.line("caption").map(|caption| caption.value.as_str())
}

fn named(filler: &Filler<'_>, options: &Record, name: &str, kind: Kind) -> Option<ChapterIx> {
    filler.book.manual.find(kind, &options.id(name)?.value)
}

fn session_summary(filler: &Filler<'_>, options: &Record) -> Option<TableView> {
    let manual = filler.book.manual;
    let of = named(filler, options, "setting", Kind::Setting)
        .or_else(|| named(filler, options, "protocol", Kind::Protocol))
        .or(manual.default_protocol)?;
    let table = SessionTable::new(manual, of)?;
    if options.choice("by") == Some("session") {
        return Some(tables::by_session(filler, &table, caption(options)));
    }
    let columns = options.choices("columns");
    let columns = if columns.is_empty() { tables::USUAL_SESSION_COLUMNS } else { columns };
    Some(tables::session_summary(filler, &table, columns, caption(options)))
}

fn evidence_summary(filler: &Filler<'_>, options: &Record) -> TableView {
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
    .filter_map(|(name, kind)| Some((named(filler, options, name, kind)?, kind.plural())))
    .collect();
    let chapters: Vec<ChapterIx> = manual
        .of_kind(Kind::Evidence)
        .filter(|(_, chapter)| condition.is_none_or(|condition| is_about(chapter, condition)))
        .filter(|(ix, _)| wanted.iter().all(|(other, relation)| tied(*ix, *other, relation)))
        .map(|(ix, _)| ix)
        .collect();
    let columns = options.choices("columns");
    let columns = if columns.is_empty() { tables::USUAL_EVIDENCE_COLUMNS } else { columns };
    tables::evidence(filler, &chapters, columns, caption(options))
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
    let of = options.line("of").and_then(|of| resolve::chapter_named(manual, &of.value, None).ok()).unwrap_or(here);
    let relation = relation.value.as_str();
    let outgoing: Vec<ChapterIx> = manual.named(of, relation).filter(|ix| fits(*ix)).collect();
    if outgoing.is_empty() || relation == MENTIONS {
        return manual.naming(of, relation).filter(|ix| fits(*ix)).collect();
    }
    outgoing
}
