//! Turns the citations of a manual into works of the bibliography, each with the place in it.
//!
//! It does not know the style.

use std::collections::BTreeMap;

use hayagriva::Entry;

use crate::citation::bibliography::Bibliography;
use crate::citation::format::language::StyleLanguage;
use crate::citation::locator::{CitedPlace, read_place};

/// A work as one citation names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct CitedWork {
    /// Its key in the bibliography.
    pub(crate) key: String,
    /// The place in the work, as the author wrote it after the comma: `p. 682`, `pp. 3-9`, `ch. 2`, `Table 2`.
    /// A number alone is a page.
    pub(crate) locator: Option<String>,
}

/// The works of one citation, `[@a; @b, p. 3]`.
pub(crate) type Cluster = Vec<CitedWork>;

/// A work of a citation that the bibliography has.
pub(super) struct KnownWork<'b> {
    pub(super) entry: &'b Entry,
    pub(super) place: Option<CitedPlace>,
}

/// The works of each citation that the bibliography has.
pub(super) fn known_works<'b>(
    bibliography: &'b Bibliography,
    clusters: &[Cluster],
    language: &StyleLanguage,
) -> Vec<Vec<KnownWork<'b>>> {
    let known = |work: &CitedWork| {
        let place = work.locator.as_deref().filter(|locator| !locator.trim().is_empty());
        Some(KnownWork {
            entry: bibliography.get(&work.key)?,
            place: place.map(|locator| read_place(locator, &language.locales)),
        })
    };
    clusters.iter().map(|cluster| cluster.iter().filter_map(known).collect()).collect()
}

/// The works that are cited, each once, in the order of their first mention.
pub(super) fn first_mentions<'b>(bibliography: &'b Bibliography, clusters: &[Cluster]) -> Vec<&'b Entry> {
    let mut seen = BTreeMap::new();
    let entries = clusters.iter().flatten().filter_map(|work| bibliography.get(&work.key));
    entries.filter(|entry| seen.insert(entry.key(), ()).is_none()).collect()
}
