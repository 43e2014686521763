//! Checks whether what a measure says of its scores can be: its range, and what the scores mean.

use crate::diag;
use crate::diag::{Diagnostic, Reports};
use crate::link::checks::context::Context;
use crate::link::manual::Manual;
use crate::model::chapter::Chapter;
use crate::model::kinds::measure::Measure;

/// # Reports
/// `front-matter/bad-value`.
pub(crate) fn check(manual: &Manual, _: Context<'_>, reports: &mut Reports) {
    for measure in manual.chapters.iter().filter_map(Chapter::measure) {
        range(measure, reports);
        cut_offs(measure, reports);
    }
}

/// A range has two ends. That the first is not above the second is checked when they are read.
fn range(measure: Measure<'_>, reports: &mut Reports) {
    if let Some((low, high)) = measure.range()
        && low >= high
    {
        let message = format!("the lowest and the highest score are both {low}");
        reports.push(
            Diagnostic::new(&diag::BAD_VALUE, measure.range_span(), message)
                .help("write the lowest and the highest possible score, such as `range: [0, 27]`"),
        );
    }
}

/// Each score has one meaning, and the meanings begin at scores that there are.
fn cut_offs(measure: Measure<'_>, reports: &mut Reports) {
    let mut before = None;
    let mut seen: Vec<(f64, crate::span::Span)> = Vec::new();
    for cut_off in measure.cut_offs() {
        let Some(from) = cut_off.from() else { continue };
        let span = cut_off.start_span();
        if let Some((low, high)) = measure.range().filter(|(low, high)| low < high && !(*low..=*high).contains(&from)) {
            let message = format!("{from} is no possible score: the range is {low} to {high}");
            reports.push(
                Diagnostic::new(&diag::BAD_VALUE, span, message)
                    .other(measure.range_span(), "the range")
                    .help(format!("write a number from {low} to {high}, or correct `range`")),
            );
        } else if let Some((_, first)) = seen.iter().find(|(known, _)| *known == from) {
            reports.push(
                Diagnostic::new(&diag::BAD_VALUE, span, format!("two meanings begin at the score {from}"))
                    .other(*first, "the first one is here")
                    .help("correct one of the numbers, or remove one of the meanings"),
            );
        } else if let Some((last, at)) = before.filter(|(last, _)| from < *last) {
            // What it means is clear, but readers look for rising numbers.
            reports.push(
                Diagnostic::new(&diag::BAD_VALUE, span, format!("{from} comes after {last}"))
                    .into_warning()
                    .other(at, "the number before it")
                    .help("write the lowest score first and the highest last, or correct the wrong number"),
            );
        }
        seen.push((from, span));
        before = Some((from, span));
    }
}
