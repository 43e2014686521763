//! One file's text to one typed value; nothing here knows another file.
//!
//! In reading order: YAML to a node tree ([`yaml`]), a node tree against a list of fields
//! ([`schema`]), Markdown to HTML with holes ([`markdown`]), and of these a chapter ([`chapter`])
//! of a kind ([`kinds`]), the settings ([`settings`]), the glossary ([`glossary`]) and the options
//! of a directive ([`directive`]).
//!
//! The lists of fields also give what editors check with ([`json_schema`]) and new chapters ([`blank`]).

pub mod bidi;
pub mod body;
pub mod chapter;
pub mod directive;
pub mod glossary;
pub mod kind;
pub mod kinds;
pub mod markdown;
mod math;
pub mod mentions;
pub mod range;
pub mod raw_html;
pub mod reading;
pub mod schema;
pub mod settings;
pub mod status;
pub mod svg;
pub mod text;
pub mod yaml;
