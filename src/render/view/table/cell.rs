//! Makes the cells and columns of tables.

use crate::render::text::piece::label;
use crate::render::text::rendered::Rendered;
use crate::render::text::renderer::Renderer;
use crate::render::view::types::{CellView, ColumnView};

pub(crate) fn columns<'n>(renderer: &Renderer<'_>, names: impl IntoIterator<Item = &'n str>) -> Vec<ColumnView> {
    let column = |name: &str| ColumnView { name: name.into(), label: label(renderer.context.words, name) };
    names.into_iter().map(column).collect()
}

pub(crate) fn cell(renderer: &Renderer<'_>, name: &str, html: Rendered) -> CellView {
    CellView { name: name.into(), label: label(renderer.context.words, name), html, ..CellView::default() }
}
