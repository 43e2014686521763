//! Checks whether the sessions of each protocol add up: its stages leave no gap, none goes past the end, none is
//! unused, and agendas fit into their time.

use crate::diag;
use crate::diag::{Diagnostic, Reports};
use crate::link::checks::context::Context;
use crate::link::course::{SessionRow, SessionTable};
use crate::link::manual::Manual;
use crate::link::place::ChapterIx;
use crate::model::chapter::Chapter;
use crate::model::kind::Kind;
use crate::model::kinds::protocol::{Protocol, ProtocolStage};
use crate::model::kinds::session::Session;
use crate::model::kinds::setting::{Adaptation, Setting};
use crate::model::range::SessionRange;
use crate::span::Span;

/// # Reports
/// The family `session/…`.
pub(crate) fn check(manual: &Manual, _: Context<'_>, reports: &mut Reports) {
    for protocol in manual.chapters.iter().filter_map(Chapter::protocol) {
        covers(manual, protocol, reports);
        in_order(manual, protocol, reports);
    }
    for (ix, chapter) in manual.of_kind(Kind::Setting) {
        let Some(setting) = chapter.setting() else { continue };
        adapts(manual, setting, reports);
        adds_up(manual, ix, setting, reports);
    }
    for session in manual.chapters.iter().filter_map(Chapter::session) {
        agenda(session, reports);
    }
    // Nobody knows which stages it names.
    let is_protocol_broken = manual.of_kind(Kind::Protocol).any(|(_, protocol)| protocol.broken);
    for (ix, stage) in manual.of_kind(Kind::Stage) {
        let used = manual.naming(ix, Kind::Stage.plural()).any(|from| manual.chapter(from).kind == Kind::Protocol);
        if !used && !stage.broken && !is_protocol_broken {
            let id = &stage.id.value;
            reports.push(
                Diagnostic::new(
                    &diag::UNUSED_STAGE,
                    stage.common().title_span(),
                    format!("no protocol uses the stage `{id}`"),
                )
                .help(format!("name it in a protocol: under `stages:`, write `- {{ stage: {id}, sessions: … }}`")),
            );
        }
    }
}

/// The sessions that a stage takes in a protocol, and where that is written; none if they cannot be read.
fn sessions_of(manual: &Manual, stage: ProtocolStage<'_>) -> Option<(SessionRange, Span)> {
    if let Some(own) = stage.sessions() {
        return Some((own.value, own.span));
    }
    if stage.are_sessions_given() {
        return None;
    }
    let id = stage.stage()?;
    let chapter = manual.chapter(manual.meant_by(id)?);
    Some((chapter.stage()?.sessions()?.value, id.span))
}

/// The stages of a protocol must cover its sessions 1 to N without a gap; `throughout` and `follow-up` stages take no
/// part in that.
fn covers(manual: &Manual, protocol: Protocol<'_>, reports: &mut Reports) {
    let stages = protocol.stages();
    let Some(own) = protocol.sessions() else { return };
    let Some((_, last)) = own.value.numbers() else {
        let message = format!("`{}` does not say how many sessions the protocol has", own.value);
        reports.push(
            Diagnostic::new(&diag::BAD_VALUE, own.span, message)
                .into_warning()
                .help("say how many sessions it has: a number, or two numbers with a hyphen"),
        );
        return;
    };
    if stages.len() == 0 {
        return;
    }
    let mut covered = vec![false; usize::from(last) + 1];
    for stage in stages {
        let Some((range, span)) = sessions_of(manual, stage) else { continue };
        let Some((from, to)) = range.numbers() else { continue };
        if to > last {
            let name = stage.stage().map_or("a stage", |id| id.value.as_str());
            reports.push(
                Diagnostic::new(
                    &diag::OUTSIDE_PROTOCOL,
                    span,
                    format!("`{name}` includes session {to}, but the protocol ends with session {last}"),
                )
                .other(own.span, "the protocol's sessions")
                .help(format!("end the stage with session {last}, or give the protocol more sessions")),
            );
        }
        for session in from..=to.min(last) {
            covered[usize::from(session)] = true;
        }
    }
    // Sessions that cannot be read have a report of their own, and may be those that are missing.
    if protocol.stages().any(|stage| stage.are_sessions_given() && stage.sessions().is_none()) {
        return;
    }
    if let Some(missing) = in_words(&holes(&covered)) {
        reports.push(
            Diagnostic::new(&diag::SESSION_GAP, own.span, format!("no stage covers {missing}"))
                .label(format!("the stages must cover sessions 1 to {last}"))
                .help("lengthen a stage, or add one, until every session belongs to a stage"),
        );
    }
}

/// The first and the last session of something.
type SessionNumbers = (u16, u16);

/// Each stage stands once in a protocol, and none begins before the stage above it. Stages may overlap; those that go on
/// from the first session to the last, or come after, have no place in the order.
fn in_order(manual: &Manual, protocol: Protocol<'_>, reports: &mut Reports) {
    let ends = protocol.stages().filter_map(|stage| sessions_of(manual, stage)?.0.numbers()).map(|(_, to)| to);
    let last = protocol.sessions().and_then(|sessions| sessions.value.numbers()).map(|(_, last)| last);
    let last = last.or(ends.max()).unwrap_or(0);
    let mut seen: Vec<(&str, Option<SessionNumbers>, Span)> = Vec::new();
    let mut above: Option<(&str, u16, Span)> = None;
    for stage in protocol.stages() {
        let Some(id) = stage.stage() else { continue };
        let name = id.value.as_str();
        let sessions = sessions_of(manual, stage);
        let numbers = sessions.and_then(|(range, _)| range.numbers());
        if let Some((_, before, first)) = seen.iter().find(|(known, ..)| *known == name) {
            let message = format!("the stage `{name}` is in this protocol twice");
            let both = numbers.zip(*before).filter(|(now, before)| now.0 <= before.1 + 1 && before.0 <= now.1 + 1);
            let all = both.map(|(now, before)| (now.0.min(before.0), now.1.max(before.1)));
            let report = Diagnostic::new(&diag::REPEATED_STAGE, id.span, message)
                .other(*first, "the first one is here")
                .help(match all {
                    Some((from, to)) => {
                        format!("remove one of the two, and give the other one `sessions: {from}-{to}`")
                    }
                    None => "remove one of the two, or give one of them another `stage`".to_owned(),
                });
            // A stage may come back later. In the same sessions it cannot.
            let comes_back = numbers.zip(*before).is_some_and(|(now, before)| now.0 > before.1 || now.1 < before.0);
            reports.push(if comes_back { report.into_warning() } else { report });
        }
        seen.push((name, numbers, id.span));
        let (Some((from, to)), Some((_, span))) = (numbers, sessions) else { continue };
        if from == 1 && to >= last {
            continue;
        }
        if let Some((before, first, at)) = above.filter(|(_, first, _)| from < *first) {
            let message = format!(
                "`{name}` begins with session {from}, but stands below `{before}`, which begins with session {first}"
            );
            reports.push(
                Diagnostic::new(&diag::STAGE_ORDER, span, message)
                    .other(at, "the stage above it")
                    .help(format!("write `{name}` above `{before}`, or correct the sessions of one of them")),
            );
        }
        above = Some((name, from, span));
    }
}

/// The gaps from session 1 on that are not covered.
fn holes(covered: &[bool]) -> Vec<(u16, u16)> {
    let mut holes: Vec<(u16, u16)> = Vec::new();
    for (session, _) in (0u16..).zip(covered).skip(1).filter(|(_, covered)| !**covered) {
        match holes.last_mut() {
            Some((_, to)) if *to + 1 == session => *to = session,
            _ => holes.push((session, session)),
        }
    }
    holes
}

/// `session 3`, `sessions 2-3, 7`; none if there are no gaps.
fn in_words(holes: &[SessionNumbers]) -> Option<String> {
    let numbers: Vec<String> =
        holes.iter().map(|(first, last)| SessionRange::Numbers { first: *first, last: *last }.to_string()).collect();
    match holes {
        [] => None,
        [(first, last)] if first == last => Some(format!("session {first}")),
        _ => Some(format!("sessions {}", numbers.join(", "))),
    }
}

/// What a setting adapts must be a stage of its first protocol, if that has stages.
fn adapts(manual: &Manual, setting: Setting<'_>, reports: &mut Reports) {
    let Some(protocol) = setting.protocols().first() else { return };
    let Some(found) = manual.meant_by(protocol) else { return };
    let id = &manual.chapter(found).id.value;
    let Some(protocol) = manual.chapter(found).protocol() else { return };
    let last = protocol.sessions().and_then(|sessions| sessions.value.numbers()).map(|(_, last)| last);
    let stages = protocol.stages();
    let mut seen: Vec<(&str, Span)> = Vec::new();
    for adaptation in setting.adaptations() {
        if let (Some(stage), Some(sessions)) = (adaptation.stage(), adaptation.sessions()) {
            if let Some((_, first)) = seen.iter().find(|(known, _)| *known == stage.value) {
                let message = format!("the sessions of the stage `{}` are changed twice", stage.value);
                reports.push(
                    Diagnostic::new(&diag::REPEATED_STAGE, sessions.span, message)
                        .other(*first, "the first change is here")
                        .help("remove `sessions` from one of the two"),
                );
            }
            seen.push((&stage.value, sessions.span));
        }
        if let Some(stage) = adaptation.stage()
            && stages.len() > 0
            && !stages.clone().any(|known| known.stage().is_some_and(|known| known.value == stage.value))
            && manual.meant_by(stage).is_some()
        {
            reports.push(
                Diagnostic::new(
                    &diag::OUTSIDE_PROTOCOL,
                    stage.span,
                    format!("`{}` is not a stage of the setting's first protocol, `{id}`", stage.value),
                )
                .help("adapt a stage of that protocol, or put a protocol with this stage first under `protocols`"),
            );
        }
        let (Some(own), Some(last)) = (adaptation.sessions(), last) else { continue };
        if let Some((_, to)) = own.value.numbers()
            && to > last
        {
            reports.push(
                Diagnostic::new(
                    &diag::OUTSIDE_PROTOCOL,
                    own.span,
                    format!("session {to} comes after the last session of `{id}`, session {last}"),
                )
                .help(format!("end with session {last}, or put another protocol first under `protocols`")),
            );
        }
    }
}

/// The stages of a setting must cover its sessions, too, once their sessions are other ones, and follow one another. A
/// setting may have fewer sessions than its protocol.
fn adds_up(manual: &Manual, ix: ChapterIx, setting: Setting<'_>, reports: &mut Reports) {
    let changed = |adaptation: &Adaptation<'_>| Some((adaptation.stage()?.value.clone(), adaptation.sessions()?.span));
    let changed: Vec<(String, Span)> = setting.adaptations().filter_map(|adaptation| changed(&adaptation)).collect();
    let Some((_, first)) = changed.first() else { return };
    let Some(here) = SessionTable::new(manual, ix) else { return };
    let Some(usual) = here.protocol.and_then(|protocol| SessionTable::new(manual, protocol)) else { return };
    // What is wrong with the protocol itself is reported there; what cannot be read, too.
    let is_unread = setting.adaptations().any(|one| one.are_sessions_given() && one.sessions().is_none());
    let is_repeated =
        usual.rows.iter().enumerate().any(|(at, row)| usual.rows[..at].iter().any(|other| other.stage == row.stage));
    if is_unread || is_repeated || !holes_in(&usual).is_empty() || out_of_order(&usual).is_some() {
        return;
    }
    if let Some(missing) = in_words(&holes_in(&here)) {
        let message = format!("in this setting, no stage covers {missing}");
        reports.push(
            Diagnostic::new(&diag::SESSION_GAP, *first, message)
                .into_warning()
                .label("the sessions are other ones than in the protocol")
                .help("correct these sessions, or give the stages before and after them other sessions, too"),
        );
    }
    if let Some((above, below)) = out_of_order(&here) {
        let id = |row: &SessionRow<'_>| manual.chapter(row.stage).id.value.as_str();
        let is_it = |row: &SessionRow<'_>| changed.iter().find(|(name, _)| name == id(row)).map(|(_, span)| *span);
        let Some(span) = is_it(below).or_else(|| is_it(above)) else { return };
        let message = format!("in this setting, `{}` begins before `{}`, which stands above it", id(below), id(above));
        reports.push(
            Diagnostic::new(&diag::STAGE_ORDER, span, message)
                .help("correct these sessions, or give the stages before and after them other sessions, too"),
        );
    }
}

/// The sessions up to the last one of any stage that none covers.
fn holes_in(table: &SessionTable<'_>) -> Vec<SessionNumbers> {
    let ranges: Vec<SessionNumbers> =
        table.rows.iter().filter_map(|row| row.sessions.and_then(SessionRange::numbers)).collect();
    let last = ranges.iter().map(|(_, to)| *to).max().unwrap_or(0);
    let mut covered = vec![false; usize::from(last) + 1];
    for (from, to) in ranges {
        covered[usize::from(from)..=usize::from(to)].fill(true);
    }
    holes(&covered)
}

/// The first stage that begins before the one above it, below that; stages that take all sessions have no place.
fn out_of_order<'t, 'a>(table: &'t SessionTable<'a>) -> Option<(&'t SessionRow<'a>, &'t SessionRow<'a>)> {
    let numbers = |row: &SessionRow<'_>| row.sessions.and_then(SessionRange::numbers);
    let last = table.rows.iter().filter_map(numbers).map(|(_, to)| to).max().unwrap_or(0);
    let rows: Vec<_> =
        table.rows.iter().filter(|row| numbers(row).is_some_and(|(from, to)| from > 1 || to < last)).collect();
    let pair =
        rows.windows(2).find(|pair| numbers(pair[1]).map(|(from, _)| from) < numbers(pair[0]).map(|(from, _)| from))?;
    Some((pair[0], pair[1]))
}

fn agenda(session: Session<'_>, reports: &mut Reports) {
    let Some(duration) = session.duration() else { return };
    let minutes: i64 = session.agenda().filter_map(|item| item.minutes()).sum();
    if minutes > duration {
        reports.push(
            Diagnostic::new(
                &diag::AGENDA_TOO_LONG,
                session.duration_span(),
                format!("the agenda takes {minutes} minutes, but the session has only {duration}"),
            )
            .help(format!("shorten the agenda by {} minutes, or lengthen the session", minutes - duration)),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::holes;

    #[test]
    fn holes_are_stretches_from_one_on() {
        assert_eq!(holes(&[false, true, true]), []);
        assert_eq!(holes(&[false, false, true, false, false]), [(1, 1), (3, 4)]);
        assert_eq!(holes(&[false]), []);
    }
}
