//! Names what wakes up a preview.

/// Something that a preview waits for.
#[derive(Debug)]
pub(crate) enum Signal {
    /// Something may have changed on disk.
    Changed,
    /// The user wants to stop.
    Stop,
}
