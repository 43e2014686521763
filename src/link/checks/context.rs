//! Keeps what checks need besides the manual.

use jiff::civil::Date;

use crate::citation::Bibliography;

/// What checks need beside the manual.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The bibliography.
    pub bibliography: &'a Bibliography,
    /// The day on which review dates are judged.
    pub as_of: Date,
}
