//! Checks whether every cited work is in the bibliography.

use crate::diag::{self, Diagnostic, Fix, Reports, nearest_few};
use crate::link::checks::context::Context;
use crate::link::manual::Manual;
use crate::span::Spanned;

/// # Reports
/// `citation/unknown-key`.
pub(crate) fn check(manual: &Manual, context: Context<'_>, reports: &mut Reports) {
    let mut look = |key: &Spanned<String>| {
        if context.bibliography.contains(&key.value) {
            return;
        }
        let near = nearest_few(&key.value, context.bibliography.keys(), 3);
        let fix = match near.as_slice() {
            [only] => Fix::of_name(key.span, &key.value, only),
            _ => None,
        };
        let help = if near.is_empty() {
            "add the work to the bibliography".to_owned()
        } else {
            let near: Vec<String> = near.iter().map(|near| format!("`{near}`")).collect();
            format!("did you mean {}?", near.join(" or "))
        };
        let message = format!("the bibliography has no work `{}`", key.value);
        reports.push(Diagnostic::new(&diag::UNKNOWN_KEY, key.span, message).help(help).maybe_fix(fix));
    };
    for chapter in &manual.chapters {
        for body in chapter.bodies() {
            body.citations.iter().flat_map(|citation| &citation.works).for_each(|work| look(&work.key));
        }
        let mut keys = Vec::new();
        chapter.front.keys_within(&mut keys);
        keys.into_iter().for_each(&mut look);
    }
    for term in &manual.lexicon.terms {
        let works = term.definition.body.citations.iter().flat_map(|citation| &citation.works);
        works.for_each(|work| look(&work.key));
    }
}
