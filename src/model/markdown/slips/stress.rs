//! Finds stars that make nothing bold or italic, or make something so that was not meant.
//!
//! Which stars can begin or end a stretch of bold or italic words depends on the letters around them: CommonMark 0.31.2,
//! section 6.2.

use std::ops::Range;

use memchr::memchr;

use crate::diag::{self, Diagnostic, Reports};
use crate::model::markdown::slips::typed::TypedText;

/// Checks a stretch of words for `**` that are shown: `**Note:**text`, `**bold **text`, `** bold **`.
///
/// # Reports
/// `markdown/emphasis`.
pub(crate) fn left_over(typed: TypedText<'_>, at: &Range<usize>, reports: &mut Reports) {
    let words = typed.slice(at.clone());
    // Stars that make something bold are not among the words that are left.
    if memchr(b'*', words.as_bytes()).is_none() {
        return;
    }
    let mut open = None;
    for mark in pairs_of_stars(typed, at) {
        let Some(begin) = open.replace(mark) else { continue };
        let inner = &words[begin + 2..mark];
        let before = words[..begin].chars().next_back();
        let after = words[mark + 2..].chars().next();
        let Some(mended) = meant(before, inner, after) else { continue };
        open = None;
        let range = at.start + begin..at.start + mark + 2;
        let next = if mended.ends_with(' ') { words[mark + 2..].split_whitespace().next() } else { None };
        let report =
            Diagnostic::new(&diag::EMPHASIS, typed.span(range.clone()), "these stars are shown, and make nothing bold")
                .into_warning()
                .help(format!("write `{}{}`", mended.trim_start(), next.unwrap_or_default()));
        reports.push(typed.fix(report, range, mended));
    }
}

/// Where exactly two stars stand in a stretch, none of them behind a backslash.
fn pairs_of_stars(typed: TypedText<'_>, at: &Range<usize>) -> Vec<usize> {
    let bytes = typed.slice(at.clone()).as_bytes();
    let mut found = Vec::new();
    let mut next = 0;
    while next < bytes.len() {
        if bytes[next] != b'*' {
            next += 1;
            continue;
        }
        let length = bytes[next..].iter().take_while(|byte| **byte == b'*').count();
        if length == 2 && !typed.text[..at.start + next].ends_with('\\') {
            found.push(next);
        }
        next += length;
    }
    found
}

/// What was meant by two pairs of stars with words between them; none if they are marks of a note, or of a sum.
fn meant(before: Option<char>, inner: &str, after: Option<char>) -> Option<String> {
    let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    let is_space = |letter: Option<char>| letter.is_none_or(char::is_whitespace);
    let words = inner.trim();
    let begins_tight = inner.starts_with(|letter: char| !letter.is_whitespace());
    let ends_tight = inner.ends_with(|letter: char| !letter.is_whitespace());
    if !words.contains(char::is_alphabetic) || words.contains("\n\n") || before.is_some_and(|it| it.is_ascii_digit()) {
        return None;
    }
    let is_meant = if begins_tight {
        // `.40**, p < .05**` are notes to numbers.
        is_space(before)
            || !words.starts_with([',', ';', '.', ')'])
            || is_letter(before) && is_letter(words.chars().next())
    } else {
        // `** bold **` alone; `name** and name**` are notes.
        is_space(before) && (!ends_tight || is_letter(after)) && inner.len() <= 80
    };
    if !is_meant {
        return None;
    }
    let gap_before = if is_letter(before) && !words.starts_with(char::is_alphanumeric) { " " } else { "" };
    let gap_after = if is_letter(after) { " " } else { "" };
    Some(format!("{gap_before}**{words}**{gap_after}"))
}

/// Checks words in italics for stars within words: `Patient*innen und Therapeut*innen`, `5*3*2`.
///
/// # Reports
/// `markdown/emphasis`.
pub(crate) fn within_words(typed: TypedText<'_>, at: &Range<usize>, reports: &mut Reports) {
    let whole = typed.slice(at.clone());
    let Some(inner) = whole.strip_prefix('*').and_then(|rest| rest.strip_suffix('*')) else { return };
    let before = typed.text[..at.start].chars().next_back();
    let after = typed.text[at.end..].chars().next();
    let (Some(before), Some(after)) = (before, after) else { return };
    let (Some(first), Some(last)) = (inner.chars().next(), inner.chars().next_back()) else { return };
    let are_words =
        [before, after, first, last].into_iter().all(char::is_alphabetic) && inner.contains(char::is_whitespace);
    let is_sum = [before, after, first, last].into_iter().all(|letter| letter.is_ascii_digit());
    if !are_words && !is_sum {
        return;
    }
    let message = "these two stars make what is between them italic, and are not shown";
    let mended = format!("\\*{inner}\\*");
    let report = Diagnostic::new(&diag::EMPHASIS, typed.span(at.clone()), message)
        .help("write `\\*` for each of them: a star that is shown");
    reports.push(typed.fix(report, at.clone(), mended));
}
