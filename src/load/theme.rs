//! Reads a theme: finds its folder, and lets its files replace those of the default theme.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::WalkDir;

use crate::diag;
use crate::diag::{Diagnostic, Reports};
use crate::files::source::{Loaded, SourceFile, Sources};
use crate::files::theme::{ThemeFile, ThemeFiles};
use crate::load::embedded::default_theme;
use crate::load::error::LoadError;
use crate::load::path::{display_path, relative};
use crate::model::settings;
use crate::span::Spanned;

/// Reads a theme: the default theme, with its files replaced by those of `folder`, whose texts are added to `sources`.
///
/// # Errors
/// When the folder does not exist or cannot be read.
pub fn theme(folder: Option<&Path>, sources: &mut Sources) -> Result<ThemeFiles, LoadError> {
    let mut theme = ThemeFiles { default: default_theme(), ..ThemeFiles::default() };
    let Some(folder) = folder else { return Ok(theme) };
    if !folder.is_dir() {
        return Err(LoadError::NoFolder(folder.into()));
    }
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|error| LoadError::Read {
            path: error.path().unwrap_or(folder).into(),
            cause: error.into_io_error().unwrap_or_else(|| std::io::Error::other("a loop of links")),
        })?;
        let path = relative(folder, entry.path());
        let in_place = ["templates/", "static/", "locales/"].iter().any(|start| path.starts_with(start));
        if !entry.file_type().is_file() || !(in_place || path == "theme.yaml") {
            continue;
        }
        let content = fs::read(entry.path()).map_err(|cause| LoadError::Read { path: entry.path().into(), cause })?;
        let text = (!path.starts_with("static/")).then(|| String::from_utf8(content.clone()).ok()).flatten();
        let file = text.map(|text| {
            sources.append(SourceFile { path: path.clone(), shown: display_path(folder, &path), text: Arc::new(text) })
        });
        theme.own.insert(path, ThemeFile { content, file });
    }
    Ok(theme)
}

/// The folder of a manual's theme: the one that was `asked` for, or the one in manual.yaml; none for the default theme.
///
/// # Reports
/// A theme that manual.yaml names but that does not exist.
pub(crate) fn theme_folder(
    root: &Path,
    asked: Option<&Path>,
    loaded: &Loaded,
    reports: &mut Reports,
) -> Option<PathBuf> {
    let (folder, named) = named_theme(root, asked, loaded)?;
    let Some(named) = named.filter(|_| !folder.is_dir()) else { return Some(folder) };
    let message = format!("there is no folder `{}` with a theme", named.value);
    reports.push(
        Diagnostic::new(&diag::BAD_VALUE, named.span, message)
            .help("write the path of a folder, starting from the folder of manual.yaml, or `default`"),
    );
    None
}

/// Like [`theme_folder`], but whether the folder exists or not, and with the line of manual.yaml that names it.
pub(crate) fn named_theme(
    root: &Path,
    asked: Option<&Path>,
    loaded: &Loaded,
) -> Option<(PathBuf, Option<Spanned<String>>)> {
    if let Some(theme) = asked {
        return (theme != Path::new("default")).then(|| (theme.to_owned(), None));
    }
    // Most name none, and need not be read twice.
    let (file, source) = loaded.sources.find("manual.yaml").filter(|(_, source)| source.text.contains("theme"))?;
    let settings = settings::parse(file, &source.text, &mut Reports::new());
    let named = settings.yaml().theme().filter(|named| named.value != "default")?;
    Some((root.join(&named.value), Some(named.clone())))
}

/// Whether the theme that a manual names is a folder, relative to the manual.
pub(crate) fn has_folder(root: &Path, named: &str) -> bool {
    root.join(named).is_dir()
}
