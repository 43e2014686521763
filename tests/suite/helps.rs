//! Does what each help says, as an author would, and checks again: the report must be gone.
//!
//! Three kinds of help there are. A *fix* is applied by a program. "write `X`" is done word for word. And other words
//! ("leave an empty line", "give one of them another `id`") are done as [`as_told`] reads them. A help that none of
//! the three can do fails the test: then its words are too vague, or a line is missing in [`as_told`].

use std::fmt::Write as _;
use std::fs;

use crate::support::fixes::{offset, reports};
use crate::support::{TestManual, cases};
use crate::told::{Deed, Told, as_told};
use serde_json::Value;

/// Codes whose help names something to write that goes to another place, or is only part of what is to be done.
const IN_PARTS: [&str; 6] = [
    "html/unsafe",
    "link/cut-by-table",
    "markdown/footnote",
    "markdown/lost-cell",
    "session/repeated-stage",
    "session/stage-order",
];

/// Whether what the help says to write is all there is to do.
fn is_whole(report: &Value) -> bool {
    let has_condition = report["help"].as_str().is_some_and(|help| // Two numbers of somebody else's.
        help.contains("such as `[0, 27]`")
            || help.contains("and the words on the next line") || help.contains(". If it is ")
            || help.contains(". If nobody ") || help.contains(" That is given already"));
    !has_condition && !IN_PARTS.iter().any(|code| report["code"] == *code)
}

/// What a help says to write in so many words, and where: instead of what is marked, or of its key, too, if it has one.
fn told_to_write(text: &str, report: &Value) -> Option<(String, std::ops::Range<usize>)> {
    let help = report["help"].as_str()?;
    let (before, rest) = help.split_once('`')?;
    let is_told = ["write ", "such as ", "values: ", "mean ", "quotes: ", "text: ", "point: ", "brackets: "]
        .iter()
        .any(|end| before.ends_with(end));
    let (written, more) = rest.split_once('`')?;
    if !is_told || written.contains('…') || more.starts_with(", one on each line") {
        return None;
    }
    let start = offset(text, &report["line"], &report["column"]);
    let end = offset(text, &report["end-line"], &report["end-column"]);
    if start == end {
        return None;
    }
    // Of a list only its beginning is marked.
    let is_value = text[..start].ends_with(": ") && !text[start..end].contains(']');
    let is_list = text[start..].starts_with('[') && (written.contains('[') || is_value);
    let end = if is_list { start + text[start..].find(']')? + 1 } else { end };
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let with_key =
        written.split_once(": ").and_then(|(key, _)| Some(line + text[line..start].rfind(&format!("{key}:"))?));
    Some((written.to_owned(), with_key.unwrap_or(start)..end))
}

#[test]
fn what_a_help_says_to_write_makes_its_report_go_away() {
    let mut faults = String::new();
    let mut tried = 0;
    cases::for_each(|name, case, manual| {
        let arguments = case.arguments();
        let before = reports(manual, &arguments);
        // What has a fix is tried above.
        for report in before.iter().filter(|report| report.get("fix").is_none() && is_whole(report)) {
            let file = report["file"].as_str().expect("a file");
            let old = manual.read(file);
            let Some((written, range)) = told_to_write(&old, report) else { continue };
            let new = format!("{}{written}{}", &old[..range.start], &old[range.end..]);
            manual.write_beside(file, &new);
            let after = reports(manual, &arguments);
            manual.write_beside(file, &old);
            let same = |other: &&Value| ["code", "message", "file"].iter().all(|key| other[key] == report[key]);
            let is_new = |other: &&Value| {
                other["severity"] == "error"
                    && other["line"] == report["line"]
                    && !before.iter().any(|old| old["message"] == other["message"])
            };
            let there: Vec<&Value> = after.iter().filter(is_new).collect();
            if after.iter().filter(same).count() >= before.iter().filter(same).count() || !there.is_empty() {
                let _ = writeln!(faults, "{name}, {}\n  {report}\n  then: {there:#?}", case.name);
            }
            tried += 1;
        }
    });
    assert!(faults.is_empty(), "{faults}");
    assert!(tried > 15, "helps say what to write: {tried}");
}

/// Writes the files, and says what stood in them before.
fn carry_out(manual: &TestManual, deed: &Deed) -> Deed {
    let mut undo = Deed::new();
    for (path, new) in deed {
        let old = manual.path(path).is_file().then(|| manual.read(path));
        undo.insert(0, (path.clone(), old));
        match new {
            Some(text) => manual.write_beside(path, text),
            None => fs::remove_file(manual.path(path)).expect("the file is removed"),
        }
    }
    undo
}

/// The reports that are the same, counted.
fn count(all: &[Value], report: &Value) -> usize {
    all.iter().filter(|other| ["code", "message", "file"].iter().all(|key| other[key] == report[key])).count()
}

#[test]
fn a_help_in_any_words_is_done_and_its_report_goes_away() {
    let mut faults = String::new();
    let mut tried = 0;
    cases::for_each(|file, case, manual| {
        let arguments = case.arguments();
        let before = reports(manual, &arguments);
        for report in before.iter().filter(|report| report.get("fix").is_none() && report["help"].is_string()) {
            let Some(told) = Told::of(manual, report) else { continue };
            if told_to_write(&told.text, report).is_some() && is_whole(report) {
                continue;
            }
            tried += 1;
            let name = format!("{file}, {}\n  {report}", case.name);
            let mut arguments = arguments.clone();
            if told.help.contains("publish without `--drafts`") {
                arguments.retain(|argument| *argument != "--drafts");
            }
            let deed = if arguments.len() < case.arguments().len() { Some(Deed::new()) } else { as_told(&told) };
            let Some(deed) = deed else {
                let _ = writeln!(faults, "{name}\n  nobody knows what to do");
                continue;
            };
            let undo = carry_out(manual, &deed);
            let after = reports(manual, &arguments);
            carry_out(manual, &undo);
            if count(&after, report) >= count(&before, report) {
                let _ = writeln!(faults, "{name}\n  is still there after\n{deed:#?}");
            }
            let is_new = |other: &&Value| {
                deed.iter().any(|(path, _)| other["file"] == **path)
                    && other["severity"] == "error"
                    && !before.iter().any(|old| old["message"] == other["message"])
            };
            let new: Vec<&Value> = after.iter().filter(is_new).collect();
            if !new.is_empty() {
                let _ = writeln!(faults, "{name}\n  is followed by {new:#?} after\n{deed:#?}");
            }
        }
    });
    assert!(faults.is_empty(), "{faults}");
    assert!(tried > 200, "most helps are done: {tried}");
}
