//! Checks whether the glossary's own links lead somewhere, and whether each term is mentioned anywhere.

use crate::diag;
use crate::diag::{Diagnostic, Reports};
use crate::link::checks::context::Context;
use crate::link::manual::Manual;

/// # Reports
/// `glossary/unused`.
pub(crate) fn check(manual: &Manual, _: Context<'_>, reports: &mut Reports) {
    for (term, mentioned_in) in manual.lexicon.terms.iter().zip(&manual.term_in) {
        if mentioned_in.is_empty() {
            reports.push(
                Diagnostic::new(
                    &diag::UNUSED_TERM,
                    term.term.span,
                    format!("no chapter mentions `{}`", term.term.value),
                )
                .help("add the words that your chapters use under `also`, or remove the entry"),
            );
        }
    }
}
