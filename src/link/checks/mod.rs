//! Checks a joined manual: one file for each check, and their list.
//!
//! A check looks at the finished graph and says what is wrong. It changes nothing and depends on no other check.
//!
//! # Who may use whom
//!
//! ```text
//! checks -> { citations, context, directives, evidence, glossary, measures, pages, plans, privacy, review, safety, sessions, worksheets }
//! worksheets -> context
//! sessions -> context
//! safety -> context
//! review -> context
//! privacy -> { context, national_numbers }
//! plans -> context
//! pages -> context
//! measures -> context
//! glossary -> context
//! evidence -> context
//! directives -> context
//! citations -> context
//! ```

pub(crate) mod citations;
pub mod context;
pub(crate) mod directives;
pub(crate) mod evidence;
pub(crate) mod glossary;
pub(crate) mod measures;
mod national_numbers;
pub(crate) mod pages;
pub(crate) mod plans;
pub(crate) mod privacy;
pub(crate) mod review;
pub(crate) mod safety;
pub(crate) mod sessions;
pub(crate) mod worksheets;

use crate::diag::Reports;
use crate::link::checks::context::Context;
use crate::link::manual::Manual;

/// A check.
type Check = fn(&Manual, Context<'_>, &mut Reports);

/// All checks.
const CHECKS: &[Check] = &[
    citations::check,
    directives::check,
    evidence::check,
    glossary::check,
    measures::check,
    pages::check,
    plans::check,
    privacy::check,
    review::check,
    safety::check,
    sessions::check,
    worksheets::check,
];

/// Runs all checks.
pub fn all(manual: &Manual, context: Context<'_>, reports: &mut Reports) {
    for found in crate::par::map(CHECKS, |check| {
        let mut reports = Reports::new();
        check(manual, context, &mut reports);
        reports
    }) {
        reports.extend(found);
    }
}
