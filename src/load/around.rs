//! Finds the manual that a folder or file is in.

use std::fs;
use std::path::{Path, PathBuf};

use crate::load::path::relative;

/// The folder that is taken for the manual when none is named and the working folder is in none.
const USUAL: &str = "manual";

/// The manual that is meant when none is named: the one that the working folder is in, or else `manual`.
pub(crate) fn usual_manual() -> PathBuf {
    above(Path::new(".")).unwrap_or_else(|| USUAL.into())
}

/// Whether a folder, which need not exist, is in a manual: that manual.
pub(crate) fn manual_around(folder: &Path) -> Option<PathBuf> {
    let there = folder.ancestors().find(|folder| folder.is_dir()).unwrap_or(Path::new("."));
    above(if there.as_os_str().is_empty() { Path::new(".") } else { there })
}

/// The manual that a file or folder is in, and its path there; `None` for a manual itself, and for what is in none.
pub(crate) fn file_in_manual(path: &Path) -> Option<(PathBuf, String)> {
    if is_manual(path) || !path.exists() {
        return None;
    }
    let folder = if path.is_dir() {
        path
    } else {
        path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
    };
    let manual = above(folder)?;
    let (whole, root) = (fs::canonicalize(path).ok()?, fs::canonicalize(&manual).ok()?);
    Some((manual, relative(&root, &whole)))
}

fn is_manual(folder: &Path) -> bool {
    folder.join("manual.yaml").is_file()
}

/// The nearest folder from `folder` upwards that is a manual, seen from the working folder.
fn above(folder: &Path) -> Option<PathBuf> {
    let whole = fs::canonicalize(folder).ok()?;
    let steps = whole.ancestors().position(is_manual)?;
    if steps == 0 {
        return Some(folder.to_owned());
    }
    // Where the path as typed goes up that far, it is shown as typed.
    let typed = folder.ancestors().nth(steps).filter(|typed| *typed != Path::new("."));
    // The working folder is the manual itself.
    let typed = typed.map(|typed| if typed.as_os_str().is_empty() { Path::new(".") } else { typed });
    let is_plain = folder.components().all(|part| matches!(part, std::path::Component::Normal(_)));
    let up: PathBuf = std::iter::repeat_n("..", steps).collect();
    Some(match typed.filter(|_| is_plain) {
        Some(typed) => typed.to_owned(),
        None if folder == Path::new(".") => up,
        None => folder.join(up),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_manual_above_is_found() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().join("a/manual");
        fs::create_dir_all(root.join("b/c")).expect("folders");
        fs::write(root.join("manual.yaml"), "title: A").expect("a file");
        fs::write(root.join("b/x.md"), "").expect("a file");
        let same = |found: Option<PathBuf>| found.map(|found| fs::canonicalize(found).expect("it exists"));
        let expected = Some(fs::canonicalize(&root).expect("it exists"));
        assert_eq!(same(manual_around(&root)), expected);
        assert_eq!(same(manual_around(&root.join("b/c"))), expected);
        assert_eq!(same(manual_around(&root.join("b/new/newer"))), expected);
        assert_eq!(manual_around(&folder.path().join("a")), None);
        let (manual, path) = file_in_manual(&root.join("b/x.md")).expect("it is in one");
        assert_eq!((same(Some(manual)), path.as_str()), (expected, "b/x.md"));
        assert_eq!(file_in_manual(&root), None);
        assert_eq!(file_in_manual(&root.join("b/y.md")), None);
    }
}
