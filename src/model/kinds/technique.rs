//! A technique: something the therapist does.

use crate::model::kind::Kind;
use crate::model::schema::shape::{Field, Shape, field};

/// The keys of its front matter beside those that every chapter has.
pub(crate) const FIELDS: &[Field] = &[
    field("problem-areas", Shape::Ids(Kind::ProblemArea), "problem areas it is used for"),
    field("worksheets", Shape::Ids(Kind::Worksheet), "worksheets that go with it"),
    field("goal", Shape::Text, "what it is for, in one sentence"),
    field("steps", Shape::Texts, "what to do, in order"),
    field("phrases", Shape::Texts, "example wordings"),
    field("pitfalls", Shape::Texts, "what goes wrong"),
];
