//! Describes the keys that a mapping may have, and the values that they take.

use crate::model::kind::Kind;

/// A key of a mapping.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The key.
    pub name: &'static str,
    /// What its value is.
    pub shape: Shape,
    /// Whether it is required.
    pub(crate) required: bool,
    /// What it is for, in a phrase for authors.
    pub(crate) note: &'static str,
}

impl Field {
    /// Makes the key required.
    #[must_use]
    pub(crate) const fn required(self) -> Self {
        Self { required: true, ..self }
    }
}

/// A key that may be left out.
pub(crate) const fn field(name: &'static str, shape: Shape, note: &'static str) -> Field {
    Field { name, shape, required: false, note }
}

/// What a value may be.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// A text without markup.
    Line,
    /// A text with inline Markdown.
    Text,
    /// A list of texts without markup.
    Lines,
    /// A list of texts with inline Markdown; on a page, a section of its own.
    Texts,
    /// A name in kebab-case.
    Id,
    /// Ids of chapters of one kind.
    Ids(Kind),
    /// Ids of chapters of any kind.
    AnyIds,
    /// Keys of the bibliography.
    Keys,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// Two numbers, the first not above the second.
    Interval,
    /// `true` or `false`.
    Flag,
    /// A date, `YYYY-MM-DD`.
    Date,
    /// A length of time in months or years, such as `24 months`.
    Months,
    /// Session numbers.
    Sessions,
    /// One of some words.
    Choice(&'static [&'static str]),
    /// Several of some words.
    Choices(&'static [&'static str]),
    /// A mapping.
    Record(&'static [Field]),
    /// A list of mappings.
    Records(&'static [Field]),
    /// Names that the author chooses, each with a mapping.
    Named(&'static [Field]),
    /// Names, each with a text without markup.
    NamedLines,
}
