//! Files as values: the texts of a manual that went in, and what is known of its other files.
//!
//! Nothing here touches a disk. [`crate::load`] fills these, everything else reads them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization as _;

use crate::span::FileId;

/// One text file of the manual, with its path relative to the manual folder (`/` between parts).
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Path relative to the manual folder.
    pub path: String,
    /// Path as the user would open it: the manual folder as typed, then [`Self::path`].
    pub shown: String,
    /// The text, without a byte order mark; shared by all builds in which it is the same.
    pub text: Arc<String>,
}

/// An offset in a text, or the next possible one before it.
pub fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Tells lines and columns. Places in the order of their file take one look through it in all.
#[derive(Debug)]
pub struct Positions<'a> {
    sources: &'a Sources,
    known: HashMap<FileId, Known>,
}

/// What is known of a file.
#[derive(Debug)]
struct Known {
    /// Where its lines begin.
    lines: Vec<usize>,
    /// The last offset that was asked for, and its column.
    last: (usize, usize),
}

impl<'a> Positions<'a> {
    /// For these texts.
    pub fn new(sources: &'a Sources) -> Self {
        Self { sources, known: HashMap::new() }
    }

    /// Line and column (both from 1, the column in characters) of a byte offset. An offset past the end,
    /// or inside a character, counts as the next possible place before it.
    pub fn of(&mut self, file: FileId, offset: u32) -> (usize, usize) {
        let text = self.sources.get(file).text.as_str();
        let known = self.known.entry(file).or_insert_with(|| {
            let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            Known { lines: std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect(), last: (0, 1) }
        });
        let offset = boundary(text, offset as usize);
        let line = known.lines.partition_point(|begin| *begin <= offset);
        let begin = known.lines[line - 1];
        let (from, column) = Some(known.last).filter(|(last, _)| (begin..=offset).contains(last)).unwrap_or((begin, 1));
        known.last = (offset, column + text[from..offset].chars().count());
        (line, known.last.1)
    }
}

/// The texts of a manual, sorted by path, and after them those of a user's theme; a [`FileId`] is an
/// index into them.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    /// How many are the manual's.
    own: usize,
}

impl Sources {
    /// Takes files in any order and sorts them by path.
    pub fn new(mut files: Vec<SourceFile>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { own: files.len(), files }
    }

    /// Takes a text that is no part of the manual, so that reports can show it.
    pub fn append(&mut self, file: SourceFile) -> FileId {
        self.files.push(file);
        file_id(self.files.len() - 1)
    }

    /// Lets go of the texts of chapters, once there is nothing more to be shown of them.
    pub fn drop_chapters(&mut self) {
        let chapters = self.files[..self.own].iter_mut().filter(|file| is_chapter(&file.path));
        chapters.for_each(|file| file.text = Arc::default());
    }

    /// The file of an id.
    pub fn get(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// Whether a file is the manual's own and not a theme's.
    pub fn is_own(&self, id: FileId) -> bool {
        (id.0 as usize) < self.own
    }

    /// The file at a path relative to the manual folder.
    pub fn find(&self, path: &str) -> Option<(FileId, &SourceFile)> {
        let at = self.files[..self.own].binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        Some((file_id(at), &self.files[at]))
    }

    /// Whether there is a file in a folder, or deeper.
    pub fn has_in(&self, folder: &str) -> bool {
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

/// Whether a file of a manual is a chapter, by its name.
pub fn is_chapter(path: &str) -> bool {
    path.to_ascii_lowercase().ends_with(".md")
}

/// Whether a file outside of `assets/` is read as text that is no chapter, by its name: a bibliography, say.
pub fn is_text(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    ["yaml", "yml", "bib", "csl"].contains(&ending.as_str()) && !path.starts_with("assets/")
}

fn file_id(index: usize) -> FileId {
    FileId(u32::try_from(index).expect("a manual has fewer than 2^32 files"))
}

/// The files of a theme by their paths within it: those of the default theme, and over them those
/// of a user's theme.
#[derive(Debug, Clone, Default)]
pub struct ThemeFiles {
    /// The default theme.
    pub default: BTreeMap<String, Vec<u8>>,
    /// The user's theme.
    pub own: BTreeMap<String, ThemeFile>,
}

/// A file of a user's theme.
#[derive(Debug, Clone)]
pub struct ThemeFile {
    /// Its content.
    pub content: Vec<u8>,
    /// What reports show of it, if it is text.
    pub file: Option<FileId>,
}

impl ThemeFiles {
    /// Whether a user's theme has templates.
    pub fn has_own_templates(&self) -> bool {
        self.own.keys().any(|path| path.starts_with("templates/"))
    }

    /// The files in use, by their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let inherited = self.default.iter().filter(|(path, _)| !self.own.contains_key(*path));
        let inherited = inherited.map(|(path, content)| (path.as_str(), content.as_slice()));
        inherited.chain(self.own.iter().map(|(path, file)| (path.as_str(), file.content.as_slice())))
    }
}

/// The files of a manual that are not read as text: pictures, audio, video, attachments.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attachments {
    paths: BTreeSet<String>,
    by_lower_case: BTreeMap<String, String>,
    said: BTreeMap<String, Vec<(String, String)>>,
    unreadable: BTreeMap<String, String>,
    active: BTreeMap<String, String>,
}

impl Attachments {
    /// Takes paths relative to the manual folder.
    pub fn new(paths: impl IntoIterator<Item = String>) -> Self {
        let paths: BTreeSet<String> = paths.into_iter().collect();
        let by_lower_case = paths.iter().map(|path| (folded(path), path.clone())).collect();
        Self { paths, by_lower_case, said: BTreeMap::new(), unreadable: BTreeMap::new(), active: BTreeMap::new() }
    }

    /// Takes what pictures say of themselves beside what they show (Exif): by path, the names of fields with values.
    #[must_use]
    pub fn saying(self, said: BTreeMap<String, Vec<(String, String)>>) -> Self {
        Self { said, ..self }
    }

    /// Takes the files that cannot be read, and why.
    #[must_use]
    pub fn unreadable(self, unreadable: BTreeMap<String, String>) -> Self {
        Self { unreadable, ..self }
    }

    /// Takes the pictures that do something when they are opened, and what it is that does.
    #[must_use]
    pub fn active(self, active: BTreeMap<String, String>) -> Self {
        Self { active, ..self }
    }

    /// What does something in a picture when it is opened.
    pub fn act_of(&self, path: &str) -> Option<&str> {
        self.active.get(path).map(String::as_str)
    }

    /// Why a file cannot be read.
    pub fn fault_of(&self, path: &str) -> Option<&str> {
        self.unreadable.get(path).map(String::as_str)
    }

    /// The pictures that say anything of themselves, with the names of fields and their values.
    pub fn said(&self) -> impl Iterator<Item = (&str, &[(String, String)])> {
        self.said.iter().map(|(path, said)| (path.as_str(), said.as_slice()))
    }

    /// Whether a file stands at exactly this path.
    pub fn contains(&self, path: &str) -> bool {
        self.paths.contains(path)
    }

    /// Whether there is a file in a folder, or deeper.
    pub fn has_in(&self, folder: &str) -> bool {
        let begin = format!("{folder}/");
        self.paths.range(begin.clone()..).next().is_some_and(|path| path.starts_with(&begin))
    }

    /// A file whose path differs from `path` only in upper and lower case, or in how its letters are made up.
    pub fn differing_in_case(&self, path: &str) -> Option<&str> {
        self.by_lower_case.get(&folded(path)).map(String::as_str)
    }

    /// All paths, sorted.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.paths.iter().map(String::as_str)
    }
}

/// A path as a disk knows it on which case makes no difference, nor whether an `é` is one letter or two.
pub fn folded(path: &str) -> String {
    if path.is_ascii() { path.to_ascii_lowercase() } else { composed(path).to_lowercase() }
}

/// A path with its letters made up of as few pieces as can be (normal form C): macOS takes them apart.
pub fn composed(path: &str) -> String {
    path.nfc().collect()
}

/// Folders, to find the one that holds a file.
#[derive(Debug)]
pub struct Folders<'a> {
    places: HashMap<&'a str, usize>,
}

impl<'a> Folders<'a> {
    /// Takes folders by their paths; each has the place in which it comes.
    pub fn new(folders: impl Iterator<Item = &'a str>) -> Self {
        Self { places: folders.enumerate().map(|(at, folder)| (folder, at)).collect() }
    }

    /// The place of the deepest folder that holds a file.
    pub fn of(&self, path: &str) -> Option<usize> {
        let mut rest = path;
        while let Some((folder, _)) = rest.rsplit_once('/') {
            if let Some(place) = self.places.get(folder) {
                return Some(*place);
            }
            rest = folder;
        }
        None
    }
}

/// The file that marks a folder as a site made by this program.
pub const MARKER: &str = ".iptbook";

/// A manual's folder as values.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The texts.
    pub sources: Sources,
    /// The other files.
    pub attachments: Attachments,
}

/// Where the files of a site go as they are made.
pub trait Output: Sync {
    /// Takes a file, by its path relative to the site.
    ///
    /// # Errors
    /// When the machine fails.
    fn put(&self, path: &str, content: &[u8]) -> std::io::Result<()>;

    /// Takes over a file of the manual as it is; both paths are relative.
    ///
    /// # Errors
    /// When the machine fails.
    fn copy(&self, path: &str) -> std::io::Result<()>;
}

/// Takes the files of a site and keeps none.
#[derive(Debug, Clone, Copy)]
pub struct Nowhere;

impl Output for Nowhere {
    fn put(&self, _: &str, _: &[u8]) -> std::io::Result<()> {
        Ok(())
    }

    fn copy(&self, _: &str) -> std::io::Result<()> {
        Ok(())
    }
}

/// Resolves `target` against the folder of the file `from`, both relative to the manual folder.
/// `None` when the path leads out of the manual folder.
pub fn resolve(from: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    if let Some(rooted) = target.strip_prefix('/') {
        parts.clear();
        return resolve_onto(parts, rooted);
    }
    resolve_onto(parts, target)
}

fn resolve_onto<'a>(mut parts: Vec<&'a str>, target: &'a str) -> Option<String> {
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            other => parts.push(other),
        }
    }
    Some(parts.join("/"))
}

/// The path of `to` relative to the folder of `from`, both relative to one root.
pub fn relative(from: &str, to: &str) -> String {
    let from_folder: Vec<&str> = from.split('/').collect();
    let to_parts: Vec<&str> = to.split('/').collect();
    let shared = from_folder[..from_folder.len() - 1]
        .iter()
        .zip(&to_parts[..to_parts.len() - 1])
        .take_while(|(a, b)| a == b)
        .count();
    let mut path = "../".repeat(from_folder.len() - 1 - shared);
    path.push_str(&to_parts[shared..].join("/"));
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_survive_any_offset() {
        let file = SourceFile { path: "a".into(), shown: "a".into(), text: Arc::new("é\r\nbß c\n".into()) };
        let sources = Sources::new(vec![file]);
        let at = |offset| Positions::new(&sources).of(FileId(0), offset);
        let places = [(0, (1, 1)), (1, (1, 1)), (2, (1, 2)), (4, (2, 1)), (7, (2, 3)), (9, (2, 5)), (10, (3, 1))];
        places.into_iter().for_each(|(offset, place)| assert_eq!(at(offset), place, "{offset}"));
        assert_eq!(at(10_000), (3, 1));
        let mut one = Positions::new(&sources);
        for (offset, place) in [places, places].concat().into_iter().step_by(3) {
            assert_eq!(one.of(FileId(0), offset), place, "{offset}, after others");
        }
    }

    #[test]
    fn paths_resolve_and_relate() {
        assert_eq!(resolve("techniques/a.md", "../roles/b.md").as_deref(), Some("roles/b.md"));
        assert_eq!(resolve("index.md", "a/./b.md").as_deref(), Some("a/b.md"));
        assert_eq!(resolve("techniques/a.md", "/assets/x.png").as_deref(), Some("assets/x.png"));
        assert_eq!(resolve("index.md", "../secret.md"), None);
        let folders = Folders::new(["a", "a/b", "c"].into_iter());
        let of = ["a/b/x/y.md", "a/bc/x.md", "ab/x.md", "x.md"].map(|path| folders.of(path));
        assert_eq!(of, [Some(1), Some(0), None, None]);
        let attachments = Attachments::new(["a-b/x".to_owned(), "c/d/y".to_owned()]);
        assert_eq!(
            ["a-b", "a", "c", "c/d", "d"].map(|folder| attachments.has_in(folder)),
            [true, false, true, true, false]
        );
        assert_eq!(relative("techniques/a.html", "roles/b.html"), "../roles/b.html");
        assert_eq!(relative("techniques/a.html", "techniques/b.html"), "b.html");
        assert_eq!(relative("index.html", "roles/b.html"), "roles/b.html");
        assert_eq!(relative("a/b/c.html", "a/d.html"), "../d.html");
    }
}
