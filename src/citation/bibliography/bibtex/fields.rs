//! Reads the fields of each entry, and leaves out those whose text cannot be read.
//!
//! It does not follow an entry to another.

use biblatex::{ChunksExt, Pair, RawEntry, Spanned};

use crate::citation::bibliography::bibtex::alone::parse_alone;
use crate::citation::bibliography::bibtex::limits::{MOST_NESTED_BRACES, nesting_depth};
use crate::citation::bibliography::bibtex::messages::{date_sentence, syntax_sentence};
use crate::citation::bibliography::mistakes::Mistakes;

/// Leaves out fields whose text cannot be read.
pub(super) fn sound_fields<'t>(
    mut entries: Vec<Spanned<RawEntry<'t>>>,
    abbreviations: &[Pair<'t>],
    mistakes: &mut Mistakes<'_>,
) -> Vec<Spanned<RawEntry<'t>>> {
    for entry in &mut entries {
        let shallow = entry.v.fields.iter().all(|pair| nesting_depth(&pair.value.v) <= MOST_NESTED_BRACES);
        let whole = if shallow { parse_alone(&entry.v.key, &entry.v.fields, abbreviations).ok() } else { None };
        if whole
            .is_some_and(|whole| whole.fields.iter().all(|(field, text)| can_be_date(field, &text.format_verbatim())))
        {
            continue;
        }
        entry.v.fields.retain(|pair| {
            if nesting_depth(&pair.value.v) > MOST_NESTED_BRACES {
                mistakes.note(pair.value.span.clone(), "this text has too many braces inside each other");
                return false;
            }
            match parse_alone(&entry.v.key, std::slice::from_ref(pair), abbreviations) {
                Ok(alone) => {
                    let wrong = alone
                        .fields
                        .iter()
                        .map(|(field, text)| (field, text.format_verbatim()))
                        .find(|(field, text)| !can_be_date(field, text));
                    if let Some((field, text)) = &wrong {
                        mistakes.note(pair.value.span.clone(), date_sentence(field, text).unwrap_or_default());
                    }
                    wrong.is_none()
                }
                Err(error) => {
                    // Spans inside a TeX command's braces count from the wrong place.
                    let inside = pair.value.span.start <= error.span.start && error.span.end <= pair.value.span.end;
                    let range = if inside { error.span } else { pair.value.span.clone() };
                    mistakes.note(range, syntax_sentence(&error.kind, false));
                    false
                }
            }
        });
    }
    entries
}

/// Whether biblatex can be asked to read this date; it panics on some texts that are none.
fn can_be_date(field: &str, text: &str) -> bool {
    if date_sentence(field, text).is_none() {
        return true;
    }
    let text = text.trim();
    let plain_digits = text.chars().all(|c| c.is_ascii_digit() || !c.is_numeric());
    let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty()).collect();
    let longest = if matches!(field, "month" | "day") { 2 } else { 4 };
    let spaced_sign = text.strip_prefix(['-', '+']).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
    let no_month = match field {
        "month" => numbers.first().is_some_and(|month| !(1..=12).contains(&month.parse().unwrap_or(0))),
        _ => text.contains(['x', 'X']) && numbers.contains(&"00"),
    };
    plain_digits && numbers.iter().all(|digits| digits.len() <= longest) && !spaced_sign && !no_month
}
