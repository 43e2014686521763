//! Turns a citation key into the work that it names.
//!
//! It knows neither how the file was written nor what was wrong in it.

use std::collections::BTreeMap;

use hayagriva::Entry;

/// A parsed bibliography, in file order.
#[derive(Debug, Clone, Default)]
pub struct Bibliography {
    entries: Vec<Entry>,
    by_key: BTreeMap<String, usize>,
    /// What is still to be checked of some works.
    to_check: BTreeMap<String, String>,
}

impl Bibliography {
    /// The citation keys, in file order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(Entry::key)
    }

    /// Whether a work with this citation key can be cited.
    pub(crate) fn contains(&self, key: &str) -> bool {
        self.by_key.contains_key(key)
    }

    /// What its author still has to check of a work, as the note `From memory: …` tells it.
    pub(in crate::citation) fn to_check(&self, key: &str) -> Option<&str> {
        self.to_check.get(key).map(String::as_str)
    }

    /// Where readers find a work on the web, as it is written in the file and as an address.
    pub(crate) fn address(&self, key: &str) -> Option<(String, String)> {
        let entry = self.get(key)?;
        if let Some(doi) = entry.doi() {
            let bare = doi.trim_start_matches("https://doi.org/").trim_start_matches("http://dx.doi.org/");
            return Some((doi.to_owned(), format!("https://doi.org/{bare}")));
        }
        entry.url_any().map(|url| (url.value.as_str().to_owned(), url.value.as_str().to_owned()))
    }

    /// The work with this citation key, as hayagriva has it.
    pub(in crate::citation) fn get(&self, key: &str) -> Option<&Entry> {
        self.by_key.get(key).and_then(|&ix| self.entries.get(ix))
    }

    /// Adds a work behind the others, with what is still to be checked of it.
    pub(super) fn push(&mut self, entry: Entry, to_check: Option<String>) {
        if let Some(note) = to_check {
            self.to_check.insert(entry.key().to_owned(), note);
        }
        self.by_key.insert(entry.key().to_owned(), self.entries.len());
        self.entries.push(entry);
    }
}
