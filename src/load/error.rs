//! Says why a folder could not be read.

use std::path::PathBuf;

use crate::files::cause;

/// A failure of the machine while reading.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// There is no such folder.
    #[error("there is no folder `{0}`")]
    NoFolder(PathBuf),
    /// The folder is not a manual.
    #[error("`{0}` is not a manual: it does not contain a manual.yaml")]
    NoManual(PathBuf),
    /// The folder cannot be read.
    #[error("cannot read {path}: {}", cause::in_words(.cause))]
    Read {
        /// What was to be read.
        path: PathBuf,
        /// Why it could not be.
        cause: std::io::Error,
    },
}
