//! Says in everyday words why the YAML crate stopped: what an author reads when nothing better is known.

use serde_yaml::Error;
use serde_yaml::budget::BudgetBreach;
use serde_yaml::granit_parser::ErrorKind;
use serde_yaml::localizer::ExternalMessageSource;

/// Where a text cannot be read further, and why.
#[derive(Debug)]
pub(in crate::model::yaml) struct Stop {
    /// The byte.
    pub(in crate::model::yaml) at: usize,
    /// Why.
    pub(in crate::model::yaml) why: &'static str,
    /// What to do.
    pub(in crate::model::yaml) help: String,
    /// What to write instead at the place of a mistake that is certain.
    pub(in crate::model::yaml) sure: Option<Sure>,
}

/// What is certain about a stop.
#[derive(Debug)]
pub(in crate::model::yaml) enum Sure {
    /// The words and the place are right; no other mistake is looked for.
    Words,
    /// The same, and what mends it: from one byte to another, another text.
    Mended(std::ops::Range<usize>, String),
    /// A `#` cuts a text.
    Cut,
}

const KEYS: &str = "write `key: value`, one on each line, with the same number of spaces before each key of a group";
const QUOTES: &str = "put the whole text in quotes";
const CLOSE: &str = "close the bracket: `]` for `[`, and `}` for `{`";
const TABS: &str = "use spaces instead of tabs";
const INDENT: &str = "put the same number of spaces before each key of a group, and before each item of a list";
const SPECIAL: &str = "put the whole text in quotes: then no character of it has a special meaning";
const HYPHEN: &str = "begin each item on a line of its own, with `- `";
const BACKSLASH: &str = "use single quotes, in which `\\` has no special meaning";
const SMALLER: &str = "remove a part of it, or write it in several files";

/// The stop that an error of the crate means, in `text`.
pub(in crate::model::yaml) fn stop(error: &Error, text: &str) -> Stop {
    let (line, column) = error.location().map_or((1, 1), |at| (at.line() as usize, at.column() as usize));
    let (why, help, is_sure) = match error.without_snippet() {
        Error::ExternalMessage { source, .. } => match &**source {
            ExternalMessageSource::Parser(error) => of_parser(error.kind()),
            _ => of_reader(error),
        },
        error => of_reader(error),
    };
    let is_cut = why == INTERCEPTED;
    let sure = if is_cut { Some(Sure::Cut) } else { is_sure.then_some(Sure::Words) };
    Stop { at: offset_of(text, line, column), why, help: help.to_owned(), sure }
}

const INTERCEPTED: &str = "a `#` cuts this text";

/// What the scanner and the parser say.
fn of_parser(kind: &ErrorKind) -> (&'static str, &'static str, bool) {
    use ErrorKind as Kind;
    let of_words = |why, help| (why, help, false);
    match kind {
        Kind::CommentInterceptedScalar => (INTERCEPTED, QUOTES, false),
        Kind::UnexpectedEofFlowSequence
        | Kind::UnexpectedEofFlowMapping
        | Kind::UnexpectedEofImplicitFlowMapping
        | Kind::UnclosedFlowCollection { .. } => of_words("a bracket is not closed", CLOSE),
        Kind::MisplacedFlowCollectionEnd => {
            of_words("this bracket closes nothing", "remove it, or put the whole text in quotes")
        }
        Kind::MismatchedFlowCollectionEnd { .. } => of_words("this bracket does not fit the one that opens", CLOSE),
        Kind::ExpectedFlowMappingSeparator | Kind::ExpectedFlowSequenceSeparator => of_words(
            "a comma or a closing bracket is missing here",
            "write a comma between two values, and a closing bracket after the last one",
        ),
        Kind::UnclosedQuotedScalar | Kind::DocumentIndicatorInQuotedScalar => {
            of_words("these quotes are not closed", "close the quotes at the end of the text, or remove them")
        }
        Kind::InvalidTrailingSingleQuotedScalar | Kind::InvalidTrailingDoubleQuotedScalar => of_words(
            "there is text after the closing quote",
            "put the whole text in quotes of the other kind, such as `'\"One\" and two'`",
        ),
        Kind::UnknownQuotedScalarEscape
        | Kind::InvalidQuotedScalarHexEscape
        | Kind::InvalidLowSurrogateHexEscape
        | Kind::InvalidLowSurrogate
        | Kind::MissingLowSurrogate
        | Kind::UnpairedLowSurrogate
        | Kind::InvalidUnicodeEscape => of_words("in double quotes, a `\\` has a special meaning", BACKSLASH),
        Kind::TabNotAllowed
        | Kind::TabInBlockIndentation
        | Kind::TabAtBlockScalarStart
        | Kind::TabInIndentation
        | Kind::TabInPlainScalar => of_words("there is a tab here", TABS),
        Kind::InvalidBlockEntryWhitespace | Kind::InvalidMappingValueWhitespace | Kind::ExpectedWhitespace => {
            of_words("there is a tab here, or a space is missing", TABS)
        }
        Kind::InvalidIndentation
        | Kind::InvalidBlockScalarIndent
        | Kind::InvalidQuotedScalarIndent
        | Kind::InvalidFlowScalarIndent => of_words("this line does not begin in the right column", INDENT),
        Kind::MappingValueNotAllowed
        | Kind::InvalidColonPlacement
        | Kind::FlowMappingValueAdjacentCollection
        | Kind::MappingKeyNotAllowed => of_words("there is a colon where none can be", "put the whole text in quotes"),
        Kind::SimpleKeyExpected | Kind::InvalidSimpleKey => of_words("there is no colon after this key", KEYS),
        Kind::ExpectedBlockMappingKey => of_words("this is not a key with a value", KEYS),
        Kind::ExpectedBlockSequenceEntry => of_words("this is not an item of the list", HYPHEN),
        Kind::BlockEntryInFlowCollection
        | Kind::BlockSequenceEntryNotAllowed
        | Kind::PlainScalarStartsWithDashFlowIndicator => of_words("a list cannot begin here", HYPHEN),
        Kind::ExpectedDocumentStart | Kind::InvalidDocumentEnd | Kind::MultipleDocumentsUnsupported => {
            of_words(TWICE, ONCE)
        }
        Kind::BomInsideDocument => {
            ("there is an invisible mark (a byte order mark) here", "remove it: type this place again", true)
        }
        Kind::RecursionLimitExceeded => (TOO_DEEP, FLATTER, true),
        Kind::ExpectedNodeContent => {
            of_words("a value is missing here", "write a value, or put the whole text in quotes")
        }
        _ => of_character(kind),
    }
}

/// What the scanner says of a character with a meaning.
fn of_character(kind: &ErrorKind) -> (&'static str, &'static str, bool) {
    use ErrorKind as Kind;
    let of_words = |why, help| (why, help, false);
    match kind {
        Kind::UnknownAnchor | Kind::MissingAnchorOrAliasName | Kind::AnchorCountOverflow => {
            of_words("a text cannot begin with `*` or `&`", SPECIAL)
        }
        Kind::UnexpectedCharacter { character } => match character {
            '@' => of_words("a text cannot begin with `@`", SPECIAL),
            '`' => of_words("a text cannot begin with a backtick", SPECIAL),
            '%' => of_words("a text cannot begin with `%`", SPECIAL),
            _ => of_words("a character here cannot be seen", "remove it: type this place again"),
        },
        Kind::ZeroBlockScalarIndent | Kind::InvalidBlockScalarHeader => {
            of_words("a text cannot begin with `|` or `>` on the same line", SPECIAL)
        }
        Kind::CommentNotSeparated => of_words("there is no space before this `#`", "write a space before the `#`"),
        Kind::ExpectedTagBang
        | Kind::ExpectedTagDirectiveBang
        | Kind::InvalidGlobalTagCharacter
        | Kind::UndeclaredTagHandle
        | Kind::InvalidTagDirectiveTerminator
        | Kind::InvalidTagTerminator
        | Kind::MissingTagUri
        | Kind::UnclosedVerbatimTag
        | Kind::InvalidTagEscape
        | Kind::InvalidTagUtf8LeadingByte
        | Kind::InvalidTagUtf8TrailingByte
        | Kind::InvalidTagUtf8 => of_words("a text cannot begin with `!`", SPECIAL),
        Kind::DuplicateVersionDirective
        | Kind::UnsupportedYamlMajorVersion
        | Kind::DuplicateTagDirective
        | Kind::MissingDocumentEndBeforeDirective
        | Kind::InvalidDirectiveTerminator
        | Kind::DirectiveDisallowed
        | Kind::MissingYamlVersionSeparator
        | Kind::MissingDirectiveName
        | Kind::InvalidDirectiveName
        | Kind::DirectiveByteLimitExceeded { .. }
        | Kind::TooManyReservedDirectiveParams { .. }
        | Kind::YamlVersionTooLong
        | Kind::MissingYamlVersion => {
            of_words("a line cannot begin with `%`", "remove this line, or put the text in quotes")
        }
        _ => of_words(UNCLEAR, KEYS),
    }
}

const UNCLEAR: &str = "this cannot be understood";

const TWICE: &str = "there is a second `---`";
const ONCE: &str = "remove the line `---`: only front matter has such lines, one before it and one after it";
const TOO_DEEP: &str = "lists and keys are nested too deep";
const FLATTER: &str = "write it with fewer levels; perhaps brackets are opened and not closed";

/// What the reader says, which is above the parser.
fn of_reader(error: &Error) -> (&'static str, &'static str, bool) {
    match error {
        Error::AliasError { error, .. } => of_reader(error.without_snippet()),
        Error::MultipleDocuments { .. } => (TWICE, ONCE, false),
        Error::UnknownAnchor { .. } => ("a text cannot begin with `*`", SPECIAL, false),
        Error::AliasReplayCounterOverflow { .. }
        | Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. } => {
            ("aliases (`*name`) repeat too much here", "write the values themselves instead of `*name`", true)
        }
        Error::RecursiveReferencesRequireWeakTypes { .. } => (
            "this alias (`*name`) stands within what it repeats",
            "write the values themselves instead of `*name`",
            true,
        ),
        Error::Budget { breach: BudgetBreach::Depth { .. }, .. } => (TOO_DEEP, FLATTER, true),
        Error::Budget { .. } => ("there is too much in this text for iptbook to read", SMALLER, true),
        Error::MergeValueNotMapOrSeqOfMaps { .. } | Error::MergeKeyNotAllowed { .. } => {
            ("the key `<<` has a special meaning", "use another key", true)
        }
        Error::InvalidBinaryBase64 { .. }
        | Error::BinaryNotUtf8 { .. }
        | Error::TaggedScalarCannotDeserializeIntoString { .. }
        | Error::TaggedEnumMismatch { .. }
        | Error::InvalidScalar { .. } => ("a text cannot begin with `!`", SPECIAL, false),
        Error::FoldedBlockScalarMustIndentContent { .. } => (
            "the lines of this text have no spaces before them",
            "put two more spaces before them than before the key",
            true,
        ),
        Error::InvalidUtf8Input | Error::IOError { .. } => {
            ("a character here cannot be read", "remove it, or save the file as UTF-8", true)
        }
        _ => (UNCLEAR, KEYS, false),
    }
}

/// The byte offset of a line and column, both from 1, the column in characters.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let mut start = 0;
    for _ in 1..line {
        match text[start..].find('\n') {
            Some(at) => start += at + 1,
            None => return text.len(),
        }
    }
    let line = text[start..].split('\n').next().unwrap_or_default();
    start + line.char_indices().nth(column.saturating_sub(1)).map_or(line.len(), |(at, _)| at)
}
