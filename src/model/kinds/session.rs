//! A session: the plan of one meeting.

use crate::model::kind::Kind;
use crate::model::schema::shape::{Field, Shape, field};
use crate::model::schema::view::view;

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

view! {
    /// The keys of a session plan beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    Session of FIELDS;
    /// The sessions the plan is for.
    sessions: Sessions, "sessions";
    /// Stages it belongs to.
    stages: Ids, "stages";
    /// Its length in minutes.
    duration: Integer, "duration";
    /// Where that stands.
    duration_span: Span, "duration";
    /// What happens, with minutes.
    agenda: Records of AgendaItem, "agenda";
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
    /// Problem areas it suits.
    problem_areas: Ids, "problem-areas";
    /// Measures taken.
    measures: Ids, "measures";
    /// Worksheets to take along.
    worksheets: Ids, "worksheets";
}

/// An item of the agenda.
const AGENDA: &[Field] = &[
    field("minutes", Shape::Integer, "how long it takes").required(),
    field("item", Shape::Text, "what happens").required(),
];

view! {
    /// An item of a session's agenda.
    AgendaItem of AGENDA;
    /// How long it takes.
    minutes: Integer, "minutes";
    /// What happens.
    item: Text, "item";
}
