//! Turns the runs of a text into two: the label and the rest, the author and the rest, or the brackets and what is
//! inside.
//!
//! It does not know what the parts link to.

use crate::citation::html::runs::{RunRole, TextRun};

/// Takes the number or label off the front of a reference, with the brackets or the full stop around it.
pub(in crate::citation) fn split_label(runs: &mut Vec<TextRun>) -> Option<Vec<TextRun>> {
    let first = runs.iter().position(|run| run.text.chars().any(char::is_alphanumeric))?;
    if runs[first].role != RunRole::Label {
        return None;
    }
    let end =
        runs[first..].iter().position(|run| run.role != RunRole::Label).map_or(runs.len(), |length| first + length);
    let mut rest = runs.split_off(end);
    let mut label = std::mem::take(runs);
    if let Some(next) = rest.first_mut() {
        let closing: usize = next
            .text
            .chars()
            .take_while(|c| matches!(c, ']' | ')' | '.' | ':') || c.is_whitespace())
            .map(char::len_utf8)
            .sum();
        let mut closed = next.clone();
        closed.text.truncate(closing);
        next.text.drain(..closing);
        label.push(closed);
    }
    *runs = rest;
    Some(label)
}

/// Gives brackets that enclose the whole of a part to parts of their own, `before` and `after`.
pub(in crate::citation) fn split_brackets(runs: &mut Vec<TextRun>, before: usize, after: usize) {
    const PAIRS: [(char, char); 2] = [('[', ']'), ('(', ')')];
    let text: String = runs.iter().map(|run| run.text.as_str()).collect();
    let Some((open, close)) = PAIRS.into_iter().find(|&(open, close)| text.starts_with(open) && text.ends_with(close))
    else {
        return;
    };
    let inside = &text[open.len_utf8()..text.len() - close.len_utf8()];
    if inside.contains([open, close]) {
        return;
    }
    if let Some(first) = runs.first_mut() {
        first.text.remove(0);
        let bracket = TextRun { text: open.to_string(), part: before, role: RunRole::Text, ..first.clone() };
        runs.insert(0, bracket);
    }
    if let Some(last) = runs.last_mut() {
        last.text.pop();
        let bracket = TextRun { text: close.to_string(), part: after, role: RunRole::Text, ..last.clone() };
        runs.push(bracket);
    }
}

/// Parts the author, or what stands in the author's place, from the rest of a citation, without what stands between the
/// two. One of them may be empty.
pub(in crate::citation) fn split_author(mut runs: Vec<TextRun>, no_date: &[String]) -> (Vec<TextRun>, Vec<TextRun>) {
    runs.retain(|run| !run.text.is_empty());
    let is_of_names = |run: &TextRun| matches!(run.role, RunRole::Name | RunRole::Between);
    let is_date = |run: &TextRun| {
        run.role == RunRole::Date || no_date.iter().any(|words| !words.is_empty() && run.text.contains(words.as_str()))
    };
    let end = if runs.first().is_some_and(is_of_names) {
        runs.iter().position(|run| !is_of_names(run))
    } else {
        // A title stands in the author's place.
        let is_after = |run: &TextRun| run.text.starts_with([',', ';', ':', '.', '(', ' ']);
        runs.iter().skip(1).position(|run| is_date(run) || is_after(run)).map(|at| at + 1)
    };
    let mut rest = runs.split_off(end.unwrap_or(runs.len()));
    let between = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':');
    while let Some(last) = runs.last_mut() {
        last.text.truncate(last.text.trim_end_matches(between).len());
        if !last.text.is_empty() {
            break;
        }
        runs.pop();
    }
    while let Some(first) = rest.first_mut() {
        first.text = first.text.trim_start_matches(|c: char| between(c) || c == '.').to_owned();
        if !first.text.is_empty() {
            break;
        }
        rest.remove(0);
    }
    // The year may have brackets of its own.
    let (before, after) = (usize::MAX - 1, usize::MAX);
    split_brackets(&mut rest, before, after);
    rest.retain(|run| run.part != before && run.part != after && !run.text.is_empty());
    (runs, rest)
}

/// Whether a text begins with the number or label of a numeric style.
pub(in crate::citation) fn begins_with_label(runs: &[TextRun]) -> bool {
    let first = runs.iter().find(|run| run.text.chars().any(char::is_alphanumeric));
    first.is_some_and(|run| run.role == RunRole::Label)
}
