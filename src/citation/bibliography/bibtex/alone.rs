//! Reads fields as if they were alone, in an entry that refers to no other.
//!
//! It does not know what the fields mean.

use biblatex::{Pair, RawBibliography, RawChunk, RawEntry, Spanned};

/// Parses these fields as if they made an entry, and `crossref` and `xdata` did not reach other entries.
pub(super) fn parse_alone<'t>(
    key: &Spanned<&'t str>,
    fields: &[Pair<'t>],
    abbreviations: &[Pair<'t>],
) -> Result<biblatex::Entry, biblatex::ParseError> {
    let abbreviated =
        fields.iter().flat_map(|pair| &pair.value.v).any(|chunk| matches!(chunk.v, RawChunk::Abbreviation(_)));
    let abbreviations = if abbreviated { abbreviations.to_vec() } else { Vec::new() };
    let fields = fields
        .iter()
        .cloned()
        .map(|mut pair| {
            pair.key.v = reference_alias(pair.key.v).unwrap_or(pair.key.v);
            pair
        })
        .collect();
    let kind = Spanned::new("misc", key.span.clone());
    let entry = Spanned::new(RawEntry { key: Spanned::new("alone", key.span.clone()), kind, fields }, key.span.clone());
    let raw = RawBibliography { preamble: String::new(), entries: vec![entry], abbreviations };
    let parsed = biblatex::Bibliography::from_raw(raw)?;
    Ok(parsed.into_iter().next().unwrap_or_else(|| biblatex::Entry::new(String::new(), biblatex::EntryType::Misc)))
}

/// A name under which biblatex does not follow a reference to another entry.
pub(super) fn reference_alias(field: &str) -> Option<&'static str> {
    match field.to_ascii_lowercase().as_str() {
        "crossref" => Some("ipt-crossref"),
        "xdata" => Some("ipt-xdata"),
        _ => None,
    }
}
