//! A protocol: a way to arrange the stages.

use crate::model::kind::Kind;
use crate::model::schema::shape::{Field, Shape, field};
use crate::model::schema::view::view;

/// The keys of its front matter beside those that every chapter has.
pub(crate) const FIELDS: &[Field] = &[
    field("sessions", Shape::Sessions, "how many sessions it has, such as `8` or `12-16`"),
    field("frequency", Shape::Line, "how often, such as `weekly`"),
    field("length", Shape::Line, "how long a session is"),
    field("format", Shape::Choices(FORMATS), "who meets, and how"),
    field("who-delivers", Shape::Line, "who may deliver it"),
    field("evidence", Shape::Ids(Kind::Evidence), "evidence for it"),
    field("measures", Shape::Ids(Kind::Measure), "measures it uses"),
    field("stages", Shape::Records(PROTOCOL_STAGES), "its stages, with what differs"),
];

view! {
    /// The keys of a protocol beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    Protocol of FIELDS;
    /// How many sessions it has, such as `8` or `12-16`.
    sessions: Sessions, "sessions";
    /// How often, such as `weekly`.
    frequency: Line, "frequency";
    /// How long a session is.
    length: Line, "length";
    /// Who meets, and how.
    format: Choices, "format";
    /// Who may deliver it.
    who_delivers: Line, "who-delivers";
    /// Evidence for it.
    evidence: Ids, "evidence";
    /// Measures it uses.
    measures: Ids, "measures";
    /// Its stages, with what differs.
    stages: Records of ProtocolStage, "stages";
}

/// Who meets, and how.
pub(crate) const FORMATS: &[&str] = &["individual", "group", "couple", "family", "telephone", "online"];

/// A stage as a protocol has it. What is left out is as in the stage itself.
const PROTOCOL_STAGES: &[Field] = &[
    field("stage", Shape::Id, "the stage").required(),
    field("sessions", Shape::Sessions, "the sessions it takes up here"),
    field("activity", Shape::Text, "what happens, if something else"),
    field("change", Shape::Text, "what differs from the usual course"),
    field("techniques", Shape::Ids(Kind::Technique), "techniques used, if others"),
    field("therapist-tasks", Shape::Texts, "what the therapist does, if something else"),
    field("patient-tasks", Shape::Texts, "what the patient does, if something else"),
];

view! {
    /// A stage as a protocol has it.
    ProtocolStage of PROTOCOL_STAGES;
    /// The stage.
    stage: Id, "stage";
    /// The sessions it takes up here.
    sessions: Sessions, "sessions";
    /// What happens, if something else.
    activity: Text, "activity";
    /// What differs from the usual course.
    change: Text, "change";
    /// Techniques used, if others.
    techniques: Ids, "techniques";
    /// Whether those are given here, even as an empty list.
    has_techniques: Has, "techniques";
    /// What the therapist does, if something else.
    therapist_tasks: Texts, "therapist-tasks";
    /// Whether those are given here, even as an empty list.
    has_therapist_tasks: Has, "therapist-tasks";
    /// What the patient does, if something else.
    patient_tasks: Texts, "patient-tasks";
    /// Whether those are given here, even as an empty list.
    has_patient_tasks: Has, "patient-tasks";
}
