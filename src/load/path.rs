//! Turns paths on disk into paths as the manual and the user write them.

use std::path::Path;

/// A path as seen from `root`, with `/` between its parts.
pub(crate) fn relative(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// A file's path as the user would type it.
pub(crate) fn display_path(root: &Path, path: &str) -> String {
    let root = root.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    match root.trim_end_matches('/') {
        "" | "." => path.to_owned(),
        root => format!("{}/{path}", root.trim_start_matches("./")),
    }
}
