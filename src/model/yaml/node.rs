//! Describes what YAML says, with places.

use crate::span::Span;

/// A value with its place.
#[derive(Debug, Clone)]
pub(crate) struct YamlNode {
    /// Its place. Of lists and maps only the beginning is known.
    pub(crate) span: Span,
    /// What it is.
    pub(crate) value: YamlValue,
    /// What was probably meant as part of it, or of what is before it.
    pub(crate) slip: Option<Box<Slip>>,
}

/// A part of a text that YAML does not read as such.
#[derive(Debug, Clone)]
pub(crate) enum Slip {
    /// What a `#` takes away from a text without quotes.
    Cut {
        /// From the `#` to the end of its line.
        place: Span,
        /// The whole text with quotes around it, and its place, where that is certain.
        quoted: Option<(Span, String)>,
    },
    /// A key without a value within braces: what follows a comma.
    Comma {
        /// The place of the whole text, with what is before the comma.
        place: Span,
        /// The whole text.
        text: String,
        /// Whether it is the first such key after a value.
        is_first: bool,
    },
}

/// What YAML can say.
#[derive(Debug, Clone)]
pub(crate) enum YamlValue {
    /// Nothing, or `null`, or `~`.
    Null,
    /// A text, number, date or truth value.
    Scalar {
        /// As written, quotes and escapes resolved.
        text: String,
        /// Whether the bytes at the span are exactly `text`.
        verbatim: bool,
        /// Whether it stands in quotes.
        in_quotes: bool,
    },
    /// A list.
    List(Vec<YamlNode>),
    /// Keys and values in the order written, repetitions included.
    Map(Vec<(YamlNode, YamlNode)>),
}

impl YamlNode {
    /// The text of a scalar.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match &self.value {
            YamlValue::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// What the value is, for messages.
    pub(crate) fn describe(&self) -> &'static str {
        match &self.value {
            YamlValue::Null => "nothing",
            YamlValue::Scalar { .. } => "a single value",
            YamlValue::List(_) => "a list",
            YamlValue::Map(_) => "keys with values",
        }
    }
}
