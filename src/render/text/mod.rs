//! Fills the holes of texts for the place where they will stand.
//!
//! What a link leads to is known since the manual was joined ([`crate::link::targets`]); here it gets its address.
//!
//! # Who may use whom
//!
//! ```text
//! prepare -> { book, filler, plain }
//! plain_texts -> { book, filler, plain }
//! piece -> filler
//! filler -> book
//! numbering
//! ```

pub mod book;
pub mod filler;
pub mod numbering;
pub mod piece;
pub mod plain;
pub mod plain_texts;
pub mod prepare;
