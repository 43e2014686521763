//! Sorts the manual by phase of treatment: what to do when, and where it is described.

use serde::Serialize;

use crate::link::course::{SessionRow, SessionTable};
use crate::link::place::ChapterIx;
use crate::model::kind::Kind;
use crate::model::kinds::stage::PHASES;
use crate::model::range::SessionRange;
use crate::render::text::renderer::Renderer;
use crate::render::view::link::bare_link;
use crate::render::view::types::LinkView;

/// A phase of treatment.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PhaseView {
    /// Its key.
    pub(crate) name: &'static str,
    /// Its name.
    pub(crate) label: String,
    /// Its stages.
    pub(crate) stages: Vec<StepView>,
    /// The plans of its sessions.
    pub(crate) plans: Vec<StepView>,
    /// The techniques used in it.
    pub(crate) techniques: Vec<LinkView>,
}

/// A stage or session plan with its sessions.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct StepView {
    /// The way to it.
    pub(crate) link: LinkView,
    /// Its sessions; may be empty.
    pub(crate) sessions: String,
}

/// The phases of a protocol, in order; a phase without stages is left out.
pub(crate) fn phases(renderer: &Renderer<'_>, protocol: ChapterIx) -> Vec<PhaseView> {
    let manual = renderer.context.manual;
    let words = renderer.context.words;
    let Some(table) = SessionTable::new(manual, protocol) else { return Vec::new() };
    let view = |name: &&'static str| {
        let rows: Vec<&SessionRow<'_>> = table.rows.iter().filter(|row| row.phase == Some(name)).collect();
        // Without numbers the phase's own name says when.
        let sessions = |sessions: Option<SessionRange>| {
            let numbered = sessions.filter(|sessions| sessions.numbers().is_some());
            numbered.map(|sessions| words.sessions(sessions)).unwrap_or_default()
        };
        // A plan may name several stages; it stands with the first.
        let plans = manual.of_kind(Kind::Session).filter(|(ix, _)| {
            let stage = manual.named(*ix, Kind::Stage.plural()).next();
            rows.iter().any(|row| Some(row.stage) == stage)
        });
        let used = |technique: ChapterIx| rows.iter().any(|row| row.techniques.contains(&technique));
        PhaseView {
            name,
            label: words.phase_title(name).to_owned(),
            stages: rows
                .iter()
                .map(|row| StepView { link: bare_link(renderer, row.stage), sessions: sessions(row.sessions) })
                .collect(),
            plans: plans
                .map(|(ix, plan)| StepView {
                    link: bare_link(renderer, ix),
                    sessions: sessions(plan.session().and_then(|plan| plan.sessions()).map(|sessions| sessions.value)),
                })
                .collect(),
            techniques: manual
                .of_kind(Kind::Technique)
                .filter(|(ix, _)| used(*ix))
                .map(|(ix, _)| bare_link(renderer, ix))
                .collect(),
        }
    };
    PHASES.iter().map(view).filter(|phase| !phase.stages.is_empty()).collect()
}
