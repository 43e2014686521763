//! Turns chapters into the table of document control.

use crate::link::place::ChapterIx;
use crate::link::targets::Resolved;
use crate::model::kinds::common::Common;
use crate::model::status::Status;
use crate::render::address::made::MadePage;
use crate::render::text::piece::{chapter_link, link_to};
use crate::render::text::rendered::Rendered;
use crate::render::text::renderer::Renderer;
use crate::render::view::control::control;
use crate::render::view::table::cell::{cell, columns};
use crate::render::view::types::{RowView, TableView};

/// Who is responsible for what, and when it is reviewed.
pub(crate) fn document_control(renderer: &Renderer<'_>, chapters: &[ChapterIx], withdrawn: &[usize]) -> TableView {
    let (words, manual) = (renderer.context.words, renderer.context.manual);
    let keys = Common::KEYS;
    let names = [
        keys.title,
        keys.version,
        keys.owner,
        keys.status,
        keys.approved_by,
        keys.approved,
        keys.reviewed,
        keys.review_due,
    ];
    let withdrawn = withdrawn.iter().map(|at| {
        let to = Resolved::Withdrawn(*at);
        (&manual.withdrawn[*at].chapter, link_to(&renderer.address(&to), &renderer.title(&to)))
    });
    let rows: Vec<RowView> = chapters
        .iter()
        .map(|ix| (manual.chapter(*ix), chapter_link(renderer, *ix)))
        .chain(withdrawn)
        .map(|(chapter, link)| {
            let facts = control(renderer, chapter);
            let value = |name: &str| {
                facts.iter().find(|fact| fact.name == name).map(|fact| fact.html.clone()).unwrap_or_default()
            };
            let html = |name: &str| match value(name) {
                _ if name == keys.title => link.clone(),
                empty if name == keys.status && empty.is_empty() => Rendered::of(words.status(Status::NotStated)),
                html => html,
            };
            RowView { cells: names.iter().map(|name| cell(renderer, name, html(name))).collect() }
        })
        .collect();
    // A column that no chapter fills is left out.
    let filled: Vec<bool> = (0..names.len()).map(|at| rows.iter().any(|row| !row.cells[at].html.is_empty())).collect();
    let keep = |row: RowView| RowView {
        cells: row.cells.into_iter().zip(&filled).filter(|(_, kept)| **kept).map(|(cell, _)| cell).collect(),
    };
    TableView {
        name: "document-control".into(),
        caption: words.get(MadePage::DocumentControl.word()).to_owned(),
        columns: columns(renderer, names)
            .into_iter()
            .zip(&filled)
            .filter(|(_, kept)| **kept)
            .map(|(column, _)| column)
            .collect(),
        rows: rows.into_iter().map(keep).collect(),
        ..TableView::default()
    }
}
