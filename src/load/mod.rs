//! Reads folders on disk, and turns the manual's texts and a theme's files into values.
//!
//! Only this folder, [`crate::write`](mod@crate::write) and [`crate::stamp`] read and write files. What an author can
//! fix (a file that is not UTF-8, a link that leads out of the folder) becomes a report. What only the system can fix
//! becomes an error.
//!
//! # Who may use whom
//!
//! ```text
//! load -> { around, embedded, error, manual, text, theme }
//! around -> path
//! theme -> { embedded, error, path }
//! manual -> { attachment, error, path, text, walk }
//! text -> { path, walk }
//! walk -> { error, path }
//! ```

mod around;
mod attachment;
mod embedded;
mod error;
mod manual;
mod path;
mod text;
mod theme;
mod walk;

pub(crate) use crate::load::around::{file_in_manual, manual_around, usual_manual};
pub use crate::load::embedded::default_theme;
pub(crate) use crate::load::embedded::{new_theme, shipped_manual, starter};
pub use crate::load::error::LoadError;
pub use crate::load::manual::manual;
pub(crate) use crate::load::manual::manual_again;
pub(crate) use crate::load::text::FileStates;
pub use crate::load::theme::theme;
pub(crate) use crate::load::theme::{has_folder, named_theme, theme_folder};
