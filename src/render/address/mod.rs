//! Where everything stands in the site: the only file that makes paths and addresses.
//!
//! Every address in a page is relative, so that the site works from a disk and under any path.

pub mod anchor;
pub mod paths;
pub mod sheet;
pub mod taken;
