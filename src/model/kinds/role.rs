//! A task of the therapist.

use crate::model::kind::Kind;
use crate::model::schema::shape::{Field, Shape, field};

/// The keys of its front matter beside those that every chapter has.
pub(crate) const FIELDS: &[Field] = &[
    field("techniques", Shape::Ids(Kind::Technique), "techniques it uses"),
    field("measures", Shape::Ids(Kind::Measure), "measures it uses"),
    field("worksheets", Shape::Ids(Kind::Worksheet), "worksheets it uses"),
];
