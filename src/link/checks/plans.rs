//! Checks whether the sessions that a plan is for are sessions that there are, and that belong to its stages.

use std::collections::BTreeMap;

use crate::diag;
use crate::diag::{Diagnostic, Reports};
use crate::link::checks::context::Context;
use crate::link::manual::Manual;
use crate::link::place::ChapterIx;
use crate::model::chapter::Chapter;
use crate::model::kind::Kind;
use crate::model::kinds::session::Session;
use crate::model::range::SessionRange;
use crate::span::Spanned;

/// # Reports
/// `session/outside-protocol` and `session/outside-stage`.
pub(crate) fn check(manual: &Manual, _: Context<'_>, reports: &mut Reports) {
    let mut told =
        manual.chapters.iter().filter(|chapter| matches!(chapter.kind, Kind::Protocol | Kind::Setting | Kind::Stage));
    // Of chapters that cannot be read nobody knows the sessions.
    if told.any(|chapter| chapter.broken) {
        return;
    }
    let course = std::cell::LazyCell::new(|| Course::new(manual));
    for session in manual.chapters.iter().filter_map(Chapter::session) {
        plan(manual, &course, session, reports);
    }
}

/// Which sessions there are.
struct Course {
    protocols: Vec<ProtocolLength>,
    /// For each stage, the sessions that it takes somewhere; none where that is not known.
    stages: BTreeMap<ChapterIx, Vec<Option<SessionRange>>>,
}

struct ProtocolLength {
    name: String,
    last: Option<u16>,
    stages: Vec<ChapterIx>,
}

impl Course {
    fn new(manual: &Manual) -> Self {
        let mut stages: BTreeMap<ChapterIx, Vec<Option<SessionRange>>> = BTreeMap::new();
        let value = |sessions: Option<&Spanned<SessionRange>>| sessions.map(|sessions| sessions.value);
        for (ix, stage) in manual.of_kind(Kind::Stage) {
            let usual = stage.stage().and_then(|stage| stage.sessions());
            stages.entry(ix).or_default().extend(usual.map(|usual| Some(usual.value)));
        }
        let mut protocols = Vec::new();
        for (_, chapter) in manual.of_kind(Kind::Protocol) {
            let Some(protocol) = chapter.protocol() else { continue };
            let mut own = Vec::new();
            for stage in protocol.stages() {
                let Some(ix) = stage.stage().and_then(|id| manual.meant_by(id)) else { continue };
                own.push(ix);
                if stage.are_sessions_given() {
                    stages.entry(ix).or_default().push(value(stage.sessions()));
                }
            }
            let last = protocol.sessions().and_then(|sessions| sessions.value.numbers()).map(|(_, last)| last);
            protocols.push(ProtocolLength { name: chapter.id.value.clone(), last, stages: own });
        }
        for setting in manual.chapters.iter().filter_map(Chapter::setting) {
            for adaptation in setting.adaptations() {
                let stage = adaptation.stage().and_then(|id| manual.meant_by(id));
                if let Some(ix) = stage.filter(|_| adaptation.are_sessions_given()) {
                    stages.entry(ix).or_default().push(value(adaptation.sessions()));
                }
            }
        }
        Self { protocols, stages }
    }

    /// The longest protocol that has one of these stages, and its last session; of all protocols, if none has. None if
    /// the length of one of them is not known.
    fn longest(&self, stages: &[ChapterIx]) -> Option<(&str, u16)> {
        let has = |protocol: &&ProtocolLength| protocol.stages.iter().any(|stage| stages.contains(stage));
        let is_used = self.protocols.iter().any(|protocol| has(&protocol));
        let meant = self.protocols.iter().filter(|protocol| !is_used || has(protocol));
        let lengths: Option<Vec<(&str, u16)>> =
            meant.map(|protocol| Some((protocol.name.as_str(), protocol.last?))).collect();
        lengths?.into_iter().rev().max_by_key(|(_, last)| *last)
    }

    /// The sessions from 1 to a last one that belong to these stages; none if they all do, or if that is not known.
    fn covered(&self, stages: &[ChapterIx], last: u16) -> Option<Vec<bool>> {
        let mut covered = vec![false; usize::from(last) + 1];
        for stage in stages {
            let ranges = self.stages.get(stage).filter(|ranges| !ranges.is_empty())?;
            for range in ranges {
                let (from, to) = (*range)?.numbers()?;
                (from..=to.min(last)).for_each(|session| covered[usize::from(session)] = true);
            }
        }
        Some(covered)
    }
}

fn plan(manual: &Manual, course: &Course, session: Session<'_>, reports: &mut Reports) {
    let Some(sessions) = session.sessions() else { return };
    let Some((first, last)) = sessions.value.numbers() else { return };
    let named: Vec<ChapterIx> = session.stages().iter().filter_map(|id| manual.meant_by(id)).collect();
    // A name that means nothing is reported already.
    if named.len() != session.stages().len() {
        return;
    }
    if let Some((protocol, end)) = course.longest(&named).filter(|(_, end)| last > *end) {
        let used = if named.is_empty() { "" } else { " of its stages" };
        let message = format!(
            "this plan is for session {last}, but the longest protocol{used}, `{protocol}`, ends with session {end}"
        );
        reports.push(
            Diagnostic::new(&diag::OUTSIDE_PROTOCOL, sessions.span, message)
                .help(format!("end the plan with session {end}, or give `{protocol}` more sessions")),
        );
        return;
    }
    let (Some(covered), Some(stage)) = (course.covered(&named, last), session.stages().first()) else { return };
    let outside: Vec<u16> = (first..=last).filter(|session| !covered[usize::from(*session)]).collect();
    let Some(one) = outside.first() else { return };
    let names: Vec<String> = session.stages().iter().map(|id| format!("`{}`", id.value)).collect();
    let message = format!("session {one} of this plan belongs to none of its stages, {}", names.join(", "));
    let report = Diagnostic::new(&diag::OUTSIDE_STAGE, sessions.span, message)
        .other(stage.span, "its stages")
        .help("correct the sessions, or name under `stages` the stage that this session belongs to");
    let is_partly = outside.len() <= usize::from(last - first);
    // A plan that begins in a stage and goes on after it may be meant so.
    reports.push(if is_partly { report.into_warning() } else { report });
}
