//! A measure: a scale or rating.

use crate::model::schema::shape::{Field, Shape, field};

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

/// What a score means.
const CUT_OFFS: &[Field] = &[
    field("from", Shape::Number, "the lowest score with this meaning").required(),
    field("label", Shape::Line, "the meaning").required(),
];
