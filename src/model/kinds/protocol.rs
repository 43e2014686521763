//! A protocol: a way to arrange the stages.

use crate::model::kind::Kind;
use crate::model::schema::view::view;

view! {
    /// The keys of a protocol beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    Protocol;
    sessions: Sessions, "sessions", "how many sessions it has, such as `8` or `12-16`";
    frequency: Line, "frequency", "how often, such as `weekly`";
    length: Line, "length", "how long a session is";
    format: Choices(FORMATS), "format", "who meets, and how";
    who_delivers: Line, "who-delivers", "who may deliver it";
    evidence: Ids(Kind::Evidence), "evidence", "evidence for it";
    measures: Ids(Kind::Measure), "measures", "measures it uses";
    stages: Records of ProtocolStage, "stages", "its stages, with what differs";
}

/// Who meets, and how.
pub(crate) const FORMATS: &[&str] = &["individual", "group", "couple", "family", "telephone", "online"];

view! {
    /// A stage as a protocol has it.
    ProtocolStage;
    stage: Id, "stage", "the stage", required;
    sessions: Sessions, "sessions", "the sessions it takes up here";
    activity: Text, "activity", "what happens, if something else";
    change: Text, "change", "what differs from the usual course";
    techniques: Ids(Kind::Technique), "techniques", "techniques used, if others";
    therapist_tasks: Texts, "therapist-tasks", "what the therapist does, if something else";
    patient_tasks: Texts, "patient-tasks", "what the patient does, if something else";

    /// Whether those are given here, even as an empty list.
    has_techniques: Has of techniques;
    /// Whether those are given here, even as an empty list.
    has_therapist_tasks: Has of therapist_tasks;
    /// Whether those are given here, even as an empty list.
    has_patient_tasks: Has of patient_tasks;
}
