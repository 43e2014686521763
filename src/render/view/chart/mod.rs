//! Turns session summaries and effects into pictures: the numbers that an SVG template needs, and the same in words.
//!
//! # Who may use whom
//!
//! ```text
//! timeline -> number
//! forest -> number
//! ```

pub mod forest;
pub mod number;
pub mod timeline;
