//! Keeps the texts of a manual, by their paths.

use std::sync::Arc;

use crate::files::attachments::Attachments;
use crate::span::FileId;

/// One text file of the manual, with its path relative to the manual folder (`/` between parts).
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Path relative to the manual folder.
    pub path: String,
    /// Path as the user would open it: the manual folder as typed, then [`Self::path`].
    pub shown: String,
    /// The text, without a byte order mark; shared by all builds in which it does not change.
    pub text: Arc<String>,
}

/// The texts of a manual, sorted by path, and after them those of a user's theme; a [`FileId`] is an
/// index into them.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    pub(crate) files: Vec<SourceFile>,
    /// How many are the manual's.
    pub(crate) own: usize,
}

impl Sources {
    /// Takes files in any order and sorts them by path.
    pub fn new(mut files: Vec<SourceFile>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { own: files.len(), files }
    }

    /// Adds a text that is not part of the manual, so that reports can show it.
    pub fn append(&mut self, file: SourceFile) -> FileId {
        self.files.push(file);
        file_id(self.files.len() - 1)
    }

    /// Forgets the texts of chapters, once nothing more must be shown of them.
    pub(crate) fn drop_chapters(&mut self) {
        let chapters = self.files[..self.own].iter_mut().filter(|file| is_chapter(&file.path));
        chapters.for_each(|file| file.text = Arc::default());
    }

    /// The file of an id.
    pub fn get(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// Whether a file belongs to the manual and not to a theme.
    pub(crate) fn is_own(&self, id: FileId) -> bool {
        (id.0 as usize) < self.own
    }

    /// The file at a path relative to the manual folder.
    pub(crate) fn find(&self, path: &str) -> Option<(FileId, &SourceFile)> {
        let at = self.files[..self.own].binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        Some((file_id(at), &self.files[at]))
    }

    /// Whether there is a file in a folder, or deeper.
    pub(crate) fn has_in(&self, folder: &str) -> bool {
        let begin = format!("{folder}/");
        let own = &self.files[..self.own];
        let first = own.partition_point(|file| file.path < begin);
        own.get(first).is_some_and(|file| file.path.starts_with(&begin))
    }

    /// The manual's files with their ids, in path order.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files[..self.own].iter().enumerate().map(|(at, file)| (file_id(at), file))
    }
}

fn file_id(index: usize) -> FileId {
    FileId(u32::try_from(index).expect("a manual has fewer than 2^32 files"))
}

/// Whether a file of a manual is a chapter, by its name.
pub(crate) fn is_chapter(path: &str) -> bool {
    path.to_ascii_lowercase().ends_with(".md")
}

/// Whether a file outside `assets/` is, by its name, a text that is not a chapter, such as a bibliography.
pub(crate) fn is_text(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    ["yaml", "yml", "bib", "csl"].contains(&ending.as_str()) && !path.starts_with("assets/")
}

/// A manual's folder as values.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The texts.
    pub sources: Sources,
    /// The other files.
    pub attachments: Attachments,
}
