//! A folder on disk to values: the manual's texts and a theme's files.
//!
//! With [`crate::write`] the only place that touches a disk. What an author can mend (a file that
//! is no UTF-8, a link out of the folder) is reported; what only the machine can mend is an error.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use walkdir::WalkDir;

use crate::diag::{Diagnostic, Reports};
use crate::files::attachments::Attachments;
use crate::files::output::MARKER;
use crate::files::source::{self, Loaded, SourceFile, Sources};
use crate::files::theme::{ThemeFile, ThemeFiles};
use crate::model::svg;
use crate::span::Span;
use crate::{diag, par, stamp};

/// The largest text that is read, in bytes.
pub const LARGEST_TEXT: u64 = 4 * 1024 * 1024;

/// The most files of a manual.
const MOST_FILES: usize = 200_000;

/// The most folders that may be within each other.
const DEEPEST: usize = 64;

/// The largest picture whose Exif is looked for, in bytes: some sorts have to be read whole for it.
const LARGEST_PICTURE: u64 = 64 * 1024 * 1024;

static DEFAULT_THEME: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// What a new theme begins with, over the default one.
static NEW_THEME: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/new");

/// What a new manual begins with.
static STARTER: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/starter");

/// The manual that we ship.
static MANUAL: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/manual");

/// A failure of the machine while reading.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// There is no such folder.
    #[error("there is no folder `{0}`")]
    NoFolder(PathBuf),
    /// The folder is not a manual.
    #[error("`{0}` is not a manual: it has no manual.yaml")]
    NoManual(PathBuf),
    /// The folder cannot be read.
    #[error("cannot read {path}: {cause}")]
    Read {
        /// What was to be read.
        path: PathBuf,
        /// Why it could not be.
        cause: std::io::Error,
    },
}

/// Reads the folder of a manual.
///
/// # Reports
/// The family `file/…`.
///
/// # Errors
/// When the folder is no manual or cannot be read at all.
pub fn manual(root: &Path, reports: &mut Reports) -> Result<Loaded, LoadError> {
    manual_of(root, MOST_FILES, None, reports).map(|(loaded, _)| loaded)
}

/// By its path, how each text of a manual can be told from another state of itself.
pub type Marks = HashMap<String, u64>;

/// As [`manual`], but takes texts that did not change from what was read `before`, when they had the marks
/// beside it. Returns their marks now, too.
///
/// # Reports
/// As [`manual`].
///
/// # Errors
/// As [`manual`].
pub fn manual_again(
    root: &Path,
    before: Option<(&Sources, &Marks)>,
    reports: &mut Reports,
) -> Result<(Loaded, Marks), LoadError> {
    manual_of(root, MOST_FILES, before, reports)
}

fn manual_of(
    root: &Path,
    most_files: usize,
    before: Option<(&Sources, &Marks)>,
    reports: &mut Reports,
) -> Result<(Loaded, Marks), LoadError> {
    // What is there and cannot be looked at is not missing.
    let looked_at = |path: &Path| match fs::metadata(path) {
        Err(cause) if !matches!(cause.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Err(LoadError::Read { path: path.into(), cause })
        }
        looked_at => Ok(looked_at.ok()),
    };
    if !looked_at(root)?.is_some_and(|root| root.is_dir()) {
        return Err(LoadError::NoFolder(root.into()));
    }
    if !looked_at(&root.join("manual.yaml"))?.is_some_and(|file| file.is_file()) {
        return Err(LoadError::NoManual(root.into()));
    }
    let canonical = fs::canonicalize(root).map_err(|cause| LoadError::Read { path: root.into(), cause })?;
    let mut texts: Vec<(String, PathBuf)> = Vec::new();
    let mut attachments = Vec::new();
    let mut faults: Vec<(String, &'static diag::Code, String, &'static str)> = Vec::new();
    let mut followed = std::collections::HashSet::new();
    let mut walk = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
    while let Some(entry) = walk.next() {
        let entry = match entry {
            Ok(entry) => entry,
            // Emacs marks what is being edited with a link that leads nowhere.
            Err(error) if error.path().is_some_and(is_hidden) => continue,
            Err(error) => {
                let at = error.path().map(|path| relative(root, path)).unwrap_or_default();
                let why = if error.loop_ancestor().is_some() {
                    "this link leads back to a folder that holds it".to_owned()
                } else {
                    format!("this cannot be read: {}", error.io_error().map(ToString::to_string).unwrap_or_default())
                };
                faults.push((at, &diag::UNREADABLE, why, "take it out of the manual, or make it readable"));
                continue;
            }
        };
        let path = relative(root, entry.path());
        if path.is_empty() {
            continue;
        }
        let a_site = entry.file_type().is_dir() && entry.path().join(MARKER).is_file();
        if is_hidden(entry.path()) || a_site {
            if entry.file_type().is_dir() {
                walk.skip_current_dir();
            }
            continue;
        }
        if entry.path_is_symlink() && entry.file_type().is_dir() {
            // A folder is read once for all the links to it: links to links could lead on without end.
            let again = fs::canonicalize(entry.path()).is_ok_and(|target| !followed.insert(target));
            if again {
                walk.skip_current_dir();
                continue;
            }
        }
        if entry.path_is_symlink() && !fs::canonicalize(entry.path()).is_ok_and(|target| target.starts_with(&canonical))
        {
            let why = "this link leads out of the manual folder".to_owned();
            faults.push((path, &diag::SYMLINK_OUTSIDE, why, "copy the file into the manual instead"));
            if entry.file_type().is_dir() {
                walk.skip_current_dir();
            }
            continue;
        }
        if entry.path().to_str().is_none() {
            let why = "this name is not written in UTF-8".to_owned();
            faults.push((path, &diag::BAD_NAME, why, "give it another name"));
            if entry.file_type().is_dir() {
                walk.skip_current_dir();
            }
            continue;
        }
        if entry.file_type().is_dir() && entry.depth() > DEEPEST {
            let why = format!("more than {DEEPEST} folders are within each other");
            faults.push((path, &diag::TOO_MANY, why, "move the files into fewer folders"));
            walk.skip_current_dir();
            continue;
        }
        if !entry.file_type().is_file() {
            continue;
        }
        if texts.len() + attachments.len() == most_files {
            let why = format!("the manual has more than {most_files} files: this one and others are not read");
            faults.push((path, &diag::TOO_MANY, why, "give the folder of the manual alone, and make several of it"));
            break;
        }
        let is_chapter = source::is_chapter(&path) && !path.starts_with("assets/");
        if !is_chapter && !source::is_text(&path) {
            attachments.push(path);
            continue;
        }
        texts.push((path, entry.into_path()));
    }
    let read = par::map(&texts, |(path, place)| {
        // Looked at first: what changes while it is read has another mark next time.
        let mark = stamp::mark(place).filter(|mark| mark.is_settled).map(|mark| mark.hash);
        let known = before.filter(|(_, marks)| mark.is_some() && marks.get(path).copied() == mark);
        let known = known.and_then(|(sources, _)| sources.find(path));
        (known.map_or_else(|| read_text(place).map(Arc::new), |(_, source)| Ok(Arc::clone(&source.text))), mark)
    });
    let mut marks = Marks::default();
    let mut files = Vec::with_capacity(texts.len());
    for ((path, _), (read, mark)) in texts.into_iter().zip(read) {
        match read {
            Ok(text) => {
                marks.extend(mark.map(|mark| (path.clone(), mark)));
                files.push(SourceFile { shown: shown(root, &path), path, text });
            }
            Err((code, why, help)) => faults.push((path, code, why, help)),
        }
    }
    let empty = faults.iter().map(|(path, ..)| SourceFile {
        shown: shown(root, path),
        path: path.clone(),
        text: Arc::default(),
    });
    files.extend(empty);
    let sources = Sources::new(files);
    for (path, code, why, help) in faults {
        let (file, _) = sources.find(&path).expect("a file with a fault is among the sources");
        reports.push(Diagnostic::new(code, Span::top(file), why).help(help));
    }
    let pictures: Vec<&String> = attachments.iter().filter(|path| is_picture(path)).collect();
    let said = par::map(&pictures, |path| said_by(&root.join(path)));
    let said = pictures.into_iter().cloned().zip(said).filter(|(_, said)| !said.is_empty()).collect();
    let read = par::map(&attachments, |path| fs::File::open(root.join(path)).err().map(|error| error.to_string()));
    let unreadable = attachments.iter().cloned().zip(read).filter_map(|(path, why)| Some((path, why?))).collect();
    let drawings: Vec<&String> =
        attachments.iter().filter(|path| path.to_ascii_lowercase().ends_with(".svg")).collect();
    let texts = par::map(&drawings, |path| fs::read(root.join(path)).unwrap_or_default());
    // Other encodings could hide anything.
    let acts = texts.iter().map(|bytes| match std::str::from_utf8(bytes) {
        Ok(svg) => svg::act(svg),
        Err(_) => Some("letters that are not UTF-8".into()),
    });
    let active = drawings.into_iter().cloned().zip(acts).filter_map(|(path, act)| Some((path, act?))).collect();
    let attachments = Attachments::new(attachments).saying(said).unreadable(unreadable).active(active);
    Ok((Loaded { sources, attachments }, marks))
}

/// Whether the name of a file or folder says that it is nobody's business.
fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// Whether a file may hold Exif.
fn is_picture(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    ["jpg", "jpeg", "png", "webp", "tif", "tiff", "heic", "heif", "avif"].contains(&ending.as_str())
}

/// The fields of a picture's Exif that may tell of a person, by their names. One without, or that cannot be
/// read, says nothing.
fn said_by(place: &Path) -> Vec<(String, String)> {
    use exif::{Context, Tag, Value};
    // Of Windows, which the crate has no names for: UTF-16 as bytes.
    const OF_WINDOWS: [(u16, &str); 5] = [
        (0x9c9b, "XPTitle"),
        (0x9c9c, "XPComment"),
        (0x9c9d, "XPAuthor"),
        (0x9c9e, "XPKeywords"),
        (0x9c9f, "XPSubject"),
    ];
    const ALONE: [Tag; 6] = [
        Tag::GPSLatitude,
        Tag::Artist,
        Tag::CameraOwnerName,
        Tag::BodySerialNumber,
        Tag::ImageDescription,
        Tag::UserComment,
    ];
    let Ok(file) = fs::File::open(place) else { return Vec::new() };
    if file.metadata().is_ok_and(|metadata| metadata.len() > LARGEST_PICTURE) {
        return Vec::new();
    }
    let Ok(exif) = exif::Reader::new().read_from_container(&mut std::io::BufReader::new(file)) else {
        return Vec::new();
    };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim_matches(['\0', ' ']).to_owned();
    let mut said: Vec<(String, String)> = exif
        .fields()
        .filter_map(|field| {
            let of_windows = OF_WINDOWS.iter().find(|(number, _)| field.tag == Tag(Context::Tiff, *number));
            let value = match &field.value {
                Value::Byte(bytes) if of_windows.is_some() => {
                    let units: Vec<u16> =
                        bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
                    String::from_utf16_lossy(&units).trim_matches(['\0', ' ']).to_owned()
                }
                Value::Ascii(texts) => text(&texts.join(&b' ')),
                // Eight bytes say how the rest is written.
                Value::Undefined(bytes, _) => text(bytes.get(8..).unwrap_or_default()),
                value => value.display_as(field.tag).to_string(),
            };
            let name = match of_windows {
                Some((_, name)) => (*name).to_owned(),
                None => ALONE.contains(&field.tag).then(|| field.tag.to_string())?,
            };
            (!value.is_empty()).then_some((name, value))
        })
        .collect();
    said.sort();
    said.dedup();
    said
}

type Fault = (&'static diag::Code, String, &'static str);

fn read_text(path: &Path) -> Result<String, Fault> {
    let fault = |error: std::io::Error| {
        (&diag::UNREADABLE, format!("this file cannot be read: {error}"), "make it readable, or take it out")
    };
    let mut file = fs::File::open(path).map_err(fault)?;
    let size = file.metadata().map_or(0, |metadata| metadata.len());
    if size > LARGEST_TEXT {
        let why =
            format!("this file has {} MB; texts of up to {} MB are read", size / 1_000_000, LARGEST_TEXT / 1_000_000);
        return Err((&diag::TOO_LARGE, why, "split it into chapters"));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
    std::io::Read::read_to_end(&mut file, &mut bytes).map_err(fault)?;
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        bytes.drain(..3);
    }
    String::from_utf8(bytes).map_err(|error| {
        let line =
            error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|&&byte| byte == b'\n').count() + 1;
        (&diag::NOT_UTF8, format!("this file is not UTF-8 text (see line {line})"), "save it as UTF-8 in your editor")
    })
}

fn relative(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// A file's path as the user would type it.
fn shown(root: &Path, path: &str) -> String {
    let root = root.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    match root.trim_end_matches('/') {
        "" | "." => path.to_owned(),
        root => format!("{}/{path}", root.trim_start_matches("./")),
    }
}

/// Reads a theme: the default one, and over it the files of `folder`, whose texts join `sources`.
///
/// # Errors
/// When the folder does not exist or cannot be read.
pub fn theme(folder: Option<&Path>, sources: &mut Sources) -> Result<ThemeFiles, LoadError> {
    let mut theme = ThemeFiles { default: default_theme(), ..ThemeFiles::default() };
    let Some(folder) = folder else { return Ok(theme) };
    if !folder.is_dir() {
        return Err(LoadError::NoFolder(folder.into()));
    }
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|error| LoadError::Read {
            path: error.path().unwrap_or(folder).into(),
            cause: error.into_io_error().unwrap_or_else(|| std::io::Error::other("a loop of links")),
        })?;
        let path = relative(folder, entry.path());
        let in_place = ["templates/", "static/", "locales/"].iter().any(|start| path.starts_with(start));
        if !entry.file_type().is_file() || !(in_place || path == "theme.yaml") {
            continue;
        }
        let content = fs::read(entry.path()).map_err(|cause| LoadError::Read { path: entry.path().into(), cause })?;
        let text = (!path.starts_with("static/")).then(|| String::from_utf8(content.clone()).ok()).flatten();
        let file = text.map(|text| {
            sources.append(SourceFile { path: path.clone(), shown: shown(folder, &path), text: Arc::new(text) })
        });
        theme.own.insert(path, ThemeFile { content, file });
    }
    Ok(theme)
}

/// The files of the default theme, by their paths.
pub fn default_theme() -> BTreeMap<String, Vec<u8>> {
    all_of(&DEFAULT_THEME)
}

/// The files that a new theme begins with, by their paths.
pub fn new_theme() -> BTreeMap<String, Vec<u8>> {
    all_of(&NEW_THEME)
}

/// The files that a new manual begins with, by their paths.
pub fn starter() -> BTreeMap<String, Vec<u8>> {
    all_of(&STARTER)
}

/// The files of the manual that we ship, by their paths.
pub fn shipped_manual() -> BTreeMap<String, Vec<u8>> {
    all_of(&MANUAL)
}

fn all_of(dir: &Dir<'static>) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    embedded(dir, &mut files);
    files
}

fn embedded(dir: &Dir<'static>, files: &mut BTreeMap<String, Vec<u8>>) {
    for file in dir.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        files.insert(path, file.contents().to_vec());
    }
    dir.dirs().for_each(|dir| embedded(dir, files));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_files_are_read_than_there_may_be() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["manual.yaml", "a.md", "b.md", "c.md", "d.pdf"] {
            fs::write(folder.path().join(name), "").expect("a file");
        }
        let read = |most| {
            let mut reports = Reports::new();
            let loaded =
                manual_of(folder.path(), most, None, &mut reports).map(|(loaded, _)| loaded).expect("a manual");
            let found: Vec<(String, &str)> = reports
                .iter()
                .map(|report| (loaded.sources.get(report.span.file).path.clone(), report.code.name))
                .collect();
            found
        };
        assert_eq!(read(5), []);
        assert_eq!(read(3), [("d.pdf".to_owned(), "file/too-many")]);
    }
}
