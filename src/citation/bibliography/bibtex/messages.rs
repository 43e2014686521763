//! Turns what biblatex says about a mistake into a sentence for the author.
//!
//! It knows neither the place nor the entry.

use biblatex::{ParseErrorKind, Token};

/// What is wrong with how an entry or a field is written.
pub(super) fn syntax_sentence(kind: &ParseErrorKind, at_the_end: bool) -> String {
    match kind {
        _ if at_the_end => "this entry is not closed: a `}` or a quotation mark is missing".to_owned(),
        ParseErrorKind::Expected(Token::Comma) => {
            "a comma is missing before this: write a comma after each field".to_owned()
        }
        ParseErrorKind::Expected(Token::Equals) => {
            "an `=` is missing here, between the field's name and its text".to_owned()
        }
        ParseErrorKind::Expected(Token::Identifier) => {
            "the name of a field is missing here, such as `title`".to_owned()
        }
        ParseErrorKind::Expected(token) => format!("a {token} is missing here"),
        ParseErrorKind::Unexpected(token) => format!("this {token} does not belong here"),
        ParseErrorKind::UnexpectedEof => "the text of the field is missing here: write it in braces, `{…}`".to_owned(),
        ParseErrorKind::UnknownAbbreviation(name) => {
            format!("the abbreviation `{name}` is not defined: write the text in braces, `{{{name}}}`")
        }
        ParseErrorKind::MalformedCommand => {
            "there is no TeX command after this backslash: for a backslash itself, write `\\textbackslash{}`".to_owned()
        }
        ParseErrorKind::DuplicateKey(key) => format!("another entry already has the key `{key}`"),
        other => format!("this cannot be read: {other}"),
    }
}

/// What is wrong with the text of a field.
pub(super) fn field_sentence(field: &str, value: &str, kind: &biblatex::TypeErrorKind) -> String {
    date_sentence(field, value).unwrap_or_else(|| format!("the field `{field}` of this entry cannot be read: {kind}"))
}

/// What is wrong with a date, if the field is one.
pub(super) fn date_sentence(field: &str, value: &str) -> Option<String> {
    let hint = match field {
        "year" => "write four digits, or remove the field",
        "date" | "urldate" | "eventdate" | "origdate" => "write it as 2020, 2020-05 or 2020-05-31, or remove the field",
        "month" => "write a number from 1 to 12",
        "day" => "write a number from 1 to 31",
        _ => return None,
    };
    Some(format!("`{}` is not a {field}: {hint}", value.trim()))
}
