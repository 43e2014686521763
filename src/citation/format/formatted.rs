//! Names what the formatted citations of a manual consist of.
//!
//! It does not know how they are made, or what is around them on a page.

/// All citations of a manual, and its reference list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Formatted {
    /// One citation for each cluster, in their order, cut into parts.
    pub(crate) citations: Vec<Vec<FormattedPart>>,
    /// Whether the style would put citations into notes. They are given in brackets here, to be printed in the line.
    pub(crate) notes: bool,
    /// The works that were cited, in the style's order.
    pub(crate) references: Vec<FormattedReference>,
}

/// A piece of a citation. The pieces are printed one after the other, with nothing between them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct FormattedPart {
    /// Its text as HTML, without links.
    pub(crate) html: String,
    /// The work that it should link to; `None` for brackets and what is between works.
    pub(crate) key: Option<String>,
}

/// A line of the reference list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct FormattedReference {
    /// The work's key.
    pub(crate) key: String,
    /// Its text as HTML, with links to its DOI or address, without the label.
    pub(crate) html: String,
    /// The number or label before it in styles that have one, as HTML: `[1]`, `1.`.
    pub(crate) label: Option<String>,
    /// What is still to be checked of it.
    pub(crate) to_check: Option<String>,
}
