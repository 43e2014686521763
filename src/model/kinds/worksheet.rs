//! Lists the keys of a worksheet: a form to fill in together or alone.

use crate::model::schema::view::view;

view! {
    /// The keys of a worksheet beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    Worksheet;
    for_whom: Choice(&["therapist", "patient", "both"]), "for", "who fills it in";
    fields: Records of FormField, "fields", "the fields of the form";
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
    options: Lines, "options", "the possible answers";
    rows: Integer, "rows", "the number of rows in a table";
    columns: Lines, "columns", "the headings of the columns in a table";
    min: Number, "min", "the lowest number";
    max: Number, "max", "the highest number";

    /// Its place in the file.
    field_type_span: Span of field_type;
    /// Whether it is written, even wrongly.
    are_options_given: Given of options;
    /// Whether it is written, even wrongly.
    are_columns_given: Given of columns;
    /// Whether these are given, even as an empty list.
    has_options: Has of options;
    /// Whether these are given, even as an empty list.
    has_columns: Has of columns;
    /// Their place in the file.
    options_span: Span of options;
    /// Their place in the file.
    columns_span: Span of columns;
    /// Whether it is written, even wrongly.
    is_min_given: Given of min;
    /// Whether it is written, even wrongly.
    is_max_given: Given of max;
    /// Its place in the file.
    min_span: Span of min;
    /// Its place in the file.
    max_span: Span of max;
}
