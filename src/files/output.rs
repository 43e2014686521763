//! Says where the files of a site go.

/// The file that marks a folder as a site made by this program.
pub(crate) const MARKER: &str = ".iptbook";

/// Where the files of a site go as they are made.
pub trait Output: Sync {
    /// Takes a file, by its path relative to the site.
    ///
    /// # Errors
    /// When the system fails.
    fn put(&self, path: &str, content: &[u8]) -> std::io::Result<()>;

    /// Copies a file of the manual as it is; both paths are relative.
    ///
    /// # Errors
    /// When the system fails.
    fn copy(&self, path: &str) -> std::io::Result<()>;
}

/// Takes the files of a site and throws them away.
#[derive(Debug, Clone, Copy)]
pub struct NullOutput;

impl Output for NullOutput {
    fn put(&self, _: &str, _: &[u8]) -> std::io::Result<()> {
        Ok(())
    }

    fn copy(&self, _: &str) -> std::io::Result<()> {
        Ok(())
    }
}
