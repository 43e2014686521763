//! Finds Markdown in a text that is shown as it is typed: a title, a caption, a heading of a column.

use crate::diag::{self, Diagnostic};
use crate::model::schema::shape::{Field, Shape};
use crate::span::Span;

/// The report on Markdown in a value that is a text without markup; none for any other value.
pub(in crate::model::schema) fn shown_as_typed(text: &str, span: Span, field: &Field) -> Option<Diagnostic> {
    // Most texts have none of these.
    if !text.contains(['[', '*', '_', '`']) || !matches!(field.shape, Shape::Line | Shape::Lines | Shape::NamedLines) {
        return None;
    }
    // The words of a film are Markdown, and what belongs to nobody is written as it stands in the chapter.
    if matches!(field.name, "transcript" | "text") {
        return None;
    }
    let TypedMarkup { typed, words } = find(text)?;
    let message = format!("`{}` is shown as it is typed, with `{typed}`", field.name);
    let report = Diagnostic::new(&diag::SHOWN_AS_TYPED, span, message);
    let Some(words) = words else {
        return Some(report.help("write the words alone. Links and citations go into the text of the chapter"));
    };
    let mended = text.replacen(typed, words, 1);
    // A text in quotes, or over several lines, may stand there with other letters.
    let is_plain = span.len() == text.len() && !mended.contains(['"', '\'', ':', '#']);
    let report = report.help(format!("write the words alone: `{words}`"));
    let is_begun = mended.starts_with(char::is_alphanumeric);
    Some(if is_plain && is_begun { report.fix(span, mended) } else { report })
}

/// The Markdown in a text that is shown as it is typed.
pub(crate) fn markup_in(text: &str) -> Option<&str> {
    if !text.contains(['[', '*', '_', '`']) {
        return None;
    }
    find(text).map(|found| found.typed)
}

/// Markdown in a text.
#[derive(Debug, PartialEq, Eq)]
struct TypedMarkup<'t> {
    /// All of it.
    typed: &'t str,
    /// The words that it shows where it is read; none if that is not known.
    words: Option<&'t str>,
}

fn find(text: &str) -> Option<TypedMarkup<'_>> {
    linked(text).or_else(|| cited(text)).or_else(|| stressed(text))
}

/// `[[chapter]]`, `[[chapter|words]]`, `[words](address)`.
fn linked(text: &str) -> Option<TypedMarkup<'_>> {
    if let Some(start) = text.find("[[") {
        let end = start + text[start..].find("]]")? + 2;
        let inner = &text[start + 2..end - 2];
        return Some(TypedMarkup {
            typed: &text[start..end],
            words: inner.split_once('|').map(|(_, words)| words.trim()),
        });
    }
    let middle = text.find("](")?;
    let start = text[..middle].rfind('[')?;
    let end = middle + text[middle..].find(')')? + 1;
    Some(TypedMarkup { typed: &text[start..end], words: Some(&text[start + 1..middle]) })
}

/// `[@key]`, `[see @key, p. 3]`.
fn cited(text: &str) -> Option<TypedMarkup<'_>> {
    let at = text.find('@')?;
    let start = text[..at].rfind('[')?;
    let end = start + text[start..].find(']')? + 1;
    let is_key = text[..at].ends_with(['[', ' ', '-']) && text[at + 1..].starts_with(char::is_alphanumeric);
    (end > at && is_key).then(|| TypedMarkup { typed: &text[start..end], words: None })
}

/// `**words**`, `*words*`, `_words_`, `` `words` ``: marks that begin a word and end one.
fn stressed(text: &str) -> Option<TypedMarkup<'_>> {
    let is_outside =
        |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric() && !"*_`".contains(letter));
    for mark in ["**", "__", "*", "_", "`"] {
        for (start, _) in text.match_indices(mark) {
            let inner = &text[start + mark.len()..];
            let begins = is_outside(text[..start].chars().next_back())
                && inner.starts_with(|letter: char| !letter.is_whitespace() && !"*_`".contains(letter));
            if !begins {
                continue;
            }
            let Some(length) = inner.find(mark) else { continue };
            let words = &inner[..length];
            let after = inner[length + mark.len()..].chars().next();
            if words.ends_with(|letter: char| !letter.is_whitespace()) && is_outside(after) {
                return Some(TypedMarkup { typed: &text[start..start + length + 2 * mark.len()], words: Some(words) });
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_told_from_other_marks() {
        for (text, typed, words) in [
            ("What [[role-play]] is", "[[role-play]]", None),
            ("What [[role-play|practice]] is", "[[role-play|practice]]", Some("practice")),
            ("See [the page](a.md).", "[the page](a.md)", Some("the page")),
            ("After [@frank1990]", "[@frank1990]", None),
            ("After [see @frank1990, p. 3]", "[see @frank1990, p. 3]", None),
            ("The **first** session", "**first**", Some("first")),
            ("The *first* session", "*first*", Some("first")),
            ("(_Inventory_)", "_Inventory_", Some("Inventory")),
            ("The key `status`", "`status`", Some("status")),
        ] {
            assert_eq!(find(text), Some(TypedMarkup { typed, words }), "{text}");
        }
        for text in [
            "snake_case_name",
            "2 * 3 * 4",
            "*) only on paper",
            "* p < .05, ** p < .01",
            "Mood [0-10]",
            "[Name of the ward]",
            "Therapist*in and Patient*in",
            "Kolleg*innen",
            "name@example.org [office]",
            "[name@example.org]",
            "",
            "_",
            "**",
            "[[",
            "](",
            "@",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
