//! Lists the keys of a measure: a scale or rating.

use crate::model::schema::view::view;

view! {
    /// The keys of a measure beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    Measure;
    abbreviation: Line, "abbreviation", "the short name";
    construct: Line, "construct", "what it measures";
    completed_by: Line, "completed-by", "who fills it in";
    items: Integer, "items", "the number of items";
    range: Interval, "range", "the lowest and the highest score";
    cut_offs: Records of CutOff, "cut-offs", "what the scores mean";
    minutes: Integer, "minutes", "how many minutes it takes";
    licence: Line, "licence", "the terms on which it may be used";
    sources: Keys, "sources", "where the numbers come from";

    /// Its place in the file.
    range_span: Span of range;
}

view! {
    /// What a score of a measure means.
    CutOff;
    from: Number, "from", "the lowest score with this meaning", required;
    label: Line, "label", "the meaning", required;

    /// Its place in the file.
    start_span: Span of from;
}
