//! Helps authors write: a new chapter to fill in ([`blank`]), schemas for editors ([`json_schema`]), another id for
//! a chapter ([`rename`]), who reviews what when ([`reviews`]).
//!
//! # Who may use whom
//!
//! ```text
//! editor -> json_schema
//! blank, rename, reviews                                 know none of the others
//! ```

pub(crate) mod blank;
pub(crate) mod editor;
pub(crate) mod json_schema;
pub(crate) mod rename;
pub(crate) mod reviews;
