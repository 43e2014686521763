//! A checked manual to the files of a site.
//!
//! [`site`] makes each page and hands it to an [`Output`] at once; nothing keeps all pages. In
//! reading order: addresses ([`paths`]), texts with their holes filled ([`fill`]), plain data for
//! templates ([`view`], [`chapter_view`], [`lists`]), tables ([`session_table`], [`session_data`], [`tables`],
//! [`evidence_tables`], [`matrices`], [`phases`]), pictures ([`timeline`], [`forest`]), blank forms
//! ([`forms`]), what directives draw ([`directives`]), the templates ([`templates`]), the pages
//! ([`pages`]), the data files ([`data`]; [`review_data`] for the terminal) and the search index ([`search`]). [`shown`] tells which files a change concerns. Nothing here touches a disk or a clock.

pub mod address;
pub mod data;
pub mod page;
pub mod search;
pub mod site;
pub mod template;
pub mod text;
pub mod verify;
pub mod view;

pub use site::build::{Kept, RenderError, site, site_again};
