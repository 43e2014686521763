//! Whether a case holds something that may identify a person.
//!
//! A spelling checker, not proof: it finds what looks like a telephone number, an e-mail address, a
//! date of birth or a record number, and nothing else.

use std::sync::LazyLock;

use regex::Regex;

use super::Context;
use crate::diag::{self, Diagnostic, Reports};
use crate::link::Manual;
use crate::model::Kind;
use crate::span::Span;

static PATTERNS: LazyLock<Vec<(&'static str, Regex)>> = LazyLock::new(|| {
    let pattern = |what, text: &str| (what, Regex::new(text).expect("the pattern is well formed"));
    vec![
        pattern("an e-mail address", r"[\w.+-]+@[\w-]+\.[\w.-]*\w"),
        pattern(
            "a date of birth",
            r"(?i)\b(?:born(?: on)?|date of birth|d\.?o\.?b\.?|birthday)\b:?\s*(?:on\s+)?(?:the\s+)?\d[\w ./-]{4,18}\d",
        ),
        pattern(
            "a record number",
            r"(?i)\b(?:mrn|nhs|chi|record|hospital|case|patient|chart)\s*(?:no\.?|number|nr\.?|id|#)\s*:?\s*[A-Z]{0,3}[\d][\d \-/]{3,}\d",
        ),
        pattern(
            "a telephone number",
            r"(?:\+|\b00|\(0|\b0)[\d](?:[\s().\-/]{0,2}\d){6,13}\b|\b\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}\b",
        ),
    ]
});

/// # Reports
/// `privacy/possible-identifier`.
pub fn check(manual: &Manual, _: Context<'_>, reports: &mut Reports) {
    for (_, chapter) in manual.of_kind(Kind::Case) {
        let mut found: Vec<(usize, usize)> = Vec::new();
        let text = &chapter.text;
        for (what, pattern) in PATTERNS.iter() {
            for place in pattern.find_iter(text) {
                if found.iter().any(|&(start, end)| place.start() < end && start < place.end()) {
                    continue;
                }
                found.push((place.start(), place.end()));
                reports.push(
                    Diagnostic::new(
                        &diag::POSSIBLE_IDENTIFIER,
                        Span::new(chapter.file, place.start(), place.end()),
                        format!("this looks like {what}"),
                    )
                    .help("take it out, or change it so that it belongs to nobody"),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::PATTERNS;

    #[test]
    fn identifiers_are_seen_and_scores_are_not() {
        let what = |text: &str| PATTERNS.iter().find(|(_, pattern)| pattern.is_match(text)).map(|(what, _)| *what);
        for (text, wanted) in [
            ("write to anna@example.org now", Some("an e-mail address")),
            ("call 020 7946 0000", Some("a telephone number")),
            ("call +44 20 7946 0000", Some("a telephone number")),
            ("call 555-123-4567", Some("a telephone number")),
            ("born on 3 May 1980", Some("a date of birth")),
            ("DOB: 03/05/1980", Some("a date of birth")),
            ("MRN # 123456", Some("a record number")),
            ("NHS number 943 476 5919", Some("a record number")),
            ("scored 18, then 9, of 27; 12-16 sessions in 2019-2020", None),
            ("PHQ-9 18 at session 1 and 9 at session 8", None),
        ] {
            assert_eq!(what(text), wanted, "{text}");
        }
    }
}
