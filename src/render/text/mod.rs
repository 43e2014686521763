//! Fills the holes of texts, for the place where the texts will appear.
//!
//! Where a link leads is already known since the manual was joined ([`crate::link::targets`]); here it gets its
//! address.
//!
//! # Who may use whom
//!
//! ```text
//! prepare -> { context, renderer }
//! plain_texts -> { context, renderer }
//! piece -> { renderer, rendered }
//! renderer -> { context, rendered }
//! numbering
//! ```

pub mod context;
pub(crate) mod numbering;
pub(crate) mod piece;
pub(crate) mod plain_texts;
pub(crate) mod prepare;
pub(crate) mod rendered;
pub mod renderer;
