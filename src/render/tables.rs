//! Plain tables for pages: the session summary, the matrix of techniques, the findings, document
//! control.

use super::chapter_view::{anchor_html, citations_html, control, label, links_html, sessions_text, texts_html};
use super::fill::{Filler, Stand};
use super::session_table::{SessionRow, SessionTable};
use super::view::{CellView, ColumnView, RowView, TableView};
use crate::link::ChapterIx;
use crate::model::Kind;
use crate::model::markdown::escape;
use crate::model::schema::Record;

/// The columns of a session summary where none are chosen.
pub const USUAL_SESSION_COLUMNS: &[&str] = &["stage", "sessions", "phase", "activity", "techniques"];

/// The columns of an evidence summary where none are chosen.
pub const USUAL_EVIDENCE_COLUMNS: &[&str] =
    &["condition", "finding", "design", "n", "comparator", "effect", "direction", "certainty", "sources"];

/// The columns of the findings on their own chapter's page.
pub const CHAPTER_EVIDENCE_COLUMNS: &[&str] =
    &["finding", "design", "n", "comparator", "effect", "direction", "certainty", "sources"];

fn columns(filler: &Filler<'_>, names: &[&str]) -> Vec<ColumnView> {
    names.iter().map(|name| ColumnView { name: (*name).into(), label: label(filler.book.words, name) }).collect()
}

fn cell(filler: &Filler<'_>, name: &str, html: String) -> CellView {
    CellView { name: name.into(), label: label(filler.book.words, name), html, ..CellView::default() }
}

fn text(text: &str) -> String {
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

/// The sum of what a session summary says when it has no rows; empty when it has.
fn session_note(filler: &Filler<'_>, table: &SessionTable<'_>) -> String {
    let manual = filler.book.manual;
    if !table.rows.is_empty() {
        return String::new();
    }
    match table.protocol {
        Some(protocol) => filler.book.words.fill("no-stages", &[&manual.chapter(protocol).title]),
        None => filler.book.words.get("no-protocol").to_owned(),
    }
}

fn from_root(filler: &Filler<'_>, path: &str) -> String {
    match filler.stand {
        Stand::Page(root) => format!("{root}{path}"),
        Stand::Print => path.to_owned(),
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
        let activities = match activities.as_slice() {
            [] => String::new(),
            [one] => one.clone(),
            several => format!("<ul class=\"ipt-cell-list\"><li>{}</li></ul>", several.join("</li><li>")),
        };
        let plans: Vec<ChapterIx> =
            plans.iter().filter(|(_, (first, last))| (*first..=*last).contains(&session)).map(|(ix, _)| *ix).collect();
        let cells = [session.to_string(), links_html(filler, &stages), activities, links_html(filler, &plans)];
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

/// Findings of evidence chapters.
pub fn evidence(filler: &Filler<'_>, chapters: &[ChapterIx], names: &[&str], caption: Option<&str>) -> TableView {
    let (words, manual) = (filler.book.words, filler.book.manual);
    let rows = chapters.iter().flat_map(|ix| {
        let findings = manual.chapter(*ix).front.records("findings").iter();
        findings.map(|finding| RowView {
            cells: names.iter().map(|name| evidence_cell(filler, *ix, finding, name)).collect(),
        })
    });
    let rows: Vec<RowView> = rows.collect();
    TableView {
        name: "evidence-summary".into(),
        id: String::new(),
        caption: caption.map_or_else(|| words.get("findings").to_owned(), str::to_owned),
        columns: columns(filler, names),
        csv: from_root(filler, "data/evidence.csv"),
        note: if rows.is_empty() { words.get("no-findings").to_owned() } else { String::new() },
        rows,
        sortable: true,
    }
}

fn evidence_cell(filler: &Filler<'_>, ix: ChapterIx, finding: &Record, name: &str) -> CellView {
    let words = filler.book.words;
    let line = |key: &str| finding.line(key).map(|line| text(&line.value)).unwrap_or_default();
    let number =
        |key: &str| finding.integer(key).map(|number| (grouped(words, number), number.to_string())).unwrap_or_default();
    let mut sort = String::new();
    let html = match name {
        "condition" => {
            let chapter = filler.book.manual.chapter(ix);
            let mut html = format!("<a href=\"{}\">", text(&filler.chapter_address(ix)));
            html.push_str(&text(
                chapter.front.line("condition").map_or(chapter.title.as_str(), |condition| condition.value.as_str()),
            ));
            html.push_str("</a>");
            html
        }
        "finding" => finding.text("statement").map(|statement| filler.text(statement)).unwrap_or_default(),
        "design" => {
            let design = finding.line("design").map(|design| design.value.as_str()).unwrap_or_default();
            words.find(&format!("design-{design}")).map_or_else(|| text(design), text)
        }
        "n" | "trials" => {
            let (shown, key) = number(name);
            sort = key;
            shown
        }
        "effect" => {
            let effect = finding.record("effect");
            sort = effect.and_then(|effect| effect.number("value")).map(|value| value.to_string()).unwrap_or_default();
            effect.map(|effect| effect_html(filler, effect)).unwrap_or_default()
        }
        "direction" => finding
            .choice("direction")
            .map(|direction| {
                format!(
                    "<span class=\"ipt-direction ipt-direction--{direction}\">{}</span>",
                    text(words.get(&format!("direction-{direction}")))
                )
            })
            .unwrap_or_default(),
        "certainty" => {
            let certainty = finding.choice("certainty").unwrap_or("not-rated");
            let rank =
                crate::model::kinds::evidence::CERTAINTIES.iter().position(|known| *known == certainty).unwrap_or(0);
            sort = rank.to_string();
            format!(
                "<span class=\"ipt-certainty ipt-certainty--{certainty}\">{}</span>",
                text(words.get(&format!("certainty-{certainty}")))
            )
        }
        "sources" => {
            let keys = finding.keys("sources");
            if keys.is_empty() {
                format!("<span class=\"ipt-unsourced\">{}</span>", text(words.get("no-source")))
            } else {
                citations_html(filler, keys)
            }
        }
        other => line(other),
    };
    CellView { sort, ..cell(filler, name, html) }
}

fn effect_html(filler: &Filler<'_>, effect: &Record) -> String {
    let measure = effect.line("measure").map(|measure| text(&measure.value)).unwrap_or_default();
    let value = effect.number("value").map(signed).unwrap_or_default();
    let ci = effect.interval("ci").map(|(low, high)| {
        format!(
            " <span class=\"ipt-ci\">{}</span>",
            text(&filler.book.words.fill("confidence-interval", &[&signed(low), &signed(high)]))
        )
    });
    format!("{measure} = {value}{}", ci.unwrap_or_default())
}

/// A number with a minus sign instead of a hyphen.
fn signed(number: f64) -> String {
    number.to_string().replace('-', "−")
}

/// A whole number with its thousands set apart.
fn grouped(words: &super::locale::Words, number: i64) -> String {
    let digits = number.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push_str(words.get("thousands"));
        }
        grouped.push(digit);
    }
    grouped
}

/// Techniques down, stages or problem areas across, a mark where used.
pub fn technique_matrix(
    filler: &Filler<'_>,
    across: &str,
    protocol: Option<ChapterIx>,
    caption: Option<&str>,
) -> TableView {
    let (words, manual) = (filler.book.words, filler.book.manual);
    let heads: Vec<ChapterIx> = match (across, protocol) {
        ("problem-areas", _) => manual.of_kind(Kind::ProblemArea).map(|(ix, _)| ix).collect(),
        (_, Some(protocol)) => manual.named(protocol, "stages").collect(),
        _ => manual.of_kind(Kind::Stage).map(|(ix, _)| ix).collect(),
    };
    let own = protocol.and_then(|protocol| SessionTable::new(manual, protocol));
    let used = |technique: ChapterIx, head: ChapterIx| {
        if across == "problem-areas" {
            manual.named(technique, "problem-areas").any(|area| area == head)
        } else if let Some(table) = &own {
            // A protocol may use other techniques in a stage than the stage itself names.
            table.rows.iter().any(|row| row.stage == head && row.techniques.contains(&technique))
        } else {
            manual.named(head, "techniques").any(|used| used == technique)
        }
    };
    let mut columns = vec![ColumnView { name: "technique".into(), label: words.get("kind-technique").to_owned() }];
    columns
        .extend(heads.iter().map(|head| ColumnView { name: "use".into(), label: manual.chapter(*head).title.clone() }));
    let rows = manual.of_kind(Kind::Technique).map(|(technique, _)| {
        let mut cells = vec![CellView {
            name: "technique".into(),
            label: words.get("kind-technique").to_owned(),
            html: anchor_html(filler, technique),
            ..CellView::default()
        }];
        cells.extend(heads.iter().map(|head| {
            let html = if used(technique, *head) {
                format!(
                    "<span class=\"ipt-mark\" aria-hidden=\"true\">●</span><span class=\"ipt-hidden\">{}</span>",
                    text(words.get("used"))
                )
            } else {
                format!("<span class=\"ipt-hidden\">{}</span>", text(words.get("not-used")))
            };
            CellView { name: "use".into(), label: manual.chapter(*head).title.clone(), html, ..CellView::default() }
        }));
        RowView { cells }
    });
    let caption_key = if across == "problem-areas" { "techniques-by-problem-area" } else { "techniques-by-stage" };
    TableView {
        name: "technique-matrix".into(),
        caption: caption.unwrap_or_else(|| words.get(caption_key)).to_owned(),
        columns,
        rows: rows.collect(),
        ..TableView::default()
    }
}

/// Who answers for what, and when it is reviewed.
pub fn document_control(filler: &Filler<'_>) -> TableView {
    let (words, manual) = (filler.book.words, filler.book.manual);
    let names = ["title", "version", "owner", "status", "approved-by", "approved", "reviewed", "review-due"];
    let rows: Vec<RowView> = manual
        .iter()
        .map(|(ix, chapter)| {
            let facts = control(filler, chapter);
            let value = |name: &str| {
                facts.iter().find(|fact| fact.name == name).map(|fact| fact.html.clone()).unwrap_or_default()
            };
            let cells = names.iter().map(|name| match *name {
                "title" => cell(filler, name, anchor_html(filler, ix)),
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
