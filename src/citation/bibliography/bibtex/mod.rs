//! Reads BibTeX and BibLaTeX, and continues after a mistake.
//!
//! Each step leaves out what the next one could not read, or would never finish. None of them knows hayagriva's YAML,
//! or repairs entries that are written correctly but would be printed wrongly.
//!
//! # Who may use whom
//!
//! ```text
//! bibtex -> { abbreviations, convert, crossrefs, entries, fields }
//! fields -> { alone, limits, messages }
//! entries -> messages
//! crossrefs -> { alone, limits }
//! convert -> messages
//! abbreviations -> limits
//! ```

mod abbreviations;
mod alone;
mod convert;
mod crossrefs;
mod entries;
mod fields;
pub(in crate::citation) mod limits;
mod messages;

use hayagriva::Entry;

use crate::citation::bibliography::bibtex::abbreviations::sound_abbreviations;
use crate::citation::bibliography::bibtex::convert::convert;
use crate::citation::bibliography::bibtex::crossrefs::sound_crossrefs;
use crate::citation::bibliography::bibtex::entries::{distinct_entries, parse_raw};
use crate::citation::bibliography::bibtex::fields::sound_fields;
use crate::citation::bibliography::mistakes::Mistakes;

/// The usable entries, in file order.
pub(super) fn read_biblatex(text: &str, mistakes: &mut Mistakes<'_>) -> Vec<Entry> {
    let raw = parse_raw(text, mistakes);
    let abbreviations = sound_abbreviations(raw.abbreviations, mistakes);
    let entries = distinct_entries(raw.entries, mistakes);
    let entries = sound_fields(entries, &abbreviations, mistakes);
    let entries = sound_crossrefs(entries, &abbreviations, mistakes);
    convert(entries, &abbreviations, mistakes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Circles are found before anybody follows them.
    #[test]
    fn circles_are_mistakes() {
        let text = "@string{a = b} @string{b = a # a}\n@book{x, title = {X}, crossref = {y}}\n\
                    @book{y, title = {Y}, crossref = {x}}\n@book{z, crossref = {z}, title = {Z}}";
        let mut mistakes = Mistakes::in_text(text);
        let raw = parse_raw(text, &mut mistakes);
        assert_eq!(sound_abbreviations(raw.abbreviations, &mut mistakes).len(), 0);
        let entries = sound_crossrefs(raw.entries, &[], &mut mistakes);
        assert!(entries.iter().all(|entry| entry.v.fields.iter().all(|field| field.key.v != "crossref")));
        let found = mistakes.in_file_order();
        assert_eq!(found.iter().filter(|mistake| mistake.message.contains("refers back")).count(), 5, "{found:#?}");
    }
}
