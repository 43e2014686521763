//! Turns session summaries and effects into pictures: the numbers that an SVG template needs, and the same in words.
//!
//! # Who may use whom
//!
//! ```text
//! timeline -> number
//! forest -> number
//! ```

pub(crate) mod forest;
pub(crate) mod number;
pub(crate) mod timeline;
