//! Works out the session summary: the stages of a protocol or setting as plain data for any format.

use crate::link::manual::Manual;
use crate::link::place::ChapterIx;
use crate::model::column::SessionColumn;
use crate::model::kind::Kind;
use crate::model::kinds::protocol::ProtocolStage;
use crate::model::range::SessionRange;
use crate::model::schema::record::Text;
use crate::span::Spanned;

/// The stages of a protocol, or of a setting's first protocol with the setting's adaptations.
#[derive(Debug)]
pub(crate) struct SessionTable<'a> {
    /// The protocol or setting.
    pub(crate) of: ChapterIx,
    /// The protocol whose stages these are; none for a setting without one.
    pub(crate) protocol: Option<ChapterIx>,
    /// A row for each stage, in the protocol's order; none if the protocol has no stages.
    pub(crate) rows: Vec<SessionRow<'a>>,
    /// How many sessions there are at most.
    pub(crate) last: Option<u16>,
}

/// A stage in a session summary.
#[derive(Debug)]
pub(crate) struct SessionRow<'a> {
    /// The stage.
    pub(crate) stage: ChapterIx,
    /// The sessions it takes up.
    pub(crate) sessions: Option<SessionRange>,
    /// Its phase.
    pub(crate) phase: Option<&'static str>,
    /// What happens.
    pub(crate) activity: Option<&'a Text>,
    /// Techniques used.
    pub(crate) techniques: Vec<ChapterIx>,
    /// What the therapist does.
    pub(crate) therapist_tasks: &'a [Text],
    /// What the patient does.
    pub(crate) patient_tasks: &'a [Text],
    /// Measures taken.
    pub(crate) measures: Vec<ChapterIx>,
    /// Worksheets used.
    pub(crate) worksheets: Vec<ChapterIx>,
    /// What differs here, in words.
    pub(crate) changes: Vec<&'a Text>,
    /// The columns whose cells differ here from the stage's own page.
    pub(crate) changed: Vec<SessionColumn>,
    /// What is usual where it differs here.
    pub(crate) usual: UsualCourse<'a>,
}

/// What is usual of a stage, where a protocol or setting has something else.
#[derive(Debug, Default)]
pub(crate) struct UsualCourse<'a> {
    /// The sessions: those of the stage's own page or, in a setting, those of its protocol.
    pub(crate) sessions: Option<SessionRange>,
    /// What happens.
    pub(crate) activity: Option<&'a Text>,
    /// Techniques used.
    pub(crate) techniques: Option<Vec<ChapterIx>>,
    /// What the therapist does.
    pub(crate) therapist_tasks: Option<&'a [Text]>,
    /// What the patient does.
    pub(crate) patient_tasks: Option<&'a [Text]>,
}

impl<'a> SessionTable<'a> {
    /// The table of a protocol or a setting; none for a chapter of another kind.
    pub(crate) fn new(manual: &'a Manual, of: ChapterIx) -> Option<Self> {
        match manual.chapter(of).kind {
            Kind::Protocol => Some(Self::of_protocol(manual, of)),
            Kind::Setting => Some(Self::of_setting(manual, of)),
            _ => None,
        }
    }

    fn of_protocol(manual: &'a Manual, of: ChapterIx) -> Self {
        let Some(protocol) = manual.chapter(of).protocol() else {
            return Self { of, protocol: Some(of), rows: Vec::new(), last: None };
        };
        let last = protocol.sessions().and_then(|sessions| sessions.value.numbers()).map(|(_, last)| last);
        let rows = protocol.stages().filter_map(|stage| row(manual, stage, last)).collect();
        Self { of, protocol: Some(of), rows, last }
    }

    fn of_setting(manual: &'a Manual, of: ChapterIx) -> Self {
        let Some(protocol) = manual.named(of, Kind::Protocol.plural()).next() else {
            return Self { of, protocol: None, rows: Vec::new(), last: None };
        };
        let mut table = Self { of, ..Self::of_protocol(manual, protocol) };
        let adaptations = manual.chapter(of).setting().map(|setting| setting.adaptations());
        for adaptation in adaptations.into_iter().flatten() {
            let stage = adaptation.stage().and_then(|id| manual.meant_by(id));
            for row in table.rows.iter_mut().filter(|row| Some(row.stage) == stage) {
                if let Some(sessions) = adaptation.sessions().filter(|own| Some(own.value) != row.sessions) {
                    row.usual.sessions = row.sessions;
                    row.sessions = Some(sessions.value);
                    row.mark(SessionColumn::Sessions);
                }
                row.changes.extend(adaptation.change());
                row.mark(SessionColumn::Stage);
            }
        }
        table
    }

    /// Whether anything in it differs from the stages' own pages.
    pub(crate) fn has_changes(&self) -> bool {
        self.rows.iter().any(SessionRow::differs)
    }

    /// The rows that a session falls on.
    pub(crate) fn rows_of_session(&self, session: u16) -> impl Iterator<Item = &SessionRow<'a>> {
        self.rows.iter().filter(move |row| match row.sessions {
            Some(SessionRange::Throughout) => true,
            Some(SessionRange::Numbers { first, last }) => (first..=last).contains(&session),
            Some(SessionRange::FollowUp) | None => false,
        })
    }
}

impl SessionRow<'_> {
    /// Whether anything in it differs from the stage's own page.
    pub(crate) fn differs(&self) -> bool {
        !self.changes.is_empty() || !self.changed.is_empty()
    }

    fn mark(&mut self, column: SessionColumn) {
        if !self.changed.contains(&column) {
            self.changed.push(column);
        }
    }
}

/// Whether sessions are the usual ones. From the first to the `last` session of a protocol is throughout it.
fn is_usual(here: SessionRange, usual: Option<SessionRange>, last: Option<u16>) -> bool {
    let is_whole = here.numbers().is_some_and(|(from, to)| from == 1 && Some(to) == last);
    Some(here) == usual || usual == Some(SessionRange::Throughout) && is_whole
}

/// The row of a stage in a protocol of so many sessions: what the protocol does not say is as in the stage itself.
fn row<'a>(manual: &'a Manual, entry: ProtocolStage<'a>, last: Option<u16>) -> Option<SessionRow<'a>> {
    let ix = manual.meant_by(entry.stage()?)?;
    let stage = manual.chapter(ix).stage()?;
    let found =
        |ids: &[Spanned<String>]| -> Vec<ChapterIx> { ids.iter().filter_map(|id| manual.meant_by(id)).collect() };
    let usual = stage.sessions().map(|sessions| sessions.value);
    let here = entry.sessions().map(|sessions| sessions.value);
    let mut changed = Vec::new();
    let mut usual_course = UsualCourse::default();
    let mut differs = |column: SessionColumn, is_other: bool| {
        if is_other {
            changed.push(column);
        }
        is_other
    };
    let change = entry.change();
    differs(SessionColumn::Stage, change.is_some());
    if differs(SessionColumn::Sessions, here.is_some_and(|here| !is_usual(here, usual, last))) {
        usual_course.sessions = usual;
    }
    let techniques = found(if entry.has_techniques() { entry.techniques() } else { stage.techniques() });
    let usual_techniques = found(stage.techniques());
    if differs(SessionColumn::Techniques, !same_chapters(&techniques, &usual_techniques)) {
        usual_course.techniques = Some(usual_techniques);
    }
    let activity = entry.activity().or_else(|| stage.activity());
    if differs(SessionColumn::Activity, !same_texts(activity.as_slice(), stage.activity().as_slice())) {
        usual_course.activity = stage.activity();
    }
    let therapist_tasks = if entry.has_therapist_tasks() { entry.therapist_tasks() } else { stage.therapist_tasks() };
    if differs(SessionColumn::TherapistTasks, !same_texts(therapist_tasks, stage.therapist_tasks())) {
        usual_course.therapist_tasks = Some(stage.therapist_tasks());
    }
    let patient_tasks = if entry.has_patient_tasks() { entry.patient_tasks() } else { stage.patient_tasks() };
    if differs(SessionColumn::PatientTasks, !same_texts(patient_tasks, stage.patient_tasks())) {
        usual_course.patient_tasks = Some(stage.patient_tasks());
    }
    Some(SessionRow {
        stage: ix,
        sessions: here.or(usual),
        phase: stage.phase(),
        activity,
        techniques,
        therapist_tasks,
        patient_tasks,
        measures: found(stage.measures()),
        worksheets: found(stage.worksheets()),
        changes: change.into_iter().collect(),
        changed,
        usual: usual_course,
    })
}

/// Whether two lists have the same chapters, in any order.
fn same_chapters(one: &[ChapterIx], other: &[ChapterIx]) -> bool {
    one.len() == other.len() && one.iter().all(|ix| other.contains(ix))
}

/// Whether two lists say the same, word by word.
fn same_texts<T: std::borrow::Borrow<Text>>(one: &[T], other: &[T]) -> bool {
    let html = |texts: &[T]| texts.iter().map(|text| text.borrow().body.html.clone()).collect::<Vec<_>>();
    html(one) == html(other)
}
