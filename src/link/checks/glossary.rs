//! Whether the glossary's own links hold, and whether each term is mentioned anywhere.

use crate::diag;
use crate::diag::{Diagnostic, Reports};
use crate::link::checks::context::Context;
use crate::link::manual::Manual;
use crate::link::{edges, resolve};

/// # Reports
/// The family `link/…` for definitions, and `glossary/unused`.
pub fn check(manual: &Manual, _: Context<'_>, reports: &mut Reports) {
    for (term, mentioned_in) in manual.lexicon.terms.iter().zip(&manual.term_in) {
        edges::links(manual, "glossary.yaml", &term.definition.body, reports);
        for see in &term.see {
            if let Err(problem) = resolve::chapter_named(manual, &see.value, None) {
                reports.push(problem.of_link().report(see.span, "see"));
            }
        }
        if mentioned_in.is_empty() {
            reports.push(
                Diagnostic::new(
                    &diag::UNUSED_TERM,
                    term.term.span,
                    format!("no chapter mentions `{}`", term.term.value),
                )
                .help("add the words that chapters use under `also`, or take the entry out"),
            );
        }
    }
}
