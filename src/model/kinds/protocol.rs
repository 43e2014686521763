//! A protocol: a way to arrange the stages.

use crate::model::kind::Kind;
use crate::model::schema::shape::{Field, Shape, field};

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
