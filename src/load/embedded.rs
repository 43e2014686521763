//! Reads the files that are part of the program: the default theme, and what new themes and manuals begin with.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

static DEFAULT_THEME: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The files of a new theme, which replace those of the default theme.
static NEW_THEME: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/new");

/// What a new manual begins with.
static STARTER: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/starter");

/// The manual that we ship.
static MANUAL: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/manual");

/// The files of the default theme, by their paths.
pub fn default_theme() -> BTreeMap<String, Vec<u8>> {
    all_of(&DEFAULT_THEME)
}

/// The files that a new theme begins with, by their paths.
pub(crate) fn new_theme() -> BTreeMap<String, Vec<u8>> {
    all_of(&NEW_THEME)
}

/// The files that a new manual begins with, by their paths.
pub(crate) fn starter() -> BTreeMap<String, Vec<u8>> {
    all_of(&STARTER)
}

/// The files of the manual that comes with iptbook, by their paths.
pub(crate) fn shipped_manual() -> BTreeMap<String, Vec<u8>> {
    all_of(&MANUAL)
}

fn all_of(dir: &Dir<'static>) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    embedded(dir, &mut files);
    files
}

fn embedded(dir: &Dir<'static>, files: &mut BTreeMap<String, Vec<u8>>) {
    for file in dir.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        files.insert(path, file.contents().to_vec());
    }
    dir.dirs().for_each(|dir| embedded(dir, files));
}
