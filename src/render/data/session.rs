//! Turns a session summary into plain data: cells for any table, CSV and JSON.
//!
//! CSV is RFC 4180 in UTF-8. A cell that a spreadsheet would take for a formula gets an apostrophe in front of it.

use serde_json::{Value as Json, json};

use crate::link::course::{SessionRow, SessionTable};
use crate::link::place::ChapterIx;
use crate::model::column::SessionColumn;
use crate::render::data::csv::csv_bytes;
use crate::render::text::context::RenderContext;
use crate::render::text::plain_texts::PlainTexts;
use crate::words::Word;

/// A session summary as JSON: the protocol's or setting's id, and its rows with ids.
pub(crate) fn json(context: &RenderContext<'_>, table: &SessionTable<'_>) -> Json {
    let chapter = context.manual.chapter(table.of);
    let rows: Vec<Json> = table.rows.iter().map(|row| row_json(context, row, &chapter.source)).collect();
    json!({ chapter.kind.name(): chapter.id.value, "rows": rows })
}

fn row_json(context: &RenderContext<'_>, row: &SessionRow<'_>, source: &str) -> Json {
    let manual = context.manual;
    let texts = PlainTexts { context };
    let ids =
        |chapters: &[ChapterIx]| chapters.iter().map(|ix| manual.chapter(*ix).id.value.clone()).collect::<Vec<_>>();
    let mut json = json!({
        SessionColumn::Stage.name(): manual.chapter(row.stage).id.value,
        SessionColumn::Sessions.name(): row.sessions.map(|sessions| sessions.to_string()).unwrap_or_default(),
        SessionColumn::Phase.name(): row.phase.unwrap_or_default(),
        SessionColumn::Activity.name(): row.activity.map(|activity| texts.text(activity, source)).unwrap_or_default(),
        SessionColumn::Techniques.name(): ids(&row.techniques),
        SessionColumn::TherapistTasks.name(): texts.texts(row.therapist_tasks, source),
        SessionColumn::PatientTasks.name(): texts.texts(row.patient_tasks, source),
        SessionColumn::Measures.name(): ids(&row.measures),
        SessionColumn::Worksheets.name(): ids(&row.worksheets),
    });
    let usual = usual_json(context, row, source);
    if usual.as_object().is_some_and(|usual| !usual.is_empty()) {
        json["usual"] = usual;
    }
    if !row.changes.is_empty() {
        let changes: Vec<String> = row.changes.iter().map(|change| texts.text(change, source)).collect();
        json[SessionColumn::Change.name()] = json!(changes.join("; "));
    }
    json
}

/// What is usual where a row differs, by column.
fn usual_json(context: &RenderContext<'_>, row: &SessionRow<'_>, source: &str) -> Json {
    let (manual, usual) = (context.manual, &row.usual);
    let texts = PlainTexts { context };
    let mut json = json!({});
    if let Some(sessions) = usual.sessions {
        json[SessionColumn::Sessions.name()] = json!(sessions.to_string());
    }
    if let Some(activity) = usual.activity {
        json[SessionColumn::Activity.name()] = json!(texts.text(activity, source));
    }
    if let Some(techniques) = &usual.techniques {
        let ids: Vec<&str> = techniques.iter().map(|ix| manual.chapter(*ix).id.value.as_str()).collect();
        json[SessionColumn::Techniques.name()] = json!(ids);
    }
    for (column, tasks) in
        [(SessionColumn::TherapistTasks, usual.therapist_tasks), (SessionColumn::PatientTasks, usual.patient_tasks)]
    {
        if let Some(tasks) = tasks {
            json[column.name()] = json!(texts.texts(tasks, source));
        }
    }
    json
}

/// What differs in a row, in words: what the author says of it, and what is usual.
fn differences(context: &RenderContext<'_>, row: &SessionRow<'_>, source: &str) -> Vec<String> {
    let (manual, words, usual) = (context.manual, context.words, &row.usual);
    let texts = PlainTexts { context };
    let mut said: Vec<String> = row.changes.iter().map(|change| texts.text(change, source)).collect();
    let mut add = |column: SessionColumn, value: String| {
        let usually = words.fill(Word::Usually, &[&value]);
        said.push(format!("{}: {}", words.field(column.name()), usually.trim()));
    };
    if let Some(sessions) = usual.sessions {
        add(SessionColumn::Sessions, words.sessions(sessions));
    }
    if let Some(activity) = usual.activity {
        add(SessionColumn::Activity, texts.text(activity, source));
    }
    if let Some(techniques) = &usual.techniques {
        let titles: Vec<&str> = techniques.iter().map(|ix| manual.chapter(*ix).title.as_str()).collect();
        add(SessionColumn::Techniques, if titles.is_empty() { "–".to_owned() } else { titles.join(", ") });
    }
    for (column, tasks) in
        [(SessionColumn::TherapistTasks, usual.therapist_tasks), (SessionColumn::PatientTasks, usual.patient_tasks)]
    {
        if let Some(tasks) = tasks.filter(|tasks| !tasks.is_empty()) {
            add(column, texts.texts(tasks, source).join(", "));
        }
    }
    said
}

/// All columns of a session summary; what differs is a column of its own in tables in which
/// anything does.
pub(crate) fn all_columns(table: &SessionTable<'_>) -> Vec<SessionColumn> {
    let changes = table.has_changes().then_some(SessionColumn::Change);
    SessionColumn::ALL.iter().copied().chain(changes).collect()
}

/// The rows of a session summary, a list of texts for each of `columns`.
pub(crate) fn rows(
    context: &RenderContext<'_>,
    table: &SessionTable<'_>,
    columns: &[SessionColumn],
) -> Vec<Vec<Vec<String>>> {
    table.rows.iter().map(|row| columns.iter().map(|column| cell(context, table, row, *column)).collect()).collect()
}

pub(crate) fn cell(
    context: &RenderContext<'_>,
    table: &SessionTable<'_>,
    row: &SessionRow<'_>,
    column: SessionColumn,
) -> Vec<String> {
    let (manual, words) = (context.manual, context.words);
    let texts = PlainTexts { context };
    let source = &manual.chapter(table.of).source;
    let titles =
        |chapters: &[ChapterIx]| chapters.iter().map(|ix| manual.chapter(*ix).title.clone()).collect::<Vec<_>>();
    match column {
        SessionColumn::Stage => vec![manual.chapter(row.stage).title.clone()],
        SessionColumn::Sessions => row.sessions.map(|sessions| words.sessions(sessions)).into_iter().collect(),
        SessionColumn::Phase => row.phase.map(|phase| words.phase(phase).to_owned()).into_iter().collect(),
        SessionColumn::Activity => row.activity.map(|activity| texts.text(activity, source)).into_iter().collect(),
        SessionColumn::Techniques => titles(&row.techniques),
        SessionColumn::TherapistTasks => texts.texts(row.therapist_tasks, source),
        SessionColumn::PatientTasks => texts.texts(row.patient_tasks, source),
        SessionColumn::Measures => titles(&row.measures),
        SessionColumn::Worksheets => titles(&row.worksheets),
        SessionColumn::Change => differences(context, row, source),
    }
}

/// A session summary as CSV, with all columns; lists are joined by `; `.
pub(crate) fn csv(context: &RenderContext<'_>, table: &SessionTable<'_>) -> Vec<u8> {
    let columns = all_columns(table);
    let header = columns.iter().map(|column| column.name().to_owned()).collect();
    let rows =
        rows(context, table, &columns).into_iter().map(|row| row.into_iter().map(|cell| cell.join("; ")).collect());
    csv_bytes(std::iter::once(header).chain(rows).collect())
}
