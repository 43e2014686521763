//! Changes texts that people wrote, together or not at all.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::write::error::{WriteError, machine};

/// A text to take another's place.
#[derive(Debug, Clone)]
pub(crate) struct Rewrite {
    /// The file, relative to the folder.
    pub(crate) path: String,
    /// Where the new text goes.
    pub(crate) new_path: String,
    /// The text, as it was read: without a byte order mark.
    pub(crate) old: String,
    /// The new text.
    pub(crate) new: String,
}

/// Replaces texts, all of them or none: the new texts are first written beside the old ones and then take their places.
/// If one of these steps fails, the steps before it are undone. `all` are the paths of the folder's files: some may be
/// links to others.
///
/// # Errors
/// When a file was changed since it was read, is read-only or has two names, a new name is already in use, or the
/// system fails.
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
            let written = fs::write(&place, [mark, one.new.as_bytes()].concat())
                .and_then(|()| fs::set_permissions(&place, permissions));
            let failed = written.map_err(machine(&old));
            steps.push((old, new, bytes));
            failed?;
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
