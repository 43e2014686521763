//! Finds texts that YAML reads, and reads otherwise than they were meant.

use crate::model::yaml::errors::{Stop, Sure};
use crate::model::yaml::quoting::{is_block, quoted};

/// What is wrong with the text at byte `start` of `source`, which is written as `slice`, and `verbatim` if it is what
/// is written.
pub(in crate::model::yaml) fn slip(source: &str, start: usize, slice: &str, verbatim: bool) -> Option<Box<Stop>> {
    // A text over several lines, without quotes.
    if !verbatim && slice.contains('\n') {
        let is_plain = !slice.starts_with(['"', '\'', '|', '>']) && !is_block(source, start);
        return if is_plain { swallowed(source, start, slice) } else { None };
    }
    if !verbatim && slice.starts_with('"') && slice.contains('\\') {
        return path(start, slice);
    }
    let before = source.get(..start)?;
    match before.trim_end_matches(' ').bytes().next_back() {
        None | Some(b':' | b'-' | b',' | b'[' | b'{' | b'\n' | b'?') => None,
        Some(_) => named(source, start, slice),
    }
}

/// How long a text may be in which each name is looked for.
const LONGEST: usize = 100_000;

/// What items begin with, or what was meant as that.
const MARKS: [&str; 4] = ["- ", "-\u{a0}", "• ", "•\u{a0}"];

/// How much stands before the mark of an item, and its text; none for other lines.
fn item(line: &str) -> Option<(usize, &str)> {
    let words = line.trim_start_matches([' ', '\t', '\u{a0}']);
    MARKS.iter().find_map(|mark| words.strip_prefix(mark)).map(|rest| (line.len() - words.len(), rest))
}

/// An item of a list that is read as more of the text above it.
fn swallowed(source: &str, start: usize, slice: &str) -> Option<Box<Stop>> {
    // The text may be an item itself: then the others belong below its hyphen.
    let before = source[..start].rsplit('\n').next().unwrap_or_default();
    let column = before.trim_end().ends_with('-').then(|| before.trim_end().len() - 1);
    let mut first = None;
    let mut mended = String::new();
    let mut at = slice.find('\n')? + 1;
    let from = at;
    for line in slice[at..].split_inclusive('\n') {
        // A hyphen before a letter is an item only among others.
        let glued = line
            .trim_start_matches(' ')
            .strip_prefix('-')
            .filter(|rest| column.is_some() && rest.starts_with(char::is_alphabetic));
        let glued = glued.map(|rest| (line.len() - rest.len() - 1, rest));
        match item(line).or(glued) {
            Some((spaces, rest)) => {
                first = first.or(Some(start + at + spaces));
                mended.push_str(&format!("{}- {rest}", " ".repeat(column.unwrap_or_default())));
            }
            None => mended.push_str(line),
        }
        at += line.len();
    }
    if let Some(report) = no_break_items(start, before, slice) {
        return Some(report);
    }
    let is_sure = column.is_some() && before.trim() == "-";
    let help = if is_sure {
        "put its `- ` in the same column as that of the first item; or put the whole text in quotes"
    } else {
        "begin each item on a line of its own, also the first one, with `- ` in the same column; or put the whole text \
         in quotes"
    };
    let sure = if is_sure { Sure::Mended(start + from..start + slice.len(), mended) } else { Sure::Words };
    let why = "this item is read as part of the text above it";
    Some(Box::new(Stop { at: first?, why, help: help.to_owned(), sure: Some(sure) }))
}

/// Items of a list, all of which have a no-break space after their hyphens, or a bullet instead of it.
fn no_break_items(start: usize, before: &str, slice: &str) -> Option<Box<Stop>> {
    // A text may begin with a dash, and in Portuguese with an `o`: among items, others begin so, too.
    let begins_again =
        |mark: &str| slice.split('\n').skip(1).any(|line| item(line).is_some() || line.trim_start().starts_with(mark));
    let mark = ["+ ", "– ", "— ", "→ ", "o "].into_iter().find(|mark| slice.starts_with(mark) && begins_again(mark));
    let other = mark.and_then(|mark| slice.strip_prefix(mark));
    let first = other.map(|rest| rest.split('\n').next().unwrap_or_default());
    let first = first.or_else(|| item(slice.split('\n').next()?).map(|(_, first)| first))?;
    if !before.trim().is_empty() {
        return None;
    }
    let mended = slice.split_inclusive('\n').enumerate().map(|(at, line)| match item(line) {
        Some((spaces, rest)) => format!("{}- {rest}", &line[..spaces]),
        None if at == 0 => format!("- {first}\n"),
        None => {
            let words = line.trim_start_matches(' ');
            let rest = mark.and_then(|mark| words.strip_prefix(mark));
            rest.map_or_else(|| line.to_owned(), |rest| format!("{}- {rest}", &line[..line.len() - words.len()]))
        }
    });
    let why = if slice.starts_with('-') {
        "the space after this hyphen is a no-break space, which makes no item of a list"
    } else {
        "an item of a list begins with a hyphen, not with this sign"
    };
    let help = format!("begin it with a hyphen and an ordinary space: `- {}`; and so the items below it", first.trim());
    Some(Box::new(Stop {
        at: start,
        why,
        help,
        sure: Some(Sure::Mended(start..start + slice.len(), mended.collect())),
    }))
}

/// A path of Windows in double quotes, in which `\t` and the like mean something else.
fn path(start: usize, slice: &str) -> Option<Box<Stop>> {
    let inner = slice.strip_prefix('"')?.strip_suffix('"')?;
    let slash = inner.find('\\')?;
    let is_path = inner[..slash].ends_with(':') || ["..\\", ".\\", "\\\\"].iter().any(|begin| inner.starts_with(begin));
    // Who writes two of them knows.
    if !is_path || inner.contains(['\'', '\n']) || inner[slash..].starts_with("\\\\") && slash > 0 {
        return None;
    }
    let mended = format!("'{inner}'");
    Some(Box::new(Stop {
        at: start + 1 + slash,
        why: "in double quotes, a `\\` has a special meaning",
        help: format!("use single quotes: `{mended}`"),
        sure: Some(Sure::Mended(start..start + slice.len(), mended)),
    }))
}

/// A text that is one word with `&` or `!` before it, of which YAML leaves nothing: `!999`. Nothing stands at byte `at`.
pub(in crate::model::yaml) fn name_alone(source: &str, at: usize) -> Option<Box<Stop>> {
    let before = source.get(..at)?;
    let word = before.rsplit([' ', ',', '[', '{', '\n']).next()?;
    let is_name = word.len() > 1 && word.starts_with(['!', '&']) && !word.ends_with(':');
    is_name.then(|| named(source, at, "")).flatten()
}

/// A text that begins with `&` or `!`, whose first word YAML takes away.
fn named(source: &str, start: usize, slice: &str) -> Option<Box<Stop>> {
    let line_at = source[..start].rfind('\n').map_or(0, |at| at + 1);
    let word_at = source[line_at..start].trim_end().rfind([' ', ',', '[', '{']).map_or(line_at, |at| line_at + at + 1);
    let word = source[word_at..start].trim_end();
    let is_lost = match word.as_bytes().first()? {
        // In a long text it would take long to look for each.
        b'&' => source.len() < LONGEST && !source.contains(&format!("*{}", &word[1..])),
        b'!' => !word.starts_with("!!"),
        _ => false,
    };
    if !is_lost {
        return None;
    }
    let why = if slice.is_empty() {
        "a text cannot begin with `&` or `!`: this word would be lost"
    } else if word.starts_with('&') {
        "a text cannot begin with `&`: its first word would be lost"
    } else {
        "a text cannot begin with `!`: its first word would be lost"
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
