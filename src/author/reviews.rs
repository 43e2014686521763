//! Lists who reviews which chapter when: a row for each chapter, as CSV and as a calendar.

use std::fmt::Write as _;

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::language::Language;
use crate::link::checks::review;
use crate::link::manual::Manual;
use crate::link::place::ChapterIx;
use crate::model::kinds::common::Common;
use crate::render::data::csv::csv_bytes;
use crate::render::text::context::RenderContext;

/// A chapter, and who is responsible for it.
#[derive(Debug)]
pub(crate) struct ReviewRow {
    /// The chapter.
    pub(crate) chapter: ChapterIx,
    /// Who is responsible for it; empty if nobody is named.
    pub(crate) owner: String,
    /// When its next review is due, if that is known.
    pub(crate) due: Option<Date>,
}

/// All chapters by their owners, those whose review is due first before others.
pub(crate) fn rows(manual: &Manual) -> Vec<ReviewRow> {
    let owner = |chapter: &crate::model::chapter::Chapter| {
        let own = chapter.common().owner().map(|owner| owner.value.clone());
        own.or_else(|| manual.settings.review_owner.clone()).unwrap_or_default()
    };
    let row =
        |(ix, chapter)| ReviewRow { chapter: ix, owner: owner(chapter), due: review::due(chapter, &manual.settings) };
    let mut rows: Vec<ReviewRow> = manual.iter().map(row).collect();
    let language = Language::new(&manual.settings.language);
    let day = |row: &ReviewRow| (row.due.is_none(), row.due, row.chapter);
    rows.sort_by(|one, other| language.compare(&one.owner, &other.owner).then_with(|| day(one).cmp(&day(other))));
    rows
}

/// The columns of the CSV.
const COLUMNS: [&str; 8] = {
    let keys = Common::KEYS;
    [keys.owner, keys.title, "file", keys.version, keys.status, keys.reviewed, keys.review_due, "overdue"]
};

/// The rows as CSV (RFC 4180). `overdue` says `yes` where the day was before `as_of`.
pub(crate) fn csv(manual: &Manual, as_of: Date) -> Vec<u8> {
    let header = COLUMNS.map(str::to_owned).to_vec();
    let cells = |row: ReviewRow| {
        let chapter = manual.chapter(row.chapter);
        let is_overdue = row.due.is_some_and(|due| due < as_of);
        vec![
            row.owner,
            chapter.title.clone(),
            chapter.source.clone(),
            chapter.common().version().map(|version| version.value.clone()).unwrap_or_default(),
            chapter.status.name().to_owned(),
            chapter.common().reviewed().map(|date| date.value.to_string()).unwrap_or_default(),
            row.due.map(|due| due.to_string()).unwrap_or_default(),
            if is_overdue { "yes".into() } else { String::new() },
        ]
    };
    csv_bytes(std::iter::once(header).chain(rows(manual).into_iter().map(cells)).collect())
}

/// The reviews as a calendar, an all-day event for each chapter with a date (RFC 5545). `as_of` is the day on which the
/// calendar is made. The crates for calendars bring clocks and random numbers; this needs neither.
pub(crate) fn ics(context: &RenderContext<'_>, as_of: Date) -> String {
    let manual = context.manual;
    let mut calendar = String::new();
    line(&mut calendar, "BEGIN:VCALENDAR");
    line(&mut calendar, "VERSION:2.0");
    line(&mut calendar, "PRODID:-//iptbook//reviews//EN");
    for row in rows(manual) {
        let (Some(due), chapter) = (row.due, manual.chapter(row.chapter)) else { continue };
        let next = due.checked_add(1.day()).unwrap_or(due);
        let day = |date: Date| date.strftime("%Y%m%d").to_string();
        line(&mut calendar, "BEGIN:VEVENT");
        // The same chapter is the same event when the calendar is read again.
        line(&mut calendar, &format!("UID:{}@iptbook", escaped(&chapter.key())));
        line(&mut calendar, &format!("DTSTAMP:{}T000000Z", day(as_of)));
        line(&mut calendar, &format!("DTSTART;VALUE=DATE:{}", day(due)));
        line(&mut calendar, &format!("DTEND;VALUE=DATE:{}", day(next)));
        let summary = format!("{}: {}", context.words.field(Common::KEYS.review_due), chapter.title);
        line(&mut calendar, &format!("SUMMARY:{}", escaped(&summary)));
        let about = [row.owner.as_str(), &chapter.source].into_iter().filter(|text| !text.is_empty());
        line(&mut calendar, &format!("DESCRIPTION:{}", escaped(&about.collect::<Vec<_>>().join("\n"))));
        line(&mut calendar, "TRANSP:TRANSPARENT");
        line(&mut calendar, "END:VEVENT");
    }
    line(&mut calendar, "END:VCALENDAR");
    calendar
}

/// A text as a value: characters that end values or lines are escaped.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => escaped.extend(['\\', letter]),
            '\n' => escaped.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// Writes a line, folded so that none has more than 75 bytes.
fn line(calendar: &mut String, text: &str) {
    let mut room = 75;
    for letter in text.chars() {
        if letter.len_utf8() > room {
            calendar.push_str("\r\n ");
            room = 74;
        }
        calendar.push(letter);
        room -= letter.len_utf8();
    }
    let _ = write!(calendar, "\r\n");
}

/// What a terminal shows: the headings, and a row for each chapter. A day before `as_of` is marked.
pub(crate) fn table(context: &RenderContext<'_>, as_of: Date) -> (Vec<String>, Vec<Vec<Vec<String>>>) {
    let (manual, words) = (context.manual, context.words);
    let keys = Common::KEYS;
    let names = [keys.owner, keys.title, keys.version, keys.status, keys.reviewed, keys.review_due];
    let head = names.iter().map(|name| words.field(name).to_owned()).collect();
    let cells = |row: ReviewRow| {
        let chapter = manual.chapter(row.chapter);
        let late = |due| if due < as_of { " (!)" } else { "" };
        vec![
            vec![row.owner],
            vec![chapter.title.clone()],
            chapter.common().version().map(|version| version.value.clone()).into_iter().collect(),
            vec![words.status(chapter.status).to_owned()],
            chapter.common().reviewed().map(|date| date.value.to_string()).into_iter().collect(),
            row.due.map(|due| format!("{due}{}", late(due))).into_iter().collect(),
        ]
    };
    (head, rows(manual).into_iter().map(cells).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_letters() {
        let mut calendar = String::new();
        line(&mut calendar, &"ä".repeat(80));
        assert!(calendar.split("\r\n").all(|line| line.len() <= 75), "{calendar}");
        assert_eq!(calendar.replace("\r\n ", ""), format!("{}\r\n", "ä".repeat(80)));
        assert_eq!(escaped("a;b,c\\d\ne\u{7}"), "a\\;b\\,c\\\\d\\ne");
    }
}
