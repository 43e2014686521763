//! Turns raw entries into hayagriva's.
//!
//! It does not know hayagriva's own format.

use biblatex::{ChunksExt, Pair, RawBibliography, RawEntry, Spanned};
use hayagriva::Entry;

use crate::citation::bibliography::bibtex::messages::{date_sentence, field_sentence, syntax_sentence};
use crate::citation::bibliography::mistakes::Mistakes;

/// Makes hayagriva's entries of the raw ones.
pub(super) fn convert<'t>(
    mut entries: Vec<Spanned<RawEntry<'t>>>,
    abbreviations: &[Pair<'t>],
    mistakes: &mut Mistakes<'_>,
) -> Vec<Entry> {
    let parsed = loop {
        let raw = RawBibliography {
            preamble: String::new(),
            entries: entries.clone(),
            abbreviations: abbreviations.to_vec(),
        };
        match biblatex::Bibliography::from_raw(raw) {
            Ok(parsed) => break parsed,
            Err(error) => {
                // Each round leaves out one entry, so this ends.
                let Some(ix) = entries
                    .iter()
                    .position(|entry| entry.span.start <= error.span.start && error.span.start < entry.span.end)
                else {
                    mistakes.note(error.span, syntax_sentence(&error.kind, false));
                    break biblatex::Bibliography::new();
                };
                let entry = entries.remove(ix);
                mistakes.note(entry.v.key.span, syntax_sentence(&error.kind, false));
            }
        }
    };
    parsed.iter().zip(&entries).filter_map(|(parsed, raw)| convert_entry(parsed.clone(), &raw.v, mistakes)).collect()
}

/// Makes hayagriva's entry, without the fields that hayagriva cannot convert.
fn convert_entry(mut parsed: biblatex::Entry, raw: &RawEntry<'_>, mistakes: &mut Mistakes<'_>) -> Option<Entry> {
    // A therapist's manual is a report to a citation style; hayagriva would make an encyclopaedia of it.
    if parsed.entry_type == biblatex::EntryType::Manual {
        parsed.entry_type = biblatex::EntryType::Report;
    }
    // biblatex passes over a date that it cannot read, and the work would count as undated.
    if let Ok(biblatex::PermissiveType::Chunks(chunks)) = parsed.date() {
        let range =
            raw.fields.iter().find(|pair| pair.key.v.eq_ignore_ascii_case("date")).map(|pair| pair.value.span.clone());
        if let (Some(range), Some(sentence)) = (range, date_sentence("date", &chunks.format_verbatim())) {
            mistakes.note(range, sentence);
        }
    }
    loop {
        let error = match Entry::try_from(&parsed) {
            Ok(entry) => return Some(entry),
            Err(error) => error,
        };
        let culprit = parsed.fields.keys().find(|&field| {
            let mut without = parsed.clone();
            without.fields.remove(field);
            Entry::try_from(&without).err().as_ref() != Some(&error)
        });
        let Some(culprit) = culprit.cloned() else {
            mistakes.note(raw.key.span.clone(), format!("the entry `{}` cannot be read: {error}", raw.key.v));
            return None;
        };
        let value = parsed.fields.remove(&culprit).map(|chunks| chunks.format_verbatim()).unwrap_or_default();
        let range = raw
            .fields
            .iter()
            .find(|pair| pair.key.v.eq_ignore_ascii_case(&culprit))
            .map_or(&raw.key.span, |pair| &pair.value.span);
        mistakes.note(range.clone(), field_sentence(&culprit, &value, &error.kind));
    }
}
