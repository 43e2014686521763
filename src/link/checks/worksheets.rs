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
    let keys = &FormField::KEYS;
    let needed: &[(&str, bool, &str)] = match field.field_type() {
        Some("choice") => &[(keys.options, field.are_options_given(), "[Yes, No]")],
        Some("table") => &[(keys.columns, field.are_columns_given(), "[Day, Mood]")],
        Some("scale") => &[(keys.min, field.is_min_given(), "0"), (keys.max, field.is_max_given(), "10")],
        _ => &[],
    };
    let missing: Vec<_> = needed.iter().filter(|(_, is_given, _)| !is_given).collect();
    if let Some(kind) = field.field_type()
        && !missing.is_empty()
        && !field.has_unknown()
    {
        let names: Vec<String> = missing.iter().map(|(name, ..)| format!("`{name}`")).collect();
        let add: Vec<String> = missing.iter().map(|(name, ..)| format!("`{name}: …`")).collect();
        let such: Vec<String> = missing.iter().map(|(name, _, example)| format!("`{name}: {example}`")).collect();
        let message = format!("a field of type `{kind}` needs {}", names.join(" and "));
        let report = Diagnostic::new(&diag::MISSING_FIELD, field.field_type_span(), message);
        reports.push(report.help(format!("add {}, such as {}", add.join(" and "), such.join(" and "))));
    }
    let lists = [
        ("choice", field.has_options() && field.options().is_empty(), field.options_span(), "[Yes, No]"),
        ("table", field.has_columns() && field.columns().is_empty(), field.columns_span(), "[Day, Mood]"),
    ];
    for (kind, is_empty, span, example) in lists {
        if is_empty && field.field_type() == Some(kind) {
            let message = format!("this list is empty, and a field of type `{kind}` needs it");
            let help = format!("write what it is to have, such as `{example}`");
            reports.push(Diagnostic::new(&diag::BAD_VALUE, span, message).help(help));
        }
    }
    if let Some(kind) = field.field_type() {
        let others = [
            (keys.options, field.has_options(), field.options_span(), &["choice"][..]),
            (keys.columns, field.has_columns(), field.columns_span(), &["table"]),
            (keys.min, field.min().is_some(), field.min_span(), &["scale", "number"]),
            (keys.max, field.max().is_some(), field.max_span(), &["scale", "number"]),
        ];
        for (name, is_given, span, kinds) in others {
            if is_given && !kinds.contains(&kind) {
                let message = format!("`{name}` does nothing in a field of type `{kind}`");
                reports.push(
                    Diagnostic::new(&diag::BAD_VALUE, span, message)
                        .into_warning()
                        .help(format!("remove `{name}`, or give the field the type `{}`", kinds[0])),
                );
            }
        }
    }
    if field.field_type() == Some("choice")
        && let [only] = field.options()
        // A `;` has a report of its own, unless the answer is in quotes.
        && !(only.value.contains("; ") && only.span.len() == only.value.len())
    {
        let message = format!("a choice needs two answers at least, and this is one: `{}`", only.value);
        let help = "write the answers with a comma between two of them: `Yes, No`";
        reports.push(Diagnostic::new(&diag::BAD_VALUE, only.span, message).into_warning().help(help));
    }
    if let (Some(low), Some(high)) = (field.min(), field.max())
        && low >= high
    {
        let (message, help) = if low > high {
            let message = format!("the lowest number, {low}, is higher than the highest, {high}");
            (message, "swap the values of `min` and `max`")
        } else {
            (format!("the lowest and the highest number are both {low}"), "write a higher number for `max`")
        };
        reports.push(
            Diagnostic::new(&diag::BAD_VALUE, field.min_span(), message)
                .other(field.max_span(), "the highest")
                .help(help),
        );
    }
}
