//! A session: the plan of one meeting.

use crate::model::kind::Kind;
use crate::model::schema::view::view;

view! {
    /// The keys of a session plan beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    Session;
    sessions: Sessions, "sessions", "the sessions the plan is for";
    stages: Ids(Kind::Stage), "stages", "stages it belongs to";
    duration: Integer, "duration", "its length in minutes";
    agenda: Records of AgendaItem, "agenda", "what happens, with minutes";
    goals: Texts, "goals", "what it aims at";
    therapist_tasks: Texts, "therapist-tasks", "what the therapist does";
    patient_tasks: Texts, "patient-tasks", "what the patient does";
    techniques: Ids(Kind::Technique), "techniques", "techniques used";
    roles: Ids(Kind::Role), "roles", "tasks of the therapist that come to the fore";
    problem_areas: Ids(Kind::ProblemArea), "problem-areas", "problem areas it suits";
    measures: Ids(Kind::Measure), "measures", "measures taken";
    worksheets: Ids(Kind::Worksheet), "worksheets", "worksheets to take along";

    /// Where that stands.
    duration_span: Span of duration;
}

view! {
    /// An item of a session's agenda.
    AgendaItem;
    minutes: Integer, "minutes", "how long it takes", required;
    item: Text, "item", "what happens", required;
}
