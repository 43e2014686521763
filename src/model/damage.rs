//! Finds letters that were damaged on their way: saved in one encoding and read in another.

use memchr::memmem;

use crate::diag::{self, Diagnostic, Reports};
use crate::span::{FileId, Span};

/// What letters of UTF-8 begin with that was read as the encoding of Windows (1252) and saved as UTF-8: `Ã¼`, `â€™`, `Â°`.
const BEGINNINGS: [&[u8]; 4] = [b"\xc3\x83\xc2", b"\xc3\x83\xe2", b"\xc3\xa2\xe2\x82\xac", b"\xc3\x82\xc2"];

/// Looks through a text.
///
/// # Reports
/// `text/damaged`, one for a file.
pub(crate) fn check(file: FileId, text: &str, reports: &mut Reports) {
    let bytes = text.as_bytes();
    let first = BEGINNINGS.iter().filter_map(|begin| memmem::find(bytes, begin)).min();
    if let Some(at) = first {
        let end = at + text[at..].find(|letter: char| letter.is_ascii()).unwrap_or(text.len() - at);
        let letters = &text[at..end];
        let span = Span::new(file, at, end);
        let report = Diagnostic::new(&diag::DAMAGED, span, format!("these letters are damaged: `{letters}`"));
        return reports.push(match decoded(letters) {
            Some(right) => report
                .note("the file was opened as another encoding than UTF-8, and then saved")
                .help(format!("write `{right}`, and look for others in this file"))
                .fix(span, right),
            None => report.help("type this word again, and look for others in this file"),
        });
    }
    // What stands for a letter that could not be read.
    if let Some(at) = memmem::find(bytes, "\u{fffd}".as_bytes()) {
        let span = Span::new(file, at, at + "\u{fffd}".len());
        reports.push(
            Diagnostic::new(&diag::DAMAGED, span, "a letter is lost here: this sign stands for what could not be read")
                .help("type this word again, and look for others in this file"),
        );
    }
}

/// The letters as they were before they were read as Windows-1252.
fn decoded(letters: &str) -> Option<String> {
    // The bytes from 0x80 to 0x9f; those without a letter there are 0.
    const UPPER: [char; 32] = [
        '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“', '”',
        '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
    ];
    let byte = |letter: char| match u32::from(letter) {
        code @ 0xa0..=0xff => u8::try_from(code).ok(),
        // Bytes without a letter were kept as they were.
        code @ 0x80..=0x9f => u8::try_from(code).ok(),
        _ => UPPER.iter().position(|upper| *upper == letter).and_then(|at| u8::try_from(0x80 + at).ok()),
    };
    let bytes: Option<Vec<u8>> = letters.chars().map(byte).collect();
    String::from_utf8(bytes?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_read_as_they_were() {
        for (damaged, right) in [("Ã¼", "ü"), ("â€™", "’"), ("Ã–", "Ö"), ("Â°", "°"), ("â€œ", "“"), ("Ã©", "é")]
        {
            assert_eq!(decoded(damaged).as_deref(), Some(right), "{damaged}");
        }
    }

    #[test]
    fn what_looks_alike_is_not_reported() {
        let count = |text: &str| {
            let mut reports = Reports::new();
            check(FileId(0), text, &mut reports);
            reports.len()
        };
        assert_eq!(count("NÃO, SÃO, pâté, Âge, â, € 5, “x” – °C\n"), 0);
        assert_eq!(count("It is lost: caf\u{fffd}.\n"), 1);
        assert_eq!(count("itâ€™s\n"), 1);
    }
}
