//! The files of a site: which there are, and which are to be made again.

pub mod build;
pub mod css;
pub mod fingerprint;
pub mod pages;
pub mod sitemap;
