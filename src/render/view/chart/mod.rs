//! Pictures, one file each.

pub mod forest;
pub mod number;
pub mod timeline;
