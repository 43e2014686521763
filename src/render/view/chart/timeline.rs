//! Turns the session summary into a picture: sessions across, stages down.
//!
//! Positions across are percentages of the picture's width. Positions down are multiples of its text size, so that the
//! words keep their size on a phone and grow with the reader's own text size.

use serde::Serialize;

use crate::link::course::{SessionRow, SessionTable};
use crate::link::place::ChapterIx;
use crate::model::range::SessionRange;
use crate::render::text::renderer::Renderer;
use crate::render::view::chart::number::number;
use crate::words::Word;

/// The most letters of a stage's title on a line, so that it fits beside its sessions on a screen 320 pixels wide.
const TITLE_WIDTH: usize = 20;

/// The most session numbers that are written out across.
const MOST_NUMBERS: u16 = 20;

/// The height of a line of words, in letter sizes.
const LINE: f64 = 1.25;

/// The size of the numbers at the top, so that two digits fit into a narrow column.
const SMALL: f64 = 0.75;

/// The height of the numbers at the top.
const HEAD: f64 = 1.6;

/// The height of a bar with the room under it.
const BAR: f64 = 1.35;

/// A picture of the stages of a protocol or setting.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct TimelineView {
    /// The anchor.
    pub(crate) id: String,
    /// The caption.
    pub(crate) caption: String,
    /// The whole picture in words.
    pub(crate) description: String,
    /// How high it is, in letter sizes.
    pub(crate) height: String,
    /// Where the lines between sessions begin, in letter sizes.
    pub(crate) head: String,
    /// The position of the numbers above them, in their own letter size.
    pub(crate) numbers_y: String,
    /// The side on which words begin, in percent.
    pub(crate) start: &'static str,
    /// The other side.
    pub(crate) end: &'static str,
    /// The session numbers.
    pub(crate) numbers: Vec<NumberView>,
    /// The lines between sessions, in percent.
    pub(crate) lines: Vec<String>,
    /// The stages.
    pub(crate) rows: Vec<StageView>,
    /// The phases that appear, with their names, in order.
    pub(crate) phases: Vec<KeyView>,
    /// Whether anything differs from the usual course.
    pub(crate) changes: bool,
}

/// A session number.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct NumberView {
    /// The number.
    pub(crate) text: String,
    /// The middle of its column, in percent.
    pub(crate) x: String,
}

/// A phase in the key of colours.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct KeyView {
    /// Its key.
    pub(crate) name: String,
    /// Its name.
    pub(crate) label: String,
}

/// A stage.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct StageView {
    /// Its title, cut into lines.
    pub(crate) title: Vec<LineView>,
    /// Its address.
    pub(crate) url: String,
    /// Its sessions and phase in words.
    pub(crate) meta: String,
    /// The position of the first line, in letter sizes.
    pub(crate) y: String,
    /// Its phase's key; may be empty.
    pub(crate) phase: String,
    /// `numbers`, `throughout` or `follow-up`.
    pub(crate) reach: &'static str,
    /// Its first and last session; may be empty.
    pub(crate) sessions: String,
    /// The bar: its left edge and width in percent.
    pub(crate) bar_x: String,
    /// See `bar_x`.
    pub(crate) bar_width: String,
    /// The bar's upper edge in letter sizes.
    pub(crate) bar_y: String,
    /// Whether anything differs here from the usual course.
    pub(crate) changed: bool,
}

/// A line of words.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct LineView {
    /// The words.
    pub(crate) text: String,
    /// Its position, in letter sizes.
    pub(crate) y: String,
}

/// Draws a session summary.
pub(crate) fn timeline(renderer: &Renderer<'_>, table: &SessionTable<'_>, caption: Option<&str>) -> TimelineView {
    let words = renderer.context.words;
    let title = &renderer.context.manual.chapter(table.of).title;
    let scale = Scale::new(table, words.language.is_right_to_left());
    let mut y = HEAD;
    let mut rows = Vec::new();
    for row in &table.rows {
        let (view, height) = stage(renderer, row, &scale, y);
        rows.push(view);
        y += height;
    }
    let mut phases: Vec<KeyView> = Vec::new();
    for phase in table.rows.iter().filter_map(|row| row.phase) {
        if !phases.iter().any(|known| known.name == phase) {
            phases.push(KeyView { name: phase.to_owned(), label: words.phase(phase).to_owned() });
        }
    }
    let description: Vec<String> = table.rows.iter().map(|row| in_words(renderer, row)).collect();
    TimelineView {
        id: String::new(),
        caption: caption.map_or_else(|| words.fill(Word::SessionTimelineOf, &[title]), str::to_owned),
        description: description.join("; "),
        height: number(y + 0.2),
        head: number(HEAD * 0.6),
        numbers_y: number((HEAD * 0.6 - 0.25) / SMALL),
        start: if scale.mirrored { "100" } else { "0" },
        end: if scale.mirrored { "0" } else { "100" },
        numbers: scale.numbers(),
        lines: scale.lines(),
        rows,
        phases,
        changes: table.has_changes(),
    }
}

fn stage(renderer: &Renderer<'_>, row: &SessionRow<'_>, scale: &Scale, y: f64) -> (StageView, f64) {
    let title = wrapped(&renderer.context.manual.chapter(row.stage).title);
    let lines = title.len() as f64;
    let (from, to) = scale.reach(row.sessions);
    let left = if scale.mirrored { scale.columns - to } else { from };
    let view = StageView {
        title: title
            .into_iter()
            .enumerate()
            .map(|(at, text)| LineView { text, y: number(y + (at as f64 + 0.8) * LINE) })
            .collect(),
        url: renderer.chapter_address(row.stage),
        meta: meta(renderer, row),
        y: number(y + 0.8 * LINE),
        phase: row.phase.unwrap_or_default().to_owned(),
        reach: match row.sessions {
            Some(SessionRange::FollowUp) => "follow-up",
            Some(SessionRange::Numbers { .. }) => "numbers",
            _ => "throughout",
        },
        sessions: row.sessions.map(|sessions| sessions.to_string()).unwrap_or_default(),
        bar_x: scale.percent(left),
        bar_width: scale.percent(to - from),
        bar_y: number(y + lines * LINE + 0.1),
        changed: row.differs(),
    };
    (view, lines * LINE + BAR)
}

/// The sessions and the phase; only one of them if both are the same word.
fn meta(renderer: &Renderer<'_>, row: &SessionRow<'_>) -> String {
    let words = renderer.context.words;
    let sessions = row.sessions.map(|sessions| words.sessions(sessions)).unwrap_or_default();
    let phase = row.phase.map(|phase| words.phase(phase).to_owned()).unwrap_or_default();
    if sessions.is_empty() || sessions == phase {
        return phase;
    }
    // In Arabic letters a range would be read from its end: it is set apart, from left to right.
    let sessions = if words.language.is_right_to_left() { format!("\u{2066}{sessions}\u{2069}") } else { sessions };
    if phase.is_empty() { sessions } else { format!("{phase} · {sessions}") }
}

fn in_words(renderer: &Renderer<'_>, row: &SessionRow<'_>) -> String {
    let words = renderer.context.words;
    let title = &renderer.context.manual.chapter(row.stage).title;
    let usual = row.usual.sessions.map(|sessions| words.fill(Word::Usually, &[&words.sessions(sessions)]));
    let changed = match usual {
        Some(usual) => format!(" ({}: {usual})", words.get(Word::Changed)),
        None if row.differs() => format!(" ({})", words.get(Word::Changed)),
        None => String::new(),
    };
    let sessions = row.sessions.map(|sessions| words.sessions(sessions)).unwrap_or_default();
    let word = match row.sessions {
        Some(SessionRange::Numbers { first, last }) if first == last => Word::TimelineSession,
        Some(SessionRange::Numbers { .. }) => Word::TimelineSessions,
        _ => Word::TimelineWords,
    };
    let phase = row.phase.map(|phase| words.phase(phase).to_owned()).unwrap_or_default();
    let phase = if phase.is_empty() || phase == sessions { String::new() } else { format!(", {phase}") };
    format!("{}{phase}{changed}", words.fill(word, &[title, &sessions]))
}

/// Sessions to places across.
struct Scale {
    last: u16,
    /// How many columns there are, with the room for what comes after the last session.
    columns: f64,
    /// Whether sessions run from right to left.
    mirrored: bool,
}

impl Scale {
    fn new(table: &SessionTable<'_>, mirrored: bool) -> Self {
        let ends = table.rows.iter().filter_map(|row| row.sessions?.numbers()).map(|(_, last)| last);
        let last = ends.chain(table.last).max().unwrap_or(1);
        let after = table.rows.iter().any(|row| row.sessions == Some(SessionRange::FollowUp));
        let room = if after { (f64::from(last) * 0.12).max(1.0) } else { 0.0 };
        Self { last, columns: f64::from(last) + room, mirrored }
    }

    /// From where to where a stage reaches, in sessions that have passed.
    fn reach(&self, sessions: Option<SessionRange>) -> (f64, f64) {
        let last = f64::from(self.last);
        match sessions {
            Some(SessionRange::Numbers { first, last }) => (f64::from(first) - 1.0, f64::from(last)),
            Some(SessionRange::FollowUp) => (last, self.columns),
            Some(SessionRange::Throughout) | None => (0.0, last),
        }
    }

    /// How much of the width some sessions take.
    fn percent(&self, sessions: f64) -> String {
        number(sessions / self.columns * 100.0)
    }

    /// The place after so many sessions.
    fn edge(&self, sessions: f64) -> String {
        self.percent(if self.mirrored { self.columns - sessions } else { sessions })
    }

    /// How many sessions are between two numbered ones.
    fn step(&self) -> u16 {
        self.last.div_ceil(MOST_NUMBERS).max(1)
    }

    /// Lines before the sessions that are numbered, and after the last.
    fn lines(&self) -> Vec<String> {
        let before = (0..self.last).filter(|session| session.is_multiple_of(self.step()));
        before.chain([self.last]).map(|session| self.edge(f64::from(session))).collect()
    }

    fn numbers(&self) -> Vec<NumberView> {
        (1..=self.last)
            .filter(|session| (session - 1).is_multiple_of(self.step()))
            .map(|session| NumberView { text: session.to_string(), x: self.edge(f64::from(session) - 0.5) })
            .collect()
    }
}

fn wrapped(title: &str) -> Vec<String> {
    textwrap::wrap(title, TITLE_WIDTH).into_iter().map(std::borrow::Cow::into_owned).collect()
}

/// The picture of a protocol or setting; none for a chapter of another kind, or without stages.
pub(crate) fn of(renderer: &Renderer<'_>, chapter: ChapterIx, caption: Option<&str>) -> Option<TimelineView> {
    let table = SessionTable::new(renderer.context.manual, chapter)?;
    (!table.rows.is_empty()).then(|| timeline(renderer, &table, caption))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(last: u16, after: f64, mirrored: bool) -> Scale {
        Scale { last, columns: f64::from(last) + after, mirrored }
    }

    #[test]
    fn sessions_become_places_across() {
        let usual = scale(16, 4.0, false);
        assert_eq!(usual.reach(Some(SessionRange::Numbers { first: 4, last: 8 })), (3.0, 8.0));
        assert_eq!(usual.reach(Some(SessionRange::Throughout)), (0.0, 16.0));
        assert_eq!(usual.reach(Some(SessionRange::FollowUp)), (16.0, 20.0));
        assert_eq!(usual.percent(5.0), "25");
        assert_eq!(usual.edge(5.0), "25");
        assert_eq!(scale(16, 4.0, true).edge(5.0), "75");
    }

    #[test]
    fn many_sessions_are_not_all_numbered() {
        let texts = |last| scale(last, 0.0, false).numbers().into_iter().map(|number| number.text).collect::<Vec<_>>();
        assert_eq!(texts(3), ["1", "2", "3"]);
        assert_eq!(texts(50).len(), 17);
        assert_eq!(texts(50)[..3], ["1", "4", "7"]);
    }

    #[test]
    fn titles_break_between_words() {
        assert_eq!(wrapped("Exploration of interpersonal issues"), ["Exploration of", "interpersonal issues"]);
        assert_eq!(number(-0.0), "0");
        assert_eq!(number(33.333_333), "33.333");
    }
}
