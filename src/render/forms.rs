//! Blank forms: worksheets, the sheet of a session, the checklist of a stage.
//!
//! They are for paper first, and can be filled in on a screen, where nothing is stored or sent.

use serde::Serialize;

use super::chapter_view::{label, link, sessions_text};
use super::fill::Filler;
use super::locale::Words;
use super::paths;
use super::view::{FactView, LinkView};
use crate::link::ChapterIx;
use crate::model::schema::Record;
use crate::model::{Chapter, Kind};

/// The most numbers of a scale that are written out.
const MOST_STEPS: f64 = 20.0;

/// The most rows of a table.
const MOST_ROWS: i64 = 60;

/// The anchor of a worksheet's own form. No heading's anchor begins like it.
pub const FORM: &str = "_form";

/// The form of a worksheet.
#[derive(Debug, Clone, Serialize)]
pub struct FormView {
    /// What makes its anchors unique, and its own anchor.
    pub id: String,
    /// The worksheet's title.
    pub title: String,
    /// What there is to fill in.
    pub fields: Vec<FormFieldView>,
}

/// A field of a form.
#[derive(Debug, Clone, Serialize)]
pub struct FormFieldView {
    /// Its anchor.
    pub id: String,
    /// What to fill in.
    pub label: String,
    /// How it is filled in: `text`, `long-text`, `date`, `number`, `scale`, `choice`, `checkbox`, `table`.
    pub r#type: String,
    /// A hint; may be empty.
    pub help: String,
    /// What there is to choose from, or the numbers of a scale.
    pub options: Vec<String>,
    /// The columns of a table.
    pub columns: Vec<String>,
    /// As many as the table has rows.
    pub rows: Vec<String>,
    /// The lowest number; may be empty.
    pub min: String,
    /// The highest number; may be empty.
    pub max: String,
}

/// The form of a worksheet; none if the chapter has no fields. `id` is the anchor.
pub fn form(chapter: &Chapter, id: &str) -> Option<FormView> {
    if chapter.kind != Kind::Worksheet {
        return None;
    }
    let records = chapter.front.records("fields");
    let fields: Vec<FormFieldView> =
        (1usize..).zip(records).map(|(number, record)| field(record, format!("{id}-{number}"))).collect();
    (!fields.is_empty()).then(|| FormView { id: id.to_owned(), title: chapter.title.clone(), fields })
}

fn field(record: &Record, id: String) -> FormFieldView {
    let line = |name: &str| record.line(name).map(|line| line.value.clone()).unwrap_or_default();
    let lines = |name: &str| record.lines(name).iter().map(|line| line.value.clone()).collect::<Vec<_>>();
    let number = |name: &str| record.number(name).map(|number| number.to_string()).unwrap_or_default();
    let kind = match record.choice("type").unwrap_or("text") {
        // Too many numbers to choose from are one number to write.
        "scale" if steps(record).is_empty() => "number",
        kind => kind,
    };
    let (options, columns, rows) = match kind {
        "scale" => (steps(record), Vec::new(), 0),
        "table" => (Vec::new(), lines("columns"), record.integer("rows").unwrap_or(3)),
        _ => (lines("options"), Vec::new(), 0),
    };
    FormFieldView {
        id,
        label: line("label"),
        r#type: kind.to_owned(),
        help: line("help"),
        options,
        columns,
        rows: (1..=rows.clamp(0, MOST_ROWS)).map(|row| row.to_string()).collect(),
        min: number("min"),
        max: number("max"),
    }
}

/// The numbers of a scale, from 0 to 10 where nothing else is said; none where they are too many.
fn steps(record: &Record) -> Vec<String> {
    let (low, high) = (record.number("min").unwrap_or(0.0), record.number("max").unwrap_or(10.0));
    if !(0.0..=MOST_STEPS).contains(&(high - low)) {
        return Vec::new();
    }
    let reach = (high - low) as u8;
    (0..=reach).map(|step| (low + f64::from(step)).to_string()).collect()
}

/// Which blank sheet a chapter has: a session plan its session sheet, a stage its checklist, a
/// worksheet its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// All that a session plan asks for, on one page.
    Session,
    /// What a stage asks of the therapist, to be ticked by therapist and supervisor.
    Checklist,
    /// The form of a worksheet alone.
    Form,
}

impl Sheet {
    /// The sheet of a chapter.
    pub fn of(chapter: &Chapter) -> Option<Self> {
        let has = |name: &str| !chapter.front.texts(name).is_empty();
        match chapter.kind {
            Kind::Session => Some(Self::Session),
            Kind::Stage if has("therapist-tasks") => Some(Self::Checklist),
            Kind::Worksheet if !chapter.front.records("fields").is_empty() => Some(Self::Form),
            _ => None,
        }
    }

    /// Its name in paths, templates and the keys of texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Session => "sheet",
            Self::Checklist => "checklist",
            Self::Form => "form",
        }
    }

    /// Its name for readers.
    pub fn label(self, words: &Words) -> String {
        words.get(&format!("sheet-{}", self.name())).to_owned()
    }
}

/// The way to a chapter's sheet.
pub fn sheet_link(filler: &Filler<'_>, ix: ChapterIx, root: &str) -> Option<LinkView> {
    let book = filler.book;
    let sheet = Sheet::of(book.manual.chapter(ix))?;
    Some(LinkView {
        title: sheet.label(book.words),
        url: format!("{root}{}", paths::address(&paths::sheet(book.page(ix), sheet.name()))),
        summary: book.words.get(&format!("sheet-{}-note", sheet.name())).to_owned(),
        kind: sheet.name().to_owned(),
        kind_label: String::new(),
        current: false,
    })
}

/// What the template of a sheet gets.
#[derive(Debug, Clone, Serialize)]
pub struct SheetView {
    /// The chapter's title.
    pub title: String,
    /// The chapter's address.
    pub url: String,
    /// What kind of sheet it is, for readers.
    pub label: String,
    /// For a draft or a chapter under review, a word that says so; may be empty.
    pub status: String,
    /// Sessions, minutes, phase.
    pub facts: Vec<FactView>,
    /// What to aim at.
    pub goals_html: Vec<String>,
    /// What happens when.
    pub agenda: Vec<AgendaView>,
    /// What the therapist does.
    pub therapist_tasks_html: Vec<String>,
    /// What the patient does.
    pub patient_tasks_html: Vec<String>,
    /// Measures to take.
    pub measures: Vec<LinkView>,
    /// Worksheets to take along.
    pub worksheets: Vec<LinkView>,
    /// The form of a worksheet.
    pub form: Option<FormView>,
    /// Whom to call.
    pub contacts: Vec<FactView>,
}

/// An item of an agenda.
#[derive(Debug, Clone, Serialize)]
pub struct AgendaView {
    /// The minute at which it begins.
    pub from: i64,
    /// The minute at which it ends.
    pub to: i64,
    /// How many minutes it takes.
    pub minutes: i64,
    /// What happens.
    pub item_html: String,
}

/// Makes what the template of a sheet gets.
pub fn sheet(filler: &Filler<'_>, ix: ChapterIx, sheet: Sheet) -> SheetView {
    let manual = filler.book.manual;
    let chapter = manual.chapter(ix);
    let texts = |name: &str| -> Vec<String> {
        // A worksheet has a form instead.
        let texts = if sheet == Sheet::Form { &[] } else { chapter.front.texts(name) };
        texts.iter().map(|text| filler.text(text)).collect()
    };
    let links = |name: &str| -> Vec<LinkView> {
        if sheet == Sheet::Session { manual.named(ix, name).map(|found| link(filler, found)).collect() } else { vec![] }
    };
    let status = chapter.front.choice("status").filter(|status| *status != "approved");
    SheetView {
        title: chapter.title.clone(),
        url: filler.chapter_address(ix),
        label: sheet.label(filler.book.words),
        status: status.map(|status| filler.book.words.get(&format!("status-{status}")).to_owned()).unwrap_or_default(),
        facts: facts(filler, chapter),
        goals_html: texts("goals"),
        agenda: agenda(filler, chapter),
        therapist_tasks_html: texts("therapist-tasks"),
        patient_tasks_html: texts("patient-tasks"),
        measures: links("measures"),
        worksheets: links("worksheets"),
        form: form(chapter, FORM),
        contacts: contacts(filler),
    }
}

fn agenda(filler: &Filler<'_>, chapter: &Chapter) -> Vec<AgendaView> {
    if chapter.kind != Kind::Session {
        return Vec::new();
    }
    let mut from: i64 = 0;
    let item = |item: &Record| {
        let minutes = item.integer("minutes").unwrap_or(0).max(0);
        let to = from.saturating_add(minutes);
        let item_html = item.text("item").map(|text| filler.text(text)).unwrap_or_default();
        let view = AgendaView { from, to, minutes, item_html };
        from = to;
        view
    };
    chapter.front.records("agenda").iter().map(item).collect()
}

fn facts(filler: &Filler<'_>, chapter: &Chapter) -> Vec<FactView> {
    let words = filler.book.words;
    let mut facts = Vec::new();
    let mut add = |name: &str, html: String| {
        facts.push(FactView { name: name.to_owned(), label: label(words, name), html });
    };
    if let Kind::Session | Kind::Stage = chapter.kind
        && let Some(sessions) = chapter.front.sessions("sessions")
    {
        add("sessions", super::tables::text(&sessions_text(words, sessions.value)));
    }
    if chapter.kind == Kind::Session
        && let Some(duration) = chapter.front.integer("duration")
    {
        add("duration", duration.to_string());
    }
    if chapter.kind == Kind::Worksheet
        && let Some(who) = chapter.front.choice("for")
    {
        add("for", super::tables::text(words.get(&format!("for-{who}"))));
    }
    facts
}

/// The contacts that a sheet shows: those that the manual marks for it.
fn contacts(filler: &Filler<'_>) -> Vec<FactView> {
    let slots = filler.book.manual.settings.slots.iter().filter(|slot| slot.on_sheets);
    slots
        .map(|slot| FactView {
            name: slot.name.value.clone(),
            label: slot.label.clone(),
            html: slot.value.as_deref().map(super::tables::text).unwrap_or_default(),
        })
        .collect()
}
