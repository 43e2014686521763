//! Turns chapters, tables and drawings into plain data for templates.
//!
//! A view is what one template gets: finished HTML where a name ends in `_html`, texts to escape everywhere else, and
//! nothing left to decide. [`types`] defines the views that several templates share; every other file makes one sort.
//! Nothing here knows which page it is for.
//!
//! # Who may use whom
//!
//! ```text
//! letters -> glossary_and_references
//! contents -> { chapter, types }
//! chapter -> { chart, control, directive, finding, form, relations, sheet, table, types }
//! sheet -> { form, link, types }
//! relations -> { link, types }
//! directive -> { chart, form, glossary_and_references, link, phases, table, types }
//! table -> { control, finding, types }
//! phases -> { link, types }
//! glossary_and_references -> { link, types }
//! link -> types
//! control -> types
//! chart -> finding
//! ```

pub mod chapter;
pub(crate) mod chart;
pub(crate) mod contents;
pub(crate) mod control;
pub(crate) mod directive;
pub(crate) mod finding;
pub(crate) mod form;
pub(crate) mod glossary_and_references;
pub(crate) mod letters;
pub(crate) mod link;
pub(crate) mod phases;
pub(crate) mod relations;
pub(crate) mod sheet;
pub(crate) mod table;
pub(crate) mod types;
