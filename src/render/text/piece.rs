//! Writes small pieces of a page: a link, a list, a value of front matter.

use crate::link::place::ChapterIx;
use crate::model::schema::record::{FieldValue, Text};
use crate::model::schema::shape::Field;
use crate::render::text::rendered::Rendered;
use crate::render::text::renderer::{Medium, Renderer};
use crate::span::Spanned;
use crate::words::{Word, Words};

/// A link to a chapter, with its title.
pub(crate) fn chapter_link(renderer: &Renderer<'_>, ix: ChapterIx) -> Rendered {
    link_to(&renderer.chapter_address(ix), &renderer.context.manual.chapter(ix).title)
}

/// A link of some words to an address.
pub(crate) fn link_to(address: &str, words: &str) -> Rendered {
    let mut link = Rendered::default();
    link.push_inline("<a href=\"");
    link.push_attribute(address);
    link.push_inline("\">");
    link.push_words(words);
    link.push_inline("</a>");
    link
}

/// Links to chapters in a table's cell.
pub(crate) fn chapter_links(renderer: &Renderer<'_>, chapters: &[ChapterIx]) -> Rendered {
    list(chapters.iter().map(|ix| chapter_link(renderer, *ix)).collect())
}

/// Texts in a table's cell.
pub(crate) fn texts(renderer: &Renderer<'_>, texts: &[Text]) -> Rendered {
    list(texts.iter().map(|text| renderer.text(text)).collect())
}

/// Words within a line that look otherwise; `class` is that of the element around them.
pub(crate) fn span(class: &str, words: &str) -> Rendered {
    let mut span = Rendered::default();
    span.push_inline("<span class=\"");
    span.push_attribute(class);
    span.push_inline("\">");
    span.push_words(words);
    span.push_inline("</span>");
    span
}

/// A day as `words` write it.
pub(crate) fn day(words: &Words, date: jiff::civil::Date) -> Rendered {
    let mut day = Rendered::default();
    day.push_inline("<time datetime=\"");
    day.push_attribute(&date.to_string());
    day.push_inline("\">");
    day.push_words(&words.date(date));
    day.push_inline("</time>");
    day
}

/// The label of a key.
pub(crate) fn label(words: &Words, name: &str) -> String {
    words.field(name).to_owned()
}

/// A value as a page shows it; none for what is no single value.
pub(crate) fn value(renderer: &Renderer<'_>, field: &Field, value: &FieldValue) -> Option<Rendered> {
    let words = renderer.context.words;
    Some(match value {
        FieldValue::Line(line) => Rendered::of(&line.value),
        FieldValue::Text(text) => renderer.text(text),
        FieldValue::Texts(several) => texts(renderer, several),
        FieldValue::Lines(lines) => Rendered::of(&words.list(lines.iter().map(|line| line.value.as_str()))),
        FieldValue::Integer(number) => Rendered::of(&number.to_string()),
        FieldValue::Number(number) => Rendered::of(&number.to_string()),
        FieldValue::Interval(low, high) => {
            Rendered::of(&words.fill(Word::Interval, &[&low.to_string(), &high.to_string()]))
        }
        FieldValue::Date(date) => day(words, date.value),
        FieldValue::Sessions(sessions) => Rendered::of(&words.sessions(sessions.value)),
        FieldValue::Choice(choice) => Rendered::of(words.choice(field.name, choice)),
        FieldValue::Choices(choices) => {
            Rendered::of(&words.list(choices.iter().map(|choice| words.choice(field.name, choice))))
        }
        FieldValue::Keys(keys) => citations(renderer, keys),
        _ => return None,
    })
}

/// Sources as linked citations.
pub(crate) fn citations(renderer: &Renderer<'_>, keys: &[Spanned<String>]) -> Rendered {
    let mut several = Rendered::default();
    for (at, key) in keys.iter().enumerate() {
        if at > 0 {
            several.push_words(" ");
        }
        renderer.citation(&crate::link::citations::source_cluster(&key.value), &mut several);
    }
    several
}

/// Pieces as a list in a cell; one alone as it is.
pub(crate) fn list(mut items: Vec<Rendered>) -> Rendered {
    if items.len() < 2 {
        return items.pop().unwrap_or_default();
    }
    let mut list = Rendered::default();
    list.push_block("<ul class=\"ipt-cell-list\"><li>");
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            list.push_block("</li><li>");
        }
        list.push(item);
    }
    list.push_block("</li></ul>");
    list
}

/// A path of the site as an address from where the text stands.
pub(crate) fn from_root(renderer: &Renderer<'_>, path: &str) -> String {
    match renderer.medium {
        Medium::Page(root) => format!("{root}{path}"),
        Medium::Print => path.to_owned(),
    }
}
