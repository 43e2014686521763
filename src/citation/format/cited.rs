//! Turns the citations of a manual into works of the bibliography, each with the place in it.
//!
//! It does not know the style.

use std::collections::BTreeMap;

use hayagriva::Entry;

use crate::citation::bibliography::Bibliography;
use crate::citation::format::language::StyleLanguage;
use crate::citation::locator::{CitedPlace, read_place};

/// A work as one citation names it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct CitedWork {
    /// Its key in the bibliography.
    pub(crate) key: String,
    /// The place in the work, as the author wrote it after the comma: `p. 682`, `pp. 3-9`, `ch. 2`, `Table 2`.
    /// A number alone is a page. Other words behind it stay behind it.
    pub(crate) locator: Option<String>,
    /// The words before it: `see`.
    pub(crate) before: Option<String>,
    /// Whether its author is part of the sentence: "Elkin (1989)". Only the first work of a citation can be so.
    pub(crate) in_text: bool,
    /// Whether its author is left out: "(1989)".
    pub(crate) without_author: bool,
}

/// The works of one citation, `[@a; @b, p. 3]`.
pub(crate) type Cluster = Vec<CitedWork>;

/// A work of a citation that the bibliography has.
pub(super) struct KnownWork<'b> {
    pub(super) entry: &'b Entry,
    pub(super) place: Option<CitedPlace>,
    /// The words before it.
    pub(super) before: Option<String>,
    /// The words after it and its place.
    pub(super) after: String,
    pub(super) in_text: bool,
    pub(super) without_author: bool,
}

impl KnownWork<'_> {
    /// Whether more or less than the work itself is printed, so that it cannot be drawn together with others.
    pub(super) fn is_changed(&self) -> bool {
        self.before.is_some() || !self.after.is_empty() || self.in_text || self.without_author
    }
}

/// Whether the works of a citation stay in the order in which they are written: where a sentence names the first, and
/// where words such as "see also" stand before one.
pub(super) fn keeps_order(cluster: &[KnownWork<'_>]) -> bool {
    cluster.iter().any(|work| work.in_text || work.before.is_some())
}

/// The works of each citation that the bibliography has.
pub(super) fn known_works<'b>(
    bibliography: &'b Bibliography,
    clusters: &[Cluster],
    language: &StyleLanguage,
) -> Vec<Vec<KnownWork<'b>>> {
    let known = |work: &CitedWork| {
        let entry = bibliography.get(&work.key)?;
        let locator = work.locator.as_deref().filter(|locator| !locator.trim().is_empty());
        let (place, after) = locator.map_or((None, String::new()), |locator| read_place(locator, &language.locales));
        Some(KnownWork {
            entry,
            place,
            before: work.before.clone(),
            after,
            in_text: work.in_text,
            without_author: work.without_author,
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
