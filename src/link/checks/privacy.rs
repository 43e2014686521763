//! Whether a case holds something that may identify a person.
//!
//! A spelling checker, not proof: it finds what looks like a telephone number, an e-mail address, a
//! date of birth, a postcode, a record number or an NHS number, and nothing else.

use std::sync::LazyLock;

use regex::Regex;

use super::Context;
use crate::diag::{self, Diagnostic, Reports};
use crate::link::Manual;
use crate::model::Kind;
use crate::span::Span;

/// What something looks like, and when it really does.
struct Pattern {
    what: &'static str,
    regex: Regex,
    holds: fn(&str) -> bool,
}

static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let checked =
        |what, text: &str, holds| Pattern { what, regex: Regex::new(text).expect("the pattern is well formed"), holds };
    let pattern = |what, text: &str| checked(what, text, |_| true);
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
        checked("an NHS number", r"\b\d{3}[ -]?\d{3}[ -]?\d{4}\b", is_nhs_number),
        // Of the United Kingdom, whose last half no other word looks like.
        pattern("a postcode", r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"),
        pattern(
            "a telephone number",
            r"(?:\+|\b00|\(0|\b0)[\d](?:[\s().\-/]{0,2}\d){6,13}\b|\b\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}\b",
        ),
    ]
});

/// Whether ten digits are an NHS number: the last one checks the others, by the rule of the NHS Data
/// Model and Dictionary ("NHS number": weights 10 to 2, modulo 11).
fn is_nhs_number(text: &str) -> bool {
    let digits: Vec<u32> = text.chars().filter_map(|letter| letter.to_digit(10)).collect();
    let [first @ .., check] = digits.as_slice() else { return false };
    let sum: u32 = first.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    first.len() == 9 && (11 - sum % 11) % 11 == *check
}

/// # Reports
/// `privacy/possible-identifier`.
pub fn check(manual: &Manual, _: Context<'_>, reports: &mut Reports) {
    for (_, chapter) in manual.of_kind(Kind::Case) {
        let mut found: Vec<(usize, usize)> = Vec::new();
        let text = &chapter.text;
        for Pattern { what, regex, holds } in PATTERNS.iter() {
            for place in regex.find_iter(text).filter(|place| holds(place.as_str())) {
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
    use super::{PATTERNS, Pattern};

    #[test]
    fn identifiers_are_seen_and_scores_are_not() {
        let what = |text: &str| {
            let is_there =
                |pattern: &&Pattern| pattern.regex.find_iter(text).any(|found| (pattern.holds)(found.as_str()));
            PATTERNS.iter().find(is_there).map(|pattern| pattern.what)
        };
        for (text, wanted) in [
            ("write to anna@example.org now", Some("an e-mail address")),
            ("call 020 7946 0000", Some("a telephone number")),
            ("call +44 20 7946 0000", Some("a telephone number")),
            ("call 555-123-4567", Some("a telephone number")),
            ("born on 3 May 1980", Some("a date of birth")),
            ("DOB: 03/05/1980", Some("a date of birth")),
            ("MRN # 123456", Some("a record number")),
            ("NHS number 943 476 5919", Some("a record number")),
            ("he is 943 476 5919", Some("an NHS number")),
            ("he is 9434765919", Some("an NHS number")),
            ("in SW1A 1AA", Some("a postcode")),
            ("we saw 9434765918 and 1002003000 of them", None),
            ("PHQ-9 and ISO 9001A, IPT12 3AB", None),
            ("scored 18, then 9, of 27; 12-16 sessions in 2019-2020", None),
            ("PHQ-9 18 at session 1 and 9 at session 8", None),
        ] {
            assert_eq!(what(text), wanted, "{text}");
        }
    }
}
