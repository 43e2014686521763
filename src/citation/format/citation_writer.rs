//! Turns what the driver made into the parts of citations and the lines of the reference list.
//!
//! It does not know the style, apart from what it is told: the words, the letters, and whether citations are notes.

use std::collections::BTreeMap;

use hayagriva::{BibliographyItem, ElemChild, ElemMeta, Entry};

use crate::citation::format::cited::KnownWork;
use crate::citation::format::formatted::{FormattedPart, FormattedReference};
use crate::citation::format::language::StyleWords;
use crate::citation::html::{self, TextRun};
use crate::citation::marks::without_mark;

/// Writes what the driver made as HTML.
pub(super) struct CitationWriter<'w> {
    pub(super) words: &'w StyleWords,
    /// The letters behind the years of works that look alike, by key.
    pub(super) letters: &'w BTreeMap<String, String>,
    pub(super) notes: bool,
}

impl CitationWriter<'_> {
    /// The parts of a citation.
    pub(super) fn citation(&self, children: &[ElemChild], cluster: &[KnownWork<'_>]) -> Vec<FormattedPart> {
        let mut keys: Vec<Option<&str>> = Vec::new();
        let mut runs: Vec<TextRun> = Vec::new();
        if self.notes && !cluster.is_empty() {
            runs.push(TextRun::new("(", 0));
            keys.push(None);
        }
        for child in children {
            let part = keys.len();
            let work = match child {
                ElemChild::Elem(elem) => match elem.meta {
                    Some(ElemMeta::Entry(ix)) => cluster.get(ix),
                    _ => None,
                },
                _ => None,
            };
            keys.push(work.map(|work| work.entry.key()));
            let mut within = html::runs_of_child(child, part);
            within.iter_mut().for_each(|run| run.text = without_mark(&run.text));
            if let Some(work) = work {
                self.write_letter(work.entry, &mut within);
                let is_empty = !within.iter().any(|run| run.text.chars().any(char::is_alphanumeric));
                if is_empty {
                    within = vec![TextRun::new(work.entry.key(), part)];
                }
            }
            runs.extend(within);
        }
        if self.notes && !cluster.is_empty() {
            runs.push(TextRun::new(")", keys.len()));
            keys.push(None);
        }

        html::write_et_al(&mut runs, &self.words.et_al);
        html::clean(&mut runs);
        parts(&keys, &runs)
    }

    /// A line of the reference list.
    pub(super) fn reference(&self, entry: &Entry, item: &BibliographyItem) -> FormattedReference {
        let mut runs: Vec<TextRun> = item.first_field.iter().flat_map(|field| html::runs_of_child(field, 0)).collect();
        runs.extend(html::runs_of(&item.content, 0));
        html::write_et_al(&mut runs, &self.words.et_al);
        self.write_letter(entry, &mut runs);
        let label = html::split_label(&mut runs).map(|mut label| {
            html::clean(&mut label);
            html::write(&label, false)
        });
        html::clean(&mut runs);
        let mut text = html::write(&runs, true);
        if text.is_empty() {
            html::escape(entry.key(), &mut text);
        }
        FormattedReference { key: entry.key().to_owned(), html: text, label, to_check: None }
    }

    fn write_letter(&self, entry: &Entry, runs: &mut [TextRun]) {
        if let Some(letter) = self.letters.get(entry.key()) {
            html::write_year_letter(runs, entry.date_any().map(|date| date.year), letter, &self.words.no_date);
        }
    }
}

fn parts(keys: &[Option<&str>], runs: &[TextRun]) -> Vec<FormattedPart> {
    let mut parts = Vec::new();
    for (part, key) in keys.iter().enumerate() {
        let (before, after) = (keys.len(), keys.len() + 1);
        let mut own: Vec<TextRun> = runs.iter().filter(|run| run.part == part).cloned().collect();
        if key.is_some() {
            html::split_brackets(&mut own, before, after);
        }
        for (place, key) in [(before, None), (part, *key), (after, None)] {
            let here: Vec<TextRun> = own.iter().filter(|run| run.part == place).cloned().collect();
            parts.push(FormattedPart { html: html::write(&here, false), key: key.map(str::to_owned) });
        }
    }
    parts.retain(|part| !part.html.is_empty());
    parts
}
