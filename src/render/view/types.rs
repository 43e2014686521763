//! Defines plain data for templates: what a page shows, with nothing left to decide.
//!
//! Everything named `…_html` is finished HTML; every other text is escaped by the template.

use serde::Serialize;

use crate::render::text::rendered::Rendered;

/// A link to a page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct LinkView {
    /// Its title.
    pub(crate) title: String,
    /// Its address from the page that shows the link.
    pub(crate) url: String,
    /// Its description in a list, without markup; may be empty.
    pub(crate) summary: String,
    /// The kind of what it leads to, such as `technique`; empty for pages of other sorts.
    pub(crate) kind: String,
    /// The kind in the reader's language.
    pub(crate) kind_label: String,
    /// Whether it is the page that shows the link.
    pub(crate) current: bool,
}

/// A name with a value.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FactView {
    /// The key.
    pub(crate) name: String,
    /// The name.
    pub(crate) label: String,
    /// The value.
    pub(crate) html: Rendered,
}

/// A list of texts with a heading.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct SectionView {
    /// The key.
    pub(crate) name: String,
    /// The anchor.
    pub(crate) id: String,
    /// The heading.
    pub(crate) label: String,
    /// Whether the order matters.
    pub(crate) ordered: bool,
    /// The texts.
    pub(crate) items_html: Vec<Rendered>,
}

/// Chapters under a heading.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct GroupView {
    /// The relation's key.
    pub(crate) relation: String,
    /// The heading.
    pub(crate) label: String,
    /// The chapters.
    pub(crate) chapters: Vec<LinkView>,
}

/// A table.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct TableView {
    /// What kind of table it is, for its looks.
    pub(crate) name: String,
    /// The anchor.
    pub(crate) id: String,
    /// The caption.
    pub(crate) caption: String,
    /// The columns.
    pub(crate) columns: Vec<ColumnView>,
    /// The rows.
    pub(crate) rows: Vec<RowView>,
    /// The address of the same as CSV; empty if there is none.
    pub(crate) csv: String,
    /// The text in place of a table without rows, or under a table; may be empty.
    pub(crate) note: String,
    /// Whether a reader may sort it.
    pub(crate) sortable: bool,
}

/// A column of a table.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ColumnView {
    /// The key.
    pub(crate) name: String,
    /// The heading.
    pub(crate) label: String,
}

/// A row of a table.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct RowView {
    /// The cells, one for each column; the first heads the row.
    pub(crate) cells: Vec<CellView>,
}

/// A cell of a table.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct CellView {
    /// The column's key.
    pub(crate) name: String,
    /// The column's heading, for narrow screens.
    pub(crate) label: String,
    /// What it shows.
    pub(crate) html: Rendered,
    /// Whether it differs from the usual course.
    pub(crate) changed: bool,
    /// What to sort by, if that is not what the cell shows; may be empty.
    pub(crate) sort: String,
}

/// An entry of a page's own contents list.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct TocView {
    /// The heading's level, from 2.
    pub(crate) level: u8,
    /// Its anchor.
    pub(crate) id: String,
    /// Its text.
    pub(crate) text: String,
}

/// A part with its chapters.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PartView {
    /// Its title.
    pub(crate) title: String,
    /// The address of its page.
    pub(crate) url: String,
    /// Its anchor on the page with all chapters.
    pub(crate) id: String,
    /// A sentence under its title; may be empty.
    pub(crate) summary: String,
    /// Its chapters.
    pub(crate) chapters: Vec<LinkView>,
}

/// A glossary entry.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct TermView {
    /// Its name in links.
    pub(crate) id: String,
    /// The word.
    pub(crate) term: String,
    /// Other words, joined by commas; may be empty.
    pub(crate) also: String,
    /// What it means.
    pub(crate) definition_html: Rendered,
    /// Chapters that say more.
    pub(crate) see: Vec<LinkView>,
    /// Its address in the glossary.
    pub(crate) url: String,
}

/// A work cited.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ReferenceView {
    /// Its anchor.
    pub(crate) id: String,
    /// Its number or label, in styles that have one; may be empty.
    pub(crate) label_html: String,
    /// The reference.
    pub(crate) html: String,
    /// The chapters that cite it.
    pub(crate) cited_in: Vec<LinkView>,
    /// What somebody must still check in it; may be empty.
    pub(crate) to_check: String,
}

/// A film.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct VideoView {
    /// What it shows.
    pub(crate) title: String,
    /// The address of its file; may be empty.
    pub(crate) file: String,
    /// The type of the file; may be empty.
    pub(crate) media_type: &'static str,
    /// The address of a picture to show before the film starts; may be empty.
    pub(crate) poster: String,
    /// The address of its subtitles; may be empty.
    pub(crate) captions: String,
    /// Where else it is; may be empty.
    pub(crate) address: String,
    /// Whose address that is.
    pub(crate) host: String,
    /// What is said and seen; may be empty.
    pub(crate) transcript_html: String,
    /// The language of the manual.
    pub(crate) language: String,
}
