//! A session summary as plain data: cells for any table, CSV and JSON.
//!
//! CSV is RFC 4180 in UTF-8. A cell that a spreadsheet would take for a formula is defused by an
//! apostrophe before it.

use serde_json::{Value as Json, json};

use super::chapter_view::sessions_text;
use super::fill::{Book, Filler, Stand, plain};
use super::session_table::{SessionRow, SessionTable};
use crate::link::ChapterIx;
use crate::model::directive::SESSION_COLUMNS;
use crate::model::schema::Text;

/// Makes texts plain, for a source file's relative links.
pub(super) struct PlainTexts<'a> {
    pub(super) book: &'a Book<'a>,
}

impl PlainTexts<'_> {
    pub(super) fn text(&self, text: &Text, source: &str) -> String {
        plain(&Filler::plain(self.book, Stand::Page(""), source).text(text))
    }

    pub(super) fn texts(&self, texts: &[Text], source: &str) -> Vec<String> {
        texts.iter().map(|text| self.text(text, source)).collect()
    }
}

/// A session summary as JSON: the protocol's or setting's id, and its rows with ids.
pub fn json(book: &Book<'_>, table: &SessionTable<'_>) -> Json {
    let chapter = book.manual.chapter(table.of);
    let rows: Vec<Json> = table.rows.iter().map(|row| row_json(book, row, &chapter.source)).collect();
    json!({ chapter.kind.name(): chapter.id.value, "rows": rows })
}

fn row_json(book: &Book<'_>, row: &SessionRow<'_>, source: &str) -> Json {
    let manual = book.manual;
    let texts = PlainTexts { book };
    let ids =
        |chapters: &[ChapterIx]| chapters.iter().map(|ix| manual.chapter(*ix).id.value.clone()).collect::<Vec<_>>();
    let mut json = json!({
        "stage": manual.chapter(row.stage).id.value,
        "sessions": row.sessions.map(|sessions| sessions.to_string()).unwrap_or_default(),
        "phase": row.phase.unwrap_or_default(),
        "activity": row.activity.map(|activity| texts.text(activity, source)).unwrap_or_default(),
        "techniques": ids(&row.techniques),
        "therapist-tasks": texts.texts(row.therapist_tasks, source),
        "patient-tasks": texts.texts(row.patient_tasks, source),
        "measures": ids(&row.measures),
        "worksheets": ids(&row.worksheets),
    });
    if !row.changes.is_empty() {
        let changes: Vec<String> = row.changes.iter().map(|change| texts.text(change, source)).collect();
        json["change"] = json!(changes.join("; "));
    }
    json
}

/// All columns of a session summary; what differs is a column of its own in tables in which
/// anything does.
pub fn all_columns(table: &SessionTable<'_>) -> Vec<&'static str> {
    let changes = table.has_changes().then_some("change");
    SESSION_COLUMNS.iter().copied().chain(changes).collect()
}

/// The rows of a session summary, a list of texts for each of `columns`.
pub fn rows(book: &Book<'_>, table: &SessionTable<'_>, columns: &[&str]) -> Vec<Vec<Vec<String>>> {
    table.rows.iter().map(|row| columns.iter().map(|column| cell(book, table, row, column)).collect()).collect()
}

fn cell(book: &Book<'_>, table: &SessionTable<'_>, row: &SessionRow<'_>, column: &str) -> Vec<String> {
    let (manual, words) = (book.manual, book.words);
    let texts = PlainTexts { book };
    let source = &manual.chapter(table.of).source;
    let titles =
        |chapters: &[ChapterIx]| chapters.iter().map(|ix| manual.chapter(*ix).title.clone()).collect::<Vec<_>>();
    match column {
        "stage" => vec![manual.chapter(row.stage).title.clone()],
        "sessions" => row.sessions.map(|sessions| sessions_text(words, sessions)).into_iter().collect(),
        "phase" => row.phase.map(|phase| words.get(&format!("phase-{phase}")).to_owned()).into_iter().collect(),
        "activity" => row.activity.map(|activity| texts.text(activity, source)).into_iter().collect(),
        "techniques" => titles(&row.techniques),
        "therapist-tasks" => texts.texts(row.therapist_tasks, source),
        "patient-tasks" => texts.texts(row.patient_tasks, source),
        "measures" => titles(&row.measures),
        "worksheets" => titles(&row.worksheets),
        _ => row.changes.iter().map(|change| texts.text(change, source)).collect(),
    }
}

/// A session summary as CSV, with all columns; lists are joined by `; `.
pub fn csv(book: &Book<'_>, table: &SessionTable<'_>) -> Vec<u8> {
    let columns = all_columns(table);
    let header = columns.iter().map(|column| (*column).to_owned()).collect();
    let rows = rows(book, table, &columns).into_iter().map(|row| row.into_iter().map(|cell| cell.join("; ")).collect());
    csv_bytes(std::iter::once(header).chain(rows).collect())
}

/// Rows as CSV.
pub(super) fn csv_bytes(rows: Vec<Vec<String>>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.iter().map(|cell| defused(cell))).expect("writing to memory does not fail");
    }
    writer.into_inner().expect("writing to memory does not fail")
}

/// A cell that no spreadsheet runs: what would begin a formula gets an apostrophe before it (the letters are those
/// of the OWASP page on CSV injection, with their wide forms). A plain number, such as `-0.13`, is no formula.
fn defused(cell: &str) -> String {
    const BEGINNINGS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    let number = cell.parse::<f64>().is_ok() && cell.ends_with(|letter: char| letter.is_ascii_digit());
    let formula = cell.starts_with(BEGINNINGS) && !number;
    if formula { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::defused;

    #[test]
    fn formulas_are_defused_and_numbers_are_not() {
        assert_eq!(defused("=1+1"), "'=1+1");
        assert_eq!(defused("@cmd"), "'@cmd");
        assert_eq!(defused("-0.13"), "-0.13");
        assert_eq!(defused("- item"), "'- item");
        assert_eq!(defused("＝1+1"), "'＝1+1");
        assert_eq!(defused("-inf"), "'-inf");
        assert_eq!(defused("plain"), "plain");
    }
}
