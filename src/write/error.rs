//! Says why something was not written.

use std::io;
use std::path::{Path, PathBuf};

use crate::files::cause;

/// Why a site could not be written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WriteError {
    /// The folder contains somebody's files.
    #[error(
        "`{0}` contains files and was not made by iptbook, so nothing was written. Name another folder with --out, or empty this one yourself"
    )]
    Foreign(PathBuf),
    /// The folder is the manual, or contains it.
    #[error("the site cannot be written to `{0}`, because the manual is in it: name another folder with --out")]
    HoldsManual(PathBuf),
    /// The folder is within the manual.
    #[error("the site cannot be written to `{0}`, which is in the manual: name another folder with --out")]
    InManual(PathBuf),
    /// The folder is a link.
    #[error("`{0}` is a link to `{1}`: name that folder itself with --out")]
    Link(PathBuf, PathBuf),
    /// The folder is a separate disk.
    #[error("`{0}` is a disk of its own (a mount), and iptbook cannot replace a disk: name a folder on it with --out")]
    Mount(PathBuf),
    /// There is a file of that name.
    #[error("`{0}` is a file, not a folder")]
    NotAFolder(PathBuf),
    /// There is a link that leads nowhere where the folder should be.
    #[error("`{0}` is a link to `{1}`, which does not exist: make that folder, or remove the link")]
    LeadsNowhere(PathBuf, PathBuf),
    /// The folder should be new, but it contains files.
    #[error("`{0}` is not empty, so nothing was written. Name another folder")]
    NotEmpty(PathBuf),
    /// A file would be written over.
    #[error("`{0}` already exists, so nothing was written")]
    Exists(PathBuf),
    /// A file has changed since it was read.
    #[error("`{0}` was changed at the same time, so nothing was written. Try again")]
    Meanwhile(PathBuf),
    /// A file may be read only.
    #[error("`{0}` is read-only, so nothing was changed. Allow changes to it first")]
    ReadOnly(PathBuf),
    /// A file has two names.
    #[error(
        "`{0}` and `{1}` are the same file, because of a link, so nothing was changed. Remove the link, or make two files of them"
    )]
    TwoNames(PathBuf, PathBuf),
    /// A file that should get another name is a link.
    #[error("`{0}` is a link to `{1}`, so nothing was changed. Put the file itself there first")]
    Linked(PathBuf, PathBuf),
    /// A copy would be inside its original.
    #[error("`{0}` is inside the folder that you want to copy: name another folder")]
    InItself(PathBuf),
    /// The machine failed.
    #[error("cannot write {path}: {}", cause::in_words(.cause))]
    Machine {
        /// What was to be written.
        path: PathBuf,
        /// Why it could not be.
        cause: io::Error,
    },
}

pub(in crate::write) fn machine(path: &Path) -> impl FnOnce(io::Error) -> WriteError + '_ {
    move |cause| WriteError::Machine { path: path.into(), cause }
}
