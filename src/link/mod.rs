//! All chapters to one graph: what names what, in both directions, and everything that is wrong
//! with that.
//!
//! [`resolve`] finds what a link means; [`Manual::new`] puts the chapters in order and joins them;
//! [`checks`] look at the finished graph, [`rename`] gives a chapter of it another id. Nothing here knows a page's address.

pub mod checks;
pub mod citations;
pub mod course;
pub mod edges;
pub mod external;
pub mod index;
pub mod join;
pub mod manual;
pub mod part;
pub mod place;
pub mod relation;
pub mod resolve;
