//! Finds what stands where words are still to be written.

use std::ops::Range;

use memchr::memmem;

/// What a new chapter says instead of its text.
pub(crate) const CHAPTER: &str = "Write the chapter here.";

/// What an example of a key says instead of its value.
pub(crate) const VALUE: &str = "some words";

/// How an author marks what somebody else fills in, after a `[`.
const TO_FILL_IN: &str = "to be filled in";

/// Words that stand for a value that is still to come, in lower case.
const STAND_INS: &[&str] = &["todo", "tbd", "tbc", "tba", "fixme", "xxx", VALUE];

/// How values without a number begin that say what belongs there, in lower case.
const PROMISES: &[&str] = &[
    "to be confirmed",
    "to be added",
    "to be announced",
    "to be completed",
    "to be decided",
    "to be filled",
    "to follow",
    "insert number",
    "insert the number",
    "insert phone",
    "insert name",
    "insert here",
    "enter number",
    "enter the number",
    "fill in",
    "please fill",
    "please complete",
    "please add",
    "your number",
    "phone number",
    "telephone number",
    "number here",
    "number to ",
    "pending",
    "noch offen",
    "wird ergänzt",
    "wird nachgereicht",
    "bitte ergänzen",
    "bitte eintragen",
    "bitte ausfüllen",
    "hier eintragen",
    "nummer eintragen",
    "à compléter",
    "à définir",
    "à confirmer",
    "por completar",
    "por definir",
    "por confirmar",
    "pendiente",
    "a completar",
    "a definir",
    "a preencher",
    "da completare",
    "da definire",
    "nog in te vullen",
    "in te vullen",
    "nog invullen",
];

/// Whether a value only says that it will come: `TODO: ask Ann`, `(number)`, `insert number here`, `xxxx xxx`.
fn is_promise(lower: &str) -> bool {
    let word = lower.split([':', '-', '–', '—', ',', '(']).next().unwrap_or_default().trim();
    if word.len() < lower.len() && STAND_INS.contains(&word) {
        return true;
    }
    let mut signs = lower.chars().filter(|letter| letter.is_alphanumeric());
    if signs.clone().count() >= 3 && signs.all(|sign| sign == 'x') || lower.contains("xxx") {
        return true;
    }
    // `Tel. TBC`, `Crisis team, tel. ____`, `Crisis team [number]`.
    let last = lower.rsplit(|letter: char| !letter.is_alphanumeric()).find(|word| !word.is_empty());
    let is_open = lower.contains("____") || last.is_some_and(|last| matches!(last, "tbc" | "tbd" | "tba"));
    let bracketed = lower.split_once('[').and_then(|(_, rest)| rest.split_once(']')).map(|(inner, _)| inner);
    let is_number_open = bracketed.is_some_and(|inner| {
        ["number", "phone", "nummer", "telefon", "número", "numéro", "teléfono", "téléphone"]
            .iter()
            .any(|word| inner.contains(word))
    });
    if is_open && !lower.contains(|letter: char| letter.is_ascii_digit()) || is_number_open {
        return true;
    }
    if matches!(lower, "none" | "none yet" | "not yet" | "n/a" | "na" | "unknown" | "add number" | "please complete") {
        return true;
    }
    let has_number = lower.contains(|letter: char| letter.is_ascii_digit());
    !has_number
        && (lower.starts_with('(') && lower.ends_with(')') || PROMISES.iter().any(|promise| lower.starts_with(promise)))
}

/// Whether a text with Markdown still has what a template says, or only promises that it will come.
pub(crate) fn is_unwritten(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    template_words(text).is_some() || STAND_INS.contains(&lower.trim_matches(|letter: char| !letter.is_alphanumeric()))
}

/// Whether a value only says what belongs in its place: `[your crisis line]`, `TBC`, `…`.
pub(crate) fn is_placeholder(value: &str) -> bool {
    let value = value.trim();
    let lower = value.to_lowercase();
    let is_within = |open: char, close: char| value.starts_with(open) && value.ends_with(close);
    !value.chars().any(char::is_alphanumeric)
        || is_within('[', ']')
        || is_within('<', '>')
        || is_within('{', '}')
        || STAND_INS.contains(&lower.trim_matches(|letter: char| !letter.is_alphanumeric()))
        || lower.strip_prefix(['(', '[']).unwrap_or(&lower).starts_with(TO_FILL_IN)
        || lower.contains(&format!("[{TO_FILL_IN}"))
        || is_promise(&lower)
}

/// Whether a text has a number to call: three digits or more, which are no year and no day.
pub(crate) fn has_contact(text: &str) -> bool {
    let is_part = |letter: char| letter.is_ascii_digit() || matches!(letter, ' ' | '-' | '.' | '/');
    text.split(|letter: char| !is_part(letter)).any(|part| {
        let digits = part.bytes().filter(u8::is_ascii_digit).count();
        let is_day = part.contains(['-', '.', '/']) && digits <= 8;
        let is_year = digits == 4 && ["19", "20"].iter().any(|century| part.trim().starts_with(century));
        digits >= 3 && !is_day && !is_year
    })
}

/// Where a text still has what a template says: what iptbook writes into a new chapter, or `[to be filled in: …]`.
pub(crate) fn template_words(text: &str) -> Option<Range<usize>> {
    if let Some(at) = memmem::find(text.as_bytes(), CHAPTER.as_bytes()) {
        return Some(at..at + CHAPTER.len());
    }
    let found = memmem::find(text.as_bytes(), TO_FILL_IN.as_bytes())?;
    let begin = found.checked_sub(1).filter(|begin| text.as_bytes()[*begin] == b'[')?;
    let end = text[begin..].find([']', '\n']).map_or(text.len(), |end| begin + end);
    Some(begin..(end + 1).min(text.len()))
}

/// Where front matter still has the example of a value.
pub(crate) fn template_value(front: &str) -> Option<Range<usize>> {
    let found = memmem::find(front.as_bytes(), VALUE.as_bytes())?;
    let is_value = front[..found].ends_with([' ', '"', '\''])
        && front[found + VALUE.len()..].trim_start_matches(['"', '\'']).starts_with(['\n', '\r', ',', ']', '}']);
    let line = front[..found].rsplit('\n').next().unwrap_or_default();
    (is_value && line.trim_end().ends_with([':', '-', ',', '[', '"', '\'']) && !line.trim_start().starts_with('#'))
        .then_some(found..found + VALUE.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_told_from_values() {
        for value in [
            "[to be filled in: your crisis line]",
            "To be filled in",
            "0800 [to be filled in]",
            "[Ihre Krisennummer]",
            "<number>",
            "TBC",
            "tbd.",
            "TODO",
            "…",
            "TODO: ask Ann",
            "TBC - see the manager",
            "(number)",
            "(phone number)",
            "xxxx xxx xxx",
            "Insert number here",
            "To be confirmed",
            "Bitte ergänzen",
            "Por completar",
            "???",
            "-",
            "",
        ] {
            assert!(is_placeholder(value), "{value}");
        }
        for value in [
            "112",
            "Crisis team, ext. 4411 (24 h)",
            "0800 111 0 111",
            "the duty doctor [by day]",
            "Todo Clinic",
            "000",
            "0000 000 000",
            "(020) 7946 0000",
            "Enter 5 for the night nurse",
            "To-be Clinic",
            "Your local A&E",
            "Enter the ward and ask at reception",
            "Bitte am Empfang klingeln",
            "Reception",
            "N/A 24",
        ] {
            assert!(!is_placeholder(value), "{value}");
        }
    }

    #[test]
    fn template_words_are_found_where_they_stand() {
        let of = |text| template_words(text).map(|range| &text[range]);
        assert_eq!(of("a\n\nWrite the chapter here. Leave"), Some("Write the chapter here."));
        assert_eq!(of("Call [to be filled in: x] now"), Some("[to be filled in: x]"));
        assert_eq!(of("Call [to be filled in"), Some("[to be filled in"));
        assert_eq!(of("Places to be filled in are called slots."), None);
    }
}
