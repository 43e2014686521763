//! The cells and columns of tables.

use crate::render::text::filler::Filler;
use crate::render::text::piece::label;
use crate::render::view::types::{CellView, ColumnView};

pub(crate) fn columns(filler: &Filler<'_>, names: &[&str]) -> Vec<ColumnView> {
    names.iter().map(|name| ColumnView { name: (*name).into(), label: label(filler.book.words, name) }).collect()
}

pub(crate) fn cell(filler: &Filler<'_>, name: &str, html: String) -> CellView {
    CellView { name: name.into(), label: label(filler.book.words, name), html, ..CellView::default() }
}
