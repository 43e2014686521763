//! Works with paths inside a manual.

use std::borrow::Cow;
use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization as _;

/// A path as a disk compares it if upper and lower case make no difference, nor whether an `é` is one character or two.
/// Each letter is compared alone, as disks do: a `Σ` at the end of a word is the same as elsewhere.
pub(crate) fn folded(path: &str) -> Cow<'_, str> {
    let plain = path.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if plain { path.into() } else { path.nfc().flat_map(char::to_lowercase).collect::<String>().into() }
}

/// A path whose letters consist of as few characters as possible (normal form C): macOS splits them.
pub(crate) fn composed(path: &str) -> String {
    path.nfc().collect()
}

/// Folders, to find the one that contains a file.
#[derive(Debug)]
pub(crate) struct Folders<'a> {
    places: HashMap<&'a str, usize>,
}

impl<'a> Folders<'a> {
    /// Takes folders by their paths, and numbers them in this order.
    pub(crate) fn new(folders: impl Iterator<Item = &'a str>) -> Self {
        Self { places: folders.enumerate().map(|(at, folder)| (folder, at)).collect() }
    }

    /// The number of the deepest folder that contains a file.
    pub(crate) fn of(&self, path: &str) -> Option<usize> {
        let mut rest = path;
        while let Some((folder, _)) = rest.rsplit_once('/') {
            if let Some(place) = self.places.get(folder) {
                return Some(*place);
            }
            rest = folder;
        }
        None
    }
}

/// Resolves `target` from the folder of the file `from`, both relative to the manual folder. `None` when the path leads
/// out of the manual folder.
pub fn resolve(from: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    if let Some(rooted) = target.strip_prefix('/') {
        parts.clear();
        return resolve_onto(parts, rooted);
    }
    resolve_onto(parts, target)
}

fn resolve_onto<'a>(mut parts: Vec<&'a str>, target: &'a str) -> Option<String> {
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            other => parts.push(other),
        }
    }
    Some(parts.join("/"))
}

/// The path of `to` relative to the folder of `from`, both relative to one root.
pub(crate) fn relative(from: &str, to: &str) -> String {
    let from_folder: Vec<&str> = from.split('/').collect();
    let to_parts: Vec<&str> = to.split('/').collect();
    let shared = from_folder[..from_folder.len() - 1]
        .iter()
        .zip(&to_parts[..to_parts.len() - 1])
        .take_while(|(a, b)| a == b)
        .count();
    let mut path = "../".repeat(from_folder.len() - 1 - shared);
    path.push_str(&to_parts[shared..].join("/"));
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::attachments::Attachments;

    #[test]
    fn paths_resolve_and_relate() {
        assert_eq!(resolve("techniques/a.md", "../roles/b.md").as_deref(), Some("roles/b.md"));
        assert_eq!(resolve("index.md", "a/./b.md").as_deref(), Some("a/b.md"));
        assert_eq!(resolve("techniques/a.md", "/assets/x.png").as_deref(), Some("assets/x.png"));
        assert_eq!(resolve("index.md", "../secret.md"), None);
        let folders = Folders::new(["a", "a/b", "c"].into_iter());
        let of = ["a/b/x/y.md", "a/bc/x.md", "ab/x.md", "x.md"].map(|path| folders.of(path));
        assert_eq!(of, [Some(1), Some(0), None, None]);
        let attachments = Attachments::new(["a-b/x".to_owned(), "c/d/y".to_owned()]);
        assert_eq!(
            ["a-b", "a", "c", "c/d", "d"].map(|folder| attachments.has_in(folder)),
            [true, false, true, true, false]
        );
        assert_eq!(relative("techniques/a.html", "roles/b.html"), "../roles/b.html");
        assert_eq!(relative("techniques/a.html", "techniques/b.html"), "b.html");
        assert_eq!(relative("index.html", "roles/b.html"), "roles/b.html");
        assert_eq!(relative("a/b/c.html", "a/d.html"), "../d.html");
    }
}
