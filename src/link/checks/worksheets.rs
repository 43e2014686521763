//! Whether the fields of worksheets make a form that somebody can fill in.

use crate::diag;
use crate::diag::{Diagnostic, Reports};
use crate::link::checks::context::Context;
use crate::link::manual::Manual;
use crate::model::kind::Kind;
use crate::model::schema::record::Record;

/// # Reports
/// `front-matter/missing-field` and `front-matter/bad-value`.
pub(crate) fn check(manual: &Manual, _: Context<'_>, reports: &mut Reports) {
    for (_, worksheet) in manual.of_kind(Kind::Worksheet) {
        worksheet.front.records("fields").iter().for_each(|field| self::field(field, reports));
    }
}

fn field(field: &Record, reports: &mut Reports) {
    let needed = match field.choice("type") {
        Some("choice") => Some(("options", "[Yes, No]")),
        Some("table") => Some(("columns", "[Day, Mood]")),
        _ => None,
    };
    if let (Some(kind), Some((name, example))) = (field.choice("type"), needed)
        && !field.is_given(name)
        && !field.has_unknown
    {
        let message = format!("a field of type `{kind}` needs `{name}`");
        let report = Diagnostic::new(&diag::MISSING_FIELD, field.span_of("type"), message);
        reports.push(report.help(format!("add `{name}: …`, such as `{name}: {example}`")));
    }
    if let (Some(low), Some(high)) = (field.number("min"), field.number("max"))
        && low > high
    {
        let message = format!("the lowest number, {low}, is above the highest, {high}");
        reports.push(
            Diagnostic::new(&diag::BAD_VALUE, field.span_of("min"), message)
                .other(field.span_of("max"), "the highest")
                .help("exchange `min` and `max`"),
        );
    }
}
