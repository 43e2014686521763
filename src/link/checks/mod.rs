//! The checks on a joined manual, one file each, and the list.
//!
//! A check looks at the finished graph and says what is wrong; it changes nothing and depends on
//! no other check. [`links`] is the exception that proves the rule: it makes the edges.

pub mod citations;
pub mod directives;
pub mod evidence;
pub mod glossary;
mod national_numbers;
pub mod pages;
pub mod privacy;
pub mod review;
pub mod safety;
pub mod sessions;
pub mod worksheets;

use jiff::civil::Date;

use crate::citation::Bibliography;
use crate::diag::Reports;
use crate::link::manual::Manual;

/// What checks need beside the manual.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The bibliography.
    pub bibliography: &'a Bibliography,
    /// The day on which review dates are judged.
    pub as_of: Date,
}

/// A check.
type Check = fn(&Manual, Context<'_>, &mut Reports);

/// All checks.
const CHECKS: &[Check] = &[
    citations::check,
    directives::check,
    evidence::check,
    glossary::check,
    pages::check,
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
