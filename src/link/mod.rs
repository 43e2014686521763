//! Joins all chapters into one graph: what names what, in both directions, and everything that is wrong with that.
//!
//! [`join`] puts the chapters in order and makes a [`manual`] of them. For each chapter, [`edges`] asks [`resolve`]
//! once what its links, names and pictures mean. [`targets`] keeps the answers, so that nothing asks again. [`checks`]
//! look at the finished graph. Nothing here knows a page's address.
//!
//! # Who may use whom
//!
//! ```text
//! join -> { citations, edges, index, manual, part, place, relation, resolve, site_page, targets }
//! checks -> { course, edges, manual, place, relation, resolve }
//! edges -> { manual, place, relation, resolve, targets }
//! resolve -> { manual, place, relation, site_page, targets }
//! citations -> { manual, place }
//! course -> { manual, place }
//! external -> manual
//! manual -> { index, part, place, relation, site_page, targets }
//! index -> { part, place }
//! part -> place
//! relation -> place
//! targets -> place
//! ```

pub mod checks;
pub(crate) mod citations;
pub(crate) mod course;
pub(crate) mod edges;
pub(crate) mod external;
pub(crate) mod index;
pub(crate) mod join;
pub mod manual;
pub(crate) mod part;
pub mod place;
pub(crate) mod relation;
pub mod resolve;
pub mod site_page;
pub(crate) mod targets;
