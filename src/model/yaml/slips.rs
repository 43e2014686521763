//! Finds texts that YAML reads, and reads otherwise than they were meant.

use crate::model::yaml::errors::{Stop, Sure};
use crate::model::yaml::quoting::{is_block, quoted};

/// What is wrong with the text at byte `start` of `source`, which is written as `slice`, and `verbatim` if it is what
/// is written.
pub(in crate::model::yaml) fn slip(source: &str, start: usize, slice: &str, verbatim: bool) -> Option<Box<Stop>> {
    // A text over several lines, without quotes.
    if !verbatim && slice.contains('\n') {
        let is_plain = !slice.starts_with(['"', '\'', '|', '>']) && !is_block(source, start);
        return if is_plain { swallowed(start, slice) } else { None };
    }
    let before = source.get(..start)?;
    match before.trim_end_matches(' ').bytes().next_back() {
        None | Some(b':' | b'-' | b',' | b'[' | b'{' | b'\n' | b'?') => None,
        Some(_) => named(source, start, slice),
    }
}

/// An item of a list that is read as more of the text above it.
fn swallowed(start: usize, slice: &str) -> Option<Box<Stop>> {
    let mut at = slice.find('\n')? + 1;
    for line in slice[at..].split_inclusive('\n') {
        let words = line.trim_start_matches([' ', '\t', '\u{a0}']);
        if ["- ", "-\u{a0}", "• ", "•\u{a0}"].iter().any(|mark| words.starts_with(mark)) {
            return Some(Box::new(Stop {
                at: start + at + line.len() - words.len(),
                why: "this item is read as part of the text above it",
                help:
                    "put its `- ` in the same column as that of the other items, and the first item on a line of its \
                       own, too; or put the whole text in quotes"
                        .to_owned(),
                sure: Some(Sure::Words),
            }));
        }
        at += line.len();
    }
    None
}

/// A text that begins with `&` or `!`, whose first word YAML takes away.
fn named(source: &str, start: usize, slice: &str) -> Option<Box<Stop>> {
    let line_at = source[..start].rfind('\n').map_or(0, |at| at + 1);
    let word_at = source[line_at..start].trim_end().rfind([' ', ',', '[', '{']).map_or(line_at, |at| line_at + at + 1);
    let word = source[word_at..start].trim_end();
    let is_lost = match word.as_bytes().first()? {
        b'&' => !source.contains(&format!("*{}", &word[1..])),
        b'!' => !word.starts_with("!!"),
        _ => false,
    };
    if !is_lost {
        return None;
    }
    let why = if word.starts_with('&') {
        "a text cannot begin with `&`: YAML takes its first word away"
    } else {
        "a text cannot begin with `!`: YAML takes its first word away"
    };
    let range = word_at..start + slice.len();
    let text = source.get(range.clone())?;
    if slice.starts_with(['"', '\'', '|', '>']) || text.contains('\n') {
        let help = "put the whole text in quotes".to_owned();
        return Some(Box::new(Stop { at: word_at, why, help, sure: Some(Sure::Words) }));
    }
    let mended = quoted(text);
    let help = format!("put the whole text in quotes: `{mended}`");
    Some(Box::new(Stop { at: word_at, why, help, sure: Some(Sure::Mended(range, mended)) }))
}
