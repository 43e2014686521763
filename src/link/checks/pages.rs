//! Checks whether every chapter has a summary and a part.

use crate::diag;
use crate::diag::{Diagnostic, Reports};
use crate::link::checks::context::Context;
use crate::link::manual::Manual;

/// # Reports
/// `page/no-summary` and `page/orphan`.
pub(crate) fn check(manual: &Manual, _: Context<'_>, reports: &mut Reports) {
    for (ix, chapter) in manual.iter() {
        if chapter.broken {
            continue;
        }
        if !chapter.common().is_summary_given() {
            reports.push(
                Diagnostic::new(&diag::NO_SUMMARY, chapter.common().title_span(), "this chapter has no summary")
                    .help("add `summary: …` with one or two sentences for lists, previews and search"),
            );
        }
        if manual.part_of[ix.0 as usize].is_none() && manual.home != Some(ix) {
            reports.push(
                Diagnostic::new(&diag::ORPHAN, chapter.common().title_span(), "this chapter belongs to no part")
                    .help("move its file into the folder of a part, or add its folder to `parts` in manual.yaml"),
            );
        }
    }
}
