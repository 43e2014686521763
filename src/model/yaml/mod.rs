//! Turns YAML text into a tree of nodes with their places: the only folder that names the YAML crate, which the rest
//! could do without.
//!
//! Scalars keep the text that the author wrote (`1.0` stays `1.0`): the field that takes a value decides what the value
//! means, in [`super::schema`].
//!
//! What cannot be read gives one report in plain words. The crate says where it stopped (`errors`); what the author
//! probably did is guessed from the lines around that place (`mistakes`), and a guess is told only if the text can be
//! read once it is mended so.
//!
//! # Who may use whom
//!
//! ```text
//! yaml -> { mistakes, node, quoting, read }
//! read -> { errors, node, quoting, slips }
//! mistakes -> { brackets, errors, layout, marks, quotes, scene }
//! { brackets, layout, marks, quotes } -> scene
//! slips -> errors
//! { brackets, layout, quotes, slips } -> quoting
//! quoting -> { node, scene }
//! ```

mod brackets;
mod errors;
mod layout;
mod marks;
mod mistakes;
mod node;
mod quotes;
mod quoting;
mod read;
mod scene;
mod slips;
#[cfg(test)]
mod tests;

pub(crate) use crate::model::yaml::node::{Slip, YamlNode, YamlValue};
pub(crate) use crate::model::yaml::quoting::quoted;

use crate::diag::Diagnostic;
use crate::span::FileId;

/// Reads `text`, which begins in `file` at byte `base`.
///
/// # Errors
/// One report of `front-matter/syntax`, or of `front-matter/cut`, at the place where the mistake is.
pub(crate) fn parse(text: &str, file: FileId, base: usize) -> Result<YamlNode, Box<Diagnostic>> {
    read::tree(text, file, base).map_err(|stop| {
        let stops = |mended: &str| read::tree(mended, file, base).err().map(|stop| stop.at);
        Box::new(mistakes::report(text, *stop, &stops, file, base))
    })
}
