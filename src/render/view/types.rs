//! Plain data for templates: what a page shows, without a question left open.
//!
//! Everything named `…_html` is finished HTML; every other text is escaped by the template.

use serde::Serialize;

/// A link to a page.
#[derive(Debug, Clone, Serialize)]
pub struct LinkView {
    /// Its title.
    pub title: String,
    /// Its address from the page that shows the link.
    pub url: String,
    /// What is said of it in a list, without markup; may be empty.
    pub summary: String,
    /// The kind of what it leads to, such as `technique`; empty for pages of other sorts.
    pub kind: String,
    /// The kind in the reader's language.
    pub kind_label: String,
    /// Whether it is the page that shows the link.
    pub current: bool,
}

/// A name with a value.
#[derive(Debug, Clone, Serialize)]
pub struct FactView {
    /// The key.
    pub name: String,
    /// The name.
    pub label: String,
    /// The value.
    pub html: String,
}

/// A list of texts with a heading.
#[derive(Debug, Clone, Serialize)]
pub struct SectionView {
    /// The key.
    pub name: String,
    /// The anchor.
    pub id: String,
    /// The heading.
    pub label: String,
    /// Whether the order matters.
    pub ordered: bool,
    /// The texts.
    pub items_html: Vec<String>,
}

/// Chapters under a heading.
#[derive(Debug, Clone, Serialize)]
pub struct GroupView {
    /// The relation's key.
    pub relation: String,
    /// The heading.
    pub label: String,
    /// The chapters.
    pub chapters: Vec<LinkView>,
}

/// A table.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TableView {
    /// What kind of table it is, for its looks.
    pub name: String,
    /// The anchor.
    pub id: String,
    /// The caption.
    pub caption: String,
    /// The columns.
    pub columns: Vec<ColumnView>,
    /// The rows.
    pub rows: Vec<RowView>,
    /// The address of the same as CSV; empty if there is none.
    pub csv: String,
    /// What is said instead of a table without rows, or under a table; may be empty.
    pub note: String,
    /// Whether a reader may sort it.
    pub sortable: bool,
}

/// A column of a table.
#[derive(Debug, Clone, Serialize)]
pub struct ColumnView {
    /// The key.
    pub name: String,
    /// The heading.
    pub label: String,
}

/// A row of a table.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RowView {
    /// The cells, one for each column; the first heads the row.
    pub cells: Vec<CellView>,
}

/// A cell of a table.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CellView {
    /// The column's key.
    pub name: String,
    /// The column's heading, for narrow screens.
    pub label: String,
    /// What it shows.
    pub html: String,
    /// Whether it differs from the usual course.
    pub changed: bool,
    /// What to sort by, where that is not what it shows; may be empty.
    pub sort: String,
}

/// An entry of a page's own contents list.
#[derive(Debug, Clone, Serialize)]
pub struct TocView {
    /// The heading's level, from 2.
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// Its text.
    pub text: String,
}

/// A part with its chapters.
#[derive(Debug, Clone, Serialize)]
pub struct PartView {
    /// Its title.
    pub title: String,
    /// The address of its page.
    pub url: String,
    /// Its anchor on the page with all chapters.
    pub id: String,
    /// A sentence under its title; may be empty.
    pub summary: String,
    /// Its chapters.
    pub chapters: Vec<LinkView>,
}

/// A glossary entry.
#[derive(Debug, Clone, Serialize)]
pub struct TermView {
    /// Its name in links.
    pub id: String,
    /// The word.
    pub term: String,
    /// Other words, joined by commas; may be empty.
    pub also: String,
    /// What it means.
    pub definition_html: String,
    /// Chapters that say more.
    pub see: Vec<LinkView>,
    /// Its address in the glossary.
    pub url: String,
}

/// A work cited.
#[derive(Debug, Clone, Serialize)]
pub struct ReferenceView {
    /// Its anchor.
    pub id: String,
    /// Its number or label, in styles that have one; may be empty.
    pub label_html: String,
    /// The reference.
    pub html: String,
    /// The chapters that cite it.
    pub cited_in: Vec<LinkView>,
    /// What is still to be checked of it; may be empty.
    pub to_check: String,
}

/// A film.
#[derive(Debug, Clone, Serialize)]
pub struct VideoView {
    /// What it shows.
    pub title: String,
    /// The address of its file; may be empty.
    pub file: String,
    /// The type of the file; may be empty.
    pub media_type: &'static str,
    /// The address of a picture to show before it runs; may be empty.
    pub poster: String,
    /// The address of its subtitles; may be empty.
    pub captions: String,
    /// Where else it is; may be empty.
    pub address: String,
    /// Whose address that is.
    pub host: String,
    /// What is said and seen; may be empty.
    pub transcript_html: String,
    /// The language of the manual.
    pub language: String,
}
