//! Describes the words of a page, and where they are.

use std::collections::HashMap;
use std::sync::Arc;

use rustc_hash::FxBuildHasher;

use crate::render::search::codec::push_number;

/// What a page says: its words, with their places in the form in which the index has them.
#[derive(Debug)]
pub struct PageText {
    pub(crate) page: Arc<IndexedPage>,
    /// Everywhere.
    pub(crate) all: WordPlaces,
    /// In titles, headings and keywords.
    pub(crate) heads: WordPlaces,
}

impl PageText {
    /// What results show of the page.
    pub fn page(&self) -> Arc<IndexedPage> {
        Arc::clone(&self.page)
    }
}

/// The words of a page, each once, and where they are.
#[derive(Debug, Default)]
pub(crate) struct WordPlaces {
    /// Each word's number.
    pub(crate) words: Vec<u32>,
    /// How long each word's places are in `text`, doubled, plus one if there are several units. These lists are a tenth of a large manual's memory.
    pub(crate) lengths: Vec<u16>,
    pub(crate) text: String,
}

impl WordPlaces {
    pub(crate) fn push(&mut self, word: u32, occurrences: &[Occurrence]) {
        if occurrences.is_empty() {
            return;
        }
        let from = self.text.len();
        let occurrences = &occurrences[..occurrences.len().min(MOST_PLACES)];
        let mut units = occurrences.chunk_by(|one, other| one.unit == other.unit).peekable();
        let mut last = None;
        while let Some(positions) = units.next() {
            let unit = positions[0].unit;
            let several = u32::from(positions.len() > 1);
            let more = u32::from(units.peek().is_some());
            match last {
                None => push_number(&mut self.text, unit * 2 + several),
                Some(last) => push_number(&mut self.text, (unit - last) * 4 + more * 2 + several),
            }
            last = Some(unit);
            if several > 0 {
                push_number(&mut self.text, u32::try_from(positions.len() - 2).unwrap_or(u32::MAX));
            }
            let mut before = 0;
            for occurrence in positions {
                push_number(&mut self.text, occurrence.position - before);
                before = occurrence.position;
            }
        }
        let several_units = occurrences.first().map(|occurrence| occurrence.unit) != last;
        let length = (self.text.len() - from) * 2 + usize::from(several_units);
        self.words.push(word);
        self.lengths.push(u16::try_from(length).expect("so many places are not written"));
    }

    /// Each word with its places, and whether those are in several units.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, Posting<'_>)> {
        let mut from = 0;
        self.words.iter().zip(&self.lengths).map(move |(word, length)| {
            let places = from..from + *length as usize / 2;
            from = places.end;
            (*word, Posting { several: length % 2 == 1, places: &self.text[places] })
        })
    }

    /// The words with other places in `now`, what the page says now, and what those are; none for a word
    /// that it does not say any more.
    pub(crate) fn changes<'a>(&'a self, now: &'a Self) -> impl Iterator<Item = (u32, Option<Posting<'a>>)> {
        let mut old: HashMap<u32, Posting<'_>, FxBuildHasher> = self.iter().collect();
        let mut changes: Vec<(u32, Option<Posting<'_>>)> = Vec::new();
        for (word, posting) in now.iter() {
            if old.remove(&word) != Some(posting) {
                changes.push((word, Some(posting)));
            }
        }
        changes.into_iter().chain(old.into_keys().map(|word| (word, None)))
    }
}

/// The places of a word in a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Posting<'a> {
    /// Whether they are in several units.
    pub(crate) several: bool,
    /// As they are written.
    pub(crate) places: &'a str,
}

/// A word at its place in a page.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Occurrence {
    pub(crate) unit: u32,
    pub(crate) position: u32,
}

/// What results show of a page.
#[derive(Debug, Default)]
pub struct IndexedPage {
    pub(crate) title: String,
    pub(crate) url: String,
    pub(crate) kind: &'static str,
    pub(crate) summary: String,
    /// Each unit's heading, and its anchor where that is not made of the heading by the usual rule.
    pub(crate) units: Vec<Vec<String>>,
}

/// The most places of a word that are kept of a page: a place takes twelve letters at most.
const MOST_PLACES: usize = 2500;
