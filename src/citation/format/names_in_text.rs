//! Turns works into the names by which a sentence calls them, for styles whose citations are numbers.
//!
//! It does not know the style.

use hayagriva::{CitationItem, Entry};

use crate::citation::format::language::{StyleLanguage, request};
use crate::citation::html::{self, TextRun};
use crate::citation::style::{Style, style_from_csl};

/// A style that prints nothing but names.
pub(super) struct NamesInText {
    style: Option<Style>,
}

const ONLY_NAMES: &str = include_str!("names_in_text.csl");

impl NamesInText {
    pub(super) fn new() -> Self {
        Self { style: style_from_csl(ONLY_NAMES).ok() }
    }

    /// The names of a work; its key, if it has neither names nor a title.
    pub(super) fn of(&self, entry: &Entry, language: &StyleLanguage) -> Vec<TextRun> {
        let runs = self.style.as_ref().map(|style| {
            let item = CitationItem::with_entry(entry);
            let citation = hayagriva::standalone_citation(request(vec![item], &style.csl, language));
            html::runs_of(&citation, 0)
        });
        let is_named = |runs: &Vec<TextRun>| runs.iter().any(|run| !run.text.trim().is_empty());
        runs.filter(is_named).unwrap_or_else(|| vec![TextRun::new(entry.key(), 0)])
    }
}
