//! Turns a list of mappings of the front matter into a table.

use crate::model::chapter::Chapter;
use crate::model::schema::record::{FieldValue, Record};
use crate::model::schema::shape::Field;
use crate::render::address::anchor::section_anchor;
use crate::render::text::piece::{self, chapter_link, label};
use crate::render::text::rendered::Rendered;
use crate::render::text::renderer::Renderer;
use crate::render::view::types::*;

pub(crate) fn generic_table(
    renderer: &Renderer<'_>,
    chapter: &Chapter,
    field: &Field,
    fields: &'static [Field],
    records: &[Record],
) -> TableView {
    let words = renderer.context.words;
    let used: Vec<&Field> =
        fields.iter().filter(|inner| records.iter().any(|record| record.value(inner).is_some())).collect();
    let columns =
        used.iter().map(|inner| ColumnView { name: inner.name.into(), label: label(words, inner.name) }).collect();
    let cell = |record: &Record, inner: &Field| {
        let html = match record.value(inner) {
            Some(FieldValue::Id(id)) => {
                let chapter = renderer.context.manual.meant_by(id);
                chapter.map_or_else(|| Rendered::of(&id.value), |chapter| chapter_link(renderer, chapter))
            }
            Some(value) => piece::value(renderer, inner, value).unwrap_or_default(),
            None => Rendered::default(),
        };
        CellView { name: inner.name.into(), label: label(words, inner.name), html, ..CellView::default() }
    };
    TableView {
        name: field.name.into(),
        id: format!("{}{}", renderer.prefix, section_anchor(chapter, field.name)),
        caption: label(words, field.name),
        columns,
        rows: records
            .iter()
            .map(|record| RowView { cells: used.iter().map(|inner| cell(record, inner)).collect() })
            .collect(),
        ..TableView::default()
    }
}
