//! Describes the lines around the place where a text cannot be read, and a guess at what its author did.

use std::ops::Range;

/// A line without its end.
#[derive(Debug, Clone, Copy)]
pub(in crate::model::yaml) struct Line<'a> {
    /// Its first byte in the text.
    pub(in crate::model::yaml) start: usize,
    /// Its characters.
    pub(in crate::model::yaml) text: &'a str,
}

/// The text, its lines, and where it cannot be read further.
#[derive(Debug)]
pub(in crate::model::yaml) struct Scene<'a> {
    /// The whole text.
    pub(in crate::model::yaml) text: &'a str,
    /// Its lines.
    pub(in crate::model::yaml) lines: Vec<Line<'a>>,
    /// The line of the place, as an index.
    pub(in crate::model::yaml) at: usize,
}

/// What an author probably did, and what mends it.
#[derive(Debug, Clone)]
pub(in crate::model::yaml) struct Guess {
    /// What is marked.
    pub(in crate::model::yaml) at: Range<usize>,
    /// What is wrong.
    pub(in crate::model::yaml) message: String,
    /// What to do.
    pub(in crate::model::yaml) help: String,
    /// What is replaced by what.
    pub(in crate::model::yaml) edit: (Range<usize>, String),
    /// Whether that is also what was meant, as far as anybody can know.
    pub(in crate::model::yaml) is_sure: bool,
}

/// What stands in a line.
#[derive(Debug, Clone, Copy)]
pub(in crate::model::yaml) struct Parts<'a> {
    /// Where its text begins in the whole text, after the spaces and after the hyphens of lists.
    pub(in crate::model::yaml) at: usize,
    /// Its key, if it has one.
    pub(in crate::model::yaml) key: Option<&'a str>,
    /// Where its value begins in the whole text: of a line without a key, where its text begins.
    pub(in crate::model::yaml) value_at: usize,
    /// Its value, to the end of the line.
    pub(in crate::model::yaml) value: &'a str,
}

impl<'a> Scene<'a> {
    /// The scene of a text that cannot be read from the byte `stop` on.
    pub(in crate::model::yaml) fn new(text: &'a str, stop: usize) -> Self {
        let mut lines = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            lines.push(Line { start, text: line.trim_end_matches(['\n', '\r']) });
            start += line.len();
        }
        if lines.is_empty() {
            lines.push(Line { start: 0, text: "" });
        }
        let at = lines.iter().rposition(|line| line.start <= stop).unwrap_or(0);
        Self { text, lines, at }
    }

    /// The lines near the place that say something, the likeliest first: its own, some before it, the one after it.
    pub(in crate::model::yaml) fn near(&self) -> impl Iterator<Item = usize> {
        let before = (0..=self.at).rev().filter(|at| !self.lines[*at].is_blank()).take(8);
        let after = (self.at + 1..self.lines.len()).find(|at| !self.lines[*at].is_blank());
        before.chain(after).filter(|at| !self.lines[*at].is_too_long())
    }

    /// The line before another that says something.
    pub(in crate::model::yaml) fn before(&self, at: usize) -> Option<usize> {
        (0..at).rev().find(|at| !self.lines[*at].is_blank())
    }

    /// The line after the last one that belongs to the line `at`: they begin further right than `column`.
    pub(in crate::model::yaml) fn end_of(&self, at: usize, column: usize) -> usize {
        let ends = |line: &Line<'_>| !line.text.trim().is_empty() && line.indent() <= column;
        self.lines[at + 1..].iter().position(ends).map_or(self.lines.len(), |more| at + 1 + more)
    }

    /// The line in which the text begins that the line `at` continues.
    pub(in crate::model::yaml) fn head_of(&self, at: usize) -> Option<usize> {
        let indent = self.lines[at].indent();
        (0..at)
            .rev()
            .find(|before| !self.lines[*before].text.trim().is_empty() && self.lines[*before].indent() < indent)
    }
}

impl<'a> Line<'a> {
    /// How many spaces stand before its text.
    pub(in crate::model::yaml) fn indent(&self) -> usize {
        self.text.bytes().take_while(|byte| *byte == b' ').count()
    }

    /// Whether nobody wrote it by hand: guesses about it would take long.
    pub(in crate::model::yaml) fn is_too_long(&self) -> bool {
        self.text.len() > 4_000
    }

    /// Its text, without spaces around it.
    pub(in crate::model::yaml) fn words(&self) -> &'a str {
        self.text.trim_matches([' ', '\t'])
    }

    /// One past its last byte, without spaces at its end.
    pub(in crate::model::yaml) fn end(&self) -> usize {
        self.start + self.text.trim_end().len()
    }

    /// Whether it says nothing: it is empty or a comment.
    pub(in crate::model::yaml) fn is_blank(&self) -> bool {
        let words = self.words();
        words.is_empty() || words.starts_with('#')
    }

    /// What stands in it.
    pub(in crate::model::yaml) fn parts(&self) -> Parts<'a> {
        let text = self.text.trim_end();
        let mut at = self.indent().min(text.len());
        while let Some(rest) = text[at..].strip_prefix("- ") {
            at = text.len() - rest.trim_start_matches(' ').len();
        }
        let words = &text[at..];
        let is_quoted = words.starts_with(['"', '\'', '[', '{', '#']);
        let colon = if is_quoted { None } else { words.find(": ").or(words.strip_suffix(':').map(str::len)) };
        match colon {
            Some(colon) => {
                let rest = words[colon + 1..].trim_start_matches([' ', '\t']);
                let value_at = self.start + text.len() - rest.len();
                Parts { at: self.start + at, key: Some(words[..colon].trim_end()), value_at, value: rest }
            }
            None => Parts { at: self.start + at, key: None, value_at: self.start + at, value: words },
        }
    }
}

/// Whether a word is written as keys are: small letters, digits and hyphens.
pub(in crate::model::yaml) fn is_name(word: &str) -> bool {
    word.starts_with(|letter: char| letter.is_ascii_lowercase())
        && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// A help that says what to write, if that is short enough to be read.
pub(in crate::model::yaml) fn write_or(text: &str, help: &str) -> String {
    if text.len() <= 120 && !text.contains(['\n', '`']) { format!("{help}: `{text}`") } else { help.to_owned() }
}
