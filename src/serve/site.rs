//! Keeps a site in memory, and says what changed in it.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use serde::Serialize;

use crate::files::output::Output;
use crate::render::address::made::is_page;

/// A file of a site.
#[derive(Debug, Clone)]
pub(crate) enum SiteFile {
    /// Made, and held in memory.
    Made(Bytes),
    /// A file of the manual: films are large, and are sent from the disk.
    OfManual,
}

/// A site in memory: files by their paths in it. Copies share the files.
#[derive(Debug, Clone, Default)]
pub(crate) struct Site {
    pub(crate) files: HashMap<Arc<str>, SiteFile>,
    /// Where the files of the manual are.
    pub(crate) manual: PathBuf,
}

/// Takes the files of a site that were made again.
#[derive(Debug)]
pub(crate) struct ChangedFiles {
    manual: PathBuf,
    files: Mutex<Vec<(Arc<str>, SiteFile)>>,
}

impl ChangedFiles {
    /// `manual` is the folder of the files that the site shows as they are.
    pub(crate) fn new(manual: PathBuf) -> Self {
        Self { manual, files: Mutex::default() }
    }

    fn add(&self, path: &str, file: SiteFile) {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).push((path.into(), file));
    }
}

impl Output for ChangedFiles {
    fn put(&self, path: &str, content: &[u8]) -> std::io::Result<()> {
        self.add(path, SiteFile::Made(Bytes::copy_from_slice(content)));
        Ok(())
    }

    fn copy(&self, path: &str) -> std::io::Result<()> {
        self.add(path, SiteFile::OfManual);
        Ok(())
    }
}

/// What became of a site by [`ChangedFiles`].
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct ChangeCount {
    /// How many files are others.
    pub(crate) files: usize,
    /// How many of them are pages.
    pub(crate) pages: usize,
    /// Whether anything changed that pages are shown with: style sheets, scripts, pictures.
    pub(crate) beside: bool,
}

impl ChangeCount {
    /// Whether anything is other than it was.
    pub(crate) fn any(self) -> bool {
        self.files > 0 || self.beside
    }
}

impl Site {
    /// Applies changes, and forgets files that are `gone`: all others, if the changes are the `whole` site.
    pub(crate) fn take(&mut self, changes: ChangedFiles, gone: &[String], whole: bool) -> ChangeCount {
        let mut changed = ChangeCount::default();
        self.manual = changes.manual;
        let files = changes.files.into_inner().unwrap_or_else(PoisonError::into_inner);
        if whole {
            let made: HashSet<&str> = files.iter().map(|(path, _)| &**path).collect();
            self.files.retain(|path, file| {
                let stays = made.contains(&**path);
                if !stays {
                    changed.note(path, file);
                }
                stays
            });
        }
        for (path, file) in files {
            let is_same = match (self.files.get(&path), &file) {
                (Some(SiteFile::Made(old)), SiteFile::Made(new)) => old == new,
                (Some(SiteFile::OfManual), SiteFile::OfManual) => true,
                _ => false,
            };
            if !is_same {
                changed.note(&path, &file);
                self.files.insert(path, file);
            }
        }
        for path in gone {
            if let Some(file) = self.files.remove(path.as_str()) {
                changed.note(path, &file);
            }
        }
        changed
    }

    /// The pages, by their paths.
    pub(crate) fn pages(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().filter_map(|(path, file)| match file {
            SiteFile::Made(content) => Some((&**path, &**content)),
            SiteFile::OfManual => None,
        })
    }

    /// The files that come from the manual as they are, by their paths.
    pub(crate) fn of_manual(&self) -> impl Iterator<Item = &str> {
        self.files.iter().filter(|(_, file)| matches!(file, SiteFile::OfManual)).map(|(path, _)| &**path)
    }
}

impl ChangeCount {
    /// Takes later changes in.
    pub(crate) fn add(&mut self, later: Self) {
        self.files += later.files;
        self.pages += later.pages;
        self.beside |= later.beside;
    }

    fn note(&mut self, path: &str, file: &SiteFile) {
        self.files += 1;
        if is_page(path) {
            self.pages += 1;
        } else if path.starts_with("static/") || matches!(file, SiteFile::OfManual) {
            // Data and the index of the search are asked for anew when they are wanted.
            self.beside = true;
        }
    }
}

/// A mistake, as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct BrowserReport {
    /// `error` or `warning`.
    pub(crate) severity: &'static str,
    /// As the terminal shows it.
    pub(crate) text: String,
}

/// What browsers are shown.
#[derive(Debug, Clone, Default)]
pub(crate) struct Preview {
    /// The last good site; none if there was none yet.
    pub(crate) site: Option<Arc<Site>>,
    /// Grows with each change of the site.
    pub(crate) version: u64,
    /// The version in which something other than the pages changed last.
    pub(crate) beside: u64,
    /// Why the manual is not shown as it is now.
    pub(crate) mistakes: Arc<[BrowserReport]>,
    /// The path below which the site will be published: the page for lost readers needs it.
    pub(crate) base: Arc<str>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_takes_what_changed_and_says_what() {
        let changes = |files: &[(&str, &str)]| {
            let changes = ChangedFiles::new("m".into());
            files.iter().for_each(|(path, content)| changes.put(path, content.as_bytes()).expect("memory"));
            changes
        };
        let mut site = Site::default();
        let all = [("index.html", "a"), ("a/b.html", "b"), ("static/x.css", "c"), ("data/m.json", "d")];
        let changed = site.take(changes(&all), &[], false);
        assert!(changed.pages == 2 && changed.beside);
        assert!(!site.take(changes(&all), &[], false).any());
        let changed = site.take(changes(&[("index.html", "aa"), ("data/m.json", "dd")]), &[], false);
        assert!(changed.pages == 1 && !changed.beside);
        let changed = site.take(changes(&[]), &["a/b.html".into(), "never.html".into()], false);
        assert_eq!((changed.pages, site.pages().count()), (1, 3));
        let picture = changes(&[]);
        picture.copy("assets/a.png").expect("memory");
        assert!(site.take(picture, &[], false).beside);
        assert_eq!(site.of_manual().collect::<Vec<_>>(), ["assets/a.png"]);
        let changed = site.take(changes(&all[..1]), &[], true);
        assert!(changed.any() && site.files.len() == 1);
    }
}
