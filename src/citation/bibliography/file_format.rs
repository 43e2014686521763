//! Names the two formats of a bibliography file.
//!
//! It does not know how either is read.

/// How a bibliography file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BibliographyFormat {
    /// BibTeX or BibLaTeX, `.bib`.
    BibLatex,
    /// Hayagriva's own YAML, `.yml` or `.yaml`.
    Hayagriva,
}
