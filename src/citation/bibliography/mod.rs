//! Reads a bibliography file and repairs its entries.
//!
//! Both parsers underneath stop at the first mistake. An author wants all mistakes at once, and the rest of the manual
//! checked as well. So the readers here limit each mistake to its entry, and inside an entry to its field, and
//! continue. They do not know which works the manual cites, nor how a style prints them.
//!
//! # Who may use whom
//!
//! ```text
//! bibliography -> { bibtex, entry_repair, file_format, mistakes, works, yaml }
//! yaml -> mistakes
//! entry_repair -> file_format
//! bibtex -> mistakes
//! ```

pub(in crate::citation) mod bibtex;
mod entry_repair;
mod file_format;
mod mistakes;
mod works;
mod yaml;

pub use crate::citation::bibliography::file_format::BibliographyFormat;
pub(crate) use crate::citation::bibliography::mistakes::BibliographyMistake;
pub(crate) use crate::citation::bibliography::works::Bibliography;

use crate::citation::bibliography::bibtex::read_biblatex;
use crate::citation::bibliography::entry_repair::{private_note, tidy};
use crate::citation::bibliography::mistakes::Mistakes;
use crate::citation::bibliography::yaml::read_yaml;

/// Reads as much as can be read: the usable entries, and every mistake in the order of the file.
///
/// An entry with a mistake in one field is kept without that field, so that citations of it do not fail as well.
pub fn read(text: &str, format: BibliographyFormat) -> (Bibliography, Vec<BibliographyMistake>) {
    let mut mistakes = Mistakes::in_text(text);
    let entries = match format {
        BibliographyFormat::BibLatex => read_biblatex(text, &mut mistakes),
        BibliographyFormat::Hayagriva => read_yaml(text, &mut mistakes),
    };

    let mut bibliography = Bibliography::default();
    for mut entry in entries {
        let to_check = private_note(&entry);
        tidy(&mut entry, format);
        bibliography.push(entry, to_check);
    }
    (bibliography, mistakes.in_file_order())
}
