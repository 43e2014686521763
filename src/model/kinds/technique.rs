//! A technique: something the therapist does.

use crate::model::kind::Kind;
use crate::model::schema::shape::{Field, Shape, field};
use crate::model::schema::view::view;

/// The keys of its front matter beside those that every chapter has.
pub(crate) const FIELDS: &[Field] = &[
    field("problem-areas", Shape::Ids(Kind::ProblemArea), "problem areas it is used for"),
    field("worksheets", Shape::Ids(Kind::Worksheet), "worksheets that go with it"),
    field("goal", Shape::Text, "what it is for, in one sentence"),
    field("steps", Shape::Texts, "what to do, in order"),
    field("phrases", Shape::Texts, "example wordings"),
    field("pitfalls", Shape::Texts, "what goes wrong"),
];

view! {
    /// The keys of a technique beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    Technique of FIELDS;
    /// Problem areas it is used for.
    problem_areas: Ids, "problem-areas";
    /// Worksheets that go with it.
    worksheets: Ids, "worksheets";
    /// What it is for, in one sentence.
    goal: Text, "goal";
    /// What to do, in order.
    steps: Texts, "steps";
    /// Example wordings.
    phrases: Texts, "phrases";
    /// What goes wrong.
    pitfalls: Texts, "pitfalls";
}
