//! Puts texts in quotes, and finds texts that YAML cuts because they have none.
//!
//! In YAML, ` #` begins a comment. People write comments after values, and people write `Call ward #3`, so a rule says
//! which of the two a `#` is. After a value that is no free text (an id, a number, a date, a choice) it is always a
//! comment, and the schema does not ask. After a free text without quotes it is a comment only if it looks like one:
//! a space follows the `#`, and either two spaces stand before it, as is usual for comments, or the text is one word that
//! begins with a small letter or a digit (`en # the language`). All else may be words of the text, and lost words are
//! worse than a comment that must move to a line of its own.

use crate::model::yaml::node::{Slip, YamlNode, YamlValue};
use crate::model::yaml::scene::is_name;
use crate::span::{FileId, Span};

/// A text in quotes, as YAML reads it.
pub(crate) fn quoted(text: &str) -> String {
    if !text.contains(['"', '\\']) {
        format!("\"{text}\"")
    } else if text.contains('\'') {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    } else {
        format!("'{text}'")
    }
}

/// What a `#` takes away from the text at `start..end` of `source`, which begins in `file` at byte `base`.
pub(in crate::model::yaml) fn cut(
    source: &str,
    start: usize,
    end: usize,
    file: FileId,
    base: usize,
) -> Option<Box<Slip>> {
    let after = source.get(end..)?;
    // Most values end with their line, which may be long.
    let next = after.trim_start_matches([' ', '\t']);
    if !next.starts_with('#') {
        return if next.starts_with(['\n', '\r']) { cut_below(source, start, end, file, base) } else { None };
    }
    let line = after.split(['\n', '\r']).next().unwrap_or_default();
    let hash = line.len() - line.trim_start_matches([' ', '\t']).len();
    let comment = line[hash..].strip_prefix('#')?;
    if hash == 0 && !source[..end].ends_with([' ', '\t']) {
        return None;
    }
    if source[..end].ends_with('\n') {
        return None;
    }
    let value = source.get(start..end)?.trim();
    // An empty value ends at its colon or hyphen.
    let gap = &line[..hash];
    if value.starts_with(['"', '\'']) || is_block(source, start) || !is_cut(value, gap, comment) {
        return None;
    }
    // What looks like a comment after that is one.
    let line = comment.find("  # ").map_or(line, |at| &line[..hash + 1 + at]);
    let line_end = end + line.trim_end().len();
    let before = source[..start].rsplit('\n').next().unwrap_or_default();
    let is_below = before.trim().is_empty() && !line.contains([',', '[', ']', '{', '}']);
    let is_alone = is_below || before.trim_end().ends_with([':', '-']) && !before.contains(['[', '{']);
    let from = if value.is_empty() { end + hash } else { start };
    let quoted = is_alone.then(|| (Span::new(file, base + from, base + line_end), quoted(&source[from..line_end])));
    Some(Box::new(Slip::Cut { place: Span::new(file, base + end + hash, base + line_end), quoted }))
}

/// The same for a `#` that begins the next line of a text over several lines: `value: Crisis team,` and below it `#4411`.
fn cut_below(source: &str, start: usize, end: usize, file: FileId, base: usize) -> Option<Box<Slip>> {
    let value = source.get(start..end).filter(|value| !value.trim().is_empty())?;
    let below = end + source[end..].find('\n')? + 1;
    let line = source[below..].split(['\n', '\r']).next().unwrap_or_default().trim_end();
    let indent = line.len() - line.trim_start_matches(' ').len();
    let words = line[indent..].strip_prefix('#')?;
    // A comment has a space, or explains what is complete.
    let is_open = value.trim_end().ends_with([',', '-', '–', '/']);
    let is_number = words.trim_start().starts_with(char::is_numeric);
    let is_comment =
        (words.starts_with([' ', '\t']) || value.trim_end().ends_with(['.', '!', '?'])) && !is_open && !is_number;
    let key_line = source[..start].rsplit('\n').next().unwrap_or_default();
    let column = match key_line.trim_end().strip_suffix('-') {
        Some(before) => before.len(),
        None => key_line.len() - key_line.trim_start_matches([' ', '-']).len(),
    };
    if is_comment
        || words.trim_matches('#').trim().is_empty()
        || indent <= column
        || value.starts_with(['"', '\'', '|', '>'])
        || key_line.contains(['[', '{'])
        || value.ends_with('\n')
        || is_block(source, start)
    {
        return None;
    }
    let line_end = below + line.len();
    let place = Span::new(file, base + below + indent, base + line_end);
    let whole = Span::new(file, base + start, base + line_end);
    Some(Box::new(Slip::Cut { place, quoted: Some((whole, quoted(&source[start..line_end]))) }))
}

/// Marks the keys of a map that are no keys: within braces, what follows a comma and has no colon.
pub(in crate::model::yaml) fn commas(entries: &mut [(YamlNode, YamlNode)], source: &str, base: usize) {
    let offset = |at: u32| (at as usize).saturating_sub(base);
    let is_alone = |(key, value): &(YamlNode, YamlNode)| {
        let after = source.get(offset(key.span.end)..).unwrap_or_default().trim_start_matches([' ', '"', '\'']);
        // `key:value` and `key=value` lack something else.
        let glued = key.as_text().and_then(|text| text.split_once([':', '=']));
        let is_glued = glued.is_some_and(|(name, _)| is_name(name));
        matches!(value.value, YamlValue::Null) && !is_glued && after.starts_with([',', '}'])
    };
    let mut at = 1;
    while at < entries.len() {
        let end = at + entries[at..].iter().take_while(|entry| is_alone(entry)).count();
        let before = &entries[at - 1].1;
        if end > at && matches!(before.value, YamlValue::Scalar { .. }) {
            let place = Span { end: entries[end - 1].0.span.end, ..before.span };
            let text = source.get(offset(place.start)..offset(place.end)).unwrap_or_default().to_owned();
            if !text.starts_with(['"', '\'']) {
                for (number, (key, _)) in entries[at..end].iter_mut().enumerate() {
                    key.slip = Some(Box::new(Slip::Comma { place, text: text.clone(), is_first: number == 0 }));
                }
            }
        }
        at = end + 1;
    }
}

/// Whether the text at byte `start` stands below its `|` or `>`.
pub(in crate::model::yaml) fn is_block(source: &str, start: usize) -> bool {
    let before = source.get(..start).unwrap_or_default();
    let header = before.trim_end_matches([' ', '\r', '\n']);
    let header = header.rsplit('\n').next().unwrap_or_default();
    let header = header.split(" #").next().unwrap_or_default().trim_end();
    header.len() < before.len() && header.rsplit([' ', '\t']).next().is_some_and(|word| word.starts_with(['|', '>']))
}

/// Whether ` #` belongs to the text `value`, and is not a comment on it.
fn is_cut(value: &str, gap: &str, comment: &str) -> bool {
    let words = comment.trim_start_matches('#');
    if words.trim().is_empty() || !words.starts_with([' ', '\t']) {
        return true;
    }
    let words = words.trim_start();
    let is_number = words.starts_with(|letter: char| letter.is_numeric()) || words.starts_with("of ");
    let is_apart = gap.chars().count() > 1 || gap.contains('\t');
    // `en # the language`, `1.2 # after review`: a sign for something, and what it means. `112 # day and night` is a number
    // to call.
    let is_year = value.len() == 4 && value.starts_with(['1', '2']);
    let is_call = value.len() > 1 && !is_year && value.bytes().all(|byte| byte.is_ascii_digit());
    let is_sign = !is_call
        && !value.contains(char::is_whitespace)
        && value.starts_with(|letter: char| letter.is_lowercase() || letter.is_ascii_digit());
    !is_apart && (is_number || !value.is_empty() && !is_sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_in_quotes_is_the_same_text() {
        assert_eq!(quoted("a: b"), "\"a: b\"");
        assert_eq!(quoted("a \"b\": c"), "'a \"b\": c'");
        assert_eq!(quoted("it's \"b\""), "\"it's \\\"b\\\"\"");
        assert_eq!(quoted("C:\\d"), "'C:\\d'");
    }

    #[test]
    fn words_are_told_from_comments() {
        let lost = |line: &str| {
            let end = line.find(" #").unwrap_or(0);
            cut(line, 0, end.min(line[..end].trim_end().len()), FileId(0), 0).is_some()
        };
        for text in [
            "Call ward #3",
            "Crisis team, ext. #4411 (24 h)",
            "Ward #3",
            "Ward # 3",
            "Session 3 # revise this",
            "Press 1, then #",
            "Grief #griefweek",
            "Role play  #todo",
            "Switchboard # ask for the crisis team",
            "Rehearsal # and loss",
            "112 # day and night",
        ] {
            assert!(lost(text), "{text}");
        }
        for text in
            ["Some words    # what it is for", "en # the language", "Two words  # explained", "1.2 # after review"]
        {
            assert!(!lost(text), "{text}");
        }
    }
}
