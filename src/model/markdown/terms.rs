//! Writes the words of a text, and links the terms of the glossary among them.
//!
//! The words come in pieces, one for each line, and more where there are apostrophes or emphasis.

use std::borrow::Cow;

use crate::model::body::Fill;
use crate::model::markdown::writer::Writer;
use crate::model::mentions::{Mention, Mentions};
use crate::model::text::escape;

impl<'a, 'r> Writer<'a, 'r> {
    /// Writes words and the terms among them. Words at the end with which a term may begin wait for what comes next.
    pub(crate) fn write_text(&mut self, text: &str) {
        let Some(mentions) = self.reading.mentions else { return self.write_plain(text) };
        if self.waiting.is_empty() {
            let end = mentions.open_end(text).unwrap_or(text.len());
            self.write_plain(&text[..end]);
            self.waiting.push_str(&text[end..]);
        } else {
            self.waiting.push_str(text);
            self.write_waiting(false);
        }
    }

    /// Writes the words that wait, and the terms among them: all, or those for which nothing more can come.
    pub(crate) fn write_waiting(&mut self, all: bool) {
        if self.waiting.is_empty() {
            return;
        }
        let mut text = std::mem::take(&mut self.waiting);
        let end = self.reading.mentions.filter(|_| !all).and_then(|mentions| mentions.open_end(&text));
        self.waiting = text.split_off(end.unwrap_or(text.len()));
        // A term is the same over the end of a line.
        let line = if text.contains('\n') { Cow::Owned(text.replace('\n', " ")) } else { Cow::Borrowed(text.as_str()) };
        self.write_lines(&text, &line);
    }

    pub(crate) fn soft_break(&mut self) {
        if self.waiting.is_empty() {
            self.heading_text(" ");
            self.body.html.push('\n');
        } else {
            self.waiting.push('\n');
            self.write_waiting(false);
        }
    }

    fn write_plain(&mut self, text: &str) {
        self.write_lines(text, text);
    }

    /// Writes words, and the terms among them; `line` is the same on one line.
    fn write_lines(&mut self, text: &str, line: &str) {
        self.heading_text(line);
        let Some(mentions) = self.reading.mentions else { return escape(&mut self.body.html, text) };
        let linkable = self.block && self.links_open.is_empty() && self.heading.is_none();
        let mut written = 0;
        for mention in mentions.find(line) {
            if mentions.has_exceptions(mention.term) && self.is_excepted(mentions, mention, line) {
                continue;
            }
            self.body.terms.insert(mention.term);
            if !linkable || mentions.means(mention.term, self.reading.own) || !self.terms_seen.insert(mention.term) {
                continue;
            }
            escape(&mut self.body.html, &text[written..mention.start]);
            self.term(mention.term, &text[mention.start..mention.end]);
            written = mention.end;
        }
        escape(&mut self.body.html, &text[written..]);
    }

    fn term(&mut self, term: u32, text: &str) {
        self.hole(Fill::TermOpen(term));
        escape(&mut self.body.html, text);
        self.hole(Fill::TermClose);
    }

    /// Whether a term stands in a phrase in which it means something else, part of which is emphasised: "the *inventory* of
    /// complicated grief".
    fn is_excepted(&self, mentions: &Mentions, mention: Mention, line: &str) -> bool {
        let words = &line[mention.start..mention.end];
        // Marks such as quotation marks have other lengths in the text: the nearest place is meant.
        let behind = line.len() - mention.start + self.waiting.len();
        let about = self.words_end.saturating_sub(behind);
        let near = |at: &usize| at.abs_diff(about);
        let (from, to) = (floor(self.text, about.saturating_sub(100)), floor(self.text, about + 100 + words.len()));
        let found = self.text[from..to].match_indices(words).map(|(at, _)| from + at).min_by_key(near);
        let Some(start) = found else { return false };
        let end = start + words.len();
        let before = without_marks(&self.text[floor(self.text, start.saturating_sub(LONGEST))..start]);
        let after = without_marks(&self.text[end..floor(self.text, end + LONGEST)]);
        mentions.is_excepted(mention.term, &format!("{before}{words}{after}"), before.len(), before.len() + words.len())
    }
}

/// How far a phrase may reach to each side of a term in it, in bytes.
const LONGEST: usize = 200;

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Markdown on one line, without the marks of emphasis and of quotations.
fn without_marks(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut in_margin = false;
    for letter in text.chars() {
        match letter {
            '*' | '_' | '~' => {}
            '\n' => {
                in_margin = true;
                plain.push(' ');
            }
            '>' | ' ' | '\t' | '\r' if in_margin => {}
            letter => {
                in_margin = false;
                plain.push(letter);
            }
        }
    }
    plain
}
