//! Manages the folders beside a site: the one in which it is made, and those that earlier runs left.

use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::files::output::MARKER;
use crate::par;
use crate::write::error::{WriteError, machine};

/// How the name of an old site ends while the new one takes its place.
pub(in crate::write) const OLD: &str = "-old";

pub(in crate::write) fn after(folder: &Path, ending: &str) -> PathBuf {
    let mut name = folder.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

pub(in crate::write) fn may_replace(folder: &Path, shown: &Path) -> Result<(), WriteError> {
    if !folder.is_dir() {
        return Err(WriteError::NotAFolder(shown.into()));
    }
    let empty = fs::read_dir(folder).map_err(machine(folder))?.next().is_none();
    if empty || folder.join(MARKER).is_file() { Ok(()) } else { Err(WriteError::Foreign(shown.into())) }
}

/// Makes a folder that no other run has, on whatever machine or container.
pub(in crate::write) fn new_folder(parent: &Path, name: &str) -> Result<PathBuf, WriteError> {
    let process = std::process::id();
    for number in 0..10_000 {
        let folder = parent.join(format!(".{name}.iptbook-{process}-{number}"));
        match fs::create_dir(&folder) {
            Ok(()) => return Ok(folder),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            // The name of the new folder tells nobody anything.
            Err(cause) => return Err(WriteError::Machine { path: parent.join(name), cause }),
        }
    }
    let cause = io::Error::from(io::ErrorKind::AlreadyExists);
    Err(WriteError::Machine { path: parent.join(name), cause })
}

/// Removes a site, its marker last, so that what is left if this is interrupted is still known as ours.
pub(in crate::write) fn remove_site(folder: &Path) -> io::Result<()> {
    let entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    par::try_map(&entries, |entry| {
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

/// Removes what interrupted runs left beside the site: folders with our names that are empty or contain our marker, and
/// that no run is using.
pub(in crate::write) fn clean_up(parent: &Path, name: &str) {
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

/// Waits while another run makes a site for the same folder; calls `tell` first. Then removes what interrupted runs left.
pub(crate) fn wait_for_others(out: &Path, tell: impl FnOnce()) {
    let (Some(parent), Some(name)) = (out.parent(), out.file_name()) else { return };
    let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
    let prefix = format!(".{}.iptbook-", name.to_string_lossy());
    let Ok(entries) = fs::read_dir(parent) else { return };
    let ours: Vec<fs::DirEntry> =
        entries.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with(&prefix)).collect();
    if ours.is_empty() {
        return;
    }
    let markers = ours.iter().filter_map(|entry| fs::File::open(entry.path().join(MARKER)).ok());
    let held: Vec<fs::File> =
        markers.filter(|marker| matches!(marker.try_lock(), Err(fs::TryLockError::WouldBlock))).collect();
    if !held.is_empty() {
        tell();
        for marker in held {
            let _ = marker.lock();
        }
    }
    // This run may find that nothing changed, and make no folder of its own.
    clean_up(parent, &name.to_string_lossy());
}
