//! Reads reports with all that programs learn of them, and applies their fixes.

use crate::support::{TestManual, check};
use serde_json::Value;

/// The reports of `check --format json`, whole.
pub(crate) fn reports(manual: &TestManual, arguments: &[&str]) -> Vec<Value> {
    let ran = manual.run(&check(&["--format", "json"], arguments));
    ran.stdout.lines().map(|line| serde_json::from_str(line).expect("a line is one JSON object")).collect()
}

/// The byte of a text at a line and column, both from 1; a byte order mark is no letter of the first line.
pub(crate) fn offset(text: &str, line: &Value, column: &Value) -> usize {
    let number = |value: &Value| usize::try_from(value.as_u64().expect("a number")).expect("a small number");
    let mark = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let start = mark + text[mark..].split_inclusive('\n').take(number(line) - 1).map(str::len).sum::<usize>();
    start + text[start..].chars().take(number(column) - 1).map(char::len_utf8).sum::<usize>()
}

/// The text after a fix, and which bytes of it are new.
pub(crate) fn fixed(text: &str, fix: &Value) -> (String, std::ops::Range<usize>) {
    let range = &fix["range"];
    let start = offset(text, &range["line"], &range["column"]);
    let end = offset(text, &range["end-line"], &range["end-column"]);
    let new = fix["text"].as_str().expect("a text");
    (format!("{}{new}{}", &text[..start], &text[end..]), start..start + new.len())
}
