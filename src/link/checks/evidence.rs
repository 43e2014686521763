//! Checks whether every finding says where it was published.

use crate::diag;
use crate::diag::{Diagnostic, Reports};
use crate::link::checks::context::Context;
use crate::link::manual::Manual;
use crate::model::chapter::Chapter;

/// # Reports
/// `evidence/unsourced`.
pub(crate) fn check(manual: &Manual, _: Context<'_>, reports: &mut Reports) {
    for evidence in manual.chapters.iter().filter_map(Chapter::evidence) {
        for finding in evidence.findings() {
            if finding.sources().is_empty() {
                reports.push(
                    Diagnostic::new(&diag::UNSOURCED, finding.statement_span(), "this finding has no source")
                        .help("add `sources: [key]` with a key from the bibliography. Until then, the page says that no source is given"),
                );
            }
        }
    }
}
