//! Lists the files of a manual that are not texts.

use std::collections::{BTreeMap, BTreeSet};

use crate::files::relpath::folded;

/// The files of a manual that are not read as text: pictures, audio, video, attachments.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attachments {
    pub(crate) paths: BTreeSet<String>,
    pub(crate) by_lower_case: BTreeMap<String, String>,
    pub(crate) metadata: BTreeMap<String, Vec<(String, String)>>,
    pub(crate) unreadable: BTreeMap<String, String>,
    pub(crate) active: BTreeMap<String, String>,
}

impl Attachments {
    /// Takes paths relative to the manual folder.
    pub fn new(paths: impl IntoIterator<Item = String>) -> Self {
        let paths: BTreeSet<String> = paths.into_iter().collect();
        let by_lower_case = paths.iter().map(|path| (folded(path).into_owned(), path.clone())).collect();
        Self { paths, by_lower_case, metadata: BTreeMap::new(), unreadable: BTreeMap::new(), active: BTreeMap::new() }
    }

    /// Takes what picture files contain besides the picture (Exif): by path, the names of fields with values.
    #[must_use]
    pub(crate) fn with_metadata(self, metadata: BTreeMap<String, Vec<(String, String)>>) -> Self {
        Self { metadata, ..self }
    }

    /// Takes the files that cannot be read, and why.
    #[must_use]
    pub fn unreadable(self, unreadable: BTreeMap<String, String>) -> Self {
        Self { unreadable, ..self }
    }

    /// Takes the pictures that do something when they are opened, and what in them does it.
    #[must_use]
    pub(crate) fn active(self, active: BTreeMap<String, String>) -> Self {
        Self { active, ..self }
    }

    /// What a picture has in it that does something when it is opened.
    pub(crate) fn act_of(&self, path: &str) -> Option<&str> {
        self.active.get(path).map(String::as_str)
    }

    /// Why a file cannot be read.
    pub(crate) fn fault_of(&self, path: &str) -> Option<&str> {
        self.unreadable.get(path).map(String::as_str)
    }

    /// The pictures with Exif, with the names of fields and their values.
    pub(crate) fn metadata(&self) -> impl Iterator<Item = (&str, &[(String, String)])> {
        self.metadata.iter().map(|(path, fields)| (path.as_str(), fields.as_slice()))
    }

    /// Whether there is a file at exactly this path.
    pub(crate) fn contains(&self, path: &str) -> bool {
        self.paths.contains(path)
    }

    /// Whether there is a file in a folder, or deeper.
    pub(crate) fn has_in(&self, folder: &str) -> bool {
        let begin = format!("{folder}/");
        self.paths.range(begin.clone()..).next().is_some_and(|path| path.starts_with(&begin))
    }

    /// A file whose path differs from `path` only in upper and lower case, or in how its letters are composed.
    pub(crate) fn differing_in_case(&self, path: &str) -> Option<&str> {
        self.by_lower_case.get(&*folded(path)).map(String::as_str)
    }

    /// All paths, sorted.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.paths.iter().map(String::as_str)
    }
}
