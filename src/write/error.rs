//! Says why something was not written.

use std::io;
use std::path::{Path, PathBuf};

/// Why a site could not be written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WriteError {
    /// The folder contains somebody's files.
    #[error(
        "`{0}` is not empty and was not made by iptbook: it is left as it is. Name another folder with --out, or empty it yourself"
    )]
    Foreign(PathBuf),
    /// The folder is the manual, or contains it.
    #[error("the site cannot be written to `{0}`, because the manual is in it")]
    HoldsManual(PathBuf),
    /// The folder is within the manual.
    #[error("the site cannot be written to `{0}`, which is in the manual: name a folder elsewhere with --out")]
    InManual(PathBuf),
    /// The folder is a link.
    #[error("`{0}` is a link to `{1}`: name that folder itself with --out")]
    Link(PathBuf, PathBuf),
    /// The folder is a separate disk.
    #[error(
        "`{0}` is a disk of its own (a mount), which cannot be replaced as a whole: name a folder on it, with --out"
    )]
    Mount(PathBuf),
    /// There is a file of that name.
    #[error("`{0}` is a file, not a folder")]
    NotAFolder(PathBuf),
    /// There is a link that leads nowhere where the folder should be.
    #[error("`{0}` is a link to `{1}`, which is not there: make that folder, or take the link away")]
    LeadsNowhere(PathBuf, PathBuf),
    /// The folder should be new, but it contains files.
    #[error("`{0}` is not empty: it is left as it is. Name another folder")]
    NotEmpty(PathBuf),
    /// A file would be written over.
    #[error("`{0}` is there already and is left as it is: nothing was written")]
    Exists(PathBuf),
    /// A file has changed since it was read.
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
    /// A file that should get another name is a link.
    #[error("`{0}` is a link to `{1}`: nothing was changed. Put the file itself there first")]
    Linked(PathBuf, PathBuf),
    /// A copy would be inside its original.
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

pub(in crate::write) fn machine(path: &Path) -> impl FnOnce(io::Error) -> WriteError + '_ {
    move |cause| WriteError::Machine { path: path.into(), cause }
}
