//! Reads citations as Pandoc does: in brackets, with words before and after a work, without its author, and as part of a
//! sentence.
//!
//! Which works there are is not known here. What may be a citation or not, such as `@name` in a sentence, is noted with
//! the words that are shown if no work has this key.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, Event, Options, Parser};

use crate::model::body::{Citation, CitedKey, Fill, UnreadKey, WhyUnread};
use crate::model::markdown::keys::{key_at, keys};
use crate::model::markdown::writer::{Gathering, Writer, index};
use crate::model::reading::SourceMap;
use crate::span::Spanned;

/// Whether a text in brackets that no link reference defines is a citation, or the place in a work of the citation
/// before it.
pub(crate) fn is_citation(text: &str, broken: &BrokenLink<'_>) -> bool {
    let inner = broken.reference.as_ref();
    if text[..broken.span.start].ends_with('!') || text[broken.span.start..].starts_with('!') {
        return false;
    }
    if inner.contains('@') {
        return keys(inner, true).next().is_some();
    }
    let before = text[..broken.span.start].trim_end_matches(['>', ' ', '\n', '\r', '\t']);
    let Some(at) = before.rfind('@').filter(|at| before.len() - at < 100) else { return false };
    let is_plain = !inner.is_empty() && !inner.contains(['`', '<', '\\', '[', ']', '^']);
    is_plain && key_at(before, at, false).is_some_and(|key| key.end == before.len())
}

/// The words of a stretch of Markdown on one line, without the marks of a quotation around it.
fn plain(text: &str, smart: bool) -> String {
    let mut line = String::with_capacity(text.len());
    for (number, part) in text.split('\n').enumerate() {
        if number == 0 {
            line.push_str(part);
        } else {
            line.truncate(line.trim_end().len());
            line.push(' ');
            line.push_str(part.trim_start_matches(|letter: char| letter == '>' || letter.is_whitespace()));
        }
    }
    let line = line.trim();
    if !line.contains(['*', '_', '`', '\\', '&', '\'', '"', '~', '<']) {
        return line.to_owned();
    }
    let options = if smart { Options::ENABLE_SMART_PUNCTUATION } else { Options::empty() };
    let mut words = String::new();
    // With a word before it, nothing here begins a list or a heading.
    for event in Parser::new_ext(&format!("x {line}"), options) {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    words.split_off(2)
}

impl<'a, 'r> Writer<'a, 'r> {
    /// Writes the words of a text, and the citations among them.
    pub(crate) fn write_sentence(&mut self, text: &str, start: usize, end: usize) {
        if !self.citing.is_possible || self.citing.in_code {
            return self.write_text(text);
        }
        let whole = self.text;
        if whole.get(start..end) != Some(text) {
            return self.write_text(text);
        }
        let mut at = start.max(self.citing.read_to.min(end));
        while let Some(found) = whole[at..end].find('@').map(|found| at + found) {
            let key = key_at(whole, found, false).filter(|key| key.from >= at);
            let Some(key) = key else {
                self.note_parted(found);
                self.write_text(&whole[at..=found]);
                at = found + 1;
                continue;
            };
            let name = self.spanned(key.name.clone());
            let why = match (&self.heading, self.links_open.is_empty()) {
                (Some(_), _) => Some(WhyUnread::InHeading),
                (None, false) => Some(WhyUnread::InLink),
                (None, true) => None,
            };
            if let Some(why) = why {
                let bracketed = format!("[@{}]", name.value);
                let instead = (why == WhyUnread::InHeading).then_some((found..key.end, bracketed));
                self.unread(name, why, instead);
                self.write_text(&whole[at..found + 1]);
                at = found + 1;
                continue;
            }
            self.write_text(&whole[at..key.from]);
            let work = CitedKey {
                key: name,
                before: None,
                locator: None,
                in_text: !key.without_author,
                without_author: key.without_author,
            };
            let written = whole[key.from..key.end].into();
            self.cite(Citation { works: vec![work], written: Some(written) });
            self.citing.in_text = Some((key.from, key.end, self.body.html.len()));
            self.citing.read_to = key.end;
            at = key.end.min(end);
            if key.end > end {
                return;
            }
        }
        self.write_text(&whole[at..end]);
    }

    /// Notes keys in brackets that define the address of a link, each with the place of the definition.
    pub(crate) fn note_defined<'d>(&mut self, definitions: impl Iterator<Item = (&'d str, usize)>) {
        let mut defined: Vec<(&str, usize)> = definitions.filter(|(name, _)| name.starts_with('@')).collect();
        defined.sort_by_key(|(_, start)| *start);
        for (name, start) in defined {
            let Some(at) = self.text[start..].find('@').map(|at| start + at) else { continue };
            let Some(key) = key_at(self.text, at, true).filter(|key| key.end - at == name.len()) else { continue };
            let name = self.spanned(key.name);
            self.unread(name, WhyUnread::Defined, Some((key.end + 1..key.end + 2, "\\:".into())));
        }
    }

    /// Notes keys in the words for the picture that ends here.
    pub(crate) fn note_in_picture(&mut self, end: usize) {
        let Some(before) = self.text.get(..end).filter(|_| self.citing.is_possible) else { return };
        let Some(start) = before.rfind("![") else { return };
        let words = before[start..].split("](").next().unwrap_or_default();
        for key in keys(words, false) {
            let name = self.spanned(start + key.name.start..start + key.name.end);
            self.unread(name, WhyUnread::InPicture, None);
        }
    }

    /// Notes the word that only a space parts from its `@`.
    fn note_parted(&mut self, at: usize) {
        let rest = &self.text[at + 1..];
        let Some(word) = rest.strip_prefix(' ') else { return };
        let length =
            word.find(|letter: char| !letter.is_alphanumeric() && !"_-:".contains(letter)).unwrap_or(word.len());
        let before = self.text[..at].chars().next_back();
        if length > 0 && before.is_none_or(|letter| letter.is_whitespace() || "([".contains(letter)) {
            let name = self.spanned(at + 2..at + 2 + length);
            self.unread(name, WhyUnread::Parted, Some((at..at + 2, "@".into())));
        }
    }

    fn spanned(&self, range: Range<usize>) -> Spanned<String> {
        Spanned::new(self.text[range.clone()].to_owned(), self.span(range.start, range.end))
    }

    fn unread(&mut self, key: Spanned<String>, why: WhyUnread, instead: Option<(Range<usize>, String)>) {
        // Of a text that was unquoted or folded, only the place of the whole is known.
        let instead = instead.filter(|_| matches!(self.reading.place, SourceMap::At(_)));
        let instead = instead.map(|(range, text)| Spanned::new(text, self.span(range.start, range.end)));
        self.body.unread.push(UnreadKey { key, why, instead, within: None });
    }

    fn cite(&mut self, citation: Citation) {
        self.write_waiting(true);
        let number = index(self.body.citations.len());
        self.body.citations.push(citation);
        self.hole(Fill::Citation(number));
    }

    /// Reads what stands in brackets: `[@key]`, `[see @key, p. 3; -@other]`, or the place in the work before it.
    pub(crate) fn citation(&mut self, start: usize, end: usize) {
        self.gathered = Some(Gathering::Citation);
        let stretch = self.text.get(start..end).unwrap_or_default();
        let inner = stretch.trim_start_matches('[').trim_end_matches("[]").trim_end_matches(']');
        let base = start + stretch.find(inner).unwrap_or(0);
        if self.continues(inner, base, start, end) {
            return;
        }
        if keys(inner, true).next().is_none() {
            let words = plain(stretch, self.block);
            return self.write_text(&words);
        }
        let is_certain = inner.trim_start().starts_with('@') || inner.trim_start().starts_with("-@");
        if self.heading.is_some() && !is_certain {
            for key in keys(inner, true) {
                let name = self.spanned(base + key.name.start..base + key.name.end);
                self.unread(name, WhyUnread::InHeading, None);
            }
            let words = plain(stretch, self.block);
            return self.write_text(&words);
        }
        let unread = self.body.unread.len();
        let mut works = Vec::new();
        // `[@one][@two]` is read as one pair of brackets.
        let mut at = base;
        for part in inner.split("][") {
            let lead = part.len() - part.trim_start_matches([';', ' ']).len();
            self.pieces(&part[lead..], at + lead, is_certain, &mut works);
            at += part.len() + "][".len();
        }
        let written = (!is_certain).then(|| plain(stretch, self.block).into());
        if !is_certain {
            self.may_be_none(unread, self.body.citations.len());
        }
        if !works.is_empty() {
            self.cite(Citation { works, written });
        }
    }

    /// Adds a place, and further works, to the citation in the sentence right before it.
    fn continues(&mut self, inner: &str, base: usize, start: usize, end: usize) -> bool {
        let Some((from, before, length)) = self.citing.in_text.take() else { return false };
        let parted =
            self.text.get(before..start).is_some_and(|gap| gap.trim_matches(['>', ' ', '\n', '\r', '\t']).is_empty());
        let (place, rest) = inner.split_once(';').unwrap_or((inner, ""));
        let gap = self.body.html.get(length..).is_some_and(|gap| gap.trim().is_empty());
        if !parted || !gap || keys(place, true).next().is_some() {
            return false;
        }
        let unread = self.body.unread.len();
        let mut works = Vec::new();
        if !rest.is_empty() {
            self.pieces(rest, base + place.len() + 1, false, &mut works);
        }
        self.may_be_none(unread, self.body.citations.len().saturating_sub(1));
        self.body.html.truncate(length);
        let place = plain(place, self.block).trim().to_owned();
        let written = plain(&self.text[from..end], self.block).into();
        if let Some(citation) = self.body.citations.last_mut() {
            citation.works[0].locator = Some(place).filter(|place| !place.is_empty());
            citation.works.append(&mut works);
            citation.written = Some(written);
        }
        true
    }

    /// Notes that what is not read, from a number on, belongs to a citation that may be none.
    fn may_be_none(&mut self, unread: usize, citation: usize) {
        let number = index(citation);
        self.body.unread[unread..].iter_mut().for_each(|unread| unread.within = Some(number));
    }

    /// Reads works that `;` parts, from an offset on.
    fn pieces(&mut self, inner: &str, base: usize, is_certain: bool, works: &mut Vec<CitedKey>) {
        let mut at = base;
        for piece in inner.split(';') {
            works.extend(self.piece(piece, at, is_certain));
            at += piece.len() + 1;
        }
    }

    fn piece(&mut self, piece: &str, at: usize, is_certain: bool) -> Option<CitedKey> {
        if piece.trim().is_empty() && self.text[..at].ends_with(';') {
            let mark = Spanned::new(String::new(), self.span(at - 1, at));
            self.unread(mark, WhyUnread::NoKey, Some((at - 1..at + piece.len(), String::new())));
            return None;
        }
        let mut found = keys(piece, true);
        let Some(key) = found.next() else {
            let lead =
                piece.len() - piece.trim_start_matches(|letter: char| letter == '>' || letter.is_whitespace()).len();
            let word = self.spanned(at + lead..at + piece.trim_end().len().max(lead));
            let place = at + lead..at + lead;
            self.unread(word, WhyUnread::NoKey, Some((place, "@".into())));
            return None;
        };
        let mut end = piece.len();
        let mut before = key.end;
        for other in found {
            let gap = piece.get(before..other.from).unwrap_or_default();
            let kept = gap.trim_end().trim_end_matches("and").trim_end().trim_end_matches(['&', ',']).trim_end();
            let from = before + kept.len();
            // What stands between two works besides a page and a comma or "and" is for the author to place.
            let has_page = kept.contains(|letter: char| letter.is_ascii_digit());
            let instead = match kept.starts_with(',') && !has_page {
                // The words belong to the second work: `, see @other`.
                true => Some((at + before..at + before + 1, ";".to_owned())),
                false if kept.is_empty() || kept.ends_with(|letter: char| letter.is_ascii_digit()) => {
                    Some((at + from..at + other.from, "; ".to_owned()))
                }
                false => None,
            };
            let name = self.spanned(at + other.name.start..at + other.name.end);
            self.unread(name, WhyUnread::Second, instead);
            end = end.min(from);
            before = other.end;
        }
        let mut after = &piece[key.end..end.max(key.end)];
        // `[@one@two]`
        if let Some(other) = after.strip_prefix('@').filter(|rest| rest.starts_with(char::is_alphanumeric)) {
            let length = other.find([',', ' ', ';', '@', ']']).unwrap_or(other.len());
            let from = at + key.end;
            let name = self.spanned(from + 1..from + 1 + length);
            self.unread(name, WhyUnread::Second, Some((from..from, "; ".to_owned())));
            after = "";
        }
        let rest = after.trim_start();
        let name = &piece[key.name.clone()];
        let is_parted = !name.contains(|letter: char| letter.is_ascii_digit())
            && rest.starts_with(|letter: char| letter.is_ascii_digit());
        if is_parted && is_certain {
            let whole = self.spanned(at + key.name.start..at + key.end + after.trim_end().len());
            let gap = at + key.end..at + key.end + (after.len() - rest.len());
            self.unread(whole, WhyUnread::Spaced, Some((gap, String::new())));
            return None;
        }
        let locator = plain(rest.strip_prefix(',').unwrap_or(rest), self.block);
        let before = plain(&piece[..key.from], self.block);
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Some(CitedKey {
            key: self.spanned(at + key.name.start..at + key.name.end),
            before: some(&before),
            locator: some(&locator),
            in_text: false,
            without_author: key.without_author,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lose_their_marks_and_line_ends() {
        assert_eq!(plain("pp. 3-9", false), "pp. 3-9");
        assert_eq!(plain("pp.\n> > 3-9", false), "pp. 3-9");
        assert_eq!(plain("see *the* _last_ ", false), "see the last");
        assert_eq!(plain("Smith's", true), "Smith’s");
        assert_eq!(plain("1. x", false), "1. x");
        assert_eq!(plain("", false), "");
    }
}
