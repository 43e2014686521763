//! A session: the plan of one meeting.

use crate::model::kind::Kind;
use crate::model::schema::shape::{Field, Shape, field};

/// The keys of its front matter beside those that every chapter has.
pub(crate) const FIELDS: &[Field] = &[
    field("sessions", Shape::Sessions, "the sessions the plan is for"),
    field("stages", Shape::Ids(Kind::Stage), "stages it belongs to"),
    field("duration", Shape::Integer, "its length in minutes"),
    field("agenda", Shape::Records(AGENDA), "what happens, with minutes"),
    field("goals", Shape::Texts, "what it aims at"),
    field("therapist-tasks", Shape::Texts, "what the therapist does"),
    field("patient-tasks", Shape::Texts, "what the patient does"),
    field("techniques", Shape::Ids(Kind::Technique), "techniques used"),
    field("roles", Shape::Ids(Kind::Role), "tasks of the therapist that come to the fore"),
    field("problem-areas", Shape::Ids(Kind::ProblemArea), "problem areas it suits"),
    field("measures", Shape::Ids(Kind::Measure), "measures taken"),
    field("worksheets", Shape::Ids(Kind::Worksheet), "worksheets to take along"),
];

/// An item of the agenda.
const AGENDA: &[Field] = &[
    field("minutes", Shape::Integer, "how long it takes").required(),
    field("item", Shape::Text, "what happens").required(),
];
