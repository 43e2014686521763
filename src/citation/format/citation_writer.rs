//! Turns what the driver made into the parts of citations and the lines of the reference list.
//!
//! It does not know the style, apart from what it is told: the words, the letters, and whether citations are notes.

use std::collections::BTreeMap;

use hayagriva::citationberg::VerticalAlign;
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
    /// Whether the style puts a citation into brackets.
    pub(super) has_brackets: bool,
    /// By which name a sentence calls a work, for a style whose citations have no names.
    pub(super) name_in_text: &'w dyn Fn(&Entry) -> Vec<TextRun>,
}

impl CitationWriter<'_> {
    /// The parts of a citation.
    pub(super) fn citation(&self, children: &[ElemChild], cluster: &[KnownWork<'_>]) -> Vec<FormattedPart> {
        let mut made = CitationParts::default();
        let in_text = cluster.first().filter(|work| work.in_text);
        // The author in the sentence comes before everything else.
        let mut author = Vec::new();
        if in_text.is_some() {
            made.push(None, Vec::new());
        }
        if self.notes && !cluster.is_empty() {
            made.push(None, vec![TextRun::new("(", 0)]);
        }
        let mut is_first = true;
        let mut skips_delimiter = false;
        for child in children {
            let work = match child {
                ElemChild::Elem(elem) => match elem.meta {
                    Some(ElemMeta::Entry(ix)) => cluster.get(ix),
                    _ => None,
                },
                _ => None,
            };
            let mut within = html::runs_of_child(child, 0);
            within.iter_mut().for_each(|run| run.text = without_mark(&run.text));
            let Some(work) = work else {
                if !std::mem::take(&mut skips_delimiter) {
                    made.push(None, within);
                }
                continue;
            };
            self.write_letter(work.entry, &mut within);
            write_as_said(work, &mut within);
            if is_first && in_text.is_some() {
                self.put_in_text(work, &mut author, &mut within);
                if within.is_empty() && cluster.len() == 1 {
                    return self.author_alone(work, author);
                }
                skips_delimiter = within.is_empty();
                if !self.has_brackets && !self.notes && !html::begins_with_label(&within) {
                    made.push(None, vec![TextRun::new("(", 0)]);
                    made.closes = true;
                }
            } else if work.without_author && !html::begins_with_label(&within) {
                let (_, rest) = html::split_author(within.clone(), &self.words.no_date);
                within = if rest.is_empty() { within } else { rest };
            }
            is_first = false;
            if !within.is_empty() || work.before.is_some() || !work.after.is_empty() {
                made.push_work(work, within);
            }
        }
        if (self.notes && !cluster.is_empty()) || made.closes {
            made.push(None, vec![TextRun::new(")", 0)]);
        }
        let mut runs = author;
        runs.append(&mut made.runs);
        html::write_et_al(&mut runs, &self.words.et_al);
        html::clean(&mut runs);
        parts(&made.keys, &runs)
    }

    /// Takes the author out of a citation, to put it into the sentence.
    fn put_in_text(&self, work: &KnownWork<'_>, author: &mut Vec<TextRun>, within: &mut Vec<TextRun>) {
        if html::begins_with_label(within) {
            *author = (self.name_in_text)(work.entry);
        } else {
            (*author, *within) = html::split_author(std::mem::take(within), &self.words.no_date);
            html::write_and(author, &self.words.and);
        }
        let is_raised = within.first().is_some_and(|run| run.formatting.vertical_align == VerticalAlign::Sup);
        if !is_raised {
            author.push(TextRun::new(" ", 0));
        }
        author.iter_mut().for_each(|run| run.part = 0);
    }

    /// A citation of which nothing is left but the author.
    fn author_alone(&self, work: &KnownWork<'_>, mut author: Vec<TextRun>) -> Vec<FormattedPart> {
        html::write_et_al(&mut author, &self.words.et_al);
        html::clean(&mut author);
        parts(&[Some(work.entry.key())], &author)
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

/// The parts of a citation as they come.
#[derive(Default)]
struct CitationParts<'b> {
    /// For each part, the work that it links to.
    keys: Vec<Option<&'b str>>,
    runs: Vec<TextRun>,
    /// Whether it needs a bracket at its end.
    closes: bool,
}

impl<'b> CitationParts<'b> {
    fn push(&mut self, key: Option<&'b str>, runs: Vec<TextRun>) {
        let part = self.keys.len();
        self.keys.push(key);
        let first = self.runs.len();
        self.runs.extend(runs);
        self.runs[first..].iter_mut().for_each(|run| run.part = part);
    }

    /// A work with the words before and after it; its key, where it has no words.
    fn push_work(&mut self, work: &KnownWork<'b>, mut within: Vec<TextRun>) {
        let is_empty = !within.iter().any(|run| run.text.chars().any(char::is_alphanumeric));
        if is_empty && !work.in_text {
            within = vec![TextRun::new(work.entry.key(), 0)];
        }
        // In a style of raised numbers, the words are raised with them.
        let like = |text: &str| match within.first() {
            Some(first) => {
                let mut run = TextRun::new(text, 0);
                run.formatting.vertical_align = first.formatting.vertical_align;
                run
            }
            None => TextRun::new(text, 0),
        };
        // Numbers may stand close together; words do not.
        let is_close = self.runs.last().is_some_and(|run| run.text.ends_with([',', ';']));
        let before = work.before.as_deref().map(|before| {
            let is_open = before.ends_with(['(', '[', '“', '‘', '—']);
            like(&format!("{}{before}{}", if is_close { " " } else { "" }, if is_open { "" } else { " " }))
        });
        let after = (!work.after.is_empty()).then(|| like(&work.after));
        self.push(None, before.into_iter().collect());
        self.push(Some(work.entry.key()), within);
        self.push(None, after.into_iter().collect());
    }
}

/// Writes the words between numbers that went through hayagriva as `&`.
fn write_as_said(work: &KnownWork<'_>, runs: &mut [TextRun]) {
    let Some((place, said)) = work.place.as_ref().and_then(|place| Some((&place.text, place.said.as_ref()?))) else {
        return;
    };
    if let Some(run) = runs.iter_mut().rev().find(|run| run.text.contains(place.as_str())) {
        run.text = run.text.replace(place.as_str(), said);
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
