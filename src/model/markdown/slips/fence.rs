//! Finds fenced blocks that do not end where they were meant to end, or do not begin at all.

use std::ops::Range;

use crate::diag::{self, Diagnostic, Reports};
use crate::model::markdown::slips::typed::TypedText;

/// The fence that a line begins with: its character, its length, and what follows.
fn fence_of(line: &str) -> Option<(char, usize, &str)> {
    let line = line.trim_start_matches([' ', '>', '\t']);
    let mark = line.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let rest = line.trim_start_matches(mark);
    let length = line.len() - rest.len();
    (length >= 3).then(|| (mark, length, rest.trim()))
}

/// Checks a fenced block for its end, and for being one of `directives` without braces.
///
/// # Reports
/// `markdown/unclosed-fence` and `markdown/foreign-syntax`.
pub(crate) fn check(typed: TypedText<'_>, at: &Range<usize>, directives: &[&str], reports: &mut Reports) {
    let block = typed.slice(at.clone());
    let mut lines = block.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    let Some((mark, length, info)) = fence_of(first) else { return };
    let begin = at.start..at.start + first.trim_end().len();
    braces(typed, begin.end - info.len()..begin.end, info, directives, reports);
    let mut offset = at.start + first.len();
    let mut is_closed = false;
    for line in lines {
        if let Some((other, other_length, other_info)) = fence_of(line)
            && other == mark
            && other_length >= length
        {
            if other_info.is_empty() {
                is_closed = true;
            } else if !other_info.contains('{')
                && !block[offset - at.start + line.len()..].lines().any(|line| fence_of(line).is_some())
            {
                // No other line could close it.
                let indent = line.len() - line.trim_start_matches([' ', '>', '\t']).len();
                let inner = offset + indent + other_length..offset + line.trim_end().len();
                let report = Diagnostic::new(
                    &diag::UNCLOSED_FENCE,
                    typed.span(inner.clone()),
                    "this block is not closed: words stand behind the line that was to close it",
                );
                reports.push(typed.fix(
                    report.help("move these words to the next line"),
                    inner.start..inner.start,
                    "\n",
                ));
                return;
            } else {
                // Another block begins within this one: so this one was meant to be closed.
                let indent = line.len() - line.trim_start_matches([' ', '>', '\t']).len();
                let inner = offset + indent..offset + line.trim_end().len();
                reports.push(
                    unclosed(typed, begin, mark, length, info).other(typed.span(inner), "this block begins inside it"),
                );
                return;
            }
        }
        offset += line.len();
    }
    if !is_closed && let Some((range, other)) = short_end(block, mark, length) {
        let right = mark.to_string().repeat(length);
        let range = at.start + range.start..at.start + range.end;
        let message = format!("this line has {other} signs, and the block it was to close begins with {length}");
        let report = Diagnostic::new(&diag::UNCLOSED_FENCE, typed.span(range.clone()), message);
        reports.push(typed.fix(report.help(format!("write {length} of them, as above")), range, right));
    } else if !is_closed {
        reports.push(unclosed(typed, begin, mark, length, info));
    }
}

/// The first line that would close a block, if it had as many signs as the one that begins it; and how many it has.
fn short_end(block: &str, mark: char, length: usize) -> Option<(Range<usize>, usize)> {
    let mut at = 0;
    for line in block.split_inclusive('\n') {
        let begin = at + line.len() - line.trim_start_matches([' ', '>', '\t']).len();
        at += line.len();
        if let Some((other, other_length, "")) = fence_of(line)
            && other == mark
            && other_length < length
        {
            return Some((begin..begin + other_length, other_length));
        }
    }
    None
}

/// Checks the words after a fence for the name of a directive that is not in braces, or not in braces alone.
fn braces(typed: TypedText<'_>, at: Range<usize>, info: &str, directives: &[&str], reports: &mut Reports) {
    let report = |message: String| Diagnostic::new(&diag::FOREIGN_SYNTAX, typed.span(at.clone()), message);
    let bare = info.trim_matches(['{', '}', '(', ')', '[', ']', ' ', ':']);
    if let Some(name) = directives.iter().find(|name| name.eq_ignore_ascii_case(bare)) {
        let mended = format!("{{{name}}}");
        if info != mended && !(info.starts_with('{') && info.ends_with('}')) {
            let report = report(format!("this is no directive: `{name}` is not in braces"));
            reports.push(typed.fix(report.help(format!("write `{mended}`")), at, mended));
        }
    } else if info.starts_with('{') && !info.ends_with('}') && !directives.is_empty() {
        let report =
            report("this is no directive: after the fence there must be a name in braces, and nothing else".to_owned());
        reports.push(match info.split_once('}') {
            Some((name, _)) => {
                report.help(format!("write `{name}}}` here, and the options on lines of their own, `key: value`"))
            }
            None => report.help(format!("write `{info}}}`")),
        });
    }
}

fn unclosed(typed: TypedText<'_>, begin: Range<usize>, mark: char, length: usize, info: &str) -> Diagnostic {
    let signs = if mark == '`' { "backticks" } else { "tildes" };
    let count = if length == 3 { "three".to_owned() } else { length.to_string() };
    let what = if info.starts_with('{') { "this directive" } else { "this block" };
    Diagnostic::new(
        &diag::UNCLOSED_FENCE,
        typed.span(begin),
        format!("{what} is not closed, and takes in what follows"),
    )
    .help(format!("write a line of {count} {signs} below its last line"))
}

/// Whether lines are the words of somebody who writes, and no code: sentences, or the items of a list.
fn are_words(code: &str) -> bool {
    // Links and citations stand in no code.
    let is_name = |link: &str| {
        let name = link.split(['|', '#']).next().unwrap_or_default();
        name.starts_with(char::is_lowercase)
            && name.chars().all(|letter| matches!(letter, '-' | '/') || letter.is_alphanumeric())
    };
    let mut links = code.split("[[").skip(1).filter_map(|rest| rest.split_once("]]"));
    let mut cited = code.split("[@").skip(1).filter_map(|rest| rest.split_once([']', ',']));
    if links.any(|(link, _)| is_name(link)) || cited.any(|(key, _)| is_name(key)) {
        return true;
    }
    let begin = code.trim_start();
    if begin.starts_with("> [!") || begin.starts_with("![") && begin.contains("](") {
        return true;
    }
    let is_code = |letter: char| "{}<>=;|\\$#`@/_~^+\u{2500}\u{2502}".contains(letter);
    if code.contains(is_code) || code.contains("()") || code.contains("::") {
        return false;
    }
    let first = code.trim_start().split('\n').next().unwrap_or_default().trim();
    let item = first.strip_prefix("- ").or_else(|| first.strip_prefix("* ")).or_else(|| first.strip_prefix("1. "));
    let starts = |words: &str| words.starts_with(|letter: char| letter.is_uppercase() || "\"“„«¿¡".contains(letter));
    let count = |words: &str| words.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count();
    match item {
        Some(item) => starts(item) && count(item) >= 3,
        None => starts(first) && count(first) >= 5 && code.trim_end().ends_with(['.', '!', '?', '”', '“', '»']),
    }
}

/// Checks code that is indented: a fence in it begins nothing, and a paragraph in it is none.
///
/// # Reports
/// `markdown/unclosed-fence` and `markdown/indented`.
pub(crate) fn check_indented(typed: TypedText<'_>, at: &Range<usize>, reports: &mut Reports) {
    let line = typed.rest_of_line(at.start);
    let indent = line.len() - line.trim_start().len();
    if fence_of(line).is_some_and(|(_, _, info)| info.starts_with('{')) {
        let range = at.start + indent..at.start + line.trim_end().len();
        reports.push(
            Diagnostic::new(
                &diag::UNCLOSED_FENCE,
                typed.span(range),
                "this block begins four spaces or more from the edge, and so is only shown as it is typed",
            )
            .help("remove the spaces before it"),
        );
    } else if are_words(typed.slice(at.clone())) {
        let begin = typed.text[..at.start].rfind('\n').map_or(0, |end| end + 1);
        let range = begin..at.end;
        let mended: Vec<&str> = typed.slice(range.clone()).split('\n').map(str::trim_start).collect();
        let words = at.start + indent..at.start + line.trim_end().len();
        let report = Diagnostic::new(
            &diag::INDENTED,
            typed.span(words),
            "this is shown as code, because spaces or a tab stand before it",
        )
        .help("remove the spaces or the tab before these lines");
        // In a list or a quotation, other signs stand before the lines.
        let is_alone = typed.slice(begin..at.start).trim().is_empty() && !typed.slice(range.clone()).contains("\n>");
        reports.push(if is_alone { typed.fix(report, range, mended.join("\n")) } else { report });
    }
}

/// Checks code within a line for being meant as a block: with one or two backticks above and below.
///
/// # Reports
/// `markdown/unclosed-fence`.
pub(crate) fn short_fence(typed: TypedText<'_>, at: &Range<usize>, reports: &mut Reports) {
    let code = typed.slice(at.clone());
    let Some((first, _)) = code.split_once('\n') else { return };
    let info = first.trim_start_matches('`').trim();
    let length = first.len() - first.trim_start_matches('`').len();
    let is_word = !info.contains(char::is_whitespace) || info.starts_with('{');
    let last = code.rsplit('\n').next().unwrap_or_default();
    if length < 3 && is_word && last.trim_start_matches([' ', '>']).trim_matches('`').is_empty() {
        let range = at.start..at.start + first.trim_end().len();
        reports.push(
            Diagnostic::new(&diag::UNCLOSED_FENCE, typed.span(range), "a block begins with three backticks")
                .help(format!("write three backticks here, before `{info}`, and three below the last line")),
        );
    }
}
