//! Turns Markdown into HTML with holes: the only folder that names pulldown-cmark, and the only file that sets its
//! options.
//!
//! A chapter's text is read once. What depends on nothing else becomes HTML at once. What depends on other chapters,
//! the bibliography, the glossary, the locale or the page that will show it becomes a
//! [`Fill`](crate::model::body::Fill) at a byte offset of that HTML: a hole that [`crate::render`] fills. Nothing here
//! knows another file.
//!
//! # Who may use whom
//!
//! ```text
//! markdown -> { citations, writer }
//! writer -> keys
//! citations -> { keys, writer }
//! links -> writer
//! headings -> writer
//! footnotes -> writer
//! blocks -> writer
//! ```

pub(crate) mod blocks;
pub(crate) mod citations;
pub(crate) mod footnotes;
pub(crate) mod headings;
pub(crate) mod keys;
pub(crate) mod links;
pub(crate) mod writer;

use pulldown_cmark::{BrokenLink, CowStr, Options, Parser};

use crate::diag::Reports;
use crate::model::body::Body;
use crate::model::markdown::writer::Writer;
use crate::model::reading::Reading;
use crate::model::text::escape;

fn options(block: bool) -> Options {
    let mut options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_MATH | Options::ENABLE_WIKILINKS;
    if block {
        options |= Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_DEFINITION_LIST
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_SMART_PUNCTUATION
            | Options::ENABLE_GFM;
    }
    options
}

/// Reads a chapter's text.
///
/// # Reports
/// `html/unsafe` and `link/outside-manual`; everything that needs other files is left to
/// [`crate::link`].
pub(crate) fn chapter(text: &str, reading: Reading<'_>, reports: &mut Reports) -> Body {
    read(text, reading, true, reports)
}

/// Reads a short text from a YAML value: inline Markdown without smart punctuation, so that the page and the data files
/// have the same words.
pub(crate) fn inline(text: &str, reading: Reading<'_>, reports: &mut Reports) -> Body {
    let plain = !text.contains('@') && !text.bytes().any(|byte| b"[]*_`<&$\\~!\n".contains(&byte));
    if plain {
        let mut body = Body::default();
        escape(&mut body.html, text.trim());
        body.terms.extend(reading.mentions.iter().flat_map(|mentions| mentions.find(text)).map(|mention| mention.term));
        return body;
    }
    read(text, reading, false, reports)
}

pub(crate) fn read(text: &str, reading: Reading<'_>, block: bool, reports: &mut Reports) -> Body {
    let may_cite = text.contains('@');
    let mut callback = |broken: BrokenLink<'_>| {
        let is_citation = may_cite && citations::is_citation(text, &broken);
        is_citation.then_some((CowStr::Borrowed("cite:"), CowStr::Borrowed("")))
    };
    let parser = Parser::new_with_broken_link_callback(text, options(block), Some(&mut callback));
    let mut writer = Writer::new(text, reading, block, reports);
    writer.citing.is_possible = may_cite;
    if may_cite {
        writer.note_defined(parser.reference_definitions().iter().map(|(name, link)| (name, link.span.start)));
    }
    for (event, range) in parser.into_offset_iter() {
        writer.event(event, range.start, range.end);
    }
    writer.finish()
}

#[cfg(test)]
mod tests;
