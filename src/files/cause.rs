//! Says in everyday words why a file could not be read or written.

use std::io::{Error, ErrorKind};

/// Why the system refused something: words for what people can do something about, and else what the system says. The
/// number is for those who ask somebody else.
pub(crate) fn in_words(cause: &Error) -> String {
    let words = match cause.kind() {
        ErrorKind::PermissionDenied => "you are not allowed to (look at who owns it, and who may change it)",
        ErrorKind::NotFound => "it does not exist",
        ErrorKind::StorageFull => "the disk is full",
        ErrorKind::QuotaExceeded => "your share of the disk is full",
        ErrorKind::ReadOnlyFilesystem => "the disk can only be read",
        ErrorKind::IsADirectory => "it is a folder",
        ErrorKind::NotADirectory => "part of its path is a file, not a folder",
        ErrorKind::InvalidFilename => "its name is too long, or has letters that this disk does not take",
        _ => return cause.to_string(),
    };
    match cause.raw_os_error() {
        Some(number) => format!("{words} (os error {number})"),
        None => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_causes_have_words_of_their_own() {
        let said = in_words(&Error::from(ErrorKind::StorageFull));
        assert_eq!(said, "the disk is full");
        assert!(in_words(&Error::from_raw_os_error(36)).ends_with("(os error 36)"));
    }
}
