//! The files of a site: which there are, and which are to be made again.

pub mod build;
pub(crate) mod css;
pub(crate) mod fingerprint;
pub(crate) mod pages;
pub(crate) mod sitemap;
