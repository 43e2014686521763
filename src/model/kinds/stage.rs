//! Lists the keys of a stage of treatment.

use crate::model::kind::Kind;
use crate::model::schema::view::view;

view! {
    /// The keys of a stage beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    Stage;
    number: Integer, "number", "its position in the order of the stages";
    phase: Choice(PHASES), "phase", "the phase of treatment";
    sessions: Sessions, "sessions", "the sessions that it usually takes";
    activity: Text, "activity", "what happens in this stage, in one sentence", required;
    goals: Texts, "goals", "what the stage should achieve";
    therapist_tasks: Texts, "therapist-tasks", "what the therapist does";
    patient_tasks: Texts, "patient-tasks", "what the patient does";
    techniques: Ids(Kind::Technique), "techniques", "techniques used";
    roles: Ids(Kind::Role), "roles", "tasks of the therapist that are most important here";
    measures: Ids(Kind::Measure), "measures", "measures to use";
    worksheets: Ids(Kind::Worksheet), "worksheets", "worksheets to use";
}

/// The phases of treatment, in order.
pub const PHASES: &[&str] = &["initial", "middle", "ending", "follow-up", "throughout"];
