//! A worksheet: a form to fill in together or alone.

use crate::model::schema::shape::{Field, Shape, field};

/// The keys of its front matter beside those that every chapter has.
pub(crate) const FIELDS: &[Field] = &[
    field("for", Shape::Choice(&["therapist", "patient", "both"]), "who fills it in"),
    field("fields", Shape::Records(FORM_FIELDS), "its fields"),
];

/// What a field of a form may be.
pub(crate) const FIELD_TYPES: &[&str] =
    &["text", "long-text", "date", "number", "scale", "choice", "checkbox", "table"];

/// A field of a form.
const FORM_FIELDS: &[Field] = &[
    field("label", Shape::Line, "what to fill in").required(),
    field("type", Shape::Choice(FIELD_TYPES), "how it is filled in").required(),
    field("help", Shape::Line, "a hint"),
    field("options", Shape::Lines, "what there is to choose from"),
    field("rows", Shape::Integer, "how many rows a table has"),
    field("columns", Shape::Lines, "what the columns of a table are"),
    field("min", Shape::Number, "the lowest number"),
    field("max", Shape::Number, "the highest number"),
];
