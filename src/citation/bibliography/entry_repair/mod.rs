//! Turns an entry as its author wrote it into one that hayagriva prints correctly.
//!
//! It does not know which style will print it.
//!
//! # Who may use whom
//!
//! ```text
//! entry_repair -> { persons, titles }
//! titles -> tex
//! persons -> tex
//! ```

mod persons;
mod tex;
mod titles;

use hayagriva::Entry;
use hayagriva::types::{EntryType, FormatString, PersonsWithRoles, Publisher};

use crate::citation::bibliography::entry_repair::persons::tidy_persons;
use crate::citation::bibliography::entry_repair::titles::tidy_title;
use crate::citation::bibliography::file_format::BibliographyFormat;

/// What an author's note to herself begins with; such a note is never printed.
const PRIVATE_NOTE: &str = "from memory:";

/// What follows [`PRIVATE_NOTE`] in an entry's note.
pub(super) fn private_note(entry: &Entry) -> Option<String> {
    let text = entry.note()?.value.to_string();
    let text = text.trim_start();
    let start = text.get(..PRIVATE_NOTE.len())?;
    start.eq_ignore_ascii_case(PRIVATE_NOTE).then(|| text[PRIVATE_NOTE.len()..].trim().to_owned())
}

/// Repairs what hayagriva would print wrongly.
pub(super) fn tidy(entry: &mut Entry, format: BibliographyFormat) {
    if private_note(entry).is_some() {
        // An empty text counts as none; hayagriva has no way to take a field away.
        entry.set_note(FormatString::default());
    }
    if let Some(doi) = entry.doi().map(bare_doi) {
        entry.set_doi(doi);
    }
    if let Some(title) = entry.title() {
        let is_name = matches!(entry.entry_type(), EntryType::Periodical | EntryType::Newspaper);
        let title = tidy_title(title, is_name, format);
        entry.set_title(title);
    }
    name_publisher(entry);
    if let Some(persons) = entry.authors().map(|persons| tidy_persons(persons, format)) {
        entry.set_authors(persons);
    }
    if let Some(persons) = entry.editors().map(|persons| tidy_persons(persons, format)) {
        entry.set_editors(persons);
    }
    if let Some(affiliated) = entry.affiliated() {
        let affiliated = affiliated
            .iter()
            .map(|group| PersonsWithRoles::new(tidy_persons(&group.names, format), group.role.clone()))
            .collect();
        entry.set_affiliated(affiliated);
    }
    let mut parents = entry.parents().to_vec();
    parents.iter_mut().for_each(|parent| tidy(parent, format));
    entry.set_parents(parents);
}

/// A DOI without the address or label that is often copied with it.
fn bare_doi(doi: &str) -> String {
    let doi = doi.trim();
    let prefixes =
        ["https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi.org/", "doi:"];
    let found =
        prefixes.iter().find(|prefix| doi.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix)));
    found.map_or(doi, |prefix| &doi[prefix.len()..]).trim().to_owned()
}

/// Makes the institution of a report or a thesis its publisher: hayagriva's BibLaTeX reader does not.
fn name_publisher(entry: &mut Entry) {
    if !matches!(entry.entry_type(), EntryType::Report | EntryType::Thesis)
        || entry.publisher().is_some_and(|publisher| publisher.name().is_some())
    {
        return;
    }
    let Some(organization) = entry.organization().cloned() else {
        return;
    };
    // An author who is her own publisher is named once.
    let is_author = entry.authors().into_iter().flatten().any(|person| person.name == organization.value.to_string());
    if !is_author {
        let location = entry.publisher().and_then(|publisher| publisher.location().cloned());
        entry.set_publisher(Publisher::new(Some(organization), location));
    }
}
