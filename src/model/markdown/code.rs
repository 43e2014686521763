//! Finds where a text is code or HTML, whose signs mean something of their own.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

/// The stretches of a text that are code or HTML, in order.
pub(crate) fn code_of(text: &str) -> Vec<Range<usize>> {
    let events = Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter();
    let is_code = |event: &Event<'_>| {
        matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_)) | Event::Html(_) | Event::InlineHtml(_))
    };
    events.filter(|(event, _)| is_code(event)).map(|(_, range)| range).collect()
}
