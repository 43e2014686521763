//! Plain tables for pages: the session summary, the comparison of settings, document control.

use super::chapter_view::{anchor_html, control, label, links_html, sessions_text, texts_html, value_html};
use super::evidence_tables::{certainty_html, condition_html, headline};
use super::fill::{Book, Filler, Stand};
use super::locale::Words;
use super::session_table::{SessionRow, SessionTable};
use super::templates::escaped;
use super::view::{CellView, ColumnView, RowView, TableView};
use crate::link::ChapterIx;
use crate::link::resolve::Resolved;
use crate::model::Kind;
use crate::model::markdown::escape;

/// The columns of a session summary where none are chosen.
pub const USUAL_SESSION_COLUMNS: &[&str] = &["stage", "sessions", "phase", "activity", "techniques"];

pub(super) fn columns(filler: &Filler<'_>, names: &[&str]) -> Vec<ColumnView> {
    names.iter().map(|name| ColumnView { name: (*name).into(), label: label(filler.book.words, name) }).collect()
}

pub(super) fn cell(filler: &Filler<'_>, name: &str, html: String) -> CellView {
    CellView { name: name.into(), label: label(filler.book.words, name), html, ..CellView::default() }
}

/// A text as HTML.
pub(super) fn text(text: &str) -> String {
    let mut html = String::new();
    escape(&mut html, text);
    html
}

/// The path of a session summary as CSV, relative to the site.
pub fn session_csv(table: &SessionTable<'_>, filler: &Filler<'_>) -> String {
    let chapter = filler.book.manual.chapter(table.of);
    match chapter.kind {
        Kind::Setting => format!("data/session-summary-setting-{}.csv", chapter.id.value),
        _ => format!("data/session-summary-{}.csv", chapter.id.value),
    }
}

/// What is said where a session summary has no rows.
pub fn without_rows(book: &Book<'_>, table: &SessionTable<'_>) -> String {
    match table.protocol {
        Some(protocol) => book.words.fill("no-stages", &[&book.manual.chapter(protocol).title]),
        None => book.words.get("no-protocol").to_owned(),
    }
}

fn session_note(filler: &Filler<'_>, table: &SessionTable<'_>) -> String {
    if table.rows.is_empty() { without_rows(filler.book, table) } else { String::new() }
}

pub(super) fn from_root(filler: &Filler<'_>, path: &str) -> String {
    match filler.stand {
        Stand::Page(root) => format!("{root}{path}"),
        Stand::Print => path.to_owned(),
    }
}

/// Pieces of HTML as a list in a cell; one alone as it is.
pub(super) fn list_html(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        several => format!("<ul class=\"ipt-cell-list\"><li>{}</li></ul>", several.join("</li><li>")),
    }
}

/// A session summary, a row for each stage.
pub fn session_summary(
    filler: &Filler<'_>,
    table: &SessionTable<'_>,
    names: &[&str],
    caption: Option<&str>,
) -> TableView {
    let words = filler.book.words;
    let title = &filler.book.manual.chapter(table.of).title;
    let rows = table
        .rows
        .iter()
        .map(|row| RowView { cells: names.iter().map(|name| session_cell(filler, row, name)).collect() });
    TableView {
        name: "session-summary".into(),
        id: String::new(),
        caption: caption.map_or_else(|| words.fill("session-summary-of", &[title]), str::to_owned),
        columns: columns(filler, names),
        rows: rows.collect(),
        csv: if table.rows.is_empty() { String::new() } else { from_root(filler, &session_csv(table, filler)) },
        note: if table.has_changes() { words.get("changes-note").to_owned() } else { session_note(filler, table) },
        sortable: false,
    }
}

fn session_cell(filler: &Filler<'_>, row: &SessionRow<'_>, name: &str) -> CellView {
    let words = filler.book.words;
    let html = match name {
        "stage" => {
            let mut html = anchor_html(filler, row.stage);
            for change in &row.changes {
                html.push_str("<div class=\"ipt-change\"><span class=\"ipt-change__mark\">");
                html.push_str(&text(words.get("changed")));
                html.push_str("</span> ");
                html.push_str(&filler.text(change));
                html.push_str("</div>");
            }
            html
        }
        "sessions" => row.sessions.map(|sessions| text(&sessions_text(words, sessions))).unwrap_or_default(),
        "phase" => row.phase.map(|phase| text(words.get(&format!("phase-{phase}")))).unwrap_or_default(),
        "activity" => row.activity.map(|activity| filler.text(activity)).unwrap_or_default(),
        "techniques" => links_html(filler, &row.techniques),
        "therapist-tasks" => texts_html(filler, row.therapist_tasks),
        "patient-tasks" => texts_html(filler, row.patient_tasks),
        "measures" => links_html(filler, &row.measures),
        "worksheets" => links_html(filler, &row.worksheets),
        _ => String::new(),
    };
    let changed = row.changed.contains(&name);
    CellView { changed, ..cell(filler, name, html) }
}

/// A session summary, a row for each numbered session, with the stages and session plans on it.
pub fn by_session(filler: &Filler<'_>, table: &SessionTable<'_>, caption: Option<&str>) -> TableView {
    let (words, manual) = (filler.book.words, filler.book.manual);
    let names = ["session", "stages", "activity", "session-plans"];
    let plans: Vec<(ChapterIx, (u16, u16))> = manual
        .of_kind(Kind::Session)
        .filter_map(|(ix, plan)| Some((ix, plan.front.sessions("sessions")?.value.numbers()?)))
        .collect();
    let last = if table.rows.is_empty() { 0 } else { table.last.unwrap_or(0) };
    let rows = (1..=last).map(|session| {
        let rows: Vec<&SessionRow<'_>> = table.rows_of_session(session).collect();
        let stages: Vec<ChapterIx> = rows.iter().map(|row| row.stage).collect();
        let activities: Vec<String> =
            rows.iter().filter_map(|row| row.activity).map(|activity| filler.text(activity)).collect();
        let plans: Vec<ChapterIx> =
            plans.iter().filter(|(_, (first, last))| (*first..=*last).contains(&session)).map(|(ix, _)| *ix).collect();
        let cells =
            [session.to_string(), links_html(filler, &stages), list_html(&activities), links_html(filler, &plans)];
        RowView { cells: names.iter().zip(cells).map(|(name, html)| cell(filler, name, html)).collect() }
    });
    TableView {
        name: "session-summary-by-session".into(),
        caption: caption
            .map_or_else(|| words.fill("session-summary-of", &[&manual.chapter(table.of).title]), str::to_owned),
        columns: columns(filler, &names),
        rows: rows.collect(),
        note: session_note(filler, table),
        ..TableView::default()
    }
}

/// Settings with the protocols delivered there, who meets, who delivers the usual one, and how sure
/// the evidence is.
pub fn settings(filler: &Filler<'_>, settings: &[ChapterIx], caption: Option<&str>) -> TableView {
    let (words, manual) = (filler.book.words, filler.book.manual);
    let names = ["setting", "protocols", "format", "who-delivers", "evidence"];
    let rows = settings.iter().map(|ix| {
        let (ix, setting) = (*ix, manual.chapter(*ix));
        let protocols: Vec<ChapterIx> = manual.named(ix, "protocols").collect();
        // Of several protocols the first is the usual one there.
        let usual = protocols.first().and_then(|protocol| manual.chapter(*protocol).front.line("who-delivers"));
        let format = setting.front.iter().find(|(field, _)| field.name == "format");
        let cells = [
            anchor_html(filler, ix),
            links_html(filler, &protocols),
            format.and_then(|(field, value)| value_html(filler, field, value)).unwrap_or_default(),
            usual.map(|line| text(&line.value)).unwrap_or_default(),
            list_html(&evidence_of(filler, ix)),
        ];
        RowView { cells: names.iter().zip(cells).map(|(name, html)| cell(filler, name, html)).collect() }
    });
    TableView {
        name: "setting-comparison".into(),
        caption: caption.unwrap_or_else(|| words.get("settings-compared")).to_owned(),
        columns: columns(filler, &names),
        note: without_any(words, rows.len()),
        rows: rows.collect(),
        ..TableView::default()
    }
}

/// What is said instead of a table without rows.
pub(super) fn without_any(words: &Words, rows: usize) -> String {
    if rows == 0 { words.get("nothing-to-show").to_owned() } else { String::new() }
}

/// The evidence that bears on a setting, each with how sure its first finding is.
fn evidence_of(filler: &Filler<'_>, setting: ChapterIx) -> Vec<String> {
    let manual = filler.book.manual;
    // The tie may be declared on either side.
    let back = manual.naming(setting, "settings").filter(|ix| manual.chapter(*ix).kind == Kind::Evidence);
    let mut chapters: Vec<ChapterIx> = manual.named(setting, "evidence").chain(back).collect();
    let mut seen = std::collections::HashSet::new();
    chapters.retain(|ix| seen.insert(*ix));
    let item = |ix: ChapterIx| {
        let certainty = headline(manual.chapter(ix)).map(|finding| certainty_html(filler.book.words, finding));
        format!("{} {}", condition_html(filler, ix), certainty.unwrap_or_default())
    };
    chapters.into_iter().map(item).collect()
}

/// Who answers for what, and when it is reviewed.
pub fn document_control(filler: &Filler<'_>, chapters: &[ChapterIx], withdrawn: &[usize]) -> TableView {
    let (words, manual) = (filler.book.words, filler.book.manual);
    let names = ["title", "version", "owner", "status", "approved-by", "approved", "reviewed", "review-due"];
    let withdrawn = withdrawn.iter().map(|at| {
        let to = Resolved::Withdrawn(*at);
        let link = format!("<a href=\"{}\">{}</a>", escaped(&filler.address(&to)), text(&filler.title(&to)));
        (&manual.withdrawn[*at].chapter, link)
    });
    let rows: Vec<RowView> = chapters
        .iter()
        .map(|ix| (manual.chapter(*ix), anchor_html(filler, *ix)))
        .chain(withdrawn)
        .map(|(chapter, link)| {
            let facts = control(filler, chapter);
            let value = |name: &str| {
                facts.iter().find(|fact| fact.name == name).map(|fact| fact.html.clone()).unwrap_or_default()
            };
            let cells = names.iter().map(|name| match *name {
                "title" => cell(filler, name, link.clone()),
                "status" if value("status").is_empty() => cell(filler, name, text(words.get("status-approved"))),
                name => cell(filler, name, value(name)),
            });
            RowView { cells: cells.collect() }
        })
        .collect();
    // A column that no chapter fills is left out.
    let filled: Vec<bool> = (0..names.len()).map(|at| rows.iter().any(|row| !row.cells[at].html.is_empty())).collect();
    let keep = |row: RowView| RowView {
        cells: row.cells.into_iter().zip(&filled).filter(|(_, kept)| **kept).map(|(cell, _)| cell).collect(),
    };
    TableView {
        name: "document-control".into(),
        caption: words.get("page-document-control").to_owned(),
        columns: columns(filler, &names)
            .into_iter()
            .zip(&filled)
            .filter(|(_, kept)| **kept)
            .map(|(column, _)| column)
            .collect(),
        rows: rows.into_iter().map(keep).collect(),
        ..TableView::default()
    }
}
