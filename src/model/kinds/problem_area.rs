//! A problem area: what the treatment works on.

use crate::model::kind::Kind;
use crate::model::schema::shape::{Field, Shape, field};
use crate::model::schema::view::view;

/// The keys of its front matter beside those that every chapter has.
pub(crate) const FIELDS: &[Field] = &[
    field("stages", Shape::Ids(Kind::Stage), "stages in which it is worked on"),
    field("measures", Shape::Ids(Kind::Measure), "measures that suit it"),
    field("worksheets", Shape::Ids(Kind::Worksheet), "worksheets that suit it"),
    field("signs", Shape::Texts, "how to recognise it"),
    field("goals", Shape::Texts, "what the work aims at"),
    field("strategies", Shape::Texts, "how to get there"),
];

view! {
    /// The keys of a problem area beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    ProblemArea of FIELDS;
    /// Stages in which it is worked on.
    stages: Ids, "stages";
    /// Measures that suit it.
    measures: Ids, "measures";
    /// Worksheets that suit it.
    worksheets: Ids, "worksheets";
    /// How to recognise it.
    signs: Texts, "signs";
    /// What the work aims at.
    goals: Texts, "goals";
    /// How to get there.
    strategies: Texts, "strategies";
}
