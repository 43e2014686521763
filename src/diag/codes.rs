//! Lists all codes, in one place.

use crate::diag::code::{
    Code,
    Severity::{Error, Warning},
};

macro_rules! codes {
    ($($ident:ident = $name:literal, $severity:ident, $summary:literal;)*) => {
        $(#[doc = $summary] pub(crate) const $ident: Code =
            Code {
                name: $name,
                severity: $severity,
                summary: $summary,
                explanation: include_str!(concat!("explained/", $name, ".md")),
            };)*
        /// All codes there are.
        pub static ALL: &[&Code] = &[$(&$ident),*];
    };
}

codes! {
    SYNTAX = "front-matter/syntax", Error, "The YAML cannot be read.";
    UNKNOWN_FIELD = "front-matter/unknown-field", Error, "A key that has no meaning here.";
    MISSING_FIELD = "front-matter/missing-field", Error, "A required key is not there.";
    WRONG_TYPE = "front-matter/wrong-type", Error, "A value of another type than the key takes.";
    BAD_VALUE = "front-matter/bad-value", Error, "A value of the right type that cannot be meant.";
    DUPLICATE_FIELD = "front-matter/duplicate-field", Error, "One key is given twice.";

    DUPLICATE_ID = "id/duplicate", Error, "Two chapters of one kind have the same id.";
    INVALID_ID = "id/invalid", Error, "An id is not in kebab-case.";

    UNKNOWN_TARGET = "link/unknown-target", Error, "A link names a chapter that does not exist.";
    AMBIGUOUS = "link/ambiguous", Error, "A short link fits several chapters.";
    UNKNOWN_HEADING = "link/unknown-heading", Error, "A link names a heading that its target does not have.";
    MISSING_FILE = "link/missing-file", Error, "A linked file, picture or attachment does not exist.";
    OUTSIDE_MANUAL = "link/outside-manual", Error, "A link leads out of the manual folder, or a picture is fetched from elsewhere.";
    WITHDRAWN = "link/withdrawn", Error, "A link leads to a withdrawn chapter.";
    EXTERNAL_GONE = "link/external-gone", Warning, "A page on the web that is not there any more.";
    EXTERNAL_MOVED = "link/external-moved", Warning, "A page on the web that has another address for good.";
    EXTERNAL_UNREACHABLE = "link/external-unreachable", Warning, "A page on the web that gives no answer.";
    CUT_BY_TABLE = "link/cut-by-table", Error, "A wiki link in a table whose `|` ends the cell.";
    CASE_MISMATCH = "link/case-mismatch", Error, "A link differs from the file's name in upper and lower case.";

    UNKNOWN_KEY = "citation/unknown-key", Error, "A citation names a work that the bibliography does not have.";
    BIBLIOGRAPHY_SYNTAX = "citation/bibliography-syntax", Error, "The bibliography cannot be read.";
    UNKNOWN_STYLE = "citation/unknown-style", Error, "The citation style is not known.";

    DUPLICATE_TERM = "glossary/duplicate-term", Error, "Two glossary entries have the same id or word.";
    UNUSED_TERM = "glossary/unused", Warning, "A glossary term that no chapter mentions.";

    UNKNOWN_DIRECTIVE = "directive/unknown", Error, "A directive that does not exist.";
    BAD_OPTION = "directive/bad-option", Error, "A directive's option that does not fit.";

    SESSION_GAP = "session/gap", Error, "The stages of a protocol leave a session uncovered.";
    OUTSIDE_PROTOCOL = "session/outside-protocol", Error, "A stage reaches past the last session of its protocol.";
    AGENDA_TOO_LONG = "session/agenda-too-long", Warning, "The agenda takes longer than the session.";
    UNUSED_STAGE = "session/unused-stage", Warning, "A stage that no protocol uses.";

    WRONG_KIND = "relation/wrong-kind", Error, "A relation names a chapter of another kind than it takes.";

    UNSOURCED = "evidence/unsourced", Warning, "A finding without a source.";

    NO_ALTERNATIVE_TEXT = "media/no-alternative-text", Warning, "A picture without a text alternative.";
    NO_TRANSCRIPT = "media/no-transcript", Warning, "A film without a transcript.";

    NO_SUMMARY = "page/no-summary", Warning, "A chapter without a summary.";
    ORPHAN = "page/orphan", Warning, "A chapter that belongs to no part.";
    TWO_PAGES_ONE_PATH = "page/two-pages-one-path", Error, "Two pages would be written to the same file.";
    BROKEN_LINK = "page/broken-link", Error, "A finished page links to what the site does not have.";
    REPEATED_ID = "page/duplicate-id", Error, "A finished page has one id more than once.";

    UNSAFE_HTML = "html/unsafe", Error, "HTML that is not allowed here was taken out.";

    NESTING = "text/nesting", Error, "A text is nested deeper than a page can show.";
    DIRECTION = "text/direction", Error, "An invisible letter turns the direction of a text.";

    OVERDUE = "review/overdue", Warning, "A chapter whose review date has passed.";
    DRAFT = "review/draft", Warning, "A draft that is taken in.";

    UNFILLED_SLOT = "slot/unfilled", Warning, "A slot that the service has not filled in.";

    NO_SAFETY_PAGE = "safety/missing", Warning, "A manual on treatment without a safety page.";

    POSSIBLE_IDENTIFIER = "privacy/possible-identifier", Warning, "Something in a case that may identify a person.";
    UNUSED_EXCEPTION = "privacy/unused-exception", Warning, "An exception to the search for identifiers that nothing needs.";

    NOT_UTF8 = "file/not-utf8", Error, "A file that is not UTF-8 text.";
    TOO_LARGE = "file/too-large", Error, "A file larger than iptbook reads.";
    TOO_MANY = "file/too-many", Error, "More files than iptbook reads.";
    UNREADABLE = "file/unreadable", Error, "A file that cannot be read.";
    BAD_NAME = "file/name", Error, "A file's name that not every system can have.";
    SYMLINK_OUTSIDE = "file/symlink-outside", Error, "A symbolic link that leads out of the manual folder.";

    BAD_TEMPLATE = "theme/template", Error, "A template that cannot be used.";
    MISSING_TEXT = "theme/missing-text", Warning, "Interface texts that the manual's language does not have.";
    BAD_THEME = "theme/invalid", Error, "A theme that cannot be used.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_well_formed() {
        let mut names: Vec<_> = ALL.iter().map(|code| code.name).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
        assert!(names.iter().all(|name| name.split('/').count() == 2));
        assert!(ALL.iter().all(|code| !code.summary.is_empty()));
        for code in ALL {
            assert!(code.explanation.starts_with(&format!("# {}\n\n", code.name)), "{}: another page", code.name);
            let examples = ["\n## Wrong\n", "\n## Right\n"].map(|heading| code.explanation.contains(heading));
            assert_eq!(examples[0], examples[1], "{}: half an example", code.name);
        }
    }

    #[test]
    fn a_code_is_compared_as_itself() {
        let found: &Code = ALL[0];
        assert!(*found == SYNTAX && found != &BAD_VALUE);
        assert!(matches!(*found, SYNTAX));
        assert_eq!(found.family(), "front-matter");
    }
}
