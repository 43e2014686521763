//! Whether a chapter's review date has passed.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::Context;
use crate::diag::{self, Diagnostic, Reports};
use crate::link::Manual;
use crate::model::Chapter;
use crate::model::settings::Settings;

/// # Reports
/// `review/overdue`.
pub fn check(manual: &Manual, context: Context<'_>, reports: &mut Reports) {
    for (_, chapter) in manual.iter() {
        let Some(due) = due(chapter, &manual.settings).filter(|due| *due < context.as_of) else { continue };
        let (given, help) = if chapter.front.date("review-due").is_some() {
            ("review-due", "review the chapter, then set `review-due` to the day of the next review")
        } else {
            ("reviewed", "review the chapter, then set `reviewed` to the day")
        };
        reports.push(
            Diagnostic::new(&diag::OVERDUE, chapter.front.span_of(given), format!("the review was due on {due}"))
                .help(help),
        );
    }
}

/// When a chapter is to be reviewed: as it says itself, or an interval after its last review.
pub fn due(chapter: &Chapter, settings: &Settings) -> Option<Date> {
    if let Some(due) = chapter.front.date("review-due") {
        return Some(due.value);
    }
    let reviewed = chapter.front.date("reviewed")?.value;
    reviewed.checked_add(settings.review_months?.months()).ok()
}
