//! Describes what the reading of a text depends on.

use crate::model::mentions::Mentions;
use crate::model::raw_html::RawHtml;
use crate::span::Span;

/// How byte ranges of the text become places in the file.
#[derive(Debug, Clone, Copy)]
pub(crate) enum SourceMap {
    /// The text is in the file as it is, from here on.
    At(Span),
    /// The text was unquoted or folded: only the place of the whole text is known.
    Whole(Span),
}

impl SourceMap {
    pub(crate) fn span(self, start: usize, end: usize) -> Span {
        match self {
            Self::At(span) => span.slice(start, end),
            Self::Whole(span) => span,
        }
    }
}

/// What the reading of a text depends on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading<'a> {
    /// Where the text is.
    pub(crate) place: SourceMap,
    /// What to do with HTML.
    pub raw_html: RawHtml,
    /// The glossary: terms are noted, and become links in texts of chapters.
    pub(crate) mentions: Option<&'a Mentions>,
    /// The chapter the text belongs to, as `kind/id`: terms that mean it are not linked.
    pub(crate) own: &'a str,
    /// The chapter's title: a first heading that repeats it is left out.
    pub(crate) title: &'a str,
    /// The names of the directives, which may be written without their braces by mistake.
    pub(crate) directives: &'a [&'a str],
}

/// What the reading of chapters depends on, the same for all.
#[derive(Debug, Clone, Copy)]
pub struct Conditions<'a> {
    /// What to do with HTML.
    pub raw_html: RawHtml,
    /// The glossary.
    pub mentions: &'a Mentions,
}
