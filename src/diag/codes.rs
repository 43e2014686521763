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
    CUT = "front-matter/cut", Error, "A text without quotes is cut at a `#`.";
    UNKNOWN_FIELD = "front-matter/unknown-field", Error, "A key is not known here.";
    MISSING_FIELD = "front-matter/missing-field", Error, "A required key is missing.";
    WRONG_TYPE = "front-matter/wrong-type", Error, "A value does not have the type that its key takes.";
    BAD_VALUE = "front-matter/bad-value", Error, "A value has the right type, but cannot be correct.";
    DUPLICATE_FIELD = "front-matter/duplicate-field", Error, "The same key is given twice.";

    DUPLICATE_ID = "id/duplicate", Error, "Two chapters of one kind have the same id.";
    INVALID_ID = "id/invalid", Error, "An id has a character that ids cannot have.";

    UNKNOWN_TARGET = "link/unknown-target", Error, "A link names a chapter that does not exist.";
    AMBIGUOUS = "link/ambiguous", Error, "A link could mean several chapters.";
    UNKNOWN_HEADING = "link/unknown-heading", Error, "A link names a heading that its page does not have.";
    MISSING_FILE = "link/missing-file", Error, "A linked file, picture or attachment does not exist.";
    OUTSIDE_MANUAL = "link/outside-manual", Error, "A link leads out of the manual folder, or a picture is on another website.";
    WITHDRAWN = "link/withdrawn", Error, "A link leads to a withdrawn chapter.";
    EXTERNAL_GONE = "link/external-gone", Warning, "A web page that a link leads to no longer exists.";
    EXTERNAL_MOVED = "link/external-moved", Warning, "A web page that a link leads to has moved permanently.";
    EXTERNAL_UNREACHABLE = "link/external-unreachable", Warning, "A web page that a link leads to does not answer.";
    CUT_BY_TABLE = "link/cut-by-table", Error, "A `|` in a table cuts a link in two.";
    CASE_MISMATCH = "link/case-mismatch", Error, "A link does not have the same capital letters as the file's name.";

    UNKNOWN_KEY = "citation/unknown-key", Error, "A citation names a work that is not in the bibliography.";
    UNREAD = "citation/unread", Error, "The key of a work is not read as a citation.";
    BIBLIOGRAPHY_SYNTAX = "citation/bibliography-syntax", Error, "The bibliography cannot be read.";
    UNKNOWN_STYLE = "citation/unknown-style", Error, "The citation style is not known or cannot be used.";

    DUPLICATE_TERM = "glossary/duplicate-term", Error, "Two glossary entries have the same id or word.";
    BAD_EXCEPTION = "glossary/bad-exception", Warning, "An exception of a glossary entry changes nothing, or too much.";
    UNUSED_TERM = "glossary/unused", Warning, "No chapter mentions a glossary term.";

    UNKNOWN_DIRECTIVE = "directive/unknown", Error, "A directive does not exist.";
    BAD_OPTION = "directive/bad-option", Error, "An option of a directive is not correct.";

    SESSION_GAP = "session/gap", Error, "The stages of a protocol leave out a session.";
    OUTSIDE_PROTOCOL = "session/outside-protocol", Error, "A stage or a plan goes beyond the last session of its protocol.";
    OUTSIDE_STAGE = "session/outside-stage", Error, "A plan is for a session that its stages do not have.";
    REPEATED_STAGE = "session/repeated-stage", Error, "A protocol has the same stage twice.";
    STAGE_ORDER = "session/stage-order", Warning, "A stage begins before the stage above it.";
    AGENDA_TOO_LONG = "session/agenda-too-long", Warning, "The agenda takes longer than the session.";
    UNUSED_STAGE = "session/unused-stage", Warning, "No protocol uses a stage.";

    WRONG_KIND = "relation/wrong-kind", Error, "A relation names a chapter of another kind than it takes.";

    UNSOURCED = "evidence/unsourced", Warning, "A finding has no source.";
    CONTRADICTION = "evidence/contradiction", Error, "The numbers of a finding contradict each other.";

    NOT_SHOWN = "media/not-shown", Error, "Browsers cannot show a picture of this format.";
    NO_ALTERNATIVE_TEXT = "media/no-alternative-text", Warning, "A picture has no text alternative.";
    NO_TRANSCRIPT = "media/no-transcript", Warning, "A video has no transcript.";

    NO_SUMMARY = "page/no-summary", Warning, "A chapter has no summary.";
    ORPHAN = "page/orphan", Warning, "A chapter does not belong to a part.";
    COPY = "page/copy", Warning, "The file of a chapter has the name of a copy of another one.";
    UNWRITTEN = "page/unwritten", Warning, "A chapter or a definition still has the words of a template.";
    TWO_PAGES_ONE_PATH = "page/two-pages-one-path", Error, "Two pages would be written to the same file.";
    BROKEN_LINK = "page/broken-link", Error, "A finished page has a link to something that is not in the site.";
    REPEATED_ID = "page/duplicate-id", Error, "A finished page has the same id more than once.";

    UNSAFE_HTML = "html/unsafe", Error, "A chapter or picture contains HTML that is not allowed.";

    LOST_CELL = "markdown/lost-cell", Error, "A row of a table has a cell that no column is for.";
    NO_TABLE = "markdown/no-table", Error, "Lines with bars are no table.";
    UNCLOSED_FENCE = "markdown/unclosed-fence", Error, "A block between lines of backticks does not end, or does not begin.";
    MERGE_CONFLICT = "markdown/merge-conflict", Error, "Two versions of a text were not made into one.";
    UNKNOWN_ALERT = "markdown/unknown-alert", Error, "An alert has a name that is not read, or words after its name.";
    UNREAD_IMAGE = "markdown/broken-image", Error, "What is meant as a picture is not one.";
    UNREAD_LINK = "markdown/broken-link", Error, "What is meant as a link is not one, or has no words.";
    FOOTNOTE = "markdown/footnote", Error, "A footnote is missing, is written twice, or is not used.";
    FOREIGN_SYNTAX = "markdown/foreign-syntax", Error, "Something is written as another tool reads it.";
    HEADING = "markdown/heading", Error, "What is meant as a heading is not one, or the other way round.";
    LIST = "markdown/list", Warning, "What is meant as a list is not one.";
    EMPHASIS = "markdown/emphasis", Error, "Stars make nothing bold, or make italic what was not meant.";
    INDENTED = "markdown/indented", Warning, "Words are shown as code, because spaces stand before them.";
    SHOWN_AS_TYPED = "markdown/plain-text", Warning, "Markdown stands in a text that is shown as it is typed.";
    BARE_ADDRESS = "markdown/bare-address", Warning, "An address is not a link.";

    NESTING = "text/nesting", Error, "A text has more levels than a page can show.";
    DAMAGED = "text/damaged", Warning, "Letters are damaged: saved in one encoding and read in another.";
    DIRECTION = "text/direction", Error, "An invisible character changes the direction of a text.";

    OVERDUE = "review/overdue", Warning, "The review date of a chapter has passed.";
    UNSIGNED = "review/unsigned", Warning, "A chapter is approved, but nothing says by whom or when.";
    IMPOSSIBLE_DAY = "review/impossible-day", Warning, "A day in document control cannot be right.";
    DRAFT = "review/draft", Warning, "A draft is included.";

    UNFILLED_SLOT = "slot/unfilled", Warning, "A slot has not been filled in.";

    NO_SAFETY_PAGE = "safety/missing", Warning, "A manual about treatment has no safety page.";

    POSSIBLE_IDENTIFIER = "privacy/possible-identifier", Warning, "Something in a case or picture may identify a person.";
    UNUSED_EXCEPTION = "privacy/unused-exception", Warning, "An entry under `not-identifying` is not needed.";

    NOT_UTF8 = "file/not-utf8", Error, "A file is not saved as UTF-8.";
    NOT_READ = "file/not-read", Warning, "A file or folder looks like part of the manual, but is not read.";
    TOO_LARGE = "file/too-large", Error, "A file is larger than iptbook can read.";
    TOO_MANY = "file/too-many", Error, "There are more files or folders than iptbook can read.";
    UNREADABLE = "file/unreadable", Error, "A file cannot be read.";
    BAD_NAME = "file/name", Error, "The name of a file is not allowed on every computer.";
    SYMLINK_OUTSIDE = "file/symlink-outside", Error, "A symbolic link leads out of the manual folder.";

    BAD_TEMPLATE = "theme/template", Error, "A template cannot be used.";
    MISSING_TEXT = "theme/missing-text", Warning, "Interface texts are missing in the manual's language.";
    BAD_THEME = "theme/invalid", Error, "A theme cannot be used.";
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
