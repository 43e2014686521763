//! A case: how it may go, with an invented or disguised patient.

use crate::model::kind::Kind;
use crate::model::schema::shape::{Field, Shape, field};
use crate::model::schema::view::view;

/// The keys of its front matter beside those that every chapter has.
pub(crate) const FIELDS: &[Field] = &[
    field(
        "basis",
        Shape::Choice(&["fictional", "composite", "disguised-with-consent"]),
        "what it is made of; a banner says so",
    )
    .required(),
    field("problem-areas", Shape::Ids(Kind::ProblemArea), "problem areas it shows"),
    field("techniques", Shape::Ids(Kind::Technique), "techniques it shows"),
    field("stages", Shape::Ids(Kind::Stage), "stages it shows"),
    field("sessions", Shape::Ids(Kind::Session), "session plans it shows"),
    field("worksheets", Shape::Ids(Kind::Worksheet), "worksheets it shows"),
    field("measures", Shape::Ids(Kind::Measure), "measures it shows"),
    field("settings", Shape::Ids(Kind::Setting), "where it takes place"),
    field("protocols", Shape::Ids(Kind::Protocol), "protocols it follows"),
];

view! {
    /// The keys of a case beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    Case of FIELDS;
    /// What it is made of; a banner says so.
    basis: Choice, "basis";
    /// Problem areas it shows.
    problem_areas: Ids, "problem-areas";
    /// Techniques it shows.
    techniques: Ids, "techniques";
    /// Stages it shows.
    stages: Ids, "stages";
    /// Session plans it shows.
    sessions: Ids, "sessions";
    /// Worksheets it shows.
    worksheets: Ids, "worksheets";
    /// Measures it shows.
    measures: Ids, "measures";
    /// Where it takes place.
    settings: Ids, "settings";
    /// Protocols it follows.
    protocols: Ids, "protocols";
}
