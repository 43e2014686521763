//! Makes a site in a folder beside its destination, and then puts it there as a whole.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::{fs, io};

use crate::files::output::{MARKER, Output};
use crate::write::beside::{OLD, after, clean_up, may_replace, new_folder, remove_site};
use crate::write::error::{WriteError, machine};
use crate::write::system::{exchange, is_mount};

/// The text of the marker, for people who find it.
const MARKER_TEXT: &str = "This folder was made by iptbook and is replaced as a whole when it runs again.\n";

/// A site that is being made, in a folder beside its destination; removed unless it is [`publish`](Self::publish)ed.
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
    /// Checks whether `out` may be replaced, and makes a folder beside it.
    ///
    /// # Errors
    /// When `out` must not be replaced, or the system fails.
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
    /// When the system fails; then the old site is still in its place.
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

/// Where the site of a manual goes if no place is named: `site` or, if the working folder is in the manual, `site` beside
/// the manual.
pub(crate) fn usual_site(manual: &Path) -> PathBuf {
    let inside = || {
        let (manual, here) = (fs::canonicalize(manual).ok()?, fs::canonicalize(".").ok()?);
        here.strip_prefix(manual).ok().map(|inner| inner.components().count())
    };
    let up = inside().map_or(0, |steps| steps + 1);
    std::iter::repeat_n("..", up).chain(["site"]).collect()
}

/// Where the site of a manual may go, relative to the working folder: `site` or, if that is not possible, something
/// near it.
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
