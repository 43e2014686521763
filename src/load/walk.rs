//! Finds the files in a manual's folder: its texts, its other files, and those that cannot be used.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::diag;
use crate::files::cause;
use crate::files::output::MARKER;
use crate::files::source;
use crate::load::error::LoadError;
use crate::load::path::relative;

/// How deep folders may be nested.
const DEEPEST: usize = 64;

/// The file that makes a folder a manual.
const SETTINGS: &str = "manual.yaml";

/// What is wrong with a file or folder of a manual.
pub(crate) struct FileFault {
    pub(crate) path: String,
    pub(crate) code: &'static diag::Code,
    pub(crate) why: String,
    /// What to do.
    pub(crate) help: &'static str,
}

/// The files of a manual.
#[derive(Default)]
pub(crate) struct ManualFiles {
    /// Its texts: their paths in the manual, and where they are on disk.
    pub(crate) texts: Vec<(String, PathBuf)>,
    /// Its other files, by their paths in the manual.
    pub(crate) attachments: Vec<String>,
    pub(crate) faults: Vec<FileFault>,
}

impl ManualFiles {
    fn add(&mut self, path: String, place: PathBuf) {
        let is_chapter = source::is_chapter(&path) && !path.starts_with("assets/");
        // A forge shows it to those who look at the files.
        const OF_THE_FORGE: [&str; 6] =
            ["readme.md", "changelog.md", "contributing.md", "license.md", "code_of_conduct.md", "security.md"];
        if OF_THE_FORGE.iter().any(|name| path.eq_ignore_ascii_case(name)) {
            return;
        }
        // Word and LibreOffice have these as long as a document is open.
        let name = path.rsplit('/').next().unwrap_or_default();
        if name.starts_with("~$") || name.starts_with(".~lock.") {
            return;
        }
        if let Some(name) = nearly_known(&path) {
            let why = format!("this file is not read: iptbook reads `{name}`");
            let help = "rename it, with small letters and with the ending `.yaml`";
            self.faults.push(FileFault { path, code: &diag::NOT_READ, why, help });
            return;
        }
        if let Some(name) = copy_of_known(&path) {
            let why = format!("this file is not read: iptbook reads `{name}` in the folder of the manual");
            let help = "write what it says into that file, and remove this one";
            self.faults.push(FileFault { path, code: &diag::NOT_READ, why, help });
            return;
        }
        if let Some(ending) = nearly_a_chapter(&path) {
            let why = format!("this file is not read as a chapter, because its name ends with `{ending}`");
            let help = "rename it so that its name ends with `.md`. If it is only for readers to download, put it in `assets/`";
            self.faults.push(FileFault { path, code: &diag::NOT_READ, why, help });
            return;
        }
        if is_chapter || source::is_text(&path) {
            self.texts.push((path, place));
        } else {
            self.attachments.push(path);
        }
    }
}

/// The file of a manual that was probably meant by a name that is nearly its own.
fn nearly_known(path: &str) -> Option<&'static str> {
    let lower = path.to_lowercase();
    let stem = lower.strip_suffix(".txt").unwrap_or(&lower);
    let stem = stem.strip_suffix(".yml").or_else(|| stem.strip_suffix(".yaml"))?;
    ["manual.yaml", "glossary.yaml"].into_iter().find(|name| name.strip_suffix(".yaml") == Some(stem) && *name != path)
}

/// The file of a manual of which another one is a copy by its name: `glossary copy.yaml`, `techniques/glossary.yaml`.
fn copy_of_known(path: &str) -> Option<&'static str> {
    let lower = path.to_lowercase();
    let name = lower.rsplit('/').next()?;
    let stem = name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml"))?;
    [("glossary", "glossary.yaml"), ("manual", "manual.yaml")].into_iter().find_map(|(known, file)| {
        let rest = stem.strip_prefix(known)?;
        let is_copy = !rest.is_empty() && rest.starts_with([' ', '-', '_', '(', '.']) && !path.contains('/');
        let is_below = rest.is_empty() && known == "glossary" && path.contains('/') && !lower.starts_with("assets/");
        (is_copy || is_below).then_some(file)
    })
}

/// The ending of a file that is not a chapter, but was probably meant as one: Windows adds `.txt` without showing it, and
/// some editors have endings of their own.
fn nearly_a_chapter(path: &str) -> Option<&str> {
    const ENDINGS: [&str; 10] =
        [".md.txt", ".md.bak", ".markdown", ".mdown", ".mdwn", ".mkdn", ".mkd", ".mdx", ".qmd", ".rmd"];
    if path.starts_with("assets/") {
        return None;
    }
    ENDINGS.iter().find_map(|ending| {
        let begin = path.len().checked_sub(ending.len())?;
        path.get(begin..).filter(|found| found.eq_ignore_ascii_case(ending))
    })
}

/// Looks for the files of a manual, in the order of their names. Stops after `most` of them.
///
/// # Errors
/// When the folder cannot be looked at.
pub(crate) fn files(root: &Path, most: usize) -> Result<ManualFiles, LoadError> {
    let canonical = fs::canonicalize(root).map_err(|cause| LoadError::Read { path: root.into(), cause })?;
    let mut found = ManualFiles::default();
    let mut followed = HashSet::new();
    let mut walk = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
    while let Some(entry) = walk.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                found.faults.extend(unreadable(root, &error));
                continue;
            }
        };
        let path = relative(root, entry.path());
        if path.is_empty() {
            continue;
        }
        if let Some(left_out) = left_out(&entry, &canonical, &mut followed) {
            match left_out {
                Exclusion::Silently => {}
                Exclusion::For(code, why, help) => found.faults.push(FileFault { path, code, why, help }),
                Exclusion::OtherManual => found.faults.push(FileFault {
                    path: format!("{path}/{SETTINGS}"),
                    code: &diag::NOT_READ,
                    why: "this folder is a manual of its own, and is left out".to_owned(),
                    help: "move it out of this manual. If its chapters belong to this one, remove this file",
                }),
            }
            if entry.file_type().is_dir() {
                walk.skip_current_dir();
            }
            continue;
        }
        if !entry.file_type().is_file() {
            continue;
        }
        if found.texts.len() + found.attachments.len() == most {
            let why = format!("the manual has more than {most} files, so this file and others are not read");
            let help = "name the folder that contains only the manual; if the manual is too large, make several manuals from it";
            found.faults.push(FileFault { path, code: &diag::TOO_MANY, why, help });
            break;
        }
        found.add(path, entry.into_path());
    }
    Ok(found)
}

/// The fault of an entry that cannot be read.
fn unreadable(root: &Path, error: &walkdir::Error) -> Option<FileFault> {
    // Emacs marks what is being edited with a link that leads nowhere.
    if error.path().is_some_and(is_hidden) {
        return None;
    }
    let path = error.path().map(|path| relative(root, path)).unwrap_or_default();
    let why = if error.loop_ancestor().is_some() {
        "this link leads back to a folder that contains it".to_owned()
    } else {
        format!("this cannot be read: {}", error.io_error().map(cause::in_words).unwrap_or_default())
    };
    Some(FileFault { path, code: &diag::UNREADABLE, why, help: "make it readable, or remove it from the manual" })
}

/// The fault of a file or folder that is not part of a manual.
enum Exclusion {
    /// Nothing is said of it.
    Silently,
    /// It is a manual of its own.
    OtherManual,
    /// A fault: a code, what is wrong, and what to do.
    For(&'static diag::Code, String, &'static str),
}

/// Whether an entry, with everything in it, is left out of a manual. `canonical` is the manual's folder without links,
/// and `followed` has the folders that links have led to so far.
fn left_out(entry: &DirEntry, canonical: &Path, followed: &mut HashSet<PathBuf>) -> Option<Exclusion> {
    let is_folder = entry.file_type().is_dir();
    let is_site = is_folder && entry.path().join(MARKER).is_file();
    if is_hidden(entry.path()) || is_site {
        return Some(Exclusion::Silently);
    }
    if entry.path_is_symlink() {
        let target = fs::canonicalize(entry.path()).ok();
        // A folder is read once for all the links to it: links to links could lead on without end.
        if is_folder && target.as_ref().is_some_and(|target| !followed.insert(target.clone())) {
            return Some(Exclusion::Silently);
        }
        if !target.is_some_and(|target| target.starts_with(canonical)) {
            let why = "this link leads out of the manual folder".to_owned();
            return Some(Exclusion::For(&diag::SYMLINK_OUTSIDE, why, "copy the file into the manual instead"));
        }
    }
    if entry.path().to_str().is_none() {
        let why = "the name of this file or folder is not in UTF-8".to_owned();
        return Some(Exclusion::For(&diag::BAD_NAME, why, "rename it"));
    }
    // One in `assets/` is for readers to download.
    let is_asset = || {
        let top = entry.path().ancestors().nth(entry.depth() - 1);
        top.and_then(Path::file_name).is_some_and(|name| name == "assets")
    };
    if is_folder && entry.depth() > 0 && entry.path().join(SETTINGS).is_file() && !is_asset() {
        return Some(Exclusion::OtherManual);
    }
    if is_folder && entry.depth() > DEEPEST {
        let why = format!("more than {DEEPEST} folders are inside each other");
        return Some(Exclusion::For(&diag::TOO_MANY, why, "use fewer folders inside each other"));
    }
    None
}

/// Whether the name of a file or folder says that it is hidden.
fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}
