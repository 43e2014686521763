//! Writes new files for people to change, which never replace others.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::write::error::{WriteError, machine};

/// Writes files, by their paths in it, into a folder that is empty or does not exist yet.
///
/// # Errors
/// When the folder contains anything or is not a folder, or the system fails.
pub(crate) fn new_files(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<(), WriteError> {
    is_new(folder)?;
    more_files(folder, files)
}

/// Like [`new_files`], and also copies the files at `paths` in the folder `from`.
///
/// # Errors
/// Like [`new_files`]; also when the new folder is inside `from`.
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

/// Whether a folder is empty or does not exist yet.
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
/// When a file exists already, something is not a folder, or the system fails.
pub(crate) fn more_files(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<(), WriteError> {
    let mut created = CreatedFiles::default();
    created.files(folder, files)?;
    created.keep();
    Ok(())
}

/// The files and folders that a run made, in their order: removed unless it [`keep`](Self::keep)s them.
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

    /// Makes a file that does not exist yet, and its folders.
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
