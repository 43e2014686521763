//! The files of a site to a folder on disk: the old site or the new one, never a mixture.
//!
//! A site is made in a folder beside the one it is meant for and takes its place whole, in one step
//! where the system has one. Only a folder that an earlier run made (it left a marker) or an empty
//! one is ever replaced.
//!
//! Files for people to change ([`new_files`], [`more_files`]) never take the place of others; texts of theirs
//! are changed together or not at all ([`rewrite`]).

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::{fs, io};

use crate::files::output::{MARKER, Output};

/// What the marker says, to people who find it.
const MARKER_TEXT: &str = "This folder was made by iptbook and is replaced as a whole when it runs again.\n";

/// Why a site could not be written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WriteError {
    /// The folder holds somebody's files.
    #[error(
        "`{0}` is not empty and was not made by iptbook: it is left as it is. Name another folder with --out, or empty it yourself"
    )]
    Foreign(PathBuf),
    /// The folder is the manual, or holds it.
    #[error("the site cannot be written to `{0}`, because the manual is in it")]
    HoldsManual(PathBuf),
    /// The folder is within the manual.
    #[error("the site cannot be written to `{0}`, which is in the manual: name a folder elsewhere with --out")]
    InManual(PathBuf),
    /// The folder is a link.
    #[error("`{0}` is a link to `{1}`: name that folder itself with --out")]
    Link(PathBuf, PathBuf),
    /// The folder is a disk of its own.
    #[error(
        "`{0}` is a disk of its own (a mount), which cannot be replaced as a whole: name a folder on it, with --out"
    )]
    Mount(PathBuf),
    /// There is a file of that name.
    #[error("`{0}` is a file, not a folder")]
    NotAFolder(PathBuf),
    /// A link that leads nowhere is where a folder is wanted.
    #[error("`{0}` is a link to `{1}`, which is not there: make that folder, or take the link away")]
    LeadsNowhere(PathBuf, PathBuf),
    /// A new folder is wanted, and this one holds files.
    #[error("`{0}` is not empty: it is left as it is. Name another folder")]
    NotEmpty(PathBuf),
    /// A file would be written over.
    #[error("`{0}` is there already and is left as it is: nothing was written")]
    Exists(PathBuf),
    /// A file is not what it was when it was read.
    #[error("`{0}` was changed meanwhile: nothing was written, try again")]
    Meanwhile(PathBuf),
    /// A file may be read only.
    #[error("`{0}` is read-only: nothing was changed. Make it writable first")]
    ReadOnly(PathBuf),
    /// A file has two names.
    #[error(
        "`{0}` and `{1}` are one file, by a link: nothing was changed. Take the link out, or make two files of them"
    )]
    TwoNames(PathBuf, PathBuf),
    /// A file that is to have another name is a link.
    #[error("`{0}` is a link to `{1}`: nothing was changed. Put the file itself there first")]
    Linked(PathBuf, PathBuf),
    /// A copy is to be made within what it is a copy of.
    #[error("`{0}` is in the folder that is to be copied: name a folder elsewhere")]
    InItself(PathBuf),
    /// The machine failed.
    #[error("cannot write {path}: {cause}")]
    Machine {
        /// What was to be written.
        path: PathBuf,
        /// Why it could not be.
        cause: io::Error,
    },
}

fn machine(path: &Path) -> impl FnOnce(io::Error) -> WriteError + '_ {
    move |cause| WriteError::Machine { path: path.into(), cause }
}

/// A site in the making, in a folder beside the one it is meant for; gone again unless it is
/// [`publish`](Self::publish)ed.
#[derive(Debug)]
pub(crate) struct Staging {
    folder: PathBuf,
    out: PathBuf,
    manual: PathBuf,
    /// The marker, locked.
    _held: fs::File,
    /// The folders in it that are there already.
    made: Mutex<HashSet<PathBuf>>,
}

impl Staging {
    /// Looks whether `out` may be replaced, and makes a folder beside it.
    ///
    /// # Errors
    /// When `out` is not ours to replace, or the machine fails.
    pub(crate) fn new(out: &Path, manual: &Path) -> Result<Self, WriteError> {
        let name = out.file_name().map(|name| name.to_string_lossy().into_owned());
        let Some(name) = name else { return Err(WriteError::HoldsManual(out.into())) };
        let parent = match out.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        if let Some(file) = parent.ancestors().find(|part| part.exists() && !part.is_dir()) {
            return Err(WriteError::NotAFolder(file.into()));
        }
        fs::create_dir_all(parent).map_err(machine(parent))?;
        let parent = fs::canonicalize(parent).map_err(machine(parent))?;
        let manual = fs::canonicalize(manual).map_err(machine(manual))?;
        let target = parent.join(&name);
        if let Ok(leads) = fs::read_link(&target) {
            return Err(WriteError::Link(out.into(), leads));
        }
        if manual.starts_with(&target) {
            return Err(WriteError::HoldsManual(out.into()));
        }
        if target.starts_with(&manual) {
            return Err(WriteError::InManual(out.into()));
        }
        if target.exists() {
            may_replace(&target, out)?;
            if is_mount(&target, &parent) {
                return Err(WriteError::Mount(out.into()));
            }
        }
        clean_up(&parent, &name);
        let (folder, held) = loop {
            let folder = new_folder(&parent, &name)?;
            let marker = folder.join(MARKER);
            let held = fs::File::create(&marker).and_then(|mut file| {
                // Held as long as this run lasts: other runs see that the folder is in use.
                let _ = file.lock();
                io::Write::write_all(&mut file, MARKER_TEXT.as_bytes())?;
                Ok(file)
            });
            match held {
                Ok(held) => break (folder, held),
                // Another run took the empty folder for one that was left behind.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(cause) => {
                    // On a full disk a folder may have room, and its marker none.
                    let _ = fs::remove_dir_all(&folder);
                    return Err(machine(&marker)(cause));
                }
            }
        };
        let staging = Self { folder, out: target, manual, _held: held, made: Mutex::default() };
        Ok(staging)
    }

    /// Puts the site in its place.
    ///
    /// # Errors
    /// When the machine fails; then the old site is still in its place.
    pub(crate) fn publish(self) -> Result<(), WriteError> {
        if !self.out.exists() {
            return fs::rename(&self.folder, &self.out).map_err(machine(&self.out));
        }
        // Somebody may have put files there since we looked.
        may_replace(&self.out, &self.out)?;
        if exchange(&self.folder, &self.out).is_ok() {
            // The folder beside is now the old site; it goes when `self` does.
            return Ok(());
        }
        // Without an exchange in one step there is a moment without a site, but never a mixture.
        let old = after(&self.folder, OLD);
        fs::rename(&self.out, &old).map_err(machine(&self.out))?;
        if let Err(cause) = fs::rename(&self.folder, &self.out) {
            let _ = fs::rename(&old, &self.out);
            return Err(WriteError::Machine { path: self.out.clone(), cause });
        }
        remove_site(&old).map_err(machine(&old))
    }

    fn place(&self, path: &str) -> io::Result<PathBuf> {
        let place = self.folder.join(path);
        if let Some(parent) = place.parent().filter(|parent| *parent != self.folder) {
            // Asking the system for each file costs more than remembering.
            let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
            if !made.contains(parent) {
                fs::create_dir_all(parent)?;
                made.insert(parent.to_path_buf());
            }
        }
        Ok(place)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if self.folder.exists() {
            let _ = remove_site(&self.folder);
        }
    }
}

impl Output for Staging {
    fn put(&self, path: &str, content: &[u8]) -> io::Result<()> {
        fs::write(self.place(path)?, content)
    }

    fn copy(&self, path: &str) -> io::Result<()> {
        fs::copy(self.manual.join(path), self.place(path)?).map(drop)
    }
}

/// Where a site of a manual may go, seen from the folder that one is in: `site`, or else what is near it.
pub(crate) fn place_for_site(manual: &Path) -> Option<PathBuf> {
    let (manual, here) = (fs::canonicalize(manual).ok()?, fs::canonicalize(".").ok()?);
    let may_be = |place: &Path| {
        let is_apart = !place.starts_with(&manual) && !manual.starts_with(place);
        is_apart && (!place.exists() || may_replace(place, place).is_ok())
    };
    let near = ["site", "our-site"].map(|name| (here.join(name), PathBuf::from(name)));
    let above = ["site", "our-site"].map(|name| (here.with_file_name(name), Path::new("..").join(name)));
    near.into_iter().chain(above).find(|(place, _)| may_be(place)).map(|(_, named)| named)
}

/// Writes files, by their paths in it, into a folder that is empty or not yet there.
///
/// # Errors
/// When the folder holds anything or is none, or the machine fails.
pub(crate) fn new_files(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<(), WriteError> {
    is_new(folder)?;
    more_files(folder, files)
}

/// As [`new_files`], with copies of the files at `paths` in the folder `from` beside them.
///
/// # Errors
/// As [`new_files`]; also when the new folder is within `from`.
pub(crate) fn new_copies(
    folder: &Path,
    files: &BTreeMap<String, Vec<u8>>,
    from: &Path,
    paths: &[String],
) -> Result<(), WriteError> {
    let whole = fs::canonicalize(from).map_err(machine(from))?;
    let there = std::path::absolute(folder).map_err(machine(folder))?;
    let above = there.ancestors().find_map(|above| fs::canonicalize(above).ok());
    if above.is_some_and(|above| above.starts_with(&whole)) {
        return Err(WriteError::InItself(folder.into()));
    }
    is_new(folder)?;
    let mut created = CreatedFiles::default();
    created.files(folder, files)?;
    for path in paths {
        let place = folder.join(path);
        let mut new = created.file(folder, &place)?;
        let copied = fs::File::open(from.join(path)).and_then(|mut old| io::copy(&mut old, &mut new));
        copied.map_err(machine(&place))?;
    }
    created.keep();
    Ok(())
}

/// Whether a folder is empty or not yet there.
fn is_new(folder: &Path) -> Result<(), WriteError> {
    if folder.is_dir() && fs::read_dir(folder).map_err(machine(folder))?.next().is_some() {
        return Err(WriteError::NotEmpty(folder.into()));
    }
    Ok(())
}

/// Writes files, by their paths in it, into a folder. If one of them is there already or cannot be written,
/// none is.
///
/// # Errors
/// When a file is there already or something is no folder, or the machine fails.
pub(crate) fn more_files(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<(), WriteError> {
    let mut created = CreatedFiles::default();
    created.files(folder, files)?;
    created.keep();
    Ok(())
}

/// The files and folders that a run made, in their order: gone again unless it [`keep`](Self::keep)s them.
#[derive(Default)]
struct CreatedFiles(Vec<PathBuf>);

impl CreatedFiles {
    /// Writes files, by their paths in it, into a folder. If one of them is there already, none is written.
    fn files(&mut self, folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<(), WriteError> {
        let there = |place: &Path| place.symlink_metadata().is_ok();
        for path in files.keys() {
            let place = folder.join(path);
            let above = place.ancestors().skip(1).take_while(|above| above.starts_with(folder));
            if let Some(above) = above.filter(|above| there(above)).find(|above| !above.is_dir()) {
                return Err(match fs::read_link(above) {
                    Ok(leads) if !above.exists() => WriteError::LeadsNowhere(above.into(), leads),
                    _ => WriteError::NotAFolder(above.into()),
                });
            }
            if there(&place) {
                return Err(WriteError::Exists(place));
            }
        }
        for (path, content) in files {
            let place = folder.join(path);
            let mut file = self.file(folder, &place)?;
            io::Write::write_all(&mut file, content).map_err(machine(&place))?;
        }
        Ok(())
    }

    /// Makes a file that is not there, and the folders that it stands in.
    fn file(&mut self, folder: &Path, place: &Path) -> Result<fs::File, WriteError> {
        let parent = place.parent().unwrap_or(folder);
        let missing: Vec<&Path> = parent.ancestors().take_while(|above| !above.exists()).collect();
        for above in missing.into_iter().rev().filter(|above| !above.as_os_str().is_empty()) {
            match fs::create_dir(above) {
                Ok(()) => self.0.push(above.into()),
                // Somebody may have made it since we looked.
                Err(_) if above.is_dir() => {}
                Err(cause) => return Err(machine(above)(cause)),
            }
        }
        let file = fs::File::create_new(place).map_err(machine(place))?;
        self.0.push(place.into());
        Ok(file)
    }

    /// All went well.
    fn keep(mut self) {
        self.0.clear();
    }
}

impl Drop for CreatedFiles {
    fn drop(&mut self) {
        for made in self.0.iter().rev() {
            // A folder goes only if nobody put anything else there.
            let _ = fs::remove_file(made).or_else(|_| fs::remove_dir(made));
        }
    }
}

/// A text to take another's place.
#[derive(Debug, Clone)]
pub(crate) struct Rewrite {
    /// The file, relative to the folder.
    pub(crate) path: String,
    /// Where the new text goes.
    pub(crate) new_path: String,
    /// The text, as it was read: without a byte order mark.
    pub(crate) old: String,
    /// The text, as it is to be.
    pub(crate) new: String,
}

/// Writes texts over others, all of them or none: the new texts are written beside the old ones first, then
/// take their places, and if one of these steps fails, those before it are taken back. `all` are the paths of the
/// folder's files: some may be links to others.
///
/// # Errors
/// When a file was changed since it was read, may only be read or has two names, a new name is taken, or the machine
/// fails.
pub(crate) fn rewrite<'a>(
    folder: &Path,
    rewrites: &[Rewrite],
    all: impl Iterator<Item = &'a str>,
) -> Result<(), WriteError> {
    const BOM: &[u8] = b"\xEF\xBB\xBF";
    const BESIDE: &str = ".iptbook-new";
    let beside = |path: &Path| {
        let mut name = std::ffi::OsString::from(".");
        name.push(path.file_name().unwrap_or_default());
        name.push(BESIDE);
        path.with_file_name(name)
    };
    let real = |path: &str| fs::canonicalize(folder.join(path)).ok();
    let own: HashMap<PathBuf, &str> = rewrites.iter().filter_map(|one| Some((real(&one.path)?, &*one.path))).collect();
    for path in all {
        if let Some(other) = real(path).and_then(|real| own.get(&real)).filter(|own| **own != path) {
            return Err(WriteError::TwoNames(folder.join(other), folder.join(path)));
        }
    }
    let mut steps: Vec<(PathBuf, PathBuf, Vec<u8>)> = Vec::new();
    let prepare = |steps: &mut Vec<(PathBuf, PathBuf, Vec<u8>)>| {
        for one in rewrites {
            let (old, new) = (folder.join(&one.path), folder.join(&one.new_path));
            let bytes = fs::read(&old).map_err(machine(&old))?;
            let mark = if bytes.starts_with(BOM) { BOM } else { b"" };
            if &bytes[mark.len()..] != one.old.as_bytes() {
                return Err(WriteError::Meanwhile(old));
            }
            if new != old && new.symlink_metadata().is_ok() {
                return Err(WriteError::Exists(new));
            }
            if let Some(target) = fs::read_link(&old).ok().filter(|_| new != old) {
                return Err(WriteError::Linked(old, target));
            }
            let place = beside(&old);
            let permissions = fs::metadata(&old).map_err(machine(&old))?.permissions();
            // Another file takes its place, which the folder alone might allow.
            if permissions.readonly() {
                return Err(WriteError::ReadOnly(old));
            }
            fs::OpenOptions::new().write(true).open(&old).map_err(machine(&old))?;
            steps.push((old, new, bytes));
            fs::write(&place, [mark, one.new.as_bytes()].concat()).map_err(machine(&place))?;
            fs::set_permissions(&place, permissions).map_err(machine(&place))?;
        }
        Ok(())
    };
    if let Err(error) = prepare(&mut steps) {
        steps.iter().for_each(|(old, ..)| drop(fs::remove_file(beside(old))));
        return Err(error);
    }
    for (at, (old, new, _)) in steps.iter().enumerate() {
        // What a link leads to is written, and the link stays.
        let there = fs::canonicalize(old).unwrap_or_else(|_| old.clone());
        let target = if new == old { &there } else { new };
        let mut done = fs::rename(beside(old), target);
        if done.is_ok() && new != old {
            done = fs::remove_file(old);
        }
        if let Err(cause) = done {
            for (old, new, bytes) in &steps[..=at] {
                let _ = fs::write(old, bytes);
                if new != old {
                    let _ = fs::remove_file(new);
                }
            }
            steps.iter().for_each(|(old, ..)| drop(fs::remove_file(beside(old))));
            return Err(machine(target)(cause));
        }
    }
    Ok(())
}

/// How the name of an old site ends while the new one takes its place.
const OLD: &str = "-old";

fn after(folder: &Path, ending: &str) -> PathBuf {
    let mut name = folder.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn may_replace(folder: &Path, shown: &Path) -> Result<(), WriteError> {
    if !folder.is_dir() {
        return Err(WriteError::NotAFolder(shown.into()));
    }
    let empty = fs::read_dir(folder).map_err(machine(folder))?.next().is_none();
    if empty || folder.join(MARKER).is_file() { Ok(()) } else { Err(WriteError::Foreign(shown.into())) }
}

/// Whether a folder is another disk than the one that holds it.
#[cfg(unix)]
fn is_mount(folder: &Path, parent: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let disk = |path: &Path| fs::metadata(path).map(|metadata| metadata.dev()).ok();
    disk(folder) != disk(parent)
}

#[cfg(not(unix))]
fn is_mount(_: &Path, _: &Path) -> bool {
    false
}

/// Makes a folder that no other run has, whatever machine or container that runs on.
fn new_folder(parent: &Path, name: &str) -> Result<PathBuf, WriteError> {
    let process = std::process::id();
    for number in 0..10_000 {
        let folder = parent.join(format!(".{name}.iptbook-{process}-{number}"));
        match fs::create_dir(&folder) {
            Ok(()) => return Ok(folder),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(cause) => return Err(WriteError::Machine { path: folder, cause }),
        }
    }
    let cause = io::Error::from(io::ErrorKind::AlreadyExists);
    Err(WriteError::Machine { path: parent.join(format!(".{name}.iptbook-{process}")), cause })
}

/// Takes a site away, its marker last, so that what is left of it if this is cut off is still known
/// as ours.
fn remove_site(folder: &Path) -> io::Result<()> {
    let entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    crate::par::try_map(&entries, |entry| {
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())
        } else if entry.file_name() != MARKER {
            fs::remove_file(entry.path())
        } else {
            Ok(())
        }
    })?;
    let _ = fs::remove_file(folder.join(MARKER));
    fs::remove_dir(folder)
}

/// Takes away what runs that were cut off left beside the site: folders of our naming which are empty or
/// have our marker in them, and which no run holds.
fn clean_up(parent: &Path, name: &str) {
    let prefix = format!(".{name}.iptbook-");
    let Ok(entries) = fs::read_dir(parent) else { return };
    for entry in entries.flatten() {
        if !entry.file_name().to_string_lossy().starts_with(&prefix) {
            continue;
        }
        let Ok(marker) = fs::File::open(entry.path().join(MARKER)) else {
            // Cut off before it got its marker; a folder that holds anything stays.
            let _ = fs::remove_dir(entry.path());
            continue;
        };
        if marker.try_lock().is_err() {
            continue;
        }
        let is_old = entry.file_name().to_string_lossy().ends_with(OLD);
        // A run was cut off between taking the old site away and putting the new one there.
        if !(is_old && fs::rename(entry.path(), parent.join(name)).is_ok()) {
            let _ = remove_site(&entry.path());
        }
    }
}

/// Waits while another run makes a site for the same folder; `tell` hears of it first.
pub(crate) fn wait_for_others(out: &Path, tell: impl FnOnce()) {
    let (Some(parent), Some(name)) = (out.parent(), out.file_name()) else { return };
    let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
    let prefix = format!(".{}.iptbook-", name.to_string_lossy());
    let Ok(entries) = fs::read_dir(parent) else { return };
    let ours = entries.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with(&prefix));
    let markers = ours.filter_map(|entry| fs::File::open(entry.path().join(MARKER)).ok());
    let held: Vec<fs::File> =
        markers.filter(|marker| matches!(marker.try_lock(), Err(fs::TryLockError::WouldBlock))).collect();
    if held.is_empty() {
        return;
    }
    tell();
    for marker in held {
        let _ = marker.lock();
    }
}

#[cfg(unix)]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).map_err(io::Error::from)
    }
    #[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
    {
        let _ = (a, b);
        Err(io::Error::from(io::ErrorKind::Unsupported))
    }
}

#[cfg(not(unix))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::Error::from(io::ErrorKind::Unsupported))
}
