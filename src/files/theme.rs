//! Keeps the files of a theme.

use std::collections::BTreeMap;

use crate::span::FileId;

/// The files of a theme by their paths within it: those of the default theme, replaced by those of a user's theme.
#[derive(Debug, Clone, Default)]
pub struct ThemeFiles {
    /// The default theme.
    pub default: BTreeMap<String, Vec<u8>>,
    /// The user's theme.
    pub own: BTreeMap<String, ThemeFile>,
}

impl ThemeFiles {
    /// Whether a user's theme has templates.
    pub(crate) fn has_own_templates(&self) -> bool {
        self.own.keys().any(|path| path.starts_with("templates/"))
    }

    /// The files in use, by their paths.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let inherited = self.default.iter().filter(|(path, _)| !self.own.contains_key(*path));
        let inherited = inherited.map(|(path, content)| (path.as_str(), content.as_slice()));
        inherited.chain(self.own.iter().map(|(path, file)| (path.as_str(), file.content.as_slice())))
    }
}

/// A file of a user's theme.
#[derive(Debug, Clone)]
pub struct ThemeFile {
    /// Its content.
    pub content: Vec<u8>,
    /// What reports show of it, if it is text.
    pub file: Option<FileId>,
}
