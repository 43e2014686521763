//! A measure: a scale or rating.

use crate::model::schema::view::view;

view! {
    /// The keys of a measure beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    Measure;
    abbreviation: Line, "abbreviation", "its short name";
    construct: Line, "construct", "what it measures";
    completed_by: Line, "completed-by", "who fills it in";
    items: Integer, "items", "how many items it has";
    range: Interval, "range", "its lowest and highest score";
    cut_offs: Records of CutOff, "cut-offs", "what scores mean";
    minutes: Integer, "minutes", "how long it takes";
    licence: Line, "licence", "on what terms it may be used";
    sources: Keys, "sources", "where its figures come from";
}

view! {
    /// What a score of a measure means.
    CutOff;
    from: Number, "from", "the lowest score with this meaning", required;
    label: Line, "label", "the meaning", required;
}
