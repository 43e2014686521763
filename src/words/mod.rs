//! Turns the locale files of a theme into the interface texts of a manual.
//!
//! A locale file is a YAML mapping of keys to texts. In a text, `{key}` stands for another text of the file, so that
//! `labels: { patient: Client }` changes every text with a patient in it, and `{0}`, `{1}` are filled in by iptbook.
//!
//! Nothing outside this folder makes a key. A text that is always the same is asked for as a [`Word`]; a text that
//! depends on a kind, a field or a value has a method of [`Words`]. A test checks that every key has a text, and that
//! every text is asked for.
//!
//! # Who may use whom
//!
//! ```text
//! words -> { key, texts }
//! read -> { expand, gaps, locale_file, texts }
//! gaps -> locale_file
//! named -> { key, texts }
//! numbers -> { key, texts }
//! texts -> key
//! ```

pub(crate) mod expand;
pub(crate) mod gaps;
pub(crate) mod key;
pub(crate) mod locale_file;
pub(crate) mod named;
pub(crate) mod numbers;
pub(crate) mod read;
#[cfg(test)]
mod tests;
pub(crate) mod texts;

pub(crate) use crate::words::key::{Counted, Word};
pub use crate::words::texts::Words;
