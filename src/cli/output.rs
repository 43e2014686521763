//! Writes answers to standard output and messages to standard error.

use std::io::Write as _;
use std::path::Path;
use std::time::Instant;

use crate::cli::failure::Failure;
use crate::cli::progress;

/// Writes a result and ends its line.
pub(crate) fn answer(line: &str) -> Result<(), Failure> {
    answer_exactly(format!("{line}\n").as_bytes())
}

/// Writes a result byte by byte. If the reader has stopped reading, that is not a failure.
pub(crate) fn answer_exactly(bytes: &[u8]) -> Result<(), Failure> {
    progress::end();
    match std::io::stdout().write_all(bytes) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::Machine(format!("cannot write the result: {error}")))
        }
        _ => Ok(()),
    }
}

/// Writes a message. If nobody can read it, it is lost.
pub(crate) fn tell(line: &str) {
    progress::end();
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// A number of things: "1 page", "12 pages".
pub(crate) fn number(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

/// A path in a form that works everywhere, also in manual.yaml.
pub(crate) fn shown(path: &Path) -> String {
    let path = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    let bare = path.strip_prefix("./").unwrap_or(&path).trim_end_matches('/');
    if bare.is_empty() { path } else { bare.to_owned() }
}

/// The time since, in words.
pub(crate) fn taken(begin: Instant) -> String {
    format!("{:.2} s", begin.elapsed().as_secs_f64())
}
