//! Guesses about quotes: curly ones, open ones, and texts that need them.

use std::ops::Range;

use crate::model::yaml::quoting::quoted;
use crate::model::yaml::scene::{Guess, Line, Scene, is_name, write_or};

/// Quotes of word processors.
const CURLY: &[char] = &['“', '”', '„', '‟', '‘', '’', '‚', '«', '»', '‹', '›'];

const WHOLE: &str = "put the whole text in quotes";

/// The value of a line with its quotes put right.
fn with(line: Line<'_>, at: Range<usize>, message: impl Into<String>, mended: String, help: &str) -> Guess {
    let parts = line.parts();
    let range = parts.value_at..parts.value_at + parts.value.len();
    Guess { at, message: message.into(), help: write_or(&mended, help), edit: (range, mended), is_sure: true }
}

/// The place of the first character of the value of a line.
fn first(line: Line<'_>) -> Range<usize> {
    let parts = line.parts();
    let width = parts.value.chars().next().map_or(0, char::len_utf8);
    parts.value_at..parts.value_at + width
}

/// Curly quotes around a text that needs straight ones.
pub(in crate::model::yaml) fn curly(scene: &Scene<'_>, at: usize) -> Vec<Guess> {
    let line = scene.lines[at];
    let value = line.parts().value;
    let (Some(open), Some(close)) = (value.chars().next(), value.chars().next_back()) else { return Vec::new() };
    let is_quote = |letter: char| CURLY.contains(&letter) || matches!(letter, '"' | '\'');
    if value.chars().count() > 2
        && is_quote(open)
        && is_quote(close)
        && (CURLY.contains(&open) || CURLY.contains(&close))
    {
        let inner = &value[open.len_utf8()..value.len() - close.len_utf8()];
        // `“One” and “two”` are no quotes around the whole.
        if inner.contains(['"', '“', '”', '„', '«', '»']) {
            return vec![with(line, first(line), "this text needs quotes around the whole", quoted(value), WHOLE)];
        }
        let message = "curly quotes do not hold a text together: only straight ones do, `\"`";
        return vec![with(line, first(line), message, quoted(inner), "write straight quotes")];
    }
    // Some of them within brackets.
    if value.contains(['“', '”', '„']) && value.contains(['[', '{']) {
        let place = value.find(['“', '”', '„']).unwrap_or(0);
        let width = value[place..].chars().next().map_or(0, char::len_utf8);
        let from = line.parts().value_at + place;
        let message = "curly quotes do not hold a text together: only straight ones do, `\"`";
        return vec![with(
            line,
            from..from + width,
            message,
            value.replace(['“', '”', '„'], "\""),
            "write straight quotes",
        )];
    }
    Vec::new()
}

/// A path of Windows in double quotes.
pub(in crate::model::yaml) fn backslash(scene: &Scene<'_>, at: usize) -> Vec<Guess> {
    let line = scene.lines[at];
    let parts = line.parts();
    let Some(slash) = parts.value.find('\\').filter(|_| parts.value.contains('"')) else { return Vec::new() };
    let place = parts.value_at + slash..parts.value_at + slash + 1;
    let message = "in double quotes, a `\\` has a special meaning";
    let mut guesses = Vec::new();
    let inner = parts.value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
    if let Some(inner) = inner.filter(|inner| !inner.contains(['"', '\''])) {
        guesses.push(with(line, place.clone(), message, format!("'{inner}'"), "use single quotes"));
    }
    if !parts.value.contains('\'') && parts.value.matches('"').count().is_multiple_of(2) {
        guesses.push(with(line, place.clone(), message, parts.value.replace('"', "'"), "use single quotes"));
    }
    guesses.push(with(line, place, message, parts.value.replace('\\', "\\\\"), "write each `\\` twice"));
    guesses
}

/// Quotes within quotes, or text after them.
pub(in crate::model::yaml) fn inner(scene: &Scene<'_>, at: usize) -> Vec<Guess> {
    let line = scene.lines[at];
    let value = line.parts().value;
    let Some(quote) = value.chars().next().filter(|letter| matches!(letter, '"' | '\'')) else { return Vec::new() };
    let Some(second) = value[1..].find(quote).map(|second| second + 1) else { return Vec::new() };
    if second + 1 >= value.len() {
        return Vec::new();
    }
    let from = line.parts().value_at + second;
    let after = value[second + 1..].chars().next().unwrap_or(' ');
    let whole = with(
        line,
        from..from + 1,
        "there is text after the closing quote",
        quoted(value),
        "put the whole text in quotes of the other kind",
    );
    let within = value[1..].strip_suffix(quote).map(|inner| {
        let (message, help) = if quote == '\'' {
            ("this apostrophe ends the text, since single quotes stand around it", "use double quotes")
        } else {
            (
                "these quotes end the text, since quotes of the same kind stand around it",
                "use single quotes around the text",
            )
        };
        with(line, from..from + 1, message, quoted(inner), help)
    });
    match within {
        Some(within) if after.is_alphanumeric() => vec![within, whole],
        within => std::iter::once(whole).chain(within).collect(),
    }
}

/// Quotes that are not closed.
pub(in crate::model::yaml) fn open(scene: &Scene<'_>, at: usize) -> Vec<Guess> {
    // What is open takes in all lines after it, so the line may be far from the place: the first one is tried first.
    let from = if scene.at == at { 0 } else { at };
    let lines = (from..=at).filter(|at| !scene.lines[*at].is_too_long());
    lines.flat_map(|at| open_over_lines(scene, at).into_iter().chain(open_in(scene.lines[at]))).take(60).collect()
}

/// Quotes around a text over several lines that are closed on none of them.
fn open_over_lines(scene: &Scene<'_>, at: usize) -> Option<Guess> {
    let line = scene.lines[at];
    let parts = line.parts();
    let quote = parts.value.chars().next().filter(|letter| matches!(letter, '"' | '\''))?;
    let column = if parts.key.is_some() { parts.at - line.start } else { line.indent() };
    let last = (at + 1..scene.end_of(at, column)).rfind(|at| !scene.lines[*at].is_blank())?;
    let range = parts.value_at + 1..scene.lines[last].end();
    let text = &scene.text[range.clone()];
    if text.contains(quote) && !text.ends_with(CURLY) {
        return None;
    }
    // A curly quote at the end was to close them.
    let end = range.start + text.strip_suffix(CURLY).unwrap_or(text).len();
    Some(Guess {
        at: parts.value_at..parts.value_at + 1,
        message: "the quotes that begin here are not closed".to_owned(),
        help: format!("write `{quote}` after the last word of the text"),
        edit: (end..range.end, quote.to_string()),
        is_sure: true,
    })
}

fn open_in(line: Line<'_>) -> Vec<Guess> {
    let parts = line.parts();
    let message = "the quotes that begin here are not closed on their line";
    let mut guesses = Vec::new();
    for (at, quote) in parts.value.char_indices().filter(|(_, letter)| matches!(letter, '"' | '\'')) {
        let before = parts.value[..at].trim_end();
        if !(before.is_empty() || before.ends_with(['[', '{', ',', ':'])) {
            continue;
        }
        let rest = &parts.value[at + 1..];
        let is_within = parts.value.starts_with(['[', '{']) && parts.value.matches(quote).count() % 2 == 1;
        if rest.contains(quote) && !rest.ends_with("\\\"") && !is_within {
            continue;
        }
        let place = parts.value_at + at..parts.value_at + at + 1;
        let mut close = |end: usize, instead: &str, cut: usize| {
            let mended = format!("{}{instead}{}", &parts.value[..end], &parts.value[end + cut..]);
            guesses.push(with(line, place.clone(), message, mended, "close them at the end of the text"));
        };
        let straight = quote.to_string();
        if let Some(other) = rest.chars().next_back().filter(|last| CURLY.contains(last) || matches!(last, '"' | '\''))
        {
            close(parts.value.len() - other.len_utf8(), &straight, other.len_utf8());
        }
        if parts.value.starts_with(['[', '{']) {
            for (end, _) in rest.match_indices(',') {
                close(at + 1 + end, &straight, 0);
            }
            if let Some(end) = parts.value.rfind([']', '}']).filter(|end| *end > at) {
                close(parts.value[..end].trim_end().len(), &straight, 0);
            }
        }
        close(parts.value.len(), &straight, 0);
    }
    guesses
}

/// What is special about the first character of a text, in words.
fn meaning(letter: char) -> Option<&'static str> {
    Some(match letter {
        '*' => "`*`",
        '&' => "`&`",
        '!' => "`!`",
        '@' => "`@`",
        '`' => "a backtick",
        '%' => "`%`",
        '|' => "`|`",
        '>' => "`>`",
        '?' => "`? `",
        ',' => "a comma",
        '[' => "`[`, unless it is a list",
        '{' => "`{`, unless it is a group of keys",
        ']' | '}' => "a closing bracket",
        '-' => "a hyphen and a space",
        ':' => "a colon",
        '#' => "`#`",
        _ => return None,
    })
}

/// Texts that begin with a character that means something in YAML.
pub(in crate::model::yaml) fn special(scene: &Scene<'_>, at: usize) -> Vec<Guess> {
    let line = scene.lines[at];
    let parts = line.parts();
    let mut guesses = Vec::new();
    let about = |letter: char| meaning(letter).map(|what| format!("a text without quotes cannot begin with {what}"));
    let letter = parts.value.chars().next().unwrap_or(' ');
    let closes = match letter {
        '[' => parts.value.ends_with(']'),
        '{' => parts.value.ends_with('}'),
        _ => false,
    };
    let opens = matches!(letter, '[' | '{') && !parts.value.contains([']', '}']);
    if let Some(message) = about(letter).filter(|_| !closes && !opens && letter != '-') {
        guesses.push(with(line, first(line), message, quoted(parts.value), WHOLE));
    }
    // A hyphen after a key is no list.
    if let Some((_, value)) = line.text.split_once(": - ") {
        let at = line.start + line.text.len() - value.len() - 2;
        let text = line.text[at - line.start..].trim_end();
        let column = parts.at - line.start;
        guesses.push(Guess {
            at: at..at + 1,
            message: "a list cannot begin on the line of its key".into(),
            help: format!("begin each item on a line of its own below the key; or, if it is one text, {WHOLE}"),
            edit: (at - 1..at + text.len(), format!("\n{}{text}", " ".repeat(column + 2))),
            is_sure: false,
        });
    }
    // The same within brackets, item by item.
    if parts.value.starts_with(['[', '{']) {
        guesses.extend(within(line));
    }
    // A whole line, such as one of a text over several lines.
    if let Some(message) = about(letter).filter(|_| parts.key.is_some() && line.words().starts_with(letter)) {
        let range = parts.at..line.end();
        let mended = quoted(&scene.text[range.clone()]);
        guesses.push(Guess {
            at: range.start..range.start + 1,
            message,
            help: write_or(&mended, WHOLE),
            edit: (range, mended),
            is_sure: true,
        });
    }
    guesses
}

/// The items within brackets that need quotes: because of how they begin, or of a colon.
fn within(line: Line<'_>) -> Vec<Guess> {
    let parts = line.parts();
    let value = parts.value;
    let mut guesses = Vec::new();
    let mut from = 1;
    for (end, letter) in value.char_indices().filter(|(_, letter)| matches!(letter, ',' | ']' | '}')) {
        if end < from {
            continue;
        }
        let is_map = value.starts_with('{');
        let item = &value[from..end];
        let begin = match item.split_once(": ").filter(|_| is_map) {
            Some((key, _)) => from + key.len() + 2,
            None => from,
        };
        let begin = begin + value[begin..end].len() - value[begin..end].trim_start_matches([' ', '[', '{']).len();
        let text = value[begin..end].trim_end();
        let special = text.chars().next().filter(|letter| !matches!(letter, '"' | '\'' | '[' | '{')).and_then(meaning);
        let colon = text.contains(": ");
        if !text.is_empty() && !text.starts_with(['"', '\'']) && (special.is_some() || colon) {
            let place = parts.value_at + begin;
            let mended = quoted(text);
            let at = if special.is_some() { place } else { place + text.find(": ").unwrap_or(0) };
            guesses.push(Guess {
                at: at..at + 1,
                message: match special {
                    Some(what) => format!("a text without quotes cannot begin with {what}"),
                    None => "a colon and a space stand within this text".to_owned(),
                },
                help: write_or(&mended, "put the text in quotes"),
                edit: (place..place + text.len(), mended),
                is_sure: true,
            });
        }
        from = end + letter.len_utf8();
    }
    guesses
}

/// A colon and a space within a text.
pub(in crate::model::yaml) fn colon(scene: &Scene<'_>, at: usize) -> Vec<Guess> {
    let line = scene.lines[at];
    let parts = line.parts();
    let message = "a colon and a space stand within this text, so what is before them is read as a key";
    let mut guesses = Vec::new();
    let colon_in = |text: &str, base: usize| {
        let at = text.find(": ").or(text.strip_suffix(':').map(str::len));
        at.map(|at| base + at..base + at + 1)
    };
    let is_open = !parts.value.starts_with(['"', '\'', '|', '>']) && !parts.value.is_empty();
    if let Some(place) = colon_in(parts.value, parts.value_at).filter(|_| is_open) {
        let is_item = parts.key.is_some_and(|key| !is_name(key)) && parts.at > line.start + line.indent();
        if is_item {
            let colon = parts.at + parts.key.map_or(0, str::len);
            let mended = quoted(line.end().checked_sub(parts.at).map_or("", |_| &scene.text[parts.at..line.end()]));
            guesses.push(Guess {
                at: colon..colon + 1,
                message: message.to_owned(),
                help: write_or(&mended, WHOLE),
                edit: (parts.at..line.end(), mended),
                is_sure: true,
            });
        }
        guesses.push(with(line, place, message, quoted(parts.value), WHOLE));
    }
    guesses.extend(over_lines(scene, at, message, || {
        let text = scene.lines[at].text.trim_end();
        colon_in(text, line.start)
    }));
    guesses
}

/// A text over several lines, of which the line `at` is one, put in quotes.
fn over_lines(scene: &Scene<'_>, at: usize, message: &str, place: impl Fn() -> Option<Range<usize>>) -> Option<Guess> {
    let head = scene.head_of(at)?;
    let begin = scene.lines[head].parts();
    if begin.value.is_empty() || begin.value.starts_with(['"', '\'', '|', '>', '[', '{']) {
        return None;
    }
    // A key below a key in the same column is a key.
    let column = if begin.key.is_some() { begin.at - scene.lines[head].start } else { scene.lines[head].indent() };
    if scene.lines[at].indent() <= column {
        return None;
    }
    let last = (head..scene.end_of(head, column)).rfind(|at| !scene.lines[*at].text.trim().is_empty())?;
    let range = begin.value_at..scene.lines[last].end();
    let mended = quoted(&scene.text[range.clone()]);
    let help = "put the whole text in quotes, from its first line to its last".to_owned();
    Some(Guess { at: place()?, message: message.to_owned(), help, edit: (range, mended), is_sure: true })
}

/// A text over several lines that a `#` cuts.
pub(in crate::model::yaml) fn cut(scene: &Scene<'_>) -> Option<Guess> {
    let at = (0..=scene.at).rev().find(|at| scene.lines[*at].text.contains(" #"))?;
    let line = scene.lines[at];
    let place = line.start + line.text.find(" #")? + 1;
    let message = "this text is cut at the `#`: what follows on this line would be a comment";
    // The text goes on below, or else nothing would be wrong.
    let next = (at + 1..scene.lines.len()).find(|at| !scene.lines[*at].text.trim().is_empty())?;
    over_lines(scene, next, message, || Some(place..line.end()))
}
