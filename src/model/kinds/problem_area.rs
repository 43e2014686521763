//! A problem area: what the treatment works on.

use crate::model::kind::Kind;
use crate::model::schema::shape::{Field, Shape, field};

/// The keys of its front matter beside those that every chapter has.
pub(crate) const FIELDS: &[Field] = &[
    field("stages", Shape::Ids(Kind::Stage), "stages in which it is worked on"),
    field("measures", Shape::Ids(Kind::Measure), "measures that suit it"),
    field("worksheets", Shape::Ids(Kind::Worksheet), "worksheets that suit it"),
    field("signs", Shape::Texts, "how to recognise it"),
    field("goals", Shape::Texts, "what the work aims at"),
    field("strategies", Shape::Texts, "how to get there"),
];
