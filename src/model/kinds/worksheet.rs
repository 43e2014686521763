//! A worksheet: a form to fill in together or alone.

use crate::model::schema::view::view;

view! {
    /// The keys of a worksheet beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    Worksheet;
    for_whom: Choice(&["therapist", "patient", "both"]), "for", "who fills it in";
    fields: Records of FormField, "fields", "its fields";
}

/// What a field of a form may be.
pub(crate) const FIELD_TYPES: &[&str] =
    &["text", "long-text", "date", "number", "scale", "choice", "checkbox", "table"];

view! {
    /// A field of a worksheet's form.
    FormField;
    label: Line, "label", "what to fill in", required;
    field_type: Choice(FIELD_TYPES), "type", "how it is filled in", required;
    help: Line, "help", "a hint";
    options: Lines, "options", "what there is to choose from";
    rows: Integer, "rows", "how many rows a table has";
    columns: Lines, "columns", "what the columns of a table are";
    min: Number, "min", "the lowest number";
    max: Number, "max", "the highest number";

    /// Where that stands.
    field_type_span: Span of field_type;
    /// Whether that is written, even wrongly.
    are_options_given: Given of options;
    /// Whether that is written, even wrongly.
    are_columns_given: Given of columns;
    /// Where that stands.
    min_span: Span of min;
    /// Where that stands.
    max_span: Span of max;
}
