//! Helps authors write: a new chapter to fill in ([`blank`]), schemas for editors ([`json_schema`]), another id for
//! a chapter ([`rename`]), who reviews what when ([`reviews`]).

pub mod blank;
pub mod json_schema;
pub mod rename;
pub mod reviews;
