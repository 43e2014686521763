//! Turns what is wrong in a bibliography file into a list in the order of the file.
//!
//! It does not know what can be wrong: the reader of each format says that.

use std::ops::Range;

/// A mistake in the bibliography file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BibliographyMistake {
    /// A sentence for the author, without a full stop and without the place.
    pub(crate) message: String,
    /// The bytes it is about, on character boundaries of the text.
    pub range: Range<usize>,
}

/// The mistakes found so far, and the text that they are in.
pub(super) struct Mistakes<'t> {
    text: &'t str,
    found: Vec<BibliographyMistake>,
}

impl<'t> Mistakes<'t> {
    /// Begins without a mistake.
    pub(super) fn in_text(text: &'t str) -> Self {
        Self { text, found: Vec::new() }
    }

    /// Notes a mistake. A range that does not fit the text (the parsers have such) is made to fit.
    pub(super) fn note(&mut self, range: Range<usize>, message: impl Into<String>) {
        let start = self.text.floor_char_boundary(range.start);
        let mut end = self.text.ceil_char_boundary(range.end.max(start));
        if end == start {
            end = self.text[start..].chars().next().map_or(start, |c| start + c.len_utf8());
        }
        self.found.push(BibliographyMistake { message: message.into(), range: start..end });
    }

    /// The line of a byte, counted from 1.
    pub(super) fn line_of(&self, offset: usize) -> usize {
        let before = &self.text[..self.text.floor_char_boundary(offset)];
        1 + before.bytes().filter(|&byte| byte == b'\n').count()
    }

    /// All mistakes, each once, in the order of the file.
    pub(super) fn in_file_order(mut self) -> Vec<BibliographyMistake> {
        self.found
            .sort_by(|a, b| (a.range.start, a.range.end, &a.message).cmp(&(b.range.start, b.range.end, &b.message)));
        self.found.dedup();
        self.found
    }
}

/// The sentence about a second entry with the same key.
pub(super) fn duplicate_sentence(key: &str, first_line: usize) -> String {
    format!("the key `{key}` occurs twice: the first one is on line {first_line}, and this entry is not used")
}

/// A range of a piece of the file, as a range of the file.
pub(super) fn shifted(span: &Range<usize>, by: usize) -> Range<usize> {
    span.start + by..span.end + by
}
