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
//! markdown -> { citations, prices, slips, writer }
//! prices -> code
//! terms -> writer
//! writer -> keys
//! citations -> { keys, writer }
//! slips -> { code, pictures }
//! address -> writer
//! links -> { pictures, writer }
//! headings -> writer
//! footnotes -> writer
//! blocks -> { pictures, writer }
//! ```

pub(crate) mod address;
pub(crate) mod blocks;
pub(crate) mod citations;
pub(crate) mod code;
pub(crate) mod footnotes;
pub(crate) mod headings;
pub(crate) mod keys;
pub(crate) mod links;
pub(crate) mod pictures;
pub(crate) mod prices;
pub(crate) mod slips;
pub(crate) mod terms;
pub(crate) mod writer;

use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser};

use crate::diag::Reports;
use crate::model::body::Body;
use crate::model::markdown::slips::Slips;
use crate::model::markdown::slips::conflict;
use crate::model::markdown::slips::notes;
use crate::model::markdown::slips::typed::TypedText;
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
/// `html/unsafe`, `link/outside-manual` and the family `markdown/…`; everything that needs other files is left to
/// [`crate::link`].
pub(crate) fn chapter(text: &str, reading: Reading<'_>, reports: &mut Reports) -> Body {
    read(text, reading, true, reports)
}

/// Reads a short text from a YAML value: inline Markdown without smart punctuation, so that the page and the data files
/// have the same words.
pub(crate) fn inline(text: &str, reading: Reading<'_>, reports: &mut Reports) -> Body {
    let plain = !text.bytes().any(|byte| b"[]*_`<&$\\~!{@\n".contains(&byte))
        && (!text.as_bytes().contains(&b':') || !text.contains("://"));
    if plain {
        let mut body = Body::default();
        escape(&mut body.html, text.trim());
        body.terms.extend(reading.mentions.iter().flat_map(|mentions| mentions.find(text)).map(|mention| mention.term));
        return body;
    }
    read(text, reading, false, reports)
}

pub(crate) fn read(text: &str, reading: Reading<'_>, block: bool, reports: &mut Reports) -> Body {
    let begin = reports.len();
    let mut pass = Pass { typed: TypedText { text, place: reading.place }, reading, block, is_lowered: false };
    let mut without_prices: Option<Option<(String, char)>> = None;
    // Most texts are read once.
    let body = loop {
        reports.truncate(begin);
        let (body, again) = match without_prices.iter().flatten().next() {
            Some((changed, sign)) => pass.run(changed, Some(*sign), reports),
            None => pass.run(text, None, reports),
        };
        if again.has_prices && without_prices.is_none() {
            without_prices = Some(prices::without_prices(text));
        } else if again.has_parts && !pass.is_lowered {
            pass.is_lowered = true;
        } else {
            break body;
        }
    };
    if block {
        let mut conflicts = Reports::new();
        if conflict::check(pass.typed, &mut conflicts) {
            reports.truncate(begin);
            reports.append(&mut conflicts);
        }
    }
    body
}

/// A reading of a text from its beginning to its end.
struct Pass<'a> {
    typed: TypedText<'a>,
    reading: Reading<'a>,
    block: bool,
    /// Whether headings are a level lower than they are typed.
    is_lowered: bool,
}

/// Why a text must be read once more.
#[derive(Debug, Clone, Copy, Default)]
struct Again {
    /// Something was taken for a formula that is none.
    has_prices: bool,
    /// There are headings of the first level, which is that of the chapter's title.
    has_parts: bool,
}

impl<'a> Pass<'a> {
    /// Reads `text`, which is the text as it is typed, or the same with `sign` instead of some dollars.
    fn run<'t>(&self, text: &'t str, sign: Option<char>, reports: &mut Reports) -> (Body, Again)
    where
        'a: 't,
    {
        let may_cite = text.contains('@');
        let mut callback = |broken: BrokenLink<'_>| {
            let is_citation = may_cite && citations::is_citation(text, &broken);
            is_citation.then_some((CowStr::Borrowed("cite:"), CowStr::Borrowed("")))
        };
        let parser = Parser::new_with_broken_link_callback(text, options(self.block), Some(&mut callback));
        let mut again = Again::default();
        let mut found = Reports::new();
        let mut slips = Slips::<'t>::new(self.typed, self.reading.directives, self.block);
        let mut writer = Writer::<'t, '_>::new(self.typed.text, self.reading, self.block, self.is_lowered, reports);
        writer.citing.is_possible = may_cite;
        if may_cite {
            writer.note_defined(parser.reference_definitions().iter().map(|(name, link)| (name, link.span.start)));
        }
        let definitions = parser.reference_definitions().iter();
        notes::check_definitions(
            self.typed,
            definitions.map(|(name, link)| (name, link.dest.as_ref(), link.span.clone())),
            &mut found,
        );
        for (event, range) in parser.into_offset_iter() {
            let event = match sign {
                Some(sign) => prices::with_dollars(event, sign),
                None => event,
            };
            if let Event::InlineMath(tex) = &event {
                again.has_prices |= prices::is_price(text, range.end) || prices::has_words(tex);
            }
            slips.event(&event, &range, &mut found);
            writer.event(event, range.start, range.end);
        }
        slips.finish(&mut found);
        again.has_parts = writer.has_parts;
        let body = writer.finish();
        reports.append(&mut found);
        (body, again)
    }
}

#[cfg(test)]
mod tests;
