//! A measure: a scale or rating.

use crate::model::schema::shape::{Field, Shape, field};
use crate::model::schema::view::view;

/// The keys of its front matter beside those that every chapter has.
pub(crate) const FIELDS: &[Field] = &[
    field("abbreviation", Shape::Line, "its short name"),
    field("construct", Shape::Line, "what it measures"),
    field("completed-by", Shape::Line, "who fills it in"),
    field("items", Shape::Integer, "how many items it has"),
    field("range", Shape::Interval, "its lowest and highest score"),
    field("cut-offs", Shape::Records(CUT_OFFS), "what scores mean"),
    field("minutes", Shape::Integer, "how long it takes"),
    field("licence", Shape::Line, "on what terms it may be used"),
    field("sources", Shape::Keys, "where its figures come from"),
];

view! {
    /// The keys of a measure beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    Measure of FIELDS;
    /// Its short name.
    abbreviation: Line, "abbreviation";
    /// What it measures.
    construct: Line, "construct";
    /// Who fills it in.
    completed_by: Line, "completed-by";
    /// How many items it has.
    items: Integer, "items";
    /// Its lowest and highest score.
    range: Interval, "range";
    /// What scores mean.
    cut_offs: Records of CutOff, "cut-offs";
    /// How long it takes.
    minutes: Integer, "minutes";
    /// On what terms it may be used.
    licence: Line, "licence";
    /// Where its figures come from.
    sources: Keys, "sources";
}

/// What a score means.
const CUT_OFFS: &[Field] = &[
    field("from", Shape::Number, "the lowest score with this meaning").required(),
    field("label", Shape::Line, "the meaning").required(),
];

view! {
    /// What a score of a measure means.
    CutOff of CUT_OFFS;
    /// The lowest score with this meaning.
    from: Number, "from";
    /// The meaning.
    label: Line, "label";
}
