//! Tables, one file each.

pub mod cell;
pub mod control;
pub mod evidence;
pub mod matrix;
pub mod records;
pub mod session;
pub mod settings;
