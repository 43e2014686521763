//! Helps authors write: a new chapter to fill in ([`new`] and [`blank`]), schemas for editors ([`json_schema`]),
//! another id for a chapter ([`rename`]), and who reviews which chapter when ([`reviews`]).
//!
//! # Who may use whom
//!
//! ```text
//! author -> { editor, json_schema, new, blank, rename, reviews }
//! editor -> json_schema
//! new -> blank
//! ```

pub(crate) mod blank;
pub(crate) mod editor;
pub(crate) mod json_schema;
pub(crate) mod new;
pub(crate) mod rename;
pub(crate) mod reviews;
