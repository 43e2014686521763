//! Guesses about brackets.

use crate::model::yaml::quoting::quoted;
use crate::model::yaml::scene::{Guess, Line, Scene, write_or};

/// The brackets of a text that are open at its end, with their places; and the first that closes none, or another one.
fn open(text: &str) -> (Vec<(usize, char)>, Option<usize>) {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut quote = None;
    let mut wrong = None;
    let mut before = ' ';
    for (at, letter) in text.char_indices() {
        match (quote, letter) {
            (Some(mark), letter) if letter == mark && before != '\\' => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if matches!(before, ' ' | '[' | '{' | ',') => quote = Some(letter),
            (None, '[' | '{') => open.push((at, letter)),
            (None, ']' | '}') => match open.pop() {
                Some((_, '[')) if letter == ']' => {}
                Some((_, '{')) if letter == '}' => {}
                _ => wrong = wrong.or(Some(at)),
            },
            _ => {}
        }
        before = letter;
    }
    (open, wrong)
}

/// Where the bracket that begins a text is closed.
fn first_end(text: &str) -> Option<usize> {
    let closing = text.match_indices([']', '}']).map(|(at, _)| at);
    text.starts_with(['[', '{']).then_some(())?;
    closing.into_iter().find(|at| open(&text[..=*at]) == (Vec::new(), None))
}

fn close(bracket: char) -> char {
    if bracket == '[' { ']' } else { '}' }
}

/// Ids in double brackets, as links in texts have them.
pub(in crate::model::yaml) fn links(scene: &Scene<'_>, at: usize) -> Vec<Guess> {
    let line = scene.lines[at];
    let parts = line.parts();
    let mut names = Vec::new();
    let mut rest = parts.value;
    while let Some((before, more)) = rest.split_once("[[") {
        let Some((name, after)) = more.split_once("]]") else { return Vec::new() };
        if !before.trim_matches([' ', ',', ';', '[']).is_empty() {
            return Vec::new();
        }
        names.push(name.split('|').next().unwrap_or_default().trim());
        rest = after;
    }
    if names.is_empty() || !rest.trim_matches([' ', ',', ';', ']']).is_empty() {
        return Vec::new();
    }
    let mended = format!("[{}]", names.join(", "));
    vec![Guess {
        at: parts.value_at..parts.value_at + parts.value.len(),
        message: "double brackets are for links within texts: here ids stand without them".into(),
        help: write_or(&mended, "write the ids in one pair of brackets"),
        edit: (parts.value_at..parts.value_at + parts.value.len(), mended),
        is_sure: true,
    }]
}

/// Brackets that are not closed, close nothing, or do not fit; and commas that are missing.
pub(in crate::model::yaml) fn brackets(scene: &Scene<'_>, at: usize) -> Vec<Guess> {
    // What is open takes in all lines after it: the line may be far from the place.
    let from = if scene.at == at { 0 } else { at };
    let lines = (from..=at).filter(|at| !scene.lines[*at].is_too_long());
    lines.flat_map(|at| over_lines(scene, at).into_iter().chain(in_line(scene.lines[at]))).take(60).collect()
}

/// A bracket that is closed neither on its line nor on one of those below that belong to its key.
fn over_lines(scene: &Scene<'_>, at: usize) -> Option<Guess> {
    let line = scene.lines[at];
    let parts = line.parts();
    if !parts.value.starts_with(['[', '{']) || open(parts.value).0.is_empty() {
        return None;
    }
    let column = if parts.key.is_some() { parts.at - line.start } else { line.indent() };
    let last = (at + 1..scene.end_of(at, column)).rfind(|at| !scene.lines[*at].is_blank())?;
    let range = parts.value_at..scene.lines[last].end();
    let (still, wrong) = open(&scene.text[range.clone()]);
    if still.is_empty() || wrong.is_some() {
        return None;
    }
    let closing: String = still.iter().rev().map(|(_, bracket)| close(*bracket)).collect();
    let end = range.start + scene.text[range.clone()].trim_end_matches([',', ' ']).len();
    Some(Guess {
        at: parts.value_at + still[0].0..parts.value_at + still[0].0 + 1,
        message: "this bracket is not closed".to_owned(),
        help: format!("write `{closing}` after its last value, {} below", lines_of(last - at)),
        edit: (end..range.end, closing),
        is_sure: true,
    })
}

fn lines_of(count: usize) -> String {
    if count == 1 { "1 line".to_owned() } else { format!("{count} lines") }
}

fn in_line(line: Line<'_>) -> Vec<Guess> {
    let parts = line.parts();
    let value = parts.value;
    let range = parts.value_at..parts.value_at + value.len();
    if !value.contains(['[', '{', ']', '}']) {
        return Vec::new();
    }
    let guess = |at: usize, message: &str, mended: String, help: &str| Guess {
        at: parts.value_at + at..parts.value_at + at + 1,
        message: message.to_owned(),
        help: write_or(&mended, help),
        edit: (range.clone(), mended),
        is_sure: true,
    };
    let (still, wrong) = open(value);
    let mut guesses = Vec::new();
    if let Some(at) = value.find(';').filter(|_| value.starts_with(['[', '{'])) {
        let mended = value.replace(';', ",");
        guesses.push(guess(at, "within brackets a comma parts two values, not a `;`", mended, "write commas"));
    }
    let end = value.trim_end_matches([',', ';', '.', ' ']);
    if end.len() < value.len() && end.ends_with([']', '}']) {
        guesses.push(guess(end.len(), "there is something after the closing bracket", end.to_owned(), "remove it"));
    }
    if let Some(at) = wrong {
        let (before, after) = (&value[..at], &value[at + 1..]);
        if let Some((_, bracket)) = open(before).0.last() {
            let message = format!("this bracket does not fit the one that opens, `{bracket}`");
            let mended = format!("{before}{}{after}", close(*bracket));
            guesses.push(guess(at, &message, mended, "close it with the same kind"));
        }
        guesses.push(guess(at, "this bracket closes nothing", format!("{before}{after}"), "remove it"));
    }
    for (at, _) in value.match_indices(',').filter(|(at, _)| value[..*at].trim_end().ends_with([',', '[', '{'])) {
        let mended = format!("{}{}", &value[..at], &value[at + 1..]);
        guesses.push(guess(at, "there is a comma too many", mended, "remove it"));
    }
    if let Some((first, _)) = still.first() {
        let closing: String = still.iter().rev().map(|(_, bracket)| close(*bracket)).collect();
        let help = "close it after the last value";
        guesses.push(guess(
            *first,
            "this bracket is not closed",
            format!("{}{closing}", value.trim_end_matches(',')),
            help,
        ));
        // Only one of several may be open: `[{ a: b ]`.
        if let Some((at, bracket)) = still.last() {
            for (end, _) in value.char_indices().filter(|(end, letter)| end > at && matches!(letter, ']' | '}' | ',')) {
                let mended = format!("{} {}{}", value[..end].trim_end(), close(*bracket), &value[end..]);
                guesses.push(guess(*at, "this bracket is not closed", mended, help));
            }
        }
    }
    if let Some(end) = first_end(value).filter(|end| end + 1 < value.len() && value.ends_with([']', '}'])) {
        guesses.push(Guess {
            at: parts.value_at + end..parts.value_at + end + 1,
            message: "there is text after this closing bracket".to_owned(),
            help: "put all values in one pair of brackets; or, if it is one text, put the whole text in quotes"
                .to_owned(),
            edit: (range.clone(), quoted(value)),
            is_sure: false,
        });
    }
    // A comma is missing between two texts, or between a key and the next.
    for (end, _) in value.char_indices().filter(|(_, letter)| *letter == ' ') {
        let after_quotes = value[..end].ends_with(['"', '\'', ']', '}']);
        let before_key = value[end + 1..].split([' ', ',']).next().is_some_and(|word| word.ends_with(':'));
        if !value[..end].ends_with([',', ':']) && (after_quotes || before_key) {
            let mended = format!("{},{}", &value[..end], &value[end..]);
            guesses.push(guess(end, "a comma is missing here", mended, "write a comma between two values"));
        }
    }
    guesses
}

const CUT: &str = "this text is cut at the `#`: what follows on this line would be a comment";

/// A line with quotes around each text within its brackets that has a `#`.
fn all_quoted(line: &str) -> String {
    let mut mended = String::new();
    for part in line.split_inclusive([',', '[', ']', '{', '}']) {
        let end = part.trim_end_matches([',', '[', ']', '{', '}']);
        let from = end.find(": ").map_or(0, |colon| colon + 2);
        let from = from + end[from..].len() - end[from..].trim_start().len();
        if end[from..].contains(" #") && !end[from..].starts_with(['"', '\'']) {
            let text = end[from..].trim_end();
            mended.push_str(&part[..from]);
            mended.push_str(&quoted(text));
            mended.push_str(&part[from + text.len()..]);
        } else {
            mended.push_str(part);
        }
    }
    mended
}

/// A `#` within brackets that takes their end away.
pub(in crate::model::yaml) fn cut(scene: &Scene<'_>, at: usize) -> Vec<Guess> {
    let line = scene.lines[at];
    let text = line.text.trim_end();
    let mut guesses = Vec::new();
    let hashes = text.matches(" #").count();
    if let Some(first) = text.find(" #").filter(|first| hashes > 1 && !open(&text[..*first]).0.is_empty()) {
        guesses.push(Guess {
            at: line.start + first + 1..line.end(),
            message: CUT.into(),
            help: "put each text with a `#` in quotes".into(),
            edit: (line.start..line.end(), all_quoted(text)),
            is_sure: true,
        });
    }
    for (hash, _) in text.match_indices(" #") {
        if open(&text[..hash]).0.is_empty() {
            continue;
        }
        let from = text[..hash].rfind([',', '[', '{']).map_or(0, |at| at + 1);
        let from = text[from..hash].find(": ").map_or(from, |colon| from + colon + 2);
        let from = from + text[from..].len() - text[from..].trim_start().len();
        let ends = text[hash..].char_indices().filter(|(_, letter)| matches!(letter, ',' | ']' | '}'));
        for end in ends.map(|(end, _)| hash + end) {
            let words = text[from..end].trim_end();
            let mended = quoted(words);
            guesses.push(Guess {
                at: line.start + hash + 1..line.end(),
                message: CUT.into(),
                help: write_or(&mended, "put the whole text in quotes"),
                edit: (line.start + from..line.start + from + words.len(), mended),
                is_sure: true,
            });
        }
    }
    guesses
}
