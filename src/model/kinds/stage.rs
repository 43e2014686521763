//! A stage of treatment.

use crate::model::kind::Kind;
use crate::model::schema::view::view;

view! {
    /// The keys of a stage beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    Stage;
    number: Integer, "number", "its place in the sequence";
    phase: Choice(PHASES), "phase", "the phase of treatment";
    sessions: Sessions, "sessions", "the sessions it takes up in the usual course";
    activity: Text, "activity", "what happens in it, in one sentence", required;
    goals: Texts, "goals", "what it aims at";
    therapist_tasks: Texts, "therapist-tasks", "what the therapist does";
    patient_tasks: Texts, "patient-tasks", "what the patient does";
    techniques: Ids(Kind::Technique), "techniques", "techniques used";
    roles: Ids(Kind::Role), "roles", "tasks of the therapist that come to the fore";
    measures: Ids(Kind::Measure), "measures", "measures taken";
    worksheets: Ids(Kind::Worksheet), "worksheets", "worksheets used";
}

/// The phases of treatment, in order.
pub const PHASES: &[&str] = &["initial", "middle", "ending", "follow-up", "throughout"];
