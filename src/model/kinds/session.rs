//! Lists the keys of a session: the plan of one meeting.

use crate::model::kind::Kind;
use crate::model::schema::view::view;

view! {
    /// The keys of a session plan beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    Session;
    sessions: Sessions, "sessions", "the sessions that the plan is for";
    stages: Ids(Kind::Stage), "stages", "stages that the session belongs to";
    duration: Integer, "duration", "its length in minutes";
    agenda: Records of AgendaItem, "agenda", "what happens, and how many minutes it takes";
    goals: Texts, "goals", "what the session should achieve";
    therapist_tasks: Texts, "therapist-tasks", "what the therapist does";
    patient_tasks: Texts, "patient-tasks", "what the patient does";
    techniques: Ids(Kind::Technique), "techniques", "techniques used";
    roles: Ids(Kind::Role), "roles", "tasks of the therapist that are most important here";
    problem_areas: Ids(Kind::ProblemArea), "problem-areas", "problem areas that the plan is for";
    measures: Ids(Kind::Measure), "measures", "measures to use";
    worksheets: Ids(Kind::Worksheet), "worksheets", "worksheets to bring";

    /// Its place in the file.
    duration_span: Span of duration;
}

view! {
    /// An item of a session's agenda.
    AgendaItem;
    minutes: Integer, "minutes", "how many minutes it takes", required;
    item: Text, "item", "what happens", required;
}
