//! A stage of treatment.

use crate::model::kind::Kind;
use crate::model::schema::shape::{Field, Shape, field};
use crate::model::schema::view::view;

/// The keys of its front matter beside those that every chapter has.
pub(crate) const FIELDS: &[Field] = &[
    field("number", Shape::Integer, "its place in the sequence"),
    field("phase", Shape::Choice(PHASES), "the phase of treatment"),
    field("sessions", Shape::Sessions, "the sessions it takes up in the usual course"),
    field("activity", Shape::Text, "what happens in it, in one sentence").required(),
    field("goals", Shape::Texts, "what it aims at"),
    field("therapist-tasks", Shape::Texts, "what the therapist does"),
    field("patient-tasks", Shape::Texts, "what the patient does"),
    field("techniques", Shape::Ids(Kind::Technique), "techniques used"),
    field("roles", Shape::Ids(Kind::Role), "tasks of the therapist that come to the fore"),
    field("measures", Shape::Ids(Kind::Measure), "measures taken"),
    field("worksheets", Shape::Ids(Kind::Worksheet), "worksheets used"),
];

view! {
    /// The keys of a stage beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    Stage of FIELDS;
    /// Its place in the sequence.
    number: Integer, "number";
    /// The phase of treatment.
    phase: Choice, "phase";
    /// The sessions it takes up in the usual course.
    sessions: Sessions, "sessions";
    /// What happens in it, in one sentence.
    activity: Text, "activity";
    /// What it aims at.
    goals: Texts, "goals";
    /// What the therapist does.
    therapist_tasks: Texts, "therapist-tasks";
    /// What the patient does.
    patient_tasks: Texts, "patient-tasks";
    /// Techniques used.
    techniques: Ids, "techniques";
    /// Tasks of the therapist that come to the fore.
    roles: Ids, "roles";
    /// Measures taken.
    measures: Ids, "measures";
    /// Worksheets used.
    worksheets: Ids, "worksheets";
}

/// The phases of treatment, in order.
pub const PHASES: &[&str] = &["initial", "middle", "ending", "follow-up", "throughout"];
