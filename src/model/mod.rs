//! Turns one file's text into one typed value; nothing here knows another chapter.
//!
//! In reading order: [`yaml`] turns YAML into a tree of nodes, and [`schema`] checks a node against a list of keys.
//! [`markdown`] turns Markdown into HTML with holes ([`body`]). From these come a chapter ([`chapter`]) of a kind
//! ([`kind`], [`kinds`]), the settings ([`settings`]), the glossary ([`glossary`]) and the options of a directive
//! ([`directive`]).
//!
//! # Who may use whom
//!
//! ```text
//! svg
//! settings -> { kind, raw_html, schema, unwritten, yaml }
//! glossary -> { mentions, schema, text, unwritten }
//! chapter -> { body, directive, front, kind, kinds, markdown, reading, schema, status, unwritten, yaml }
//! front -> { kind, kinds, yaml }
//! effect -> kinds
//! kinds -> { kind, schema, status }
//! directive -> { body, column, kind, markdown, reading, schema, yaml }
//! schema -> { body, kind, markdown, mentions, range, raw_html, reading, text, yaml }
//! markdown -> { body, kind, markup, math, mentions, raw_html, reading, text }
//! reading -> { mentions, raw_html }
//! raw_html -> body
//! bidi
//! damage
//! ```

pub(crate) mod bidi;
pub(crate) mod body;
pub mod chapter;
pub mod column;
pub(crate) mod damage;
pub mod directive;
pub(crate) mod effect;
pub(crate) mod front;
pub mod glossary;
pub mod kind;
pub mod kinds;
pub(crate) mod markdown;
pub(crate) mod markup;
mod math;
pub(crate) mod mentions;
pub(crate) mod range;
pub mod raw_html;
pub mod reading;
pub mod schema;
pub mod settings;
pub(crate) mod status;
pub(crate) mod svg;
pub(crate) mod text;
pub(crate) mod unwritten;
pub(crate) mod yaml;
