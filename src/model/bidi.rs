//! Finds invisible characters that change the direction of a text, so that it reads differently from how it is written.
//!
//! Overrides are never needed. Embeddings and isolates are needed where text from left to right and text from right to
//! left meet in one line. What is opened on a line must be closed on it (Unicode Standard Annex 9; Unicode Technical
//! Report 36, "Bidirectional Text Spoofing").

use memchr::memchr2_iter;

use crate::diag;
use crate::diag::{Diagnostic, Reports};
use crate::span::{FileId, Span};

/// Looks through a text.
///
/// # Reports
/// `text/direction`, one for a line.
pub(crate) fn check(file: FileId, text: &str, reports: &mut Reports) {
    // Those that stand open on the line, with what closes them.
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut reported = false;
    let bytes = text.as_bytes();
    let mut report = |at: usize, what: &str, help: &str| {
        let span = Span::new(file, at, at + 3);
        reports.push(Diagnostic::new(&diag::DIRECTION, span, format!("an invisible character {what}")).help(help));
    };
    // All of them have three bytes, and begin with this one.
    for at in memchr2_iter(b'\n', 0xe2, bytes).chain([bytes.len()]) {
        let letter = text.get(at..).and_then(|rest| rest.chars().next());
        match letter {
            None | Some('\n') => {
                if let Some((at, _)) = open.first().filter(|_| !reported) {
                    report(
                        *at,
                        "changes the direction of all the text after it",
                        "remove it: delete the text around it and type it again. Or close it on the same line",
                    );
                }
                open.clear();
                reported = false;
            }
            Some('\u{202d}' | '\u{202e}') if !reported => {
                report(
                    at,
                    "reverses the order of the letters after it",
                    "remove it: delete the text around it and type it again",
                );
                reported = true;
            }
            Some('\u{202a}' | '\u{202b}') => open.push((at, '\u{202c}')),
            Some('\u{2066}' | '\u{2067}' | '\u{2068}') => open.push((at, '\u{2069}')),
            Some(closing @ ('\u{202c}' | '\u{2069}')) if open.last().is_some_and(|(_, wanted)| *wanted == closing) => {
                open.pop();
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overrides_and_what_is_left_open_are_found() {
        let places = |text: &str| {
            let mut reports = Reports::new();
            check(FileId(0), text, &mut reports);
            reports.iter().map(|report| report.span().start as usize).collect::<Vec<_>>()
        };
        for text in [
            "",
            "“plain” – words…\n",
            "a\u{2067}b\u{2069}c\n",
            "a\u{202b}b\u{2066}c\u{2069}\u{202c}",
            "a\u{200f}\u{200e}b",
        ] {
            assert_eq!(places(text), Vec::<usize>::new(), "{text:?}");
        }
        assert_eq!(places("dose \u{202e}05 mg\u{202c} and \u{202d}\n\u{202e}x"), [5, 25], "one for a line");
        assert_eq!(places("a\u{2067}b\nc\u{2069}"), [1]);
        assert_eq!(places("\u{202b}\u{2066}\u{202c}"), [0], "closed in another order");
    }
}
