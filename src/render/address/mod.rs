//! Where everything stands in the site: the only file that makes paths and addresses.
//!
//! Every address in a page is relative, so that the site works from a disk and under any path.

pub(crate) mod anchor;
pub(crate) mod paths;
pub(crate) mod sheet;
pub(crate) mod taken;
