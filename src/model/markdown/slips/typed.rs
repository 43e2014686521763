//! Describes a text as its author typed it.

use std::ops::Range;

use crate::diag::Diagnostic;
use crate::model::reading::SourceMap;
use crate::span::Span;

/// A text, and where it is in its file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TypedText<'a> {
    /// The text.
    pub(crate) text: &'a str,
    /// Where it is.
    pub(crate) place: SourceMap,
}

impl<'a> TypedText<'a> {
    /// The place of a stretch.
    pub(crate) fn span(self, range: Range<usize>) -> Span {
        self.place.span(range.start, range.end)
    }

    /// What stands in a stretch.
    pub(crate) fn slice(self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    /// The rest of the line from an offset on, without its end.
    pub(crate) fn rest_of_line(self, at: usize) -> &'a str {
        let rest = self.text.get(at..).unwrap_or_default();
        rest.split('\n').next().unwrap_or_default().trim_end_matches('\r')
    }

    /// Whether nothing but spaces stands before an offset in its line.
    pub(crate) fn begins_line(self, at: usize) -> bool {
        let before = self.text.get(..at).unwrap_or_default();
        before.rsplit('\n').next().unwrap_or_default().trim().is_empty()
    }

    /// Adds to a report what to type instead, if the place is that of the stretch alone.
    pub(crate) fn fix(self, report: Diagnostic, range: Range<usize>, text: impl Into<String>) -> Diagnostic {
        match self.place {
            SourceMap::At(span) => report.fix(span.slice(range.start, range.end), text),
            SourceMap::Whole(_) => report,
        }
    }
}

/// The beginning of a text, not longer than so many bytes. What belongs to a sign stands near it, and looking further at each
/// sign would take long in a text of such signs.
pub(crate) fn beginning(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

/// The end of a text, not longer than so many bytes.
pub(crate) fn ending(text: &str, most: usize) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(most))..]
}
