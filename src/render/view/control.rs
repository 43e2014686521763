//! Who answers for a chapter, and when it is reviewed.

use crate::link::checks::review;
use crate::model::chapter::Chapter;
use crate::render::text::filler::Filler;
use crate::render::text::piece::{label, text as text_html};
use crate::render::view::types::*;

/// Who answers for a chapter, and when it is reviewed.
pub(crate) fn control(filler: &Filler<'_>, chapter: &Chapter) -> Vec<FactView> {
    let (words, settings) = (filler.book.words, &filler.book.manual.settings);
    let mut facts = Vec::new();
    let mut add =
        |name: &str, html: String| facts.push(FactView { name: name.into(), label: label(words, name), html });
    let line = |name: &str| chapter.front.line(name).map(|line| text_html(&line.value));
    let day = |date: jiff::civil::Date| format!("<time datetime=\"{date}\">{}</time>", text_html(&words.date(date)));
    let date = |name: &str| chapter.front.date(name).map(|date| day(date.value));
    if let Some(version) = line("version") {
        add("version", version);
    }
    if let Some(owner) = line("owner").or_else(|| settings.review_owner.as_deref().map(text_html)) {
        add("owner", owner);
    }
    if let Some(status) = chapter.front.choice("status") {
        add("status", text_html(words.get(&format!("status-{status}"))));
    }
    for (name, value) in
        [("approved-by", line("approved-by")), ("approved", date("approved")), ("reviewed", date("reviewed"))]
    {
        if let Some(value) = value {
            add(name, value);
        }
    }
    if let Some(due) = review::due(chapter, settings) {
        add("review-due", day(due));
    }
    facts
}
