//! Names what wakes up a preview.

/// What happened while somebody waits for it.
#[derive(Debug)]
pub(crate) enum Signal {
    /// Something may have changed on disk.
    Changed,
    /// The user wants an end.
    Stop,
}
