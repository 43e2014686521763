//! Checks whether the fields of worksheets make a form that somebody can fill in.

use crate::diag;
use crate::diag::{Diagnostic, Reports};
use crate::link::checks::context::Context;
use crate::link::manual::Manual;
use crate::model::chapter::Chapter;
use crate::model::kinds::worksheet::FormField;

/// # Reports
/// `front-matter/missing-field` and `front-matter/bad-value`.
pub(crate) fn check(manual: &Manual, _: Context<'_>, reports: &mut Reports) {
    for worksheet in manual.chapters.iter().filter_map(Chapter::worksheet) {
        worksheet.fields().for_each(|field| self::field(field, reports));
    }
}

fn field(field: FormField<'_>, reports: &mut Reports) {
    let needed = match field.field_type() {
        Some("choice") => Some((FormField::KEYS.options, field.are_options_given(), "[Yes, No]")),
        Some("table") => Some((FormField::KEYS.columns, field.are_columns_given(), "[Day, Mood]")),
        _ => None,
    };
    if let (Some(kind), Some((name, false, example))) = (field.field_type(), needed)
        && !field.has_unknown()
    {
        let message = format!("a field of type `{kind}` needs `{name}`");
        let report = Diagnostic::new(&diag::MISSING_FIELD, field.field_type_span(), message);
        reports.push(report.help(format!("add `{name}: …`, such as `{name}: {example}`")));
    }
    if let (Some(low), Some(high)) = (field.min(), field.max())
        && low > high
    {
        let message = format!("the lowest number, {low}, is higher than the highest, {high}");
        reports.push(
            Diagnostic::new(&diag::BAD_VALUE, field.min_span(), message)
                .other(field.max_span(), "the highest")
                .help("swap the values of `min` and `max`"),
        );
    }
}
