//! Checks whether every finding says where it was published, and whether its numbers agree with each other.

use crate::diag;
use crate::diag::{Diagnostic, Reports};
use crate::link::checks::context::Context;
use crate::link::manual::Manual;
use crate::model::chapter::Chapter;
use crate::model::effect::{direction, is_no_effect_known, is_ratio, no_effect};
use crate::model::kinds::evidence::{Effect, FAVOURS_COMPARATOR, FAVOURS_IPT, Finding, NO_DIFFERENCE};

/// # Reports
/// `evidence/unsourced`, `evidence/contradiction` and `front-matter/bad-value`.
pub(crate) fn check(manual: &Manual, _: Context<'_>, reports: &mut Reports) {
    for evidence in manual.chapters.iter().filter_map(Chapter::evidence) {
        for finding in evidence.findings() {
            if finding.sources().is_empty() {
                reports.push(
                    Diagnostic::new(&diag::UNSOURCED, finding.statement_span(), "this finding has no source")
                        .help("name its work from the bibliography under `sources`, such as `sources: [key]`. Until then, the page says that no source is given"),
                );
            }
            let Some(effect) = finding.effect() else { continue };
            let before = reports.len();
            ratio(effect, reports);
            // Of numbers that cannot be, nothing else is said.
            if reports.len() == before {
                estimate(effect, reports);
                reports.extend(favoured(finding, effect));
            }
        }
    }
}

/// A ratio has no number at or below 0.
fn ratio(effect: Effect<'_>, reports: &mut Reports) {
    let Some(measure) = effect.measure().filter(|measure| is_ratio(&measure.value)) else { return };
    let numbers = [
        (effect.value(), effect.value_span()),
        (effect.ci().map(|(low, _)| low), effect.ci_span()),
        (effect.no_effect(), effect.no_effect_span()),
    ];
    for (number, span) in numbers {
        let Some(number) = number.filter(|number| *number <= 0.0) else { continue };
        let message = format!("a ratio is always above 0, but this is {number}");
        reports.push(Diagnostic::new(&diag::BAD_VALUE, span, message).other(measure.span, "this is a ratio").help(
            format!(
                "write the number as it is published. If it is the logarithm of the ratio, write `measure: log {}`",
                measure.value
            ),
        ));
    }
}

/// The estimate lies within its interval.
fn estimate(effect: Effect<'_>, reports: &mut Reports) {
    let (Some(value), Some((low, high))) = (effect.value(), effect.ci()) else { return };
    if !(low..=high).contains(&value) {
        let message = format!("the estimate {value} is not between {low} and {high}, its own interval");
        reports.push(
            Diagnostic::new(&diag::CONTRADICTION, effect.value_span(), message)
                .other(effect.ci_span(), "the interval")
                .help("compare `value` and `ci` with the source, also the minus signs, and correct the wrong one"),
        );
    }
}

/// What a finding is said to favour is what its numbers favour.
fn favoured<'a>(finding: Finding<'a>, effect: Effect<'a>) -> Option<Diagnostic> {
    // Of a measure that nobody knows, nobody knows which value means no effect.
    let said = finding.direction().filter(|_| is_no_effect_known(effect))?;
    let value = effect.value()?;
    let side = |number: f64| direction(effect, number);
    let interval = effect.ci().and_then(|(low, high)| side(low).filter(|low| side(high) == Some(*low)));
    let is_outside = effect.ci().is_some_and(|(low, high)| no_effect(effect) < low || high < no_effect(effect));
    let (what, shown) = match effect.ci() {
        Some((low, high)) if interval.is_some() || is_outside => ("the interval", format!("from {low} to {high}")),
        _ => ("the estimate", value.to_string()),
    };
    let report = |message: String, help: String| {
        let report = Diagnostic::new(&diag::CONTRADICTION, finding.direction_span(), message);
        let numbers = if interval.is_some() || is_outside { effect.ci_span() } else { effect.value_span() };
        report.other(numbers, what).help(help)
    };
    let none = no_effect(effect);
    match said {
        FAVOURS_IPT | FAVOURS_COMPARATOR => {
            let shows = interval.or_else(|| side(value)).filter(|shows| *shows != said)?;
            let favours = effect.favours_ipt()?;
            let message =
                format!("{what}, {shown}, does not mean `{said}`: here, numbers {favours} {none} are in favour of IPT");
            let help = format!("write `direction: {shows}`, or correct `favours-ipt` or the numbers");
            let report = report(message, help).other(effect.favours_ipt_span(), "which side is in favour of IPT");
            // An interval that reaches to both sides leaves room for what an author means.
            Some(if interval.is_some() { report } else { report.into_warning() })
        }
        NO_DIFFERENCE if is_outside => {
            let message = format!("{what}, {shown}, does not include {none}, which means no effect");
            let shows = interval.map_or_else(
                || format!("`direction: {FAVOURS_IPT}` or `direction: {FAVOURS_COMPARATOR}`"),
                |shows| format!("`direction: {shows}`"),
            );
            let help = format!("write {shows}, or compare `ci` with the source");
            // A difference may be there and yet be too small to matter.
            Some(report(message, help).into_warning())
        }
        _ => None,
    }
}
