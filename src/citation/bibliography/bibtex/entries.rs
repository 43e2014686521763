//! Turns a file into raw entries, one for each key.
//!
//! It does not look into the fields.

use std::collections::BTreeMap;
use std::ops::Range;

use biblatex::{Pair, RawBibliography, RawEntry, Spanned};

use crate::citation::bibliography::bibtex::messages::syntax_sentence;
use crate::citation::bibliography::mistakes::{Mistakes, duplicate_sentence, shifted};

/// Splits the file into entries: in one go, or, where that fails, entry by entry.
pub(super) fn parse_raw<'t>(text: &'t str, mistakes: &mut Mistakes<'_>) -> RawBibliography<'t> {
    if let Ok(raw) = RawBibliography::parse(text) {
        return raw;
    }

    let mut whole = RawBibliography { preamble: String::new(), entries: Vec::new(), abbreviations: Vec::new() };
    for piece in entry_pieces(text) {
        match RawBibliography::parse(&text[piece.clone()]) {
            Ok(mut raw) => {
                raw.entries.iter_mut().for_each(|entry| shift_entry(entry, piece.start));
                raw.abbreviations.iter_mut().for_each(|pair| shift_pair(pair, piece.start));
                whole.entries.append(&mut raw.entries);
                whole.abbreviations.append(&mut raw.abbreviations);
            }
            Err(error) => {
                let first_line = piece.start..piece.start + text[piece.clone()].lines().next().map_or(0, str::len);
                let at_the_end = text[piece.clone()].get(error.span.start..).is_none_or(|rest| rest.trim().is_empty());
                let range = if at_the_end { first_line } else { shifted(&error.span, piece.start) };
                mistakes.note(range, syntax_sentence(&error.kind, at_the_end));
            }
        }
    }
    whole
}

/// The ranges from each line that begins an entry, such as `@article{`, to the next such line.
fn entry_pieces(text: &str) -> Vec<Range<usize>> {
    let mut starts = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_start();
        let after_kind =
            trimmed.strip_prefix('@').map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric()));
        if after_kind.is_some_and(|rest| rest.trim_start().starts_with('{')) {
            starts.push(offset + line.len() - trimmed.len());
        }
        offset += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

fn shift_entry(entry: &mut Spanned<RawEntry<'_>>, by: usize) {
    entry.span = shifted(&entry.span, by);
    entry.v.key.span = shifted(&entry.v.key.span, by);
    entry.v.kind.span = shifted(&entry.v.kind.span, by);
    entry.v.fields.iter_mut().for_each(|pair| shift_pair(pair, by));
}

fn shift_pair(pair: &mut Pair<'_>, by: usize) {
    pair.key.span = shifted(&pair.key.span, by);
    pair.value.span = shifted(&pair.value.span, by);
    for chunk in &mut pair.value.v {
        chunk.span = shifted(&chunk.span, by);
    }
}

/// Keeps the first entry of each key.
pub(super) fn distinct_entries<'t>(
    entries: Vec<Spanned<RawEntry<'t>>>,
    mistakes: &mut Mistakes<'_>,
) -> Vec<Spanned<RawEntry<'t>>> {
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    let mut distinct = Vec::new();
    for entry in entries {
        let key = &entry.v.key;
        if key.v.is_empty() {
            mistakes.note(
                entry.v.kind.span.clone(),
                "this entry has no key: write one after the brace, such as `@article{weissman2020,`",
            );
        } else if let Some(&start) = first.get(key.v) {
            mistakes.note(key.span.clone(), duplicate_sentence(key.v, mistakes.line_of(start)));
        } else {
            first.insert(key.v, key.span.start);
            distinct.push(entry);
        }
    }
    distinct
}
