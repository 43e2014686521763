//! Turns a checked manual into the files of a site.
//!
//! [`site`](fn@site) makes each file and hands it at once to an [`Output`](crate::files::output::Output); nothing keeps
//! all pages. In reading order: the addresses of pages ([`address`]), texts with their holes filled ([`text`]), the
//! theme's templates ([`template`]), plain data for them ([`view`]), the pages ([`page`]), the search index
//! ([`search`]), the data files ([`data`]), and which of all these to make ([`mod@site`]). [`verify`] checks finished
//! pages.
//!
//! Nothing here touches a disk or a clock.
//!
//! # Who may use whom
//!
//! ```text
//! verify -> { address, text }
//! render -> site
//! site -> { address, data, page, search, template, text }
//! search -> { text, view }
//! page -> { address, template, text, view }
//! view -> { address, template, text }
//! data -> { address, text }
//! text -> address
//! ```

pub mod address;
pub(crate) mod data;
pub(crate) mod page;
pub mod search;
pub mod site;
pub mod template;
pub mod text;
pub mod verify;
pub mod view;

pub use site::build::site;
