//! Checks whether a reader in a hurry can reach help: the safety page, and the slots that a service fills.

use crate::diag;
use crate::diag::{Diagnostic, Reports};
use crate::link::checks::context::Context;
use crate::link::manual::Manual;
use crate::model::kind::Kind;
use crate::span::Span;

/// # Reports
/// `safety/missing` and `slot/unfilled`.
pub(crate) fn check(manual: &Manual, _: Context<'_>, reports: &mut Reports) {
    let settings = &manual.settings;
    let treats = manual.chapters.iter().any(|chapter| matches!(chapter.kind, Kind::Case | Kind::Session | Kind::Stage));
    if treats && settings.yaml().safety().is_none() {
        let span = match settings.yaml().title() {
            Some(title) => title.span,
            None => Span::top(settings.file),
        };
        reports.push(
            Diagnostic::new(&diag::NO_SAFETY_PAGE, span, "this manual is about treatment, but it names no safety page")
                .help("write a page on what to do when somebody is at risk, and name it here: `safety: page/…`"),
        );
    }
    for slot in settings.slots.iter().filter(|slot| slot.value.is_none() && !slot.is_left_open) {
        let message = format!("the slot `{}` is not filled in", slot.name.value);
        let until = format!("Until then, pages say \"To be filled in: {}\"", slot.label);
        let report = match slot.placeholder {
            Some(value) => Diagnostic::new(&diag::UNFILLED_SLOT, value, message)
                .label("this only says what belongs here")
                .help(format!("write what it is in your service. {until}")),
            None => Diagnostic::new(&diag::UNFILLED_SLOT, slot.name.span, message)
                .help(format!("give it a `value`. {until}")),
        };
        reports.push(report);
    }
}
