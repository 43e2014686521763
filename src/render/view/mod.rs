//! Plain data for templates, and what draws it.

pub mod chapter;
pub mod chart;
pub mod contents;
pub mod control;
pub mod directive;
pub mod finding;
pub mod form;
pub mod glossary_and_references;
pub mod letters;
pub mod link;
pub mod phases;
pub mod relations;
pub mod sheet;
pub mod table;
pub mod types;
