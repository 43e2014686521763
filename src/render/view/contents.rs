//! Makes the list of contents of a chapter's page.

use crate::model::chapter::Chapter;
use crate::model::kind::Kind;
use crate::model::kinds::setting::Setting;
use crate::model::kinds::worksheet::Worksheet;
use crate::render::text::renderer::Renderer;
use crate::render::view::chapter::ChapterView;
use crate::render::view::types::*;
use crate::words::Word;

/// The contents list of a chapter's page: its pictures, tables and lists, and the headings of its
/// text, in the order in which the templates have them.
pub(crate) fn contents(renderer: &Renderer<'_>, chapter: &Chapter, view: &ChapterView) -> Vec<TocView> {
    let words = renderer.context.words;
    let entry = |id: &str, text: &str| {
        let bare = id.strip_prefix(view.anchor.as_str()).unwrap_or(id);
        TocView { level: 2, id: bare.to_owned(), text: text.to_owned() }
    };
    let tables = view.shown_tables().map(|table| entry(&table.id, &table.caption));
    let figure = view.figure.iter().map(|(id, caption)| entry(id, caption));
    let mut drawn: Vec<TocView> = figure.chain(tables).collect();
    // A setting says what it adapts before it shows the course.
    if let Some(at) =
        drawn.iter().position(|entry| chapter.kind == Kind::Setting && entry.id.starts_with(Setting::KEYS.adaptations))
    {
        let adaptations = drawn.remove(at);
        drawn.insert(0, adaptations);
    }
    let sections = view.sections.iter().map(|section| entry(&section.id, &section.label));
    let form = view.form.iter().map(|_| entry(&view.form_anchor, words.field(Worksheet::KEYS.fields)));
    let headings = chapter.body.headings.iter().filter(|heading| heading.level <= 3).map(|heading| TocView {
        level: heading.level,
        id: heading.id.clone(),
        text: renderer.heading(&chapter.body, heading),
    });
    // Evidence gives its answer in words first.
    let (before, after) = if chapter.kind == Kind::Evidence { (Vec::new(), drawn) } else { (drawn, Vec::new()) };
    let mut entries: Vec<TocView> =
        before.into_iter().chain(sections).chain(form).chain(headings).chain(after).collect();
    if !view.relations.is_empty() || !view.backlinks.is_empty() {
        entries.push(entry("connections", words.get(Word::Connections)));
    }
    entries
}
