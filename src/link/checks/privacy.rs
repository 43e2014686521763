//! Checks whether a case, or the information in a picture file, contains something that may identify a person.
//!
//! This works like a spelling checker and proves nothing: it finds what looks like a telephone number, an e-mail
//! address, a date of birth, a postcode, a record number or a national number, and nothing else.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};

use crate::diag;
use crate::diag::{Diagnostic, Reports};
use crate::link::checks::context::Context;
use crate::link::checks::national_numbers::SORTS;
use crate::link::manual::Manual;
use crate::model::kind::Kind;
use crate::span::Span;

/// What something looks like, and when it really does.
struct Pattern {
    what: &'static str,
    /// What a text must have before the regular expression is tried, or even prepared: with letters of all scripts in
    /// it, that takes up to a millisecond.
    needs: Needs,
    regex: LazyLock<Regex, Box<dyn FnOnce() -> Regex + Send>>,
    holds: fn(&str) -> bool,
}

/// What a text has at the least that holds something.
struct Needs {
    /// One of these, in small letters; nothing, where there are none.
    words: &'static [&'static str],
    /// So many digits one after the other, not counting spaces and marks between them.
    digits: usize,
}

impl Needs {
    fn are_in(&self, text: &Traits) -> bool {
        (self.words.is_empty() || self.words.iter().any(|word| text.small.contains(word))) && text.digits >= self.digits
    }
}

/// What patterns may need of a text.
struct Traits {
    /// The text in small letters.
    small: String,
    /// The most digits one after the other.
    digits: usize,
}

impl Traits {
    fn of(text: &str) -> Self {
        let (mut digits, mut most) = (0, 0);
        for letter in text.chars() {
            digits = match letter {
                letter if letter.is_numeric() => digits + 1,
                letter if letter.is_whitespace() || "().-/+".contains(letter) => digits,
                _ => 0,
            };
            most = most.max(digits);
        }
        // The old letter for `s` is one for regular expressions, too.
        Self { small: text.to_lowercase().replace('ſ', "s"), digits: most }
    }
}

static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let pattern = |what, words, digits, text: &'static str| Pattern {
        what,
        needs: Needs { words, digits },
        regex: LazyLock::new(Box::new(|| Regex::new(text).expect("the pattern is well formed"))),
        holds: |_| true,
    };
    let mut patterns = vec![
        pattern("an e-mail address", &["@"], 0, r"[\w.+-]+@[\w-]+\.[\w.-]*\w"),
        pattern(
            "a date of birth",
            &["born", "birth", "dob", "do.b", "d.ob", "d.o.b"],
            1,
            r"(?i)\b(?:born(?: on)?|date of birth|d\.?o\.?b\.?|birthday)\b:?\s*(?:on\s+)?(?:the\s+)?\d[\w ./-]{4,18}\d",
        ),
        pattern(
            "a record number",
            &["mrn", "nhs", "chi", "record", "hospital", "case", "patient", "chart"],
            2,
            r"(?i)\b(?:mrn|nhs|chi|record|hospital|case|patient|chart)\s*(?:no\.?|number|nr\.?|id|#)\s*:?\s*[A-Z]{0,3}[\d][\d \-/]{3,}\d",
        ),
        // Of the United Kingdom, whose last half no other word looks like.
        pattern("a postcode", &[], 1, r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"),
        pattern(
            "a telephone number",
            &[],
            7,
            r"(?:\+|\b00|\(0|\b0)[\d](?:[\s().\-/]{0,2}\d){6,13}\b|\b\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}\b",
        ),
    ];
    // Before telephone numbers, which look like many other things.
    let national = SORTS.iter().map(|sort| Pattern {
        what: sort.what,
        needs: Needs { words: &[], digits: sort.digits },
        // Digits of other scripts would make each of them take a millisecond to prepare.
        regex: LazyLock::new(Box::new(|| {
            RegexBuilder::new(sort.pattern).unicode(false).build().expect("the pattern is well formed")
        })),
        holds: sort.holds,
    });
    patterns.splice(3..3, national);
    patterns
});

/// What something looks like, and where it is in a text.
fn identifiers(text: &str) -> Vec<(&'static str, Range<usize>)> {
    let mut found: Vec<(&str, Range<usize>)> = Vec::new();
    let traits = Traits::of(text);
    for Pattern { what, regex, holds, .. } in PATTERNS.iter().filter(|pattern| pattern.needs.are_in(&traits)) {
        for place in regex.find_iter(text).filter(|place| holds(place.as_str())).map(|place| place.range()) {
            // One thing is one mistake.
            if found.iter().all(|(_, other)| place.start >= other.end || other.start >= place.end) {
                found.push((what, place));
            }
        }
    }
    found
}

/// # Reports
/// `privacy/possible-identifier`, `privacy/unused-exception`.
pub(crate) fn check(manual: &Manual, _: Context<'_>, reports: &mut Reports) {
    let mut exceptions: Vec<Exception> = manual
        .settings
        .yaml()
        .not_identifying()
        .filter_map(|record| {
            let text = record.text()?;
            Some(Exception { text: spaced(&text.value), span: text.span, used: false })
        })
        .collect();
    let mut is_excepted = |found: &str| {
        let found = spaced(found);
        let holding = exceptions.iter_mut().filter(|exception| exception.text == found);
        holding.map(|exception| exception.used = true).count() > 0
    };
    for (_, chapter) in manual.of_kind(Kind::Case) {
        for (what, place) in identifiers(&chapter.text) {
            if is_excepted(&chapter.text[place.clone()]) {
                continue;
            }
            let span = Span::new(chapter.file, place.start, place.end);
            reports.push(
                Diagnostic::new(&diag::POSSIBLE_IDENTIFIER, span, format!("this looks like {what}"))
                    .help("remove it, or change it so that it belongs to nobody. If it already belongs to nobody, list it in manual.yaml under `not-identifying`"),
            );
        }
    }
    let top = Span::top(manual.settings.file);
    for (path, fields) in manual.attachments.metadata().filter(|(path, _)| manual.is_published(path)) {
        let told = fields.iter().filter_map(|(name, value)| Some(format!("{} ({name})", told_by(name, value)?)));
        let told: Vec<String> = told.collect();
        if told.is_empty() || is_excepted(path) {
            continue;
        }
        let message = format!("the picture {path} contains hidden information: {}", told.join(", "));
        reports.push(
            Diagnostic::new(&diag::POSSIBLE_IDENTIFIER, top, message)
                .help("save it without its metadata (EXIF): every picture program can do this"),
        );
    }
    for exception in exceptions.iter().filter(|exception| !exception.used) {
        let message = format!("no case and no picture has `{}`", exception.text);
        reports.push(
            Diagnostic::new(&diag::UNUSED_EXCEPTION, exception.span, message)
                .help("remove this entry, or write it exactly as in the case, or as the path of the picture"),
        );
    }
}

/// What is known to belong to nobody.
struct Exception {
    text: String,
    span: Span,
    used: bool,
}

/// A text with single spaces.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a field of a picture file says about a person. The names are those of Exif 2.32 (CIPA DC-008).
fn told_by(name: &str, value: &str) -> Option<String> {
    match name {
        "GPSLatitude" => Some("where it was taken".into()),
        "Artist" | "CameraOwnerName" | "XPAuthor" => Some("a name".into()),
        "BodySerialNumber" => Some("whose camera it was".into()),
        _ => identifiers(value).first().map(|(what, _)| (*what).to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{PATTERNS, Traits, identifiers};

    #[test]
    fn identifiers_are_seen_and_scores_are_not() {
        let what = |text: &str| identifiers(text).first().map(|(what, _)| *what);
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

    /// What is looked for first must be in whatever the regular expressions find.
    #[test]
    fn what_a_pattern_needs_is_in_all_that_it_finds() {
        for text in [
            "a@b.de",
            "BORN 1/2/80",
            "birthday: 1 May 80",
            "Date of Birth ١٢٣٤٥٦",
            "D.O.B. 03/05/1980",
            "do.b 03/05/1980",
            "d.ob 03/05/1980",
            "ho\u{17f}pital no 1   2",
            "CASE #AB1/-2-3",
            "E1 7AA",
            "+1234567",
            "01(2).3-4/5 6 7 8",
            "+٢٠ ٧٩٤٦ ٠٠٠٠",
            "(555) 123 4567",
            "RSSMRA80A01H501U",
            "1 55 08 2A 168 025 38",
            "1234567T",
        ] {
            let traits = Traits::of(text);
            let finding: Vec<_> = PATTERNS.iter().filter(|pattern| pattern.regex.is_match(text)).collect();
            assert!(!finding.is_empty(), "{text}");
            for pattern in finding {
                assert!(pattern.needs.are_in(&traits), "{}: {text}", pattern.what);
            }
        }
    }
}
