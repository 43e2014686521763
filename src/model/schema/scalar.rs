//! Reads ids, dates and lengths of time.

use jiff::civil::Date;

use crate::diag::{self, Diagnostic, Fix};
use crate::model::text;
use crate::span::Span;

/// Whether a name is in kebab-case: lower-case letters and digits, joined by single hyphens.
pub(crate) fn is_kebab_case(name: &str) -> bool {
    !name.is_empty()
        && name.split('-').all(|part| {
            !part.is_empty() && part.chars().all(|letter| letter.is_alphanumeric() && !letter.is_uppercase())
        })
}

/// A name in kebab-case; none if it has neither letters nor digits.
pub(crate) fn kebab_case(name: &str) -> Option<String> {
    let slug = text::slug(name).replace('_', "-");
    let parts: Vec<&str> = slug.split('-').filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join("-"))
}

/// The report on a name that is not in kebab-case.
pub(crate) fn invalid_id(name: &str, span: Span) -> Diagnostic {
    let report = Diagnostic::new(&diag::INVALID_ID, span, format!("`{name}` is not a valid id"))
        .label("use only lower-case letters, digits and hyphens");
    // In a list a name may have its kind before it. Here only one kind can be meant.
    let bare = name.split_once('/').filter(|(_, id)| is_kebab_case(id)).map_or(name, |(_, id)| id);
    let Some(mended) = kebab_case(bare) else { return report };
    let fix = Fix::of_name(span, name, &mended).filter(|_| is_kebab_case(&mended));
    report.help(format!("write `{mended}`")).maybe_fix(fix)
}

/// Reads `YYYY-MM-DD`; `None` for anything else and for days that do not exist.
pub(crate) fn parse_date(text: &str) -> Option<Date> {
    let digits = |part: &str, len: usize| part.len() == len && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// The date that is meant by another way of writing it, if only one date is possible: 23.11.2026, 2026/11/23.
///
/// With slashes the day may come before or after the month, so one of the two must be larger than 12, or both the same.
pub(crate) fn date_meant(text: &str) -> Option<Date> {
    let mark = text.chars().find(|letter| !letter.is_ascii_digit())?;
    let parts: Vec<&str> = text.split(mark).map(str::trim).collect();
    let number = |part: &str, most: usize| {
        let is_number = (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| part.parse::<i16>().ok()).flatten()
    };
    let [first, second, third] = parts.as_slice() else { return None };
    let (year, month, day) = match (mark, first.len(), third.len()) {
        ('-' | '/' | '.', 4, _) => (number(first, 4)?, number(second, 2)?, number(third, 2)?),
        ('.', _, 4) => (number(third, 4)?, number(second, 2)?, number(first, 2)?),
        ('-' | '/', _, 4) => match (number(first, 2)?, number(second, 2)?) {
            (day, month) if day > 12 || day == month => (number(third, 4)?, month, day),
            (month, day) if day > 12 => (number(third, 4)?, month, day),
            _ => return None,
        },
        _ => return None,
    };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
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
