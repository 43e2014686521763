//! A worksheet: a form to fill in together or alone.

use crate::model::schema::shape::{Field, Shape, field};
use crate::model::schema::view::view;

/// The keys of its front matter beside those that every chapter has.
pub(crate) const FIELDS: &[Field] = &[
    field("for", Shape::Choice(&["therapist", "patient", "both"]), "who fills it in"),
    field("fields", Shape::Records(FORM_FIELDS), "its fields"),
];

view! {
    /// The keys of a worksheet beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    Worksheet of FIELDS;
    /// Who fills it in.
    for_whom: Choice, "for";
    /// Its fields.
    fields: Records of FormField, "fields";
}

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

view! {
    /// A field of a worksheet's form.
    FormField of FORM_FIELDS;
    /// What to fill in.
    label: Line, "label";
    /// How it is filled in.
    field_type: Choice, "type";
    /// Where that stands.
    field_type_span: Span, "type";
    /// A hint.
    help: Line, "help";
    /// What there is to choose from.
    options: Lines, "options";
    /// Whether that is written, even wrongly.
    are_options_given: Given, "options";
    /// How many rows a table has.
    rows: Integer, "rows";
    /// What the columns of a table are.
    columns: Lines, "columns";
    /// Whether that is written, even wrongly.
    are_columns_given: Given, "columns";
    /// The lowest number.
    min: Number, "min";
    /// Where that stands.
    min_span: Span, "min";
    /// The highest number.
    max: Number, "max";
    /// Where that stands.
    max_span: Span, "max";
}
