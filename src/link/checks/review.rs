//! Checks whether a chapter's review date has passed.

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::diag;
use crate::diag::{Diagnostic, Reports};
use crate::link::checks::context::Context;
use crate::link::manual::Manual;
use crate::link::relation::REPLACED_BY;
use crate::model::chapter::Chapter;
use crate::model::settings::Settings;
use crate::model::status::Status;

/// # Reports
/// `review/overdue`, `review/draft`, and what a chapter says about its withdrawal that cannot be right.
pub(crate) fn check(manual: &Manual, context: Context<'_>, reports: &mut Reports) {
    for (_, chapter) in manual.iter() {
        if chapter.status == Status::Draft {
            let message = format!("\"{}\" is a draft", chapter.title);
            reports.push(Diagnostic::new(&diag::DRAFT, chapter.common().status_span(), message).help(
                "`--drafts` includes it, so that you can read it. Until it is approved, publish without `--drafts`",
            ));
        }
        if let Some(named) = chapter.common().replaced_by().first() {
            let message = format!("`{REPLACED_BY}` is only for withdrawn chapters");
            reports.push(
                Diagnostic::new(&diag::BAD_VALUE, named.span, message).help("remove it, or set `status: withdrawn`"),
            );
        }
    }
    for gone in manual.withdrawn.iter().filter(|gone| gone.chapter.source == "index.md") {
        let span = gone.chapter.common().status_span();
        reports.push(
            Diagnostic::new(&diag::BAD_VALUE, span, "the home page cannot be withdrawn")
                .help("remove the file, and iptbook makes a home page; or set `status: approved`"),
        );
    }
    for (_, chapter) in manual.iter() {
        let Some(due) = due(chapter, &manual.settings).filter(|due| *due < context.as_of) else { continue };
        let common = chapter.common();
        let (span, help) = if common.review_due().is_some() {
            (common.review_due_span(), "review the chapter, then set `review-due` to the day of the next review")
        } else {
            (common.reviewed_span(), "review the chapter, then set `reviewed` to the day of the review")
        };
        reports.push(Diagnostic::new(&diag::OVERDUE, span, format!("the review was due on {due}")).help(help));
    }
}

/// When the next review of a chapter is due: as it says itself, or an interval after its last review.
pub(crate) fn due(chapter: &Chapter, settings: &Settings) -> Option<Date> {
    if let Some(due) = chapter.common().review_due() {
        return Some(due.value);
    }
    let reviewed = chapter.common().reviewed()?.value;
    reviewed.checked_add(settings.review_months?.months()).ok()
}
