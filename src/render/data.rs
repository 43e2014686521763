//! The manual as data: `data/manual.json` and the tables as CSV.
//!
//! CSV is RFC 4180 in UTF-8. A cell that a spreadsheet would take for a formula is defused by an
//! apostrophe before it.

use serde_json::{Map, Value as Json, json};

use super::chapter_view::sessions_text;
use super::fill::{Book, Filler, Stand, plain};
use super::session_table::{SessionRow, SessionTable};
use super::tables::session_csv;
use crate::link::ChapterIx;
use crate::model::Kind;
use crate::model::directive::SESSION_COLUMNS;
use crate::model::schema::{Record, Text};

/// A data file to be made.
#[derive(Debug, Clone, Copy)]
pub enum File {
    /// Everything.
    Manual,
    /// The findings.
    Evidence,
    /// The session summary of a protocol or setting.
    SessionSummary(ChapterIx),
}

/// The data files of a manual.
pub fn files(book: &Book<'_>) -> Vec<File> {
    let tables = session_tables(book);
    let summaries = tables.iter().filter(|table| !table.rows.is_empty()).map(|table| File::SessionSummary(table.of));
    [File::Manual, File::Evidence].into_iter().chain(summaries).collect()
}

impl File {
    /// Its path in the site.
    pub fn path(self, book: &Book<'_>) -> String {
        match self {
            Self::Manual => "data/manual.json".into(),
            Self::Evidence => "data/evidence.csv".into(),
            Self::SessionSummary(of) => {
                let table = SessionTable::new(book.manual, of).expect("only protocols and settings are asked for");
                session_csv(&table, &Filler::plain(book, Stand::Page(""), ""))
            }
        }
    }

    /// Its bytes.
    pub fn content(self, book: &Book<'_>) -> Vec<u8> {
        match self {
            Self::Manual => {
                let mut bytes = serde_json::to_vec_pretty(&manual(book)).expect("the value is plain JSON");
                bytes.push(b'\n');
                bytes
            }
            Self::Evidence => evidence_csv(book),
            Self::SessionSummary(of) => {
                let table = SessionTable::new(book.manual, of).expect("only protocols and settings are asked for");
                session_summary_csv(book, &table)
            }
        }
    }
}

fn session_tables<'a>(book: &Book<'a>) -> Vec<SessionTable<'a>> {
    let manual = book.manual;
    let chapters = manual.of_kind(Kind::Protocol).chain(manual.of_kind(Kind::Setting));
    chapters.filter_map(|(ix, _)| SessionTable::new(manual, ix)).collect()
}

/// Makes texts plain, for a source file's relative links.
struct PlainTexts<'a> {
    book: &'a Book<'a>,
}

impl PlainTexts<'_> {
    fn text(&self, text: &Text, source: &str) -> String {
        plain(&Filler::plain(self.book, Stand::Page(""), source).text(text))
    }

    fn texts(&self, texts: &[Text], source: &str) -> Vec<String> {
        texts.iter().map(|text| self.text(text, source)).collect()
    }
}

fn manual(book: &Book<'_>) -> Json {
    let manual = book.manual;
    let texts = PlainTexts { book };
    let key = |ix: ChapterIx| manual.chapter(ix).key();
    let chapters: Vec<Json> = manual
        .iter()
        .map(|(ix, chapter)| {
            let mut relations: Map<String, Json> = Map::new();
            for edge in &manual.outgoing[ix.0 as usize] {
                let list = relations.entry(edge.relation).or_insert_with(|| json!([]));
                list.as_array_mut().expect("every entry is a list").push(json!(key(edge.chapter)));
            }
            let backlinks: Vec<Json> = manual.incoming[ix.0 as usize]
                .iter()
                .map(|edge| json!({ "from": key(edge.chapter), "relation": edge.relation }))
                .collect();
            json!({
                "kind": chapter.kind.name(),
                "id": chapter.id.value,
                "title": chapter.title,
                "summary": chapter.summary().map(|summary| texts.text(summary, &chapter.source)).unwrap_or_default(),
                "url": book.page(ix),
                "source": chapter.source,
                "status": chapter.front.choice("status").unwrap_or("approved"),
                "relations": relations,
                "backlinks": backlinks,
            })
        })
        .collect();
    let summaries: Vec<Json> = session_tables(book)
        .iter()
        .map(|table| {
            let chapter = manual.chapter(table.of);
            let rows: Vec<Json> = table.rows.iter().map(|row| session_row(book, row, &chapter.source)).collect();
            json!({ chapter.kind.name(): chapter.id.value, "rows": rows })
        })
        .collect();
    let evidence: Vec<Json> = manual
        .of_kind(Kind::Evidence)
        .flat_map(|(_, chapter)| chapter.front.records("findings").iter().map(move |finding| (chapter, finding)))
        .map(|(chapter, finding)| {
            let statement = finding.text("statement").map(|statement| texts.text(statement, &chapter.source));
            let condition = chapter.front.line("condition").map(|condition| condition.value.clone());
            finding_json(&chapter.key(), condition, statement, finding)
        })
        .collect();
    json!({
        "title": manual.settings.title,
        "edition": manual.settings.line("edition").unwrap_or_default(),
        "language": manual.settings.language,
        "chapters": chapters,
        "session-summaries": summaries,
        "evidence": evidence,
    })
}

fn session_row(book: &Book<'_>, row: &SessionRow<'_>, source: &str) -> Json {
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

fn finding_json(chapter: &str, condition: Option<String>, statement: Option<String>, finding: &Record) -> Json {
    let line = |name: &str| finding.line(name).map(|line| line.value.clone());
    let effect = finding.record("effect").map(|effect| {
        json!({
            "measure": effect.line("measure").map(|measure| measure.value.clone()),
            "value": effect.number("value"),
            "ci": effect.interval("ci").map(|(low, high)| [low, high]),
            "favours-ipt": effect.choice("favours-ipt"),
        })
    });
    json!({
        "chapter": chapter,
        "condition": condition,
        "statement": statement,
        "design": line("design"),
        "population": line("population"),
        "n": finding.integer("n"),
        "trials": finding.integer("trials"),
        "comparator": line("comparator"),
        "outcome": line("outcome"),
        "effect": effect,
        "direction": finding.choice("direction"),
        "certainty": finding.choice("certainty"),
        "sources": finding.keys("sources").iter().map(|key| key.value.clone()).collect::<Vec<_>>(),
    })
}

fn csv_bytes(rows: Vec<Vec<String>>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.iter().map(|cell| defused(cell))).expect("writing to memory does not fail");
    }
    writer.into_inner().expect("writing to memory does not fail")
}

/// A cell that no spreadsheet runs: what would begin a formula gets an apostrophe before it.
/// A plain number, such as `-0.13`, is no formula.
fn defused(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    if formula { format!("'{cell}") } else { cell.to_owned() }
}

fn session_summary_csv(book: &Book<'_>, table: &SessionTable<'_>) -> Vec<u8> {
    let (manual, words) = (book.manual, book.words);
    let texts = PlainTexts { book };
    let source = &manual.chapter(table.of).source;
    let titles = |chapters: &[ChapterIx]| {
        chapters.iter().map(|ix| manual.chapter(*ix).title.as_str()).collect::<Vec<_>>().join("; ")
    };
    let cell = |row: &SessionRow<'_>, column: &str| match column {
        "stage" => manual.chapter(row.stage).title.clone(),
        "sessions" => row.sessions.map(|sessions| sessions_text(words, sessions)).unwrap_or_default(),
        "phase" => row.phase.map(|phase| words.get(&format!("phase-{phase}")).to_owned()).unwrap_or_default(),
        "activity" => row.activity.map(|activity| texts.text(activity, source)).unwrap_or_default(),
        "techniques" => titles(&row.techniques),
        "therapist-tasks" => texts.texts(row.therapist_tasks, source).join("; "),
        "patient-tasks" => texts.texts(row.patient_tasks, source).join("; "),
        "measures" => titles(&row.measures),
        "worksheets" => titles(&row.worksheets),
        _ => row.changes.iter().map(|change| texts.text(change, source)).collect::<Vec<_>>().join("; "),
    };
    // What differs is a column of its own, in tables in which anything does.
    let changes = table.has_changes().then_some("change");
    let columns: Vec<&str> = SESSION_COLUMNS.iter().copied().chain(changes).collect();
    let header = columns.iter().map(|column| (*column).to_owned()).collect();
    let rows = table.rows.iter().map(|row| columns.iter().map(|column| cell(row, column)).collect());
    csv_bytes(std::iter::once(header).chain(rows).collect())
}

fn evidence_csv(book: &Book<'_>) -> Vec<u8> {
    let manual = book.manual;
    let columns = [
        "chapter",
        "condition",
        "statement",
        "design",
        "population",
        "n",
        "trials",
        "comparator",
        "outcome",
        "effect-measure",
        "effect-value",
        "ci-low",
        "ci-high",
        "effect-favours-ipt",
        "direction",
        "certainty",
        "sources",
    ];
    let mut rows = vec![columns.map(str::to_owned).to_vec()];
    for (_, chapter) in manual.of_kind(Kind::Evidence) {
        for finding in chapter.front.records("findings") {
            let line = |name: &str| finding.line(name).map(|line| line.value.clone()).unwrap_or_default();
            let integer = |name: &str| finding.integer(name).map(|number| number.to_string()).unwrap_or_default();
            let effect = finding.record("effect");
            let ci = effect.and_then(|effect| effect.interval("ci"));
            let number = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
            rows.push(vec![
                chapter.title.clone(),
                chapter.front.line("condition").map(|condition| condition.value.clone()).unwrap_or_default(),
                finding
                    .text("statement")
                    .map(|statement| PlainTexts { book }.text(statement, &chapter.source))
                    .unwrap_or_default(),
                line("design"),
                line("population"),
                integer("n"),
                integer("trials"),
                line("comparator"),
                line("outcome"),
                effect
                    .and_then(|effect| effect.line("measure"))
                    .map(|measure| measure.value.clone())
                    .unwrap_or_default(),
                number(effect.and_then(|effect| effect.number("value"))),
                number(ci.map(|(low, _)| low)),
                number(ci.map(|(_, high)| high)),
                effect.and_then(|effect| effect.choice("favours-ipt")).unwrap_or_default().to_owned(),
                finding.choice("direction").unwrap_or_default().to_owned(),
                finding.choice("certainty").unwrap_or_default().to_owned(),
                finding.keys("sources").iter().map(|key| key.value.as_str()).collect::<Vec<_>>().join("; "),
            ]);
        }
    }
    csv_bytes(rows)
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
        assert_eq!(defused("plain"), "plain");
    }
}
