//! Turns the runs of a text into two: the label and the rest, or the brackets and what is inside.
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
