//! Finds works that are cited as other tools do, or without a sign.

use std::ops::Range;

use crate::diag::{self, Diagnostic, Reports};
use crate::model::kind::Kind;
use crate::model::markdown::slips::typed::{TypedText, ending};

/// `[slot/crisis-line]` and `[cuijpers2011]`: a link with one bracket too few, and the key of a work without its `@`. A
/// bracket closes at `at`, and `before` stands before it.
///
/// # Reports
/// `markdown/broken-link` and `citation/unread`.
pub(crate) fn named(typed: TypedText<'_>, at: usize, before: &str, reports: &mut Reports) {
    // Both are short.
    let before = ending(before, 100);
    let Some(open) = before.rfind('[') else { return };
    let name = &before[open + 1..];
    let is_letter_of_id = |letter: char| letter == '-' || letter.is_alphanumeric() && !letter.is_uppercase();
    let from = at - name.len() - 1;
    if typed.text[..from].ends_with('\\') || before[..open].ends_with(['!', ']', '\\', '[']) {
        return;
    }
    let is_link = name.split_once('/').is_some_and(|(kind, id)| {
        (kind == "slot" || kind == "term" || Kind::from_name(kind).is_some())
            && !id.is_empty()
            && id.chars().all(is_letter_of_id)
    });
    let (code, message, mended) = if is_link {
        (&diag::UNREAD_LINK, "this is no link: it has one bracket on each side", format!("[[{name}]]"))
    } else if is_key_with_year(name) {
        (&diag::UNREAD, "this is not read as a citation: a key has an `@` before it", format!("[@{name}]"))
    } else {
        return;
    };
    let range = from..at + 1;
    let report = Diagnostic::new(code, typed.span(range.clone()), message).help(format!("write `{mended}`"));
    // A service may have words with a number behind them.
    let report = if is_link { report } else { report.into_warning() };
    reports.push(typed.fix(report, range, mended));
}

/// Whether a word is a name in small letters with a year behind it, as the keys of most works are.
fn is_key_with_year(word: &str) -> bool {
    let name = word.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
    let bare = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let is_year =
        name.len() - bare.len() == 4 && (name[bare.len()..].starts_with("19") || name[bare.len()..].starts_with("20"));
    is_year
        && word.len() - name.len() <= 1
        && bare.len() >= 3
        && bare.chars().all(|letter| letter.is_lowercase() || letter == '-')
}

/// `\cite{key}`, `\citep[p. 3]{key}`, as LaTeX has them.
///
/// # Reports
/// `citation/unread`.
pub(crate) fn commands(typed: TypedText<'_>, at: &Range<usize>, words: &str, reports: &mut Reports) {
    for (brace, _) in words.match_indices('{') {
        let begin = at.start + brace;
        // A command is short: looking further back at each brace would take long in a text of braces.
        let line = ending(&typed.text[..begin], 120).rsplit('\n').next().unwrap_or_default();
        let Some(command) =
            line.rfind("\\cite").or_else(|| line.rfind("\\parencite")).or_else(|| line.rfind("\\textcite"))
        else {
            continue;
        };
        let (name, place) = line[command + 1..].split_once('[').unwrap_or((&line[command + 1..], ""));
        // Nothing else stands between the command and its keys.
        if line[command..].contains('}') || line[command..].contains('[') && !line.ends_with(']') {
            continue;
        }
        let is_name = name.trim_end_matches('*').bytes().all(|byte| byte.is_ascii_alphabetic());
        let Some(keys) =
            words[brace + 1..].split_once('}').map(|(keys, _)| keys).filter(|keys| is_name && !keys.is_empty())
        else {
            continue;
        };
        let place = place.trim_end_matches(']').trim();
        let works: Vec<String> = keys.split(',').map(|key| format!("@{}", key.trim())).collect();
        let place = if place.is_empty() { String::new() } else { format!(", {place}") };
        let mended = format!("[{}{place}]", works.join("; "));
        let range = begin - (line.len() - command)..begin + keys.len() + 2;
        let report = Diagnostic::new(
            &diag::UNREAD,
            typed.span(range.clone()),
            "commands of LaTeX are not read: this is no citation",
        )
        .help(format!("write `{mended}`"));
        reports.push(typed.fix(report, range, mended));
    }
}
