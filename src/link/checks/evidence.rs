//! Whether every finding says where it is published.

use crate::diag;
use crate::diag::{Diagnostic, Reports};
use crate::link::checks::context::Context;
use crate::link::manual::Manual;
use crate::model::kind::Kind;

/// # Reports
/// `evidence/unsourced`.
pub(crate) fn check(manual: &Manual, _: Context<'_>, reports: &mut Reports) {
    for (_, chapter) in manual.of_kind(Kind::Evidence) {
        for finding in chapter.front.records("findings") {
            if finding.keys("sources").is_empty() {
                reports.push(
                    Diagnostic::new(&diag::UNSOURCED, finding.span_of("statement"), "this finding has no source")
                        .help("add `sources: [key]` with a key of the bibliography; until then the page says so"),
                );
            }
        }
    }
}
