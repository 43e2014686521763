//! Reads the folder of a manual.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use crate::diag::{self, Diagnostic, Reports};
use crate::files::source::{Loaded, SourceFile, Sources};
use crate::load::attachment;
use crate::load::error::LoadError;
use crate::load::path::display_path;
use crate::load::text::{self, FileStates};
use crate::load::walk::{self, FileFault, ManualFiles};
use crate::span::Span;

/// The most files of a manual.
const MOST_FILES: usize = 200_000;

/// Reads the folder of a manual.
///
/// # Reports
/// The family `file/…`.
///
/// # Errors
/// When the folder is not a manual or cannot be read at all.
pub fn manual(root: &Path, reports: &mut Reports) -> Result<Loaded, LoadError> {
    manual_of(root, MOST_FILES, None, reports).map(|(loaded, _)| loaded)
}

/// Like [`manual`], but takes texts that did not change from what was read `before`, when they were in the states
/// beside it. Returns their states now, too.
///
/// # Reports
/// As [`manual`].
///
/// # Errors
/// As [`manual`].
pub(crate) fn manual_again(
    root: &Path,
    before: Option<(&Sources, &FileStates)>,
    reports: &mut Reports,
) -> Result<(Loaded, FileStates), LoadError> {
    manual_of(root, MOST_FILES, before, reports)
}

fn manual_of(
    root: &Path,
    most_files: usize,
    before: Option<(&Sources, &FileStates)>,
    reports: &mut Reports,
) -> Result<(Loaded, FileStates), LoadError> {
    is_manual(root)?;
    let ManualFiles { texts, attachments, mut faults } = walk::files(root, most_files)?;
    let (files, states) = text::read_all(root, texts, before, &mut faults);
    let documents = attachments.iter().filter(|path| is_lone_document(path, &files));
    faults.extend(documents.map(|path| FileFault {
        path: path.clone(),
        code: &diag::NOT_READ,
        why: "this document is not read as a chapter, and no chapter names it".to_owned(),
        help: "save its text as a file whose name ends with `.md`. If it is for readers to download, put it in `assets/`",
    }));
    let sources = with_faults(root, files, faults, reports);
    Ok((Loaded { sources, attachments: attachment::look(root, attachments) }, states))
}

/// Whether a file is a document of a word processor among chapters that none of them names.
fn is_lone_document(path: &str, files: &[SourceFile]) -> bool {
    const ENDINGS: [&str; 8] = [".docx", ".doc", ".odt", ".rtf", ".pages", ".wpd", ".docm", ".gdoc"];
    let lower = path.to_ascii_lowercase();
    let Some((folder, name)) = path.rsplit_once('/') else { return false };
    if !ENDINGS.iter().any(|ending| lower.ends_with(ending)) || path.starts_with("assets/") {
        return false;
    }
    let is_beside = |file: &SourceFile| file.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    let encoded = name.replace(' ', "%20");
    files.iter().any(is_beside) && !files.iter().any(|file| file.text.contains(name) || file.text.contains(&encoded))
}

/// Whether there is a manual.
///
/// # Errors
/// When there is no such folder, or it cannot be read.
fn is_manual(root: &Path) -> Result<(), LoadError> {
    let looked_at = |path: &Path| match fs::metadata(path) {
        Err(cause) if !matches!(cause.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Err(LoadError::Read { path: path.into(), cause })
        }
        looked_at => Ok(looked_at.ok()),
    };
    if !looked_at(root)?.is_some_and(|root| root.is_dir()) {
        return Err(LoadError::NoFolder(root.into()));
    }
    if !looked_at(&root.join("manual.yaml"))?.is_some_and(|file| file.is_file()) {
        return Err(LoadError::NoManual(root.into()));
    }
    Ok(())
}

/// The texts of a manual, with an empty one for each file that has a fault.
///
/// # Reports
/// The faults.
fn with_faults(root: &Path, mut files: Vec<SourceFile>, faults: Vec<FileFault>, reports: &mut Reports) -> Sources {
    let empty = faults.iter().map(|fault| SourceFile {
        shown: display_path(root, &fault.path),
        path: fault.path.clone(),
        text: Arc::default(),
    });
    files.extend(empty);
    let sources = Sources::new(files);
    for FileFault { path, code, why, help } in faults {
        let (file, _) = sources.find(&path).expect("a file with a fault is among the sources");
        reports.push(Diagnostic::new(code, Span::top(file), why).help(help));
    }
    sources
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_files_are_read_than_there_may_be() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["manual.yaml", "a.md", "b.md", "c.md", "d.pdf"] {
            fs::write(folder.path().join(name), "").expect("a file");
        }
        let read = |most| {
            let mut reports = Reports::new();
            let loaded =
                manual_of(folder.path(), most, None, &mut reports).map(|(loaded, _)| loaded).expect("a manual");
            let found: Vec<(String, &str)> = reports
                .iter()
                .map(|report| (loaded.sources.get(report.span().file).path.clone(), report.code.name))
                .collect();
            found
        };
        assert_eq!(read(5), []);
        assert_eq!(read(3), [("d.pdf".to_owned(), "file/too-many")]);
    }
}
