//! Reports texts that a language does not have, and keys that no text has.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{self, Diagnostic, Fix, nearest};
use crate::model::settings::Settings;
use crate::span::{FileId, Span, Spanned};
use crate::words::locale_file::{REFERENCE, is_form};

/// Reports what is shown in English because the manual's language has no text for it.
pub(in crate::words) fn untranslated(
    settings: &Settings,
    primary: &str,
    known: &BTreeMap<String, String>,
    translated: &BTreeSet<String>,
    own_file: Option<FileId>,
) -> Option<Diagnostic> {
    if primary.eq_ignore_ascii_case(REFERENCE) {
        return None;
    }
    // A language need not have the forms for numbers that English has.
    let optional = |key: &str| !key.ends_with("-other") && is_form(key, known);
    let missing = known.keys().filter(|key| !translated.contains(*key) && !optional(key));
    let missing: Vec<&str> = missing.map(String::as_str).collect();
    let (first, rest) = (missing.first()?, missing.len() - 1);
    let (place, message) = match own_file {
        Some(file) => (
            Span::top(file),
            format!("{} of {} texts are missing here, so readers see English texts", missing.len(), known.len()),
        ),
        None => {
            let place = settings.yaml().language().map_or(Span::top(settings.file), |line| line.span);
            (place, format!("there are no interface texts in `{primary}`, so readers see English texts"))
        }
    };
    let help = match own_file {
        Some(_) if rest > 0 => {
            format!("add `{first}: …` and {rest} more, as in locales/{REFERENCE}.yaml of the default theme")
        }
        Some(_) => format!("add `{first}: …`, as in locales/{REFERENCE}.yaml of the default theme"),
        None => {
            format!(
                "write locales/{primary}.yaml in your own theme, with the keys of locales/{REFERENCE}.yaml of the default theme"
            )
        }
    };
    Some(Diagnostic::new(&diag::MISSING_TEXT, place, message).help(help))
}

/// A key that no text has.
pub(in crate::words) fn unknown(name: &Spanned<String>, known: &BTreeMap<String, String>) -> Diagnostic {
    let near = nearest(&name.value, known.keys().map(String::as_str));
    let fix = near.and_then(|near| Fix::of_name(name.span, &name.value, near));
    let near = near.map(|near| format!("did you mean `{near}`?"));
    let message = format!("there is no interface text `{}`", name.value);
    Diagnostic::new(&diag::UNKNOWN_FIELD, name.span, message)
        .help(near.unwrap_or_else(|| "use a key from locales/en.yaml of the default theme".into()))
        .maybe_fix(fix)
}
