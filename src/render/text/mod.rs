//! Fills the holes of texts for the place where they will stand.

pub mod book;
pub mod filler;
pub mod numbering;
pub mod piece;
pub mod plain;
pub mod plain_texts;
pub mod prepare;
