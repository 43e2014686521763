//! Checks whether a chapter's review date has passed.

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::diag;
use crate::diag::{Diagnostic, Reports};
use crate::link::checks::context::Context;
use crate::link::manual::Manual;
use crate::link::relation::REPLACED_BY;
use crate::model::chapter::Chapter;
use crate::model::kinds::common::Common;
use crate::model::settings::{ManualYaml, Settings};
use crate::model::status::Status;
use crate::model::unwritten;
use crate::span::Spanned;

/// # Reports
/// `review/overdue`, `review/draft`, `review/unsigned`, `review/impossible-day`, and what a chapter says about its withdrawal that cannot be right.
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
    for (_, chapter) in manual.iter() {
        check_approval(chapter.common(), chapter.status, reports);
        check_days(chapter.common(), context.as_of, reports);
    }
    // An edition may be prepared in good time, and a review planned; a century is a slip.
    if let Some(date) = manual.settings.yaml().date() {
        check_far(date, ManualYaml::KEYS.date, 1, context.as_of, reports);
    }
    for due in manual.iter().filter_map(|(_, chapter)| chapter.common().review_due()) {
        check_far(due, Common::KEYS.review_due, 10, context.as_of, reports);
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

/// Whether an approval says by whom and when.
fn check_approval(common: Common<'_>, status: Status, reports: &mut Reports) {
    if status != Status::Approved {
        return;
    }
    if let Some(name) = common.approved_by().filter(|name| unwritten::is_placeholder(&name.value)) {
        let message = format!("`{}` is nobody's name", name.value);
        let help = "write the name of who approved this chapter. If nobody has approved it yet, write `status: review`";
        reports.push(Diagnostic::new(&diag::UNSIGNED, name.span, message).help(help));
    }
    // A value that does not fit has a report of its own.
    let has_no_name = common.approved_by().is_none() && !common.is_approved_by_given();
    let has_no_day = common.approved().is_none() && !common.is_approved_given();
    let (message, missing) = match (has_no_name, has_no_day) {
        (true, true) => (
            "nothing says who approved this chapter, and when",
            "`approved-by: …` with a name, and `approved: …` with the day",
        ),
        (true, false) => ("nothing says who approved this chapter", "`approved-by: …` with a name"),
        (false, true) => ("nothing says when this chapter was approved", "`approved: …` with the day"),
        (false, false) => return,
    };
    reports.push(
        Diagnostic::new(&diag::UNSIGNED, common.status_span(), message)
            .help(format!("add {missing}. If nobody has approved it yet, write `status: review`")),
    );
}

/// Whether a day is not further ahead than so many years.
fn check_far(day: &Spanned<Date>, name: &str, years: i32, today: Date, reports: &mut Reports) {
    if today.checked_add(years.years()).is_ok_and(|latest| day.value > latest) {
        let count = if years == 1 { "a year".to_owned() } else { format!("{years} years") };
        let message = format!("`{name}` is more than {count} from now, {}", day.value);
        reports.push(
            Diagnostic::new(&diag::IMPOSSIBLE_DAY, day.span, message)
                .help("write the day that is meant. Perhaps the year is wrong"),
        );
    }
}

/// Whether the days can be right.
fn check_days(common: Common<'_>, today: Date, reports: &mut Reports) {
    let keys = Common::KEYS;
    for (name, day) in [(keys.approved, common.approved()), (keys.reviewed, common.reviewed())] {
        if let Some(day) = day.filter(|day| day.value > today) {
            let message = format!("`{name}` is a day in the future, {}", day.value);
            reports.push(
                Diagnostic::new(&diag::IMPOSSIBLE_DAY, day.span, message)
                    .help("write the day on which it happened. Perhaps the year or the month is wrong"),
            );
        }
    }
    if let (Some(reviewed), Some(due)) = (common.reviewed(), common.review_due())
        && due.value < reviewed.value
    {
        let message = format!("the next review is due on {}, before the last one on {}", due.value, reviewed.value);
        reports.push(
            Diagnostic::new(&diag::IMPOSSIBLE_DAY, due.span, message)
                .other(reviewed.span, "the last review")
                .help(format!("write a day after {} for `{}`", reviewed.value, keys.review_due)),
        );
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
