//! Turns a chapter into its blank sheet: the sheet of a session, the checklist of a stage, the form of a worksheet.

use serde::Serialize;

use crate::link::place::ChapterIx;
use crate::model::chapter::Chapter;
use crate::model::kind::Kind;
use crate::model::kinds::session::{AgendaItem, Session};
use crate::model::kinds::worksheet::Worksheet;
use crate::model::schema::record::Text;
use crate::render::address::anchor::FORM;
use crate::render::address::paths;
use crate::render::address::sheet::Sheet;
use crate::render::text::piece::label;
use crate::render::text::rendered::Rendered;
use crate::render::text::renderer::Renderer;
use crate::render::view::form::{FormView, form};
use crate::render::view::link::link;
use crate::render::view::types::{FactView, LinkView};
use crate::words::Words;

impl Sheet {
    /// Its name for readers.
    pub(crate) fn label(self, words: &Words) -> String {
        words.sheet(self.name()).to_owned()
    }
}

/// The way to a chapter's sheet.
pub(crate) fn sheet_link(renderer: &Renderer<'_>, ix: ChapterIx, root: &str) -> Option<LinkView> {
    let context = renderer.context;
    let sheet = Sheet::of(context.manual.chapter(ix))?;
    Some(LinkView {
        title: sheet.label(context.words),
        url: format!("{root}{}", paths::address(&paths::sheet(context.page(ix), sheet.name()))),
        summary: context.words.sheet_note(sheet.name()).to_owned(),
        kind: sheet.name().to_owned(),
        kind_label: String::new(),
        current: false,
    })
}

/// What the template of a sheet gets.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SheetView {
    /// The chapter's title.
    pub(crate) title: String,
    /// The chapter's address.
    pub(crate) url: String,
    /// What kind of sheet it is, for readers.
    pub(crate) label: String,
    /// For a draft or a chapter under review, a word that says so; may be empty.
    pub(crate) status: String,
    /// Sessions, minutes, phase.
    pub(crate) facts: Vec<FactView>,
    /// What to aim at.
    pub(crate) goals_html: Vec<Rendered>,
    /// What happens when.
    pub(crate) agenda: Vec<AgendaView>,
    /// What the therapist does.
    pub(crate) therapist_tasks_html: Vec<Rendered>,
    /// What the patient does.
    pub(crate) patient_tasks_html: Vec<Rendered>,
    /// Measures to take.
    pub(crate) measures: Vec<LinkView>,
    /// Worksheets to bring.
    pub(crate) worksheets: Vec<LinkView>,
    /// The form of a worksheet.
    pub(crate) form: Option<FormView>,
    /// Whom to call.
    pub(crate) contacts: Vec<FactView>,
}

/// An item of an agenda.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct AgendaView {
    /// The minute at which it begins.
    pub(crate) from: i64,
    /// The minute at which it ends.
    pub(crate) to: i64,
    /// How many minutes it takes.
    pub(crate) minutes: i64,
    /// What happens.
    pub(crate) item_html: Rendered,
}

/// Makes what the template of a sheet gets.
pub(crate) fn sheet(renderer: &Renderer<'_>, ix: ChapterIx, sheet: Sheet) -> SheetView {
    let manual = renderer.context.manual;
    let chapter = manual.chapter(ix);
    // A worksheet has a form instead.
    let texts: [&[Text]; 3] = match (chapter.session(), chapter.stage()) {
        (Some(session), _) => [session.goals(), session.therapist_tasks(), session.patient_tasks()],
        (_, Some(stage)) => [stage.goals(), stage.therapist_tasks(), stage.patient_tasks()],
        _ => [&[]; 3],
    };
    let [goals, therapist_tasks, patient_tasks] =
        texts.map(|texts| texts.iter().map(|text| renderer.text(text)).collect());
    let links = |kind: Kind| -> Vec<LinkView> {
        if sheet != Sheet::Session {
            return Vec::new();
        }
        manual.named(ix, kind.plural()).map(|found| link(renderer, found)).collect()
    };
    let status = Some(chapter.status).filter(|status| status.is_shown());
    SheetView {
        title: chapter.title.clone(),
        url: renderer.chapter_address(ix),
        label: sheet.label(renderer.context.words),
        status: status.map(|status| renderer.context.words.status(status).to_owned()).unwrap_or_default(),
        facts: facts(renderer, chapter),
        goals_html: goals,
        agenda: agenda(renderer, chapter),
        therapist_tasks_html: therapist_tasks,
        patient_tasks_html: patient_tasks,
        measures: links(Kind::Measure),
        worksheets: links(Kind::Worksheet),
        form: form(chapter, FORM),
        contacts: contacts(renderer),
    }
}

fn agenda(renderer: &Renderer<'_>, chapter: &Chapter) -> Vec<AgendaView> {
    let Some(session) = chapter.session() else { return Vec::new() };
    let mut from: i64 = 0;
    let item = |item: AgendaItem<'_>| {
        let minutes = item.minutes().unwrap_or(0).max(0);
        let to = from.saturating_add(minutes);
        let item_html = item.item().map(|text| renderer.text(text)).unwrap_or_default();
        let view = AgendaView { from, to, minutes, item_html };
        from = to;
        view
    };
    session.agenda().map(item).collect()
}

fn facts(renderer: &Renderer<'_>, chapter: &Chapter) -> Vec<FactView> {
    let words = renderer.context.words;
    let mut facts = Vec::new();
    let mut add = |name: &str, html: Rendered| {
        facts.push(FactView { name: name.to_owned(), label: label(words, name), html });
    };
    let of_session = chapter.session().and_then(|session| session.sessions());
    let of_stage = chapter.stage().and_then(|stage| stage.sessions());
    if let Some(sessions) = of_session.or(of_stage) {
        add(Session::KEYS.sessions, Rendered::of(&words.sessions(sessions.value)));
    }
    if let Some(duration) = chapter.session().and_then(|session| session.duration()) {
        add(Session::KEYS.duration, Rendered::of(&duration.to_string()));
    }
    if let Some(who) = chapter.worksheet().and_then(|worksheet| worksheet.for_whom()) {
        add(Worksheet::KEYS.for_whom, Rendered::of(words.choice(Worksheet::KEYS.for_whom, who)));
    }
    facts
}

/// The contacts that a sheet shows: the slots that the manual marks for it.
fn contacts(renderer: &Renderer<'_>) -> Vec<FactView> {
    let slots = renderer.context.manual.settings.slots.iter().filter(|slot| slot.on_sheets);
    slots
        .map(|slot| FactView {
            name: slot.name.value.clone(),
            label: slot.label.clone(),
            html: slot.value.as_deref().map(Rendered::of).unwrap_or_default(),
        })
        .collect()
}
