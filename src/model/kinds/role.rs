//! A task of the therapist.

use crate::model::kind::Kind;
use crate::model::schema::shape::{Field, Shape, field};
use crate::model::schema::view::view;

/// The keys of its front matter beside those that every chapter has.
pub(crate) const FIELDS: &[Field] = &[
    field("techniques", Shape::Ids(Kind::Technique), "techniques it uses"),
    field("measures", Shape::Ids(Kind::Measure), "measures it uses"),
    field("worksheets", Shape::Ids(Kind::Worksheet), "worksheets it uses"),
];

view! {
    /// The keys of a task of the therapist beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    Role of FIELDS;
    /// Techniques it uses.
    techniques: Ids, "techniques";
    /// Measures it uses.
    measures: Ids, "measures";
    /// Worksheets it uses.
    worksheets: Ids, "worksheets";
}
