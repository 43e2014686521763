//! Small pieces of HTML: a link, a list, a value of front matter.

use crate::link::place::ChapterIx;
use crate::model::schema::record::{FieldValue, Text};
use crate::model::schema::shape::Field;
use crate::model::text::escape;
use crate::render::text::piece::text as text_html;
use crate::render::text::renderer::{Medium, Renderer};
use crate::words::{Word, Words};

/// A link to a chapter as HTML.
pub(crate) fn anchor_html(renderer: &Renderer<'_>, ix: ChapterIx) -> String {
    let mut html = String::from("<a href=\"");
    crate::model::text::escape(&mut html, &renderer.chapter_address(ix));
    html.push_str("\">");
    crate::model::text::escape(&mut html, &renderer.context.manual.chapter(ix).title);
    html.push_str("</a>");
    html
}

/// Links to chapters in a table's cell.
pub(crate) fn links_html(renderer: &Renderer<'_>, chapters: &[ChapterIx]) -> String {
    list_html(&chapters.iter().map(|ix| anchor_html(renderer, *ix)).collect::<Vec<_>>())
}

/// Texts in a table's cell.
pub(crate) fn texts_html(renderer: &Renderer<'_>, texts: &[Text]) -> String {
    list_html(&texts.iter().map(|text| renderer.text(text)).collect::<Vec<_>>())
}

/// The label of a key.
pub(crate) fn label(words: &Words, name: &str) -> String {
    words.field(name).to_owned()
}

/// A value as HTML; none for what is no single value.
pub(crate) fn value_html(renderer: &Renderer<'_>, field: &Field, value: &FieldValue) -> Option<String> {
    let words = renderer.context.words;
    Some(match value {
        FieldValue::Line(line) => text_html(&line.value),
        FieldValue::Text(text) => renderer.text(text),
        FieldValue::Texts(texts) => texts_html(renderer, texts),
        FieldValue::Lines(lines) => text_html(&words.list(lines.iter().map(|line| line.value.as_str()))),
        FieldValue::Integer(number) => number.to_string(),
        FieldValue::Number(number) => number.to_string(),
        FieldValue::Interval(low, high) => {
            text_html(&words.fill(Word::Interval, &[&low.to_string(), &high.to_string()]))
        }
        FieldValue::Date(date) => {
            format!("<time datetime=\"{}\">{}</time>", date.value, text_html(&words.date(date.value)))
        }
        FieldValue::Sessions(sessions) => text_html(&words.sessions(sessions.value)),
        FieldValue::Choice(choice) => text_html(words.choice(field.name, choice)),
        FieldValue::Choices(choices) => {
            text_html(&words.list(choices.iter().map(|choice| words.choice(field.name, choice))))
        }
        FieldValue::Keys(keys) => citations_html(renderer, keys),
        _ => return None,
    })
}

/// Sources as linked citations.
pub(crate) fn citations_html(renderer: &Renderer<'_>, keys: &[crate::span::Spanned<String>]) -> String {
    let mut html = String::new();
    for (at, key) in keys.iter().enumerate() {
        if at > 0 {
            html.push(' ');
        }
        renderer.citation(&crate::link::citations::source_cluster(&key.value), &mut html);
    }
    html
}

/// A text as HTML.
pub(crate) fn text(text: &str) -> String {
    let mut html = String::new();
    escape(&mut html, text);
    html
}

/// Pieces of HTML as a list in a cell; one alone as it is.
pub(crate) fn list_html(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        several => format!("<ul class=\"ipt-cell-list\"><li>{}</li></ul>", several.join("</li><li>")),
    }
}

pub(crate) fn from_root(renderer: &Renderer<'_>, path: &str) -> String {
    match renderer.medium {
        Medium::Page(root) => format!("{root}{path}"),
        Medium::Print => path.to_owned(),
    }
}
