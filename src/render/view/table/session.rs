//! Turns a session summary into a table.

use crate::link::course::{SessionRow, SessionTable};
use crate::link::place::ChapterIx;
use crate::model::column::SessionColumn;
use crate::model::kind::Kind;
use crate::render::address::paths::session_csv;
use crate::render::text::context::RenderContext;
use crate::render::text::piece::{chapter_link, chapter_links, from_root, list, span, texts};
use crate::render::text::rendered::Rendered;
use crate::render::text::renderer::Renderer;
use crate::render::view::table::cell::{cell, columns};
use crate::render::view::types::{CellView, RowView, TableView};
use crate::words::Word;

/// The columns of a session summary if none are chosen.
pub(crate) const USUAL_SESSION_COLUMNS: &[SessionColumn] = &[
    SessionColumn::Stage,
    SessionColumn::Sessions,
    SessionColumn::Phase,
    SessionColumn::Activity,
    SessionColumn::Techniques,
];

/// The text in place of a session summary without rows.
pub(crate) fn without_rows(context: &RenderContext<'_>, table: &SessionTable<'_>) -> String {
    match table.protocol {
        Some(protocol) => context.words.fill(Word::NoStages, &[&context.manual.chapter(protocol).title]),
        None => context.words.get(Word::NoProtocol).to_owned(),
    }
}

fn session_note(renderer: &Renderer<'_>, table: &SessionTable<'_>) -> String {
    if table.rows.is_empty() { without_rows(renderer.context, table) } else { String::new() }
}

/// A session summary, a row for each stage.
pub(crate) fn session_summary(
    renderer: &Renderer<'_>,
    table: &SessionTable<'_>,
    chosen: &[SessionColumn],
    caption: Option<&str>,
) -> TableView {
    let words = renderer.context.words;
    let title = &renderer.context.manual.chapter(table.of).title;
    let rows = table
        .rows
        .iter()
        .map(|row| RowView { cells: chosen.iter().map(|column| session_cell(renderer, row, *column)).collect() });
    TableView {
        name: "session-summary".into(),
        id: String::new(),
        caption: caption.map_or_else(|| words.fill(Word::SessionSummaryOf, &[title]), str::to_owned),
        columns: columns(renderer, chosen.iter().map(|column| column.name())),
        rows: rows.collect(),
        csv: if table.rows.is_empty() {
            String::new()
        } else {
            from_root(renderer, &session_csv(renderer.context.manual, table.of))
        },
        note: if table.has_changes() { words.get(Word::ChangesNote).to_owned() } else { session_note(renderer, table) },
        sortable: false,
    }
}

fn session_cell(renderer: &Renderer<'_>, row: &SessionRow<'_>, column: SessionColumn) -> CellView {
    let words = renderer.context.words;
    let html = match column {
        SessionColumn::Stage => {
            let mut html = chapter_link(renderer, row.stage);
            if row.changes.is_empty() && row.differs() {
                html.push_block("<div class=\"ipt-change\">");
                html.push(&span("ipt-change__mark", words.get(Word::Changed)));
                html.push_block("</div>");
            }
            for change in &row.changes {
                html.push_block("<div class=\"ipt-change\">");
                html.push(&span("ipt-change__mark", words.get(Word::Changed)));
                html.push_words(" ");
                html.push(&renderer.text(change));
                html.push_block("</div>");
            }
            html
        }
        SessionColumn::Sessions => {
            row.sessions.map(|sessions| Rendered::of(&words.sessions(sessions))).unwrap_or_default()
        }
        SessionColumn::Phase => row.phase.map(|phase| Rendered::of(words.phase(phase))).unwrap_or_default(),
        SessionColumn::Activity => row.activity.map(|activity| renderer.text(activity)).unwrap_or_default(),
        SessionColumn::Techniques => chapter_links(renderer, &row.techniques),
        SessionColumn::TherapistTasks => texts(renderer, row.therapist_tasks),
        SessionColumn::PatientTasks => texts(renderer, row.patient_tasks),
        SessionColumn::Measures => chapter_links(renderer, &row.measures),
        SessionColumn::Worksheets => chapter_links(renderer, &row.worksheets),
        // What differs stands under the stage.
        SessionColumn::Change => Rendered::default(),
    };
    let mut html = html;
    if let Some(usual) = usual(renderer, row, column).filter(|usual| !usual.html.is_empty()) {
        html.push_block("<div class=\"ipt-change\">");
        html.push(&span("ipt-change__mark", words.fill(Word::Usually, &[""]).trim()));
        html.push_words(" ");
        html.push(&usual);
        html.push_block("</div>");
    }
    let changed = row.changed.contains(&column);
    CellView { changed, ..cell(renderer, column.name(), html) }
}

/// What is usual where a cell differs.
fn usual(renderer: &Renderer<'_>, row: &SessionRow<'_>, column: SessionColumn) -> Option<Rendered> {
    let (words, usual) = (renderer.context.words, &row.usual);
    match column {
        SessionColumn::Sessions => usual.sessions.map(|sessions| Rendered::of(&words.sessions(sessions))),
        SessionColumn::Activity => usual.activity.map(|activity| renderer.text(activity)),
        SessionColumn::Techniques => usual.techniques.as_deref().map(|chapters| chapter_links(renderer, chapters)),
        SessionColumn::TherapistTasks => usual.therapist_tasks.map(|tasks| texts(renderer, tasks)),
        SessionColumn::PatientTasks => usual.patient_tasks.map(|tasks| texts(renderer, tasks)),
        _ => None,
    }
}

/// A session summary, a row for each numbered session, with the stages and session plans on it.
pub(crate) fn by_session(renderer: &Renderer<'_>, table: &SessionTable<'_>, caption: Option<&str>) -> TableView {
    let (words, manual) = (renderer.context.words, renderer.context.manual);
    let names = [Kind::Session.name(), Kind::Stage.plural(), SessionColumn::Activity.name(), "session-plans"];
    let plans: Vec<(ChapterIx, (u16, u16))> = manual
        .of_kind(Kind::Session)
        .filter_map(|(ix, plan)| Some((ix, plan.session()?.sessions()?.value.numbers()?)))
        .collect();
    let last = if table.rows.is_empty() { 0 } else { table.last.unwrap_or(0) };
    let rows = (1..=last).map(|session| {
        let rows: Vec<&SessionRow<'_>> = table.rows_of_session(session).collect();
        let stages: Vec<ChapterIx> = rows.iter().map(|row| row.stage).collect();
        let activities: Vec<Rendered> =
            rows.iter().filter_map(|row| row.activity).map(|activity| renderer.text(activity)).collect();
        let plans: Vec<ChapterIx> =
            plans.iter().filter(|(_, (first, last))| (*first..=*last).contains(&session)).map(|(ix, _)| *ix).collect();
        let cells = [
            Rendered::of(&session.to_string()),
            chapter_links(renderer, &stages),
            list(activities),
            chapter_links(renderer, &plans),
        ];
        RowView { cells: names.iter().zip(cells).map(|(name, html)| cell(renderer, name, html)).collect() }
    });
    TableView {
        name: "session-summary-by-session".into(),
        caption: caption
            .map_or_else(|| words.fill(Word::SessionSummaryOf, &[&manual.chapter(table.of).title]), str::to_owned),
        columns: columns(renderer, names),
        rows: rows.collect(),
        note: session_note(renderer, table),
        ..TableView::default()
    }
}
