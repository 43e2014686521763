//! Reads hayagriva's own YAML, and continues after a mistake.
//!
//! It does not know BibTeX.

use std::collections::BTreeMap;
use std::ops::Range;

use hayagriva::Entry;

use crate::citation::bibliography::mistakes::{Mistakes, duplicate_sentence, shifted};

/// The usable entries, in file order.
pub(super) fn read_yaml(text: &str, mistakes: &mut Mistakes<'_>) -> Vec<Entry> {
    if text.lines().all(|line| matches!(line.trim(), "" | "---" | "...") || line.trim_start().starts_with('#')) {
        return Vec::new();
    }
    if let Ok(library) = hayagriva::io::from_yaml_str(text) {
        return library.into_iter().collect();
    }

    let pieces = yaml_pieces(text);
    if pieces.is_empty() {
        if let Err(error) = hayagriva::io::from_yaml_str(text) {
            let range = error.location().map_or(0..0, |at| line_range(text, at.line()));
            mistakes.note(
                range,
                format!("this is not a list of works, each with its key: {}", without_place(&error.to_string())),
            );
        }
        return Vec::new();
    }

    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    let mut entries = Vec::new();
    for piece in pieces {
        let key_range = piece.start..piece.start + text[piece.clone()].find(':').unwrap_or(0);
        match hayagriva::io::from_yaml_str(&text[piece.clone()]) {
            Ok(library) => {
                for entry in library {
                    if let Some(&start) = first.get(entry.key()) {
                        mistakes.note(key_range.clone(), duplicate_sentence(entry.key(), mistakes.line_of(start)));
                    } else {
                        first.insert(entry.key().to_owned(), piece.start);
                        entries.push(entry);
                    }
                }
            }
            Err(error) => {
                let message = error.to_string();
                let sentence = without_place(&message);
                if sentence.contains("no entry type") {
                    mistakes.note(key_range, "this entry does not say what it is: add a line such as `type: article`");
                } else {
                    let range = error.location().map_or(key_range, |at| {
                        let within = line_range(&text[piece.clone()], at.line());
                        shifted(&within, piece.start)
                    });
                    mistakes.note(range, yaml_sentence(sentence));
                }
            }
        }
    }
    entries
}

fn yaml_sentence(message: &str) -> String {
    // The message begins with a path such as `weissman2020.date: `, which the range shows better.
    let (path, problem) = message.split_once(": ").filter(|(path, _)| !path.contains(' ')).unwrap_or(("", message));
    match problem.split_once(", expected one of ") {
        Some((unknown, _)) if path.ends_with("type") => {
            let name = unknown.split('`').nth(1).unwrap_or(unknown);
            format!(
                "`{name}` is not a type of work: write a type such as `article`, `book`, `chapter`, `report`, `thesis` or `web`"
            )
        }
        _ => format!("this entry cannot be read: {problem}"),
    }
}

/// The ranges from each line with a key at the left margin to the next such line.
fn yaml_pieces(text: &str) -> Vec<Range<usize>> {
    let mut starts = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let begins = line.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '\'' | '_'));
        if begins && line.contains(':') {
            starts.push(offset);
        }
        offset += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// The text of a line, counted from 1, without the white space around it.
fn line_range(text: &str, line: usize) -> Range<usize> {
    let mut offset = 0;
    let mut last = 0..0;
    for (ix, content) in text.split_inclusive('\n').enumerate() {
        let start = offset + content.len() - content.trim_start().len();
        if !content.trim().is_empty() {
            last = start..start + content.trim().len();
        }
        if ix + 1 >= line {
            break;
        }
        offset += content.len();
    }
    last
}

fn without_place(message: &str) -> &str {
    message.find(" at line ").map_or(message, |at| &message[..at])
}
