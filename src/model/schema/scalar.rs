//! Reads ids, dates and spans of time.

use jiff::civil::Date;

use crate::diag;
use crate::diag::Diagnostic;
use crate::model::text;
use crate::span::Span;

/// Whether a name is in kebab-case: lower-case letters and digits, joined by single hyphens.
pub fn is_kebab_case(name: &str) -> bool {
    !name.is_empty()
        && name.split('-').all(|part| {
            !part.is_empty() && part.chars().all(|letter| letter.is_alphanumeric() && !letter.is_uppercase())
        })
}

/// The report on a name that is not in kebab-case.
pub fn invalid_id(name: &str, span: Span) -> Diagnostic {
    let mended = text::slug(name).replace('_', "-");
    let mended: Vec<&str> = mended.split('-').filter(|part| !part.is_empty()).collect();
    let report = Diagnostic::new(&diag::INVALID_ID, span, format!("`{name}` is not a valid id"))
        .label("lower-case letters, digits and hyphens only");
    if mended.is_empty() { report } else { report.help(format!("write `{}`", mended.join("-"))) }
}

/// Reads `YYYY-MM-DD`; `None` for anything else and for days that do not exist.
pub fn parse_date(text: &str) -> Option<Date> {
    let digits = |part: &str, len: usize| part.len() == len && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

pub(crate) fn parse_months(text: &str) -> Option<i32> {
    let (number, unit) = text.trim().split_once(char::is_whitespace)?;
    let number: i32 = number.parse().ok().filter(|number| (1..=1200).contains(number))?;
    match unit.trim() {
        "month" | "months" => Some(number),
        "year" | "years" => Some(number * 12),
        _ => None,
    }
}
