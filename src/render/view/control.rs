//! Says who is responsible for a chapter, and when it is reviewed.

use jiff::civil::Date;

use crate::link::checks::review;
use crate::model::chapter::Chapter;
use crate::model::kinds::common::Common;
use crate::model::status::Status;
use crate::render::text::piece::{day, label};
use crate::render::text::rendered::Rendered;
use crate::render::text::renderer::Renderer;
use crate::render::view::types::*;
use crate::span::Spanned;

/// Who is responsible for a chapter, and when it is reviewed.
pub(crate) fn control(renderer: &Renderer<'_>, chapter: &Chapter) -> Vec<FactView> {
    let (words, settings) = (renderer.context.words, &renderer.context.manual.settings);
    let mut facts = Vec::new();
    let fact = |name: &str, html: Rendered| FactView { name: name.into(), label: label(words, name), html };
    let mut add = |name: &str, html: Rendered| facts.push(fact(name, html));
    let (common, keys) = (chapter.common(), Common::KEYS);
    let line = |line: Option<&Spanned<String>>| line.map(|line| Rendered::of(&line.value));
    let date = |date: Option<&Spanned<Date>>| date.map(|date| day(words, date.value));
    if let Some(version) = line(common.version()) {
        add(keys.version, version);
    }
    if let Some(owner) = line(common.owner()).or_else(|| settings.review_owner.as_deref().map(Rendered::of)) {
        add(keys.owner, owner);
    }
    for (name, value) in [
        (keys.approved_by, line(common.approved_by())),
        (keys.approved, date(common.approved())),
        (keys.reviewed, date(common.reviewed())),
    ] {
        if let Some(value) = value {
            add(name, value);
        }
    }
    if let Some(due) = review::due(chapter, settings) {
        add(keys.review_due, day(words, due));
    }
    // Who says when a chapter was reviewed also has to say whether it was approved.
    if chapter.status != Status::NotStated || !facts.is_empty() {
        let is_before = |fact: &&FactView| [keys.version, keys.owner].contains(&fact.name.as_str());
        let at = facts.iter().take_while(is_before).count();
        facts.insert(at, fact(keys.status, Rendered::of(words.status(chapter.status))));
    }
    facts
}
