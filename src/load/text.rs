//! Reads the texts of a manual, except those that have not changed since they were last read.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::files::cause;
use crate::files::source::{SourceFile, Sources};
use crate::load::path::display_path;
use crate::load::walk::FileFault;
use crate::{diag, par, stamp};

/// The largest text that is read, in bytes.
pub(crate) const LARGEST_TEXT: u64 = 4 * 1024 * 1024;

/// By path, what shows whether a text of a manual has changed.
pub(crate) type FileStates = HashMap<String, u64>;

/// Reads the texts at `places`, by their paths in the manual `root`. A text whose state is the same as `before` is
/// taken from there. Returns the texts and their states; what cannot be read is added to `faults`.
pub(crate) fn read_all(
    root: &Path,
    places: Vec<(String, PathBuf)>,
    before: Option<(&Sources, &FileStates)>,
    faults: &mut Vec<FileFault>,
) -> (Vec<SourceFile>, FileStates) {
    let read = par::map(&places, |(path, place)| {
        // Looked at first: what changes while it is read has another state next time.
        let state = stamp::file_state(place).filter(|state| state.is_settled).map(|state| state.hash);
        let known = before.filter(|(_, states)| state.is_some() && states.get(path).copied() == state);
        let known = known.and_then(|(sources, _)| sources.find(path));
        (known.map_or_else(|| read_text(place).map(Arc::new), |(_, source)| Ok(Arc::clone(&source.text))), state)
    });
    let mut states = FileStates::default();
    let mut files = Vec::with_capacity(places.len());
    for ((path, _), (read, state)) in places.into_iter().zip(read) {
        match read {
            Ok(text) => {
                states.extend(state.map(|state| (path.clone(), state)));
                files.push(SourceFile { shown: display_path(root, &path), path, text });
            }
            Err((code, why, help)) => faults.push(FileFault { path, code, why, help }),
        }
    }
    (files, states)
}

/// Reads a text without its byte order mark, with line ends that are read everywhere. On failure, returns a code, what is wrong, and what to do.
fn read_text(path: &Path) -> Result<String, (&'static diag::Code, String, &'static str)> {
    let fault = |error: std::io::Error| {
        (
            &diag::UNREADABLE,
            format!("this file cannot be read: {}", cause::in_words(&error)),
            "make it readable, or remove it from the manual",
        )
    };
    let mut file = fs::File::open(path).map_err(fault)?;
    let size = file.metadata().map_or(0, |metadata| metadata.len());
    if size > LARGEST_TEXT {
        let why = format!(
            "this file has {} MB, but iptbook reads texts of up to {} MB",
            size / 1_000_000,
            LARGEST_TEXT / 1_000_000
        );
        return Err((&diag::TOO_LARGE, why, "split it into several chapters"));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
    std::io::Read::read_to_end(&mut file, &mut bytes).map_err(fault)?;
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        bytes.drain(..3);
    }
    // The line ends of old programs for the Mac: then the text has no others.
    if memchr::memchr(b'\n', &bytes).is_none() {
        bytes.iter_mut().filter(|byte| **byte == b'\r').for_each(|byte| *byte = b'\n');
    }
    String::from_utf8(bytes).map_err(|error| {
        let line =
            error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|&&byte| byte == b'\n').count() + 1;
        (
            &diag::NOT_UTF8,
            format!("this file is not saved as UTF-8 (see line {line})"),
            "save it as UTF-8 in your editor",
        )
    })
}
