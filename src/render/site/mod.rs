//! Lists the files of a site, and makes those that need to be made again.
//!
//! # Who may use whom
//!
//! ```text
//! build -> { css, fingerprint }
//! pages
//! sitemap
//! ```

pub mod build;
pub(crate) mod css;
pub(crate) mod fingerprint;
pub(crate) mod pages;
pub(crate) mod sitemap;
