//! Reads BibTeX and BibLaTeX, and goes on after a mistake.
//!
//! Each step leaves out what the next one could not read, or would never finish. None of them knows hayagriva's YAML, or
//! repairs what was written well but would be printed wrongly.

mod abbreviations;
mod alone;
mod convert;
mod crossrefs;
mod entries;
mod fields;
mod limits;
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
