//! Lists the keys of a protocol: a way of arranging the stages.

use crate::model::kind::Kind;
use crate::model::schema::view::view;

view! {
    /// The keys of a protocol beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    Protocol;
    sessions: Sessions, "sessions", "the number of sessions, such as `8` or `12-16`";
    frequency: Line, "frequency", "how often sessions take place, such as `weekly`";
    length: Line, "length", "how long each session is";
    format: Choices(FORMATS), "format", "who meets, and how";
    who_delivers: Line, "who-delivers", "who may deliver the treatment";
    evidence: Ids(Kind::Evidence), "evidence", "evidence for this protocol";
    measures: Ids(Kind::Measure), "measures", "measures that this protocol uses";
    stages: Records of ProtocolStage, "stages", "its stages, and what is different in them";
}

/// Who meets, and how.
pub(crate) const FORMATS: &[&str] = &["individual", "group", "couple", "family", "telephone", "online"];

view! {
    /// A stage as a protocol has it.
    ProtocolStage;
    stage: Id, "stage", "the stage", required;
    sessions: Sessions, "sessions", "the sessions of the stage in this protocol";
    activity: Text, "activity", "what happens, if different here";
    change: Text, "change", "what is different from the usual course";
    techniques: Ids(Kind::Technique), "techniques", "techniques used, if different here";
    therapist_tasks: Texts, "therapist-tasks", "what the therapist does, if different here";
    patient_tasks: Texts, "patient-tasks", "what the patient does, if different here";

    /// Whether they are written, even wrongly.
    are_sessions_given: Given of sessions;
    /// Whether these are given here, even as an empty list.
    has_techniques: Has of techniques;
    /// Whether these are given here, even as an empty list.
    has_therapist_tasks: Has of therapist_tasks;
    /// Whether these are given here, even as an empty list.
    has_patient_tasks: Has of patient_tasks;
}
