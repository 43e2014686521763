//! Finds the marks that a version control system leaves where two people changed the same lines.

use memchr::memmem;

use crate::diag::{self, Diagnostic, Reports};
use crate::model::markdown::code::code_of;
use crate::model::markdown::slips::typed::TypedText;

/// Reports the marks of a conflict outside code. Returns whether there are any: then all else that seems wrong may be
/// their fault.
///
/// # Reports
/// `markdown/merge-conflict`.
pub(crate) fn check(typed: TypedText<'_>, reports: &mut Reports) -> bool {
    let Some(first) = memmem::find(typed.text.as_bytes(), b"<<<<<<<") else { return false };
    let code = code_of(typed.text);
    let mut found = None;
    let mut at = line_start(typed.text, first);
    for line in typed.text[at..].split_inclusive('\n') {
        let range = at..at + line.trim_end().len();
        at += line.len();
        if code.iter().any(|code| code.contains(&range.start)) {
            continue;
        }
        match found {
            None if is_mark(line, '<') => found = Some((range, None)),
            Some((ref begin, ref mut middle)) if middle.is_none() && is_mark(line, '=') => {
                *middle = Some(begin.start);
            }
            Some((ref begin, Some(_))) if is_mark(line, '>') => {
                // Some programs write what both versions came from, too.
                let help = if memmem::find(&typed.text.as_bytes()[begin.start..range.start], b"\n|||||||").is_some() {
                    "keep the lines of one version, and remove all others, with the four lines that begin with `<<<<<<<`, `|||||||`, `=======` and `>>>>>>>`"
                } else {
                    "keep the lines of one version, and remove the three lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`"
                };
                reports.push(
                    Diagnostic::new(
                        &diag::MERGE_CONFLICT,
                        typed.span(begin.clone()),
                        "two versions of this text meet here",
                    )
                    .label("the first version begins here")
                    .other(typed.span(range), "the second one ends here")
                    .help(help),
                );
                return true;
            }
            _ => {}
        }
    }
    false
}

/// Whether a line is one of the three marks.
fn is_mark(line: &str, mark: char) -> bool {
    let rest = line.trim_start_matches(mark);
    line.len() - rest.len() == 7 && (rest.starts_with(' ') || rest.trim().is_empty())
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}
